"""When things happened in the demo: always the same number of days ago, whenever it is loaded."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Case, DateTimeField, F, Model, Q, When
from django.utils import timezone

OUR_APPS = frozenset(
    {"accounts", "blog", "comments", "editorial", "django_comments", "django_comments_xtd"}
)

_WRITE = re.compile(r'(?:INSERT INTO|UPDATE) "(\w+)"')


def moment(days_ago: int, hour: time) -> datetime:
    """That hour in the site's zone, so many days before today."""
    day = timezone.localdate() - timedelta(days=days_ago)
    return timezone.make_aware(datetime.combine(day, hour))


@contextmanager
def happening(at: datetime) -> Iterator[None]:
    """Let what is done inside have happened at `at`.

    Rules write the present moment, as they should. When the block ends, every time that was
    written in it moves back by the distance from now to `at`, deadlines included; objects that the
    caller still holds are stale then. This is the only place that touches times, and it relies on
    the demo being alone in its database.
    """
    start = timezone.now()
    with _written_tables() as tables:
        yield
    for model in apps.get_models():
        if model._meta.db_table in tables and model._meta.app_label in OUR_APPS:
            _move_back(model, since=start, distance=start - at)


@contextmanager
def _written_tables() -> Iterator[set[str]]:
    """The tables into which something is written, so that the others need not be searched."""
    tables: set[str] = set()

    def look(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if write := _WRITE.match(sql):
            tables.add(write[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield tables


def _move_back(model: type[Model], *, since: datetime, distance: timedelta) -> None:
    names = [field.name for field in model._meta.local_fields if isinstance(field, DateTimeField)]
    written = Q(*((f"{name}__gte", since) for name in names), _connector=Q.OR)
    moved = {
        name: Case(When(**{f"{name}__gte": since}, then=F(name) - distance), default=F(name))
        for name in names
    }
    if names:
        model._base_manager.filter(written).update(**moved)

"""Keep what was rendered for as long as the rows it was made of stay the same.

Nearly all the time of a page goes into building SQL and objects; asking the database itself is
cheap. So a query is compiled once, its raw rows are read for every request, and their digest is the
key of the HTML: what is kept can be old only by a change that the rows do not show.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

A_PK = -918_273_645  # stands in for a key
KEPT_SECONDS = 60  # for what no row shows: new templates, or the texts of another process
Rows = list[tuple[Any, ...]]
T = TypeVar("T")


class Prepared:
    """A query with gaps, compiled by Django once and run by the driver.

    `build` gets one stand-in for each gap and puts it where the value will go; stand-ins are
    values of the right type that occur nowhere else in the query.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *stand_ins: int | str) -> None:
        self._build = build
        self._stand_ins = stand_ins
        self._compiled: dict[str, tuple[str, Sequence[Any]]] = {}

    def rows(self, *values: int | str) -> Rows:
        """What the driver returns: no models, no conversions."""
        if connection.vendor not in self._compiled:
            query = self._build(*self._stand_ins).query
            self._compiled[connection.vendor] = query.sql_with_params()
        sql, params = self._compiled[connection.vendor]
        filling = dict(zip(self._stand_ins, values, strict=True))
        filled = [type(one)(filling[one]) if one in filling else one for one in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows: Rows = cursor.fetchall()
        return rows


def digest(*facts: object) -> str:
    return blake2b(repr(facts).encode(), digest_size=16).hexdigest()


def kept(name: str, facts: object, make: Callable[[], T]) -> T:
    """What `make` returned for these facts lately, or returns now; never kept while debugging."""
    if settings.DEBUG:
        return make()
    key = f"blog.{name}.{digest(facts, get_language())}"
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_SECONDS)
    return found

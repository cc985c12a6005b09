"""The log of everything that happened to posts: who, what, to which post, on which days."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from blog.happenings import HAPPENINGS, in_words
from blog.models import Post, PostEvent

ROWS_AT_ONCE = 500
HEADINGS = ("at", "who", "kind", "what", "post", "from", "to", "message")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a table program count instead of read


@dataclass(frozen=True)
class EventFilter:
    """Which events are asked for; what is not understood is not asked."""

    who: str = ""
    kind: str = ""
    post: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        kind = query.get("kind", "")
        return cls(
            who=_number(query.get("who", "")),
            kind=kind if kind in HAPPENINGS else "",
            post=_number(query.get("post", "")),
            since=_day(query.get("since", "")),
            until=_day(query.get("until", "")),
        )

    @property
    def query(self) -> str:
        """The same as the query of an address; empty when nothing is asked for."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def is_empty(self) -> bool:
        return not self.query

    def about(self) -> Post | None:
        """The one post that is asked about."""
        return Post.objects.only("pk", "title").filter(pk=int(self.post or 0)).first()

    def events(self) -> "QuerySet[PostEvent]":
        """Newest first, in one query."""
        found = PostEvent.objects.all()
        if self.who:
            found = found.filter(actor=int(self.who))
        if self.kind:
            found = found.filter(Q(kind=self.kind) | Q(kind__startswith=f"{self.kind}:"))
        if self.post:
            found = found.filter(post=int(self.post))
        if self.since:
            found = found.filter(at__gte=_midnight(self.since))
        if self.until:
            found = found.filter(at__lt=_midnight(self.until, days=1))
        return newest_first(found)


def newest_first(events: "QuerySet[PostEvent]") -> "QuerySet[PostEvent]":
    """Events with all that is said of them."""
    whole = events.select_related("actor", "given_to", "post").order_by("-at", "-pk")
    return whole.defer("post__body", "post__summary")


class _Line:
    """What the writer of a table writes to: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def as_table(events: "QuerySet[PostEvent]") -> Iterator[str]:
    """The events as lines of a table with commas, whatever their number."""
    writer = csv.writer(_Line())
    yield str(writer.writerow(HEADINGS))
    for event in events.iterator(chunk_size=ROWS_AT_ONCE):
        yield str(writer.writerow([_safe(cell) for cell in _cells(event)]))


def _cells(event: PostEvent) -> tuple[str, ...]:
    return (
        timezone.localtime(event.at).isoformat(timespec="seconds"),
        event.actor.public_name if event.actor else "",
        event.kind,
        in_words(event),
        event.post.title,
        event.from_state,
        event.to_state,
        event.message,
    )


def _safe(cell: str) -> str:
    """Words that a table program takes for words."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _number(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 10 else ""


def _day(text: str) -> str:
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    return day.isoformat() if day and date(1990, 1, 1) < day < date(2200, 1, 1) else ""


def _midnight(day: str, *, days: int = 0) -> datetime:
    whole = date.fromisoformat(day) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(whole, time()))

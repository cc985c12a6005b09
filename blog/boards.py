"""The posts at the desk at a glance: a board by state, and a month with what falls into it."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from blog.models import Post, PostState
from blog.models.post import AUTHORS_TURN, EDITORS_TURN, READABLE_STATES, PostQuerySet

ON_THE_WAY = frozenset({*AUTHORS_TURN, *EDITORS_TURN, PostState.SCHEDULED, PostState.PUBLISHED})
ON_THE_BOARD = tuple(state for state in PostState if state in ON_THE_WAY)
CARDS = 12  # of one state on the board; the others are one click away
YEARS = range(1990, 2200)  # a calendar is asked for


@dataclass(frozen=True)
class Column:
    """One state with the posts that are in it for longest, and how many there are."""

    state: PostState
    number: int
    posts: list[Post]

    @property
    def more(self) -> int:
        return self.number - len(self.posts)


def board(posts: PostQuerySet) -> list[Column]:
    """A column a state, in the order of the way to publication; two queries.

    What waits longest stands first; of published posts the newest.
    """
    counted = posts.order_by().values_list("state").annotate(Count("pk", distinct=True))
    numbers = dict(counted.filter(state__in=ON_THE_BOARD))
    found: dict[str, list[Post]] = defaultdict(list)
    for post in _first_of_each(posts):
        found[post.state].append(post)
    for post in reversed(found.pop(PostState.PUBLISHED, [])):
        found[PostState.PUBLISHED].append(post)
    return [Column(state, numbers.get(state, 0), found[state]) for state in ON_THE_BOARD]


def _first_of_each(posts: PostQuerySet) -> Iterable[Post]:
    ranked = posts.filter(state__in=ON_THE_BOARD).annotate(
        from_start=Window(RowNumber(), partition_by="state", order_by=("state_changed_at", "pk")),
        from_end=Window(RowNumber(), partition_by="state", order_by=("-state_changed_at", "-pk")),
    )
    is_out = Q(state=PostState.PUBLISHED)
    shown = ranked.filter(Q(from_start__lte=CARDS) & ~is_out | Q(from_end__lte=CARDS) & is_out)
    return shown.order_by("state_changed_at", "pk")


@dataclass(frozen=True)
class Entry:
    """Something that falls on a day: a post comes out, or somebody should be done with it."""

    post: Post
    kind: str  # "out", "author" or "editor"
    at: datetime | None = None

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])


LABELS = {
    "out": _("Readers see it"),
    "author": _("Due from the author"),
    "editor": _("Due from the editor"),
}


@dataclass
class Day:
    """A day of the calendar, in the site's zone."""

    on: date
    is_in_month: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        return self.on == timezone.localdate()


@dataclass(frozen=True)
class Month:
    """A month in whole weeks, and the months before and after it."""

    first: date
    weeks: list[list[Day]]

    @classmethod
    def named(cls, name: str) -> Self:
        """The month called "2026-11"; this one for any other name."""
        first = _first_day(name)
        days = Calendar(_first_weekday()).monthdatescalendar(first.year, first.month)
        weeks = [[Day(on, on.month == first.month) for on in week] for week in days]
        return cls(first, weeks)

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]

    @property
    def busy_days(self) -> list[Day]:
        return [day for day in self.days if day.entries and day.is_in_month]


def _first_day(name: str) -> date:
    try:
        first = datetime.strptime(name, "%Y-%m").date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        first = timezone.localdate()
    return (first if first.year in YEARS else timezone.localdate()).replace(day=1)


def _first_weekday() -> int:
    """Monday is 0, as Python counts; Django counts from Sunday."""
    return (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7


def calendar(posts: PostQuerySet, month: Month) -> Month:
    """Fill the month with what comes out and what is due; one query."""
    shown = month.days
    start, end = shown[0].on, shown[-1].on
    falls_in = Q(published_at__gte=_midnight(start), published_at__lt=_midnight(end, days=1))
    is_out = falls_in & Q(state__in=(PostState.SCHEDULED, *READABLE_STATES))
    late = Q(state__in=AUTHORS_TURN, author_due_on__range=(start, end))
    late |= Q(state__in=EDITORS_TURN, editor_due_on__range=(start, end))
    by_day = {day.on: day for day in shown}
    for post in posts.filter(is_out | late).order_by(F("published_at").asc(nulls_last=True), "pk"):
        entry = _entry(post)
        if entry and (day := by_day.get(entry[0])):
            day.entries.append(entry[1])
    return month


def _entry(post: Post) -> tuple[date, Entry] | None:
    if post.state in AUTHORS_TURN and post.author_due_on:
        return post.author_due_on, Entry(post, "author")
    if post.state in EDITORS_TURN and post.editor_due_on:
        return post.editor_due_on, Entry(post, "editor")
    if post.published_at:
        return timezone.localdate(post.published_at), Entry(post, "out", post.published_at)
    return None


def _midnight(day: date, *, days: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time()))

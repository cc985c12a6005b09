"""The lists of the desk: which comments are in them, how many, and since when they wait.

A list is read from where the last part ended, by ids, so that it costs the same on a site of any
size. Numbers are counted up to a thousand only: who has more before them does not count them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from accounts.models import Person
from comments.filters import DeskList, Filter, Place
from comments.models import (
    CommentEvent,
    EventKind,
    Flag,
    House,
    PostComment,
)

MOST_COUNTED = 1_000
D = DeskList
WITH_AGE = (D.HELD, D.REPORTED, D.UNREAD)
COUNTED = tuple(name for name in D if name != D.PUBLISHED)  # that one only grows
DECISIONS = (EventKind.DECIDED, EventKind.UNDONE)


class Row(NamedTuple):
    """A comment in a list, and its place there: where the next part begins."""

    place: int
    pk: int


@dataclass(frozen=True)
class Tab:
    """One list with its number and the oldest in it; `is_more` says that nobody counted on."""

    name: DeskList
    count: int | None = None
    oldest: datetime | None = None

    @property
    def is_more(self) -> bool:
        return self.count is not None and self.count >= MOST_COUNTED


@dataclass(frozen=True)
class Overview:
    """All lists as they are at one moment; `comment` and `event` are the newest ids there are."""

    tabs: list[Tab]
    comment: int
    event: int

    def count(self, name: DeskList) -> int | None:
        return next(tab.count for tab in self.tabs if tab.name == name)


class Counted(Subquery):
    """How many rows a question finds, counted up to a bound."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def overview(viewer: Person) -> Overview:
    """One query, whatever waits."""
    House.current()
    counts = {f"{name.value}_count": _counted(Place(name), viewer) for name in COUNTED}
    ages = {f"{name.value}_oldest": _oldest(name, viewer) for name in WITH_AGE}
    newest = {"comment": _newest(PostComment), "event": _newest(CommentEvent)}
    asked = House.objects.annotate(**counts, **ages, **newest)
    facts: dict[str, Any] = dict(asked.values(*counts, *ages, *newest).get(pk=1))
    tabs = [
        Tab(name, facts.get(f"{name.value}_count"), facts.get(f"{name.value}_oldest")) for name in D
    ]
    return Overview(tabs, facts["comment"], facts["event"])


def rows(place: Place, viewer: Person, *, after: int, most: int) -> list[Row]:
    """The next comments of a list, after the given place; 0 begins it."""
    in_list = found(place, viewer)
    if after:
        in_list = in_list.filter(**{f"place__{'gt' if place.name.waits else 'lt'}": after})
    return [Row(*row) for row in in_list[:most]]


def found(place: Place, viewer: Person) -> QuerySet[Any, Any]:
    """Pairs of place and comment, in the order of the list."""
    return _found(place, viewer).order_by("place" if place.name.waits else "-place")


def number(place: Place, viewer: Person) -> int:
    """How many comments are in a place, counted up to `MOST_COUNTED`."""
    return _found(place, viewer).order_by()[:MOST_COUNTED].count()


def pks(place: Place, viewer: Person, *, up_to: int, most: int) -> list[int]:
    """The ids of all that a place held when the newest comment had the id `up_to`."""
    bound = "comment__lte" if place.name in (D.REPORTED, D.MINE) else "pk__lte"
    return [Row(*row).pk for row in found(place, viewer).filter(**{bound: up_to})[:most]]


def _found(place: Place, viewer: Person) -> QuerySet[Any, Any]:
    """Pairs of place and comment, without an order."""
    if place.name == D.REPORTED:
        return _reported(place.filter)
    if place.name == D.MINE:
        return _mine(place.filter, viewer)
    comments = PostComment.objects.filter(place.filter.condition())
    if place.name == D.UNREAD:
        in_list = comments.unread()
    else:
        in_list = comments.filter(state=place.name.state)
    return in_list.order_by().annotate(place=F("pk")).values_list("place", "pk")


def _reported(asked: Filter) -> QuerySet[Any, Any]:
    """Each comment once, at the place of its oldest report."""
    shown = PostComment.objects.published().filter(asked.condition(), pk=OuterRef("comment"))
    flags = Flag.objects.open().filter(Exists(shown.order_by()))  # few, while comments are many
    grouped = flags.order_by().values("comment").annotate(place=Min("pk"))
    return grouped.values_list("place", "comment")


def _mine(asked: Filter, viewer: Person) -> QuerySet[Any, Any]:
    """What somebody decided, while their decision is the last one."""
    later = CommentEvent.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    mine = CommentEvent.objects.filter(asked.condition("comment__"), actor=viewer)
    last = mine.filter(~Exists(later.filter(kind__in=DECISIONS)), kind=EventKind.DECIDED)
    return last.order_by().annotate(place=F("pk")).values_list("place", "comment")


def _counted(place: Place, viewer: Person) -> Counted:
    return Counted(_found(place, viewer).order_by()[:MOST_COUNTED])


def _oldest(name: DeskList, viewer: Person) -> Subquery:
    if name == D.REPORTED:
        shown = PostComment.objects.published().filter(pk=OuterRef("comment")).order_by()
        flags = Flag.objects.open().filter(Exists(shown)).order_by("pk")
        return Subquery(flags.values("created_at")[:1], output_field=DateTimeField())
    since = _found(Place(name), viewer).order_by("place").values("submit_date")
    return Subquery(since[:1], output_field=DateTimeField())


def _newest(model: type[PostComment] | type[CommentEvent]) -> Coalesce:
    newest = model._default_manager.order_by("-pk").values("pk")[:1]
    return Coalesce(Subquery(newest, output_field=IntegerField()), 0)

"""How moderating goes, week by week: three queries over a bounded time, the rest in Python.

The queries read each comment received and each decision of a person in 26 weeks once, so the page
costs in proportion to what happened in half a year, whatever the site has kept from before. A
decision counts unless it was undone; how long a comment waited is from when it came to be held.
Comments that were deleted since (and spam after its days) are no longer counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from comments.durations import middle, p90
from comments.models import (
    CommentEvent,
    CommentState,
    DiscardedSpam,
    EventKind,
    Phase,
    PostComment,
)

WEEKS = 26
S = CommentState


@dataclass(frozen=True)
class Decided:
    """One decision of a person that was taken in a week; `waited` is None if it was not held."""

    week: date
    to: str
    waited: timedelta | None
    undone: bool


@dataclass(frozen=True)
class Week:
    """The numbers of a week that begins on `monday`; what cannot be told is None, never 0."""

    monday: date
    received: int
    spam: int
    decisions: int
    undone: float | None  # of all decisions
    settled: int  # held comments that a person decided about
    fine: float | None  # of those
    waited_median: timedelta | None
    waited_p90: timedelta | None


def weeks(now: datetime | None = None) -> list[Week]:
    """The last 26 weeks, the current one last."""
    today = timezone.localdate(now)
    newest = today - timedelta(days=today.weekday())
    mondays = [newest - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    received, discarded = _received(mondays), _discarded(mondays[0])
    decided: dict[date, list[Decided]] = {monday: [] for monday in mondays}
    for one in _decided(_midnight(mondays[0])):
        decided.setdefault(one.week, []).append(one)
    return [
        _week(monday, received.get(monday, (0, 0)), discarded.get(monday, 0), decided[monday])
        for monday in mondays
    ]


def _week(monday: date, received: tuple[int, int], discarded: int, decided: list[Decided]) -> Week:
    stood = [one for one in decided if one.waited is not None and not one.undone]
    waits = [one.waited for one in stood if one.waited is not None]
    return Week(
        monday=monday,
        received=received[0] + discarded,
        spam=received[1] + discarded,
        decisions=len(decided),
        undone=_share(one.undone for one in decided),
        settled=len(stood),
        fine=_share(one.to == S.PUBLISHED for one in stood),
        waited_median=middle(waits),
        waited_p90=p90(waits),
    )


def _share(answers: Iterable[bool]) -> float | None:
    known = list(answers)
    return sum(known) / len(known) if known else None


def _received(mondays: list[date]) -> dict[date, tuple[int, int]]:
    """Comments that came in by week, and how many of those are spam now.

    Comparing with the beginnings of weeks is ten times faster on SQLite than truncating dates.
    """
    newest_first = list(enumerate(map(_midnight, mondays)))[::-1]
    begun = (When(submit_date__gte=start, then=Value(place)) for place, start in newest_first)
    rows = (
        PostComment.objects.filter(submit_date__gte=newest_first[-1][1])
        .order_by()
        .values_list(Case(*begun, output_field=IntegerField()))
        .annotate(number=Count("pk"), spam=Count("pk", filter=Q(state=S.SPAM)))
    )
    return {mondays[place]: (number, spam) for place, number, spam in rows}


def _discarded(monday: date) -> dict[date, int]:
    """Blatant spam that was thrown away unread, by week."""
    found: dict[date, int] = {}
    for row in DiscardedSpam.objects.filter(day__gte=monday):
        week = row.day - timedelta(days=row.day.weekday())
        found[week] = found.get(week, 0) + row.number
    return found


def _decided(since: datetime) -> list[Decided]:
    return [
        Decided(
            week=_monday(at),
            to=to,
            waited=at - held if before == S.HELD else None,
            undone=then == EventKind.UNDONE,
        )
        for at, before, to, held, then in _decisions(since).iterator()
    ]


def _decisions(since: datetime) -> QuerySet[CommentEvent, Any]:
    """What people decided, with when the comment came to be held, and what followed."""
    ours = CommentEvent.objects.filter(comment=OuterRef("comment")).order_by("-pk")
    held = ours.filter(pk__lt=OuterRef("pk"), to_state=S.HELD).exclude(from_state=S.HELD)
    first_held = held.exclude(kind=EventKind.UNDONE)
    turns = (EventKind.DECIDED, EventKind.UNDONE)
    following = ours.filter(pk__gt=OuterRef("pk"), kind__in=turns).order_by("pk")
    return (
        CommentEvent.objects.filter(kind=EventKind.DECIDED, phase=Phase.PERSON, at__gte=since)
        .exclude(actor=None)
        .order_by()
        .annotate(
            since=Coalesce(Subquery(first_held.values("at")[:1]), "comment__submit_date"),
            then=Subquery(following.values("kind")[:1]),
        )
        .values_list("at", "from_state", "to_state", "since", "then")
    )


def _midnight(day: date) -> datetime:
    """When a day begins in the zone of the site."""
    return timezone.make_aware(datetime.combine(day, time()))


def _monday(moment: datetime) -> date:
    day = timezone.localdate(moment)
    return day - timedelta(days=day.weekday())

"""How well the publication corrects itself: the last twelve months, in a few queries.

Nothing here tells that a report waits, nor when one was read: what readers never saw under review
counts from the end of the month in which it was closed. What cannot be told is None, never 0. Time
is counted from the first receipt, so that a dispute that was opened again has taken as long as it
took; what the editors opened themselves is in no measure of speed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from blog.models import Notice, PostEvent
from comments.durations import middle, p90
from editorial.models import (
    DeclineReason,
    Dispute,
    DisputeEvent,
    DisputeEventKind,
    DisputeState,
    Finding,
    FollowUp,
    FollowUpState,
    Origin,
    Remedy,
)
from editorial.models.dispute import UNSEEN_STATES

KEPT_SECONDS = 600
OURS = (Origin.EDITOR, Origin.AUTHOR)
UPHELD = (Finding.INACCURATE, Finding.INCOMPLETE, Finding.OUTDATED)
S, K = DisputeState, DisputeEventKind
ACTS = (K.ACCEPTED, K.DECLINED, K.ASKED, K.MERGED)
READ = (*ACTS, K.OPENED)  # made of a comment at once, it had no time to wait
CLOSED_UNSEEN = (S.NOT_ACCEPTED, S.MERGED, S.WITHDRAWN)


@dataclass(frozen=True)
class Spread:
    """How long something took in `n` cases: half of them, and nine of ten."""

    n: int = 0
    median: timedelta | None = None
    p90: timedelta | None = None


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    number: int
    of: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.number / self.of) if self.of else None


@dataclass(frozen=True)
class Measures:
    """What the public page shows, for disputes that were received since `since`."""

    since: datetime
    received: int
    taken_up: int
    upheld: int
    unchanged: int
    not_accepted: list[tuple[str, int]]
    first_act: Spread
    to_decide: Spread
    waited_for_raiser: Spread
    open_now: int
    oldest_open: datetime | None
    reopened: Share
    raised_by_readers: Share
    follow_ups_kept: Share
    edits_untold: int
    corrections_undone: int

    @property
    def is_empty(self) -> bool:
        return not (self.received or self.open_now or self.raised_by_readers.of)


def measures() -> Measures:
    """The figures, at most ten minutes old."""
    found: Measures | None = cache.get("editorial.measures")
    if found is None:
        found = counted()
        cache.set("editorial.measures", found, KEPT_SECONDS)
    return found


def counted() -> Measures:
    """Count them now; the same few queries whatever there is."""
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    since = month.replace(year=month.year - 1)
    theirs, events, waiting = _handled(since, month), _events(since), _open()
    return Measures(
        since=since,
        received=len(theirs),
        taken_up=sum(one.taken_up_at is not None for one in theirs),
        upheld=sum(_finding(one) in UPHELD for one in theirs),
        unchanged=sum(_is_unchanged(one) for one in theirs),
        not_accepted=_reasons(theirs),
        first_act=spread(_until_first_act(theirs, events)),
        to_decide=spread(_until_decided(theirs)),
        waited_for_raiser=spread(_waits(theirs, events)),
        reopened=_reopened(theirs, events),
        raised_by_readers=_raised_by_readers(since),
        open_now=len(waiting),
        oldest_open=min(waiting, default=None),
        follow_ups_kept=_kept(since),
        edits_untold=_edits_untold(since),
        corrections_undone=_corrections_undone(since),
    )


def spread(times: Iterable[timedelta]) -> Spread:
    """The median and the ninetieth percentile of some times, as in the moderators' numbers."""
    listed = list(times)
    return Spread(len(listed), middle(listed), p90(listed))


def _handled(since: datetime, month: datetime) -> list[Dispute]:
    """What readers raised and an editor has acted on; what was never public, as `month` began."""
    acted = DisputeEvent.objects.filter(dispute=OuterRef("pk"), kind__in=READ)
    steps = DisputeEvent.objects.filter(dispute=OuterRef("pk"), at__lt=month)
    last = Subquery(steps.order_by("-at", "-pk").values("to_state")[:1])
    theirs = Dispute.objects.filter(created_at__gte=since).exclude(origin__in=OURS)
    was_public = Q(taken_up_at__isnull=False) & ~Q(state__in=UNSEEN_STATES)
    was_closed = Q(taken_up_at=None, state_then__in=CLOSED_UNSEEN)
    shown = theirs.annotate(state_then=last).filter(was_public | was_closed).filter(Exists(acted))
    return list(
        shown.select_related("decision").only(
            "state", "origin", *_TIMES, "declined_because", *_DECIDED
        )
    )


_TIMES = ("created_at", "taken_up_at", "closed_at")
_DECIDED = ("decision__finding", "decision__remedy")


def _events(since: datetime) -> dict[int, list[DisputeEvent]]:
    """What happened to each, in order."""
    rows = DisputeEvent.objects.filter(dispute__created_at__gte=since).order_by("at", "pk")
    events: dict[int, list[DisputeEvent]] = {}
    for event in rows.only("dispute_id", "kind", "actor_id", "to_state", "at"):
        events.setdefault(event.dispute_id, []).append(event)
    return events


def _finding(dispute: Dispute) -> str:
    return dispute.decision.finding if dispute.decision else ""


def _is_unchanged(dispute: Dispute) -> bool:
    return dispute.decision is not None and dispute.decision.remedy == Remedy.NO_CHANGE


def _reasons(disputes: list[Dispute]) -> list[tuple[str, int]]:
    """Not taken up, by reason; the most frequent first."""
    declined = (one for one in disputes if one.taken_up_at is None and _was_declined(one))
    counted = Counter(one.declined_because or DeclineReason.SPAM for one in declined)
    return [(str(DeclineReason(why).label), number) for why, number in counted.most_common()]


def _was_declined(dispute: Dispute) -> bool:
    """As the month began; only what was taken for spam comes back unseen since."""
    return bool(vars(dispute)["state_then"] == S.NOT_ACCEPTED)


def _until_first_act(
    disputes: list[Dispute], events: dict[int, list[DisputeEvent]]
) -> Iterator[timedelta]:
    for dispute in disputes:
        acts = (one for one in events.get(dispute.pk, ()) if one.kind in ACTS and one.actor_id)
        if (first := next(acts, None)) is not None:
            yield first.at - dispute.created_at


def _until_decided(disputes: list[Dispute]) -> Iterator[timedelta]:
    for dispute in disputes:
        if dispute.state == S.RESOLVED and dispute.closed_at is not None:
            yield dispute.closed_at - dispute.created_at


def _waits(disputes: list[Dispute], events: dict[int, list[DisputeEvent]]) -> Iterator[timedelta]:
    """How long each waited for whoever raised it to answer a question."""
    for dispute in disputes:
        waited, since = timedelta(), None
        for event in events.get(dispute.pk, ()):
            if event.to_state == S.NEEDS_INFORMATION:
                since = since or event.at
            elif since is not None:
                waited, since = waited + (event.at - since), None
        if waited:
            yield waited


def _reopened(disputes: list[Dispute], events: dict[int, list[DisputeEvent]]) -> Share:
    """Of those that were decided at some time, other than for the minutes of an undo."""
    kinds = [Counter(event.kind for event in events.get(one.pk, ())) for one in disputes]
    decided = [found for found in kinds if found[K.DECIDED] > found[K.UNDONE]]
    return Share(sum(found[K.REOPENED] > 0 for found in decided), len(decided))


def _raised_by_readers(since: datetime) -> Share:
    notices = Notice.objects.told().filter(published_at__gte=since)
    readers = Dispute.objects.filter(decisions__notice=OuterRef("pk")).exclude(origin__in=OURS)
    asked = notices.annotate(by_reader=Exists(readers)).values_list("by_reader", flat=True)
    listed = list(asked.order_by())
    return Share(sum(listed), len(listed))


def _kept(since: datetime) -> Share:
    promised = FollowUp.objects.filter(promised_at__gte=since, decision__undone_at=None)
    states = list(promised.order_by().values_list("state", flat=True))
    return Share(states.count(FollowUpState.PUBLISHED), len(states))


def _open() -> list[datetime]:
    """Since when each statement that readers see under review has been questioned."""
    return list(Dispute.objects.public().under_review().values_list("created_at", flat=True))


def _edits_untold(since: datetime) -> int:
    """Edits of words under review about which no editor was asked: readers heard nothing."""
    return DisputeEvent.objects.filter(kind=K.REWORDED, message="", at__gte=since).count()


def _corrections_undone(since: datetime) -> int:
    """How often an edit brought back words of which readers had been told that they were wrong."""
    return PostEvent.objects.filter(kind="correction_undone", at__gte=since).count()

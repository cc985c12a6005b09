"""The whole public story of one dispute, as its own page tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from editorial import aims, record
from editorial.honesty import READERS_ARE_TOLD
from editorial.models import (
    Decision,
    Dispute,
    DisputeEvent,
    DisputeEventKind,
    DisputeState,
    Evidence,
    Finding,
)
from editorial.record import Item

K = DisputeEventKind
FOR_READERS = (
    K.PROGRESS,
    K.CONCERN,
    K.CONTINUED,
    K.REOPENED,
)  # others are told to the raiser alone
NOT_BY_EDITORS = (
    *(K.RAISED, K.ANSWERED, K.SOURCE_ADDED, K.REPLIED, K.ADVISED),
    *(K.ASKED_TO_WITHDRAW, K.ASKED_TO_REOPEN, K.LAPSED, K.SPAM, K.RESTORED),
)


@dataclass(frozen=True)
class Earlier:
    """A decision that another one took the place of, or that was opened again."""

    decision: Decision
    told: str


@dataclass(frozen=True)
class Story:
    item: Item
    sources: list[Evidence]
    progress: list[DisputeEvent]
    earlier: list[Earlier]
    decide_by: datetime | None = None
    is_overdue: bool = False


def of(public_id: str) -> Story | None:
    """None unless everybody may read it; of a withheld one no word that was said about it."""
    item = record.public_item(public_id)
    if item is None or item.is_withheld:
        return Story(item, [], [], []) if item else None
    if item.decision and item.decision.notice:
        item.decision.notice.hide_words()  # if it is withheld alone
    about = {"dispute__public_id": public_id}
    decide_by = aims.decide_by(item.received_at)
    events = list(DisputeEvent.objects.filter(**about))
    return Story(
        item=item,
        sources=_sources(public_id, events),
        progress=[one for one in events if one.kind in FOR_READERS and one.told],
        earlier=_earlier(item),
        decide_by=None if item.decision else decide_by,
        is_overdue=item.decision is None and decide_by < timezone.now(),
    )


def _sources(public_id: str, events: Iterable[DisputeEvent]) -> list[Evidence]:
    """Those that an editor has seen: whoever takes a step has seen all that came before it."""
    unseen = set[str]()
    for event in events:
        if event.kind == K.SOURCE_ADDED:
            unseen.add(event.message)
        elif event.kind not in NOT_BY_EDITORS:
            unseen.clear()
    about, merged = Q(dispute__public_id=public_id), Q(dispute__merged_into__public_id=public_id)
    listed = Evidence.objects.filter(about | merged).order_by("pk")
    return [one for one in listed if one.url not in unseen]


def leads_to(public_id: str) -> Dispute | None:
    """The public dispute that one was merged into."""
    merged = Dispute.objects.filter(public_id=public_id, state=DisputeState.MERGED)
    return Dispute.objects.public().filter(pk__in=merged.values("merged_into")).first()


def _earlier(item: Item) -> list[Earlier]:
    """What was decided before, the last of it first; what was undone at once was no decision."""
    decisions = Decision.objects.filter(disputes__public_id=item.public_id).in_force()
    if item.decision is not None:
        decisions = decisions.exclude(pk=item.decision.pk)
    listed = decisions.select_related("notice").order_by("-number", "-pk")
    return [Earlier(one, str(READERS_ARE_TOLD[Finding(one.finding)])) for one in listed]

"""The whole public story of one dispute, as its own page tells it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from editorial import aims, record
from editorial.honesty import READERS_ARE_TOLD
from editorial.models import (
    AuthorReply,
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


@dataclass(frozen=True)
class Earlier:
    """A decision that another one took the place of, or that was opened again."""

    decision: Decision
    told: str


@dataclass(frozen=True)
class Story:
    """`reply` is what the author said or did not say, once it is decided."""

    item: Item
    sources: list[Evidence]
    progress: list[DisputeEvent]
    earlier: list[Earlier]
    reply: AuthorReply | None
    decide_by: datetime | None = None
    is_overdue: bool = False


def of(public_id: str) -> Story | None:
    """None unless everybody may read it; of a withheld one no word that was said about it."""
    item = record.public_item(public_id)
    if item is None or item.is_withheld:
        return Story(item, [], [], [], None) if item else None
    if item.decision and item.decision.notice:
        item.decision.notice.hide_words()  # if it is withheld alone
    about = {"dispute__public_id": public_id}
    decide_by = aims.decide_by(item.received_at)
    merged = Q(dispute__merged_into__public_id=public_id)
    progress = DisputeEvent.objects.filter(**about, kind__in=FOR_READERS).exclude(told="")
    return Story(
        item=item,
        sources=list(Evidence.objects.filter(Q(**about) | merged).order_by("pk")),
        progress=list(progress),
        earlier=_earlier(item),
        reply=AuthorReply.objects.filter(**about).first() if item.decision else None,
        decide_by=None if item.decision else decide_by,
        is_overdue=item.decision is None and decide_by < timezone.now(),
    )


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

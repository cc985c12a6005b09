"""The whole public story of one dispute, as its own page tells it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
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


FOR_RAISERS = {  # each step that whoever raised it may know of, in words to them
    K.RAISED: _("You reported it."),
    K.ACCEPTED: _("An editor took it up."),
    K.DECLINED: _("It was not taken up."),
    K.LAPSED: _("It was not taken up."),
    K.ASKED: _("We asked you something."),
    K.ANSWERED: _("You answered."),
    K.SOURCE_ADDED: _("You added a source."),
    K.PROGRESS: _("We told readers how far we are."),
    K.CONCERN: _("We published an expression of concern."),
    K.ASKED_TO_WITHDRAW: _("You asked to take it back."),
    K.CONTINUED: _("We carry on, on our own initiative."),
    K.WITHDRAWN: _("It was taken back."),
    K.MERGED: _("It was joined with another report of the same words."),
    K.UNMERGED: _("It stands on its own again."),
    K.DECIDED: _("It was decided."),
    K.UNDONE: _("The decision was taken back."),
    K.ASKED_TO_REOPEN: _("You asked to open it again."),
    K.LEFT_CLOSED: _("It stays closed."),
    K.REOPENED: _("An editor opened it again."),
}


class Step(NamedTuple):
    """What happened on a day, and what was said of it."""

    at: datetime
    what: str
    told: str


def for_raiser(dispute: Dispute) -> list[Step]:
    """What happened so far to one's own report; nothing that editors said among themselves."""
    events = _without_the_authors(dispute)
    return [Step(one.at, str(FOR_RAISERS[K(one.kind)]), one.told) for one in events]


def _without_the_authors(dispute: Dispute) -> Iterator[DisputeEvent]:
    """What raisers may know of: not what the author asked for, nor what the author was answered."""
    is_raisers = True
    for one in dispute.events.filter(kind__in=FOR_RAISERS):
        if one.kind == K.ASKED_TO_REOPEN:
            is_raisers = one.actor_id == dispute.raised_by_id
        if is_raisers or one.kind not in (K.ASKED_TO_REOPEN, K.LEFT_CLOSED):
            yield one


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
        sources=_sources({public_id: events})[public_id],
        progress=[one for one in events if one.kind in FOR_READERS and one.told],
        earlier=_earlier(item),
        decide_by=None if item.decision else decide_by,
        is_overdue=item.decision is None and decide_by < timezone.now(),
    )


def with_sources(items: Iterable[Item]) -> list[tuple[Item, list[Evidence]]]:
    """Each with what its own page lists as sources, in two queries."""
    listed = list(items)
    shown = [item.public_id for item in listed if not item.is_withheld]
    events: dict[str, list[DisputeEvent]] = {public_id: [] for public_id in shown}
    known = DisputeEvent.objects.annotate(about=F("dispute__public_id"))
    for event in known.filter(about__in=shown):
        events[vars(event)["about"]].append(event)
    sources = _sources(events)
    return [(item, sources.get(item.public_id, [])) for item in listed]


def _sources(events: Mapping[str, Iterable[DisputeEvent]]) -> dict[str, list[Evidence]]:
    """Of each dispute, those that an editor has seen: whoever takes a step has seen all before."""
    seen = {public_id: _seen(those) for public_id, those in events.items()}
    root = Coalesce("dispute__merged_into__public_id", "dispute__public_id")
    joined = _joined_by_raiser().filter(dispute=OuterRef("dispute")).order_by("-at")
    known = Evidence.objects.annotate(root=root, joined_at=Subquery(joined.values("at")[:1]))
    sources: dict[str, list[Evidence]] = {public_id: [] for public_id in events}
    for one in known.filter(root__in=list(events)).order_by("pk"):
        unseen, seen_at = seen[one.root]
        is_new = one.joined_at is not None and one.joined_at > seen_at
        if one.url not in unseen and not is_new:
            sources[one.root].append(one)
    return sources


def _seen(events: Iterable[DisputeEvent]) -> tuple[set[str], datetime]:
    """The sources that no editor has seen, and when one took the last step."""
    unseen, seen_at = set[str](), NEVER
    for event in events:
        if event.kind == K.SOURCE_ADDED:
            unseen.add(event.message)
        elif event.kind not in NOT_BY_EDITORS:
            unseen.clear()
            seen_at = event.at
    return unseen, seen_at


def _joined_by_raiser() -> QuerySet[DisputeEvent]:
    """Steps by which a reader, and no editor, put a report to a public dispute, while it is so."""
    merged = DisputeEvent.objects.filter(kind=K.MERGED, dispute__state=DisputeState.MERGED)
    return merged.filter(Q(actor=None) | Q(actor=F("dispute__raised_by")))


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

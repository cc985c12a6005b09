"""What happened to comments since somebody looked, for desks that are open."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from comments.models import CommentEvent, CommentState, EventKind

MOST = 200
SETTLED = timedelta(seconds=10)  # ids are given before they can be seen; then all are in order


@dataclass(frozen=True)
class Change:
    """Where a comment is now, and who brought it there or kept it; the site has no name."""

    comment: int
    state: CommentState
    who: str
    was_kept: bool


@dataclass(frozen=True)
class Changes:
    """Some changes, each comment once, and the event to ask on from: some are told twice."""

    changes: list[Change]
    after: int


def since(after: int) -> Changes:
    """Where comments went after an event, the last move of each."""
    told = ~Q(from_state=F("to_state")) | Q(kind=EventKind.DECIDED)
    events = CommentEvent.objects.filter(told, pk__gt=after).exclude(from_state="")
    facts = ("comment", "from_state", "to_state", "at", "actor__name")
    found = list(events.select_related("actor").only(*facts).order_by("pk")[:MOST])
    settled = timezone.now() - SETTLED
    is_full = len(found) == MOST
    known = [event.pk for event in found if is_full or event.at <= settled]
    last = {event.comment_id: event for event in found}
    return Changes([_change(event) for event in last.values()], max(known, default=after))


def _change(event: CommentEvent) -> Change:
    who = event.actor.public_name if event.actor else ""
    state, was_kept = CommentState(event.to_state), event.from_state == event.to_state
    return Change(event.comment_id, state, who, was_kept)

"""What happened to comments since somebody looked, for desks that are open."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from comments.models import CommentEvent, CommentState

MOST = 200
SETTLED = timedelta(seconds=10)  # ids are given before they can be seen; then all are in order


@dataclass(frozen=True)
class Change:
    """Where a comment is now, and who brought it there; the site itself has no name."""

    comment: int
    state: CommentState
    who: str


@dataclass(frozen=True)
class Changes:
    """Some changes, each comment once, and the event to ask on from: some are told twice."""

    changes: list[Change]
    after: int


def since(after: int) -> Changes:
    """Where comments went after an event, the last move of each."""
    events = CommentEvent.objects.filter(pk__gt=after).exclude(from_state=F("to_state"))
    moves = events.exclude(from_state="").select_related("actor").order_by("pk")
    found = list(moves.only("comment", "to_state", "at", "actor__name")[:MOST])
    settled = timezone.now() - SETTLED
    is_full = len(found) == MOST
    known = [event.pk for event in found if is_full or event.at <= settled]
    last = {event.comment_id: event for event in found}
    return Changes([_change(event) for event in last.values()], max(known, default=after))


def _change(event: CommentEvent) -> Change:
    who = event.actor.public_name if event.actor else ""
    return Change(event.comment_id, CommentState(event.to_state), who)

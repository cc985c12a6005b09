"""What a moderator may do with a comment, why it is where it is, and the filters they keep."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed
from accounts.roles import is_moderator
from comments.deskwork import BESIDE
from comments.filters import place_at
from comments.models import CommentEvent, CommentState, EventKind, PostComment, SavedFilter
from comments.moderation import MOVES
from comments.paths import id_in
from comments.words import fit

MOST_SAVED, MOST_IN_NAME, MOST_IN_QUERY = 30, 60, 500


def moves(comment: PostComment) -> list[CommentState]:
    """What a moderator may do with it; going back to "held" is done by undoing."""
    legal = moves_from(CommentState(comment.state))
    if comment.state != CommentState.HELD and _is_withdrawn(comment):
        return [move for move in legal if move != CommentState.PUBLISHED]
    return legal


def moves_from(state: CommentState | None) -> list[CommentState]:
    """What may be done with every comment in this state; nothing, where they differ."""
    return [move for move in CommentState if move in MOVES[state]] if state else []


def why(comment: PostComment) -> CommentEvent | None:
    """The last event with a reason, given by a phase or by a person."""
    reasons = [event for event in comment.events.all() if event.reason or event.because]
    return reasons[-1] if reasons else None


def undoable(pk: str) -> PostComment | None:
    """The comment that was just decided about, while its decision can be undone."""
    found = PostComment.objects.filter(pk=id_in(pk)).select_related("user") if pk else None
    comment = found.first() if found else None
    last = comment.events.exclude(BESIDE).last() if comment else None
    return comment if last and last.kind == EventKind.DECIDED else None


@transaction.atomic
def save_filter(person: Person, *, name: str, query: str) -> SavedFilter:
    """Keep a place of the desk under a name, for oneself."""
    if not is_moderator(person):
        raise NotAllowed(_("Only a moderator may do this."))
    name = " ".join(fit(name).split())
    if not name or len(name) > MOST_IN_NAME:
        raise Invalid(_("Please give a name of at most %(most)d letters.") % {"most": MOST_IN_NAME})
    query = place_at(query).query
    if len(query) > MOST_IN_QUERY:
        raise Invalid(_("What the filter asks for is too long to be saved."))
    if person.saved_filters.count() >= MOST_SAVED:
        raise Invalid(_("You have saved %(most)d filters; that is all.") % {"most": MOST_SAVED})
    try:
        with transaction.atomic():
            return person.saved_filters.create(name=name, query=query)
    except IntegrityError:
        raise Conflict(_("You have a filter of this name already.")) from None


def forget_filter(saved: SavedFilter, *, person: Person) -> None:
    """Delete a filter of one's own."""
    if saved.person_id != person.pk:
        raise NotAllowed(_("You may delete your own filters only."))
    saved.delete()


def _is_withdrawn(comment: PostComment) -> bool:
    """What `fragments.is_withdrawn` says, from the events that were loaded."""
    return any(event.kind == EventKind.WITHDRAWN for event in comment.events.all())

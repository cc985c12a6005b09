"""What a moderator sees: comments by state, with all that a decision needs."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch

from comments.models import CommentEvent, CommentState, EventKind, PostComment, PostCommentQuerySet
from comments.moderation import MOVES
from comments.paths import id_in

ON_A_PAGE = 30


@dataclass(frozen=True)
class Tab:
    """One state and how many comments are in it."""

    state: CommentState
    count: int


def tabs() -> list[Tab]:
    """All states, what waits first."""
    counts = PostComment.objects.order_by().values_list("state").annotate(count=Count("pk"))
    known = dict(counts)
    return [Tab(state, known.get(state, 0)) for state in CommentState]


def page(state: CommentState, number: str | None) -> "Page[PostComment]":
    """Comments in a state: held ones oldest first, since they wait, the others newest first."""
    order = "pk" if state == CommentState.HELD else "-pk"
    found = _with_facts(PostComment.objects.filter(state=state)).order_by(order)
    return Paginator(found, ON_A_PAGE).get_page(number)


def moves(comment: PostComment) -> list[CommentState]:
    """What a moderator may do with it; going back to "held" is done by undoing."""
    legal = MOVES[comment.state]
    if comment.state != CommentState.HELD and _is_withdrawn(comment):
        legal = legal - {CommentState.PUBLISHED}
    return [state for state in CommentState if state in legal]


def why(comment: PostComment) -> str:
    """The last reason given, by the checker or by a person."""
    reasons = [event.reason for event in comment.events.all() if event.reason]
    return reasons[-1] if reasons else ""


def undoable(pk: str) -> PostComment | None:
    """The comment that was just decided about, while its decision can be undone."""
    comment = _with_facts(PostComment.objects.filter(pk=id_in(pk))).first() if pk else None
    events = comment.events.all() if comment else ()
    silent = (EventKind.TOLD, EventKind.CONFIRMED)
    kinds = [event.kind for event in events if event.kind not in silent]
    return comment if kinds[-1:] == [EventKind.DECIDED] else None


def _is_withdrawn(comment: PostComment) -> bool:
    """What `fragments.is_withdrawn` says, from the events that were loaded."""
    return any(event.kind == EventKind.WITHDRAWN for event in comment.events.all())


def _with_facts(comments: PostCommentQuerySet) -> PostCommentQuerySet:
    events = Prefetch("events", CommentEvent.objects.select_related("actor"))
    related = comments.select_related("user", "post", "in_reply_to__user")
    return related.defer("post__body").prefetch_related(events)

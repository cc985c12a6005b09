"""What happened to a comment, and how to make something happen."""

from collections.abc import Callable

from django.core.cache import cache

from comments import moderation
from comments.models import CommentState, House, PostComment
from comments.models.house import CACHE_KEY
from tests.factories.comments import PostCommentFactory

RunTasks = Callable[[], int]
ACTS = {
    CommentState.PUBLISHED: moderation.approve,
    CommentState.SPAM: moderation.mark_spam,
    CommentState.REJECTED: moderation.reject,
    CommentState.REMOVED: moderation.remove,
}
STATES = list(CommentState)


def a_comment(state: str, **facts: object) -> PostComment:
    return PostCommentFactory(**({state: True} if state != "held" else {}), **facts)


def story(comment: PostComment) -> list[tuple[str, str, str]]:
    return list(comment.events.values_list("kind", "from_state", "to_state"))


def fresh(comment: PostComment) -> PostComment:
    return PostComment.objects.get(pk=comment.pk)


def rules(**given: object) -> None:
    """What the publisher decided, known to everybody at once."""
    House.objects.update_or_create(pk=1, defaults=given)
    cache.delete(CACHE_KEY)

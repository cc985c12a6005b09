"""What the desk says about a comment."""

from django import template

from comments import queue
from comments.models import CommentState, PostComment

register = template.Library()


@register.filter
def why(comment: PostComment) -> str:
    """The last reason given for its state."""
    return queue.why(comment)


@register.filter
def moves(comment: PostComment) -> list[CommentState]:
    """What a moderator may do with it."""
    return queue.moves(comment)

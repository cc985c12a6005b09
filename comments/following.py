"""Who hears of what happens in a discussion."""

from comments.models import CommentEvent, PostComment


def comment_moved(comment: PostComment, event: CommentEvent) -> None:
    """Called in the transaction in which a comment changed its state, after everything else."""

"""What can happen to a reader's report on a comment: raised, agreed with, dismissed."""

from accounts.models import Person
from comments.models import CommentEvent, PostComment


def comment_moved(comment: PostComment, event: CommentEvent) -> None:
    """Called in the transaction in which a comment changed its state, after everything else.

    A moderator who takes a reported comment down has agreed with its reports.
    """


def dismiss(comment: PostComment, *, moderator: Person) -> int:
    """Leave a reported comment as it is and close its reports; returns how many there were."""
    raise NotImplementedError

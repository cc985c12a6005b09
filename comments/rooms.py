"""Rooms that make something of comments without being known here, such as the disputes."""

from typing import Protocol

from comments.models import CommentEvent, PostComment


class Room(Protocol):
    """Where something was made of comments."""

    def comment_moved(self, comment: PostComment, event: CommentEvent) -> None:
        """Called in the transaction in which a comment changed its state, after everything else."""


ROOMS: list[Room] = []

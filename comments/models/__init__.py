"""What readers say, who they are to us, and what happened to it: the words of this package."""

from comments.models.comment import (
    MOST_CHARACTERS,
    CommentState,
    Phase,
    PostComment,
    PostCommentQuerySet,
    Voice,
)
from comments.models.following import (
    Follow,
    FollowQuerySet,
    Notification,
    NotificationKind,
    Scope,
    Silence,
)
from comments.models.house import AtOnce, CheckerHealth, House, SavedFilter
from comments.models.participant import (
    Browser,
    Pace,
    Participant,
    ParticipantNote,
    Sanction,
    SanctionKind,
)
from comments.models.reactions import Flag, FlagReason, FlagState, Respect
from comments.models.trail import (
    Batch,
    Because,
    CommentEvent,
    CommentVersion,
    DiscardedSpam,
    EventKind,
)

__all__ = [
    "MOST_CHARACTERS",
    "AtOnce",
    "Batch",
    "Because",
    "Browser",
    "CheckerHealth",
    "CommentEvent",
    "CommentState",
    "CommentVersion",
    "DiscardedSpam",
    "EventKind",
    "Flag",
    "FlagReason",
    "FlagState",
    "Follow",
    "FollowQuerySet",
    "House",
    "Notification",
    "NotificationKind",
    "Pace",
    "Participant",
    "ParticipantNote",
    "Phase",
    "PostComment",
    "PostCommentQuerySet",
    "Respect",
    "Sanction",
    "SanctionKind",
    "SavedFilter",
    "Scope",
    "Silence",
    "Voice",
]

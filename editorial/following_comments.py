"""What becomes of an objection when the comment it was made from is called spam, or is back.

What nobody has taken up goes with its comment and comes back with it, to the state it was in. What
is under review or decided stays: its readers have been told of it.
"""

from django.utils import timezone

from comments.models import CommentEvent, CommentState, PostComment
from editorial import mail, merging, steps
from editorial.models import DeclineReason, Dispute, DisputeEventKind, DisputeState
from editorial.models.dispute import PUBLIC_STATES, UNSEEN_STATES

K, S = DisputeEventKind, DisputeState


def comment_moved(comment: PostComment, event: CommentEvent) -> None:
    """Called in the transaction in which a comment changed its state."""
    made = Dispute.objects.filter(source_comment=comment).oldest_first()
    if comment.state == CommentState.SPAM:
        # one that leaves sets free what was merged into it, which may be of this comment too
        while (unseen := made.filter(state__in=UNSEEN_STATES).first()) is not None:
            _leave(unseen)
    elif comment.state == CommentState.PUBLISHED:
        for dispute in made:
            _come_back(dispute)
    if event.from_state == CommentState.PUBLISHED:
        _tell_editors([one for one in made if one.state in PUBLIC_STATES])


def _leave(dispute: Dispute) -> None:
    steps.move(
        dispute,
        K.SPAM,
        version=dispute.version,
        by=None,
        declined_because=DeclineReason.SPAM,
        closed_at=timezone.now(),
    )
    merging.release(dispute)


def _come_back(dispute: Dispute) -> None:
    """Only what went with the comment; what somebody declined stays declined."""
    last = dispute.events.filter(to_state=S.NOT_ACCEPTED).last()
    if dispute.state != S.NOT_ACCEPTED or last is None or last.kind != K.SPAM:
        return
    steps.move(
        dispute,
        K.RESTORED,
        version=dispute.version,
        by=None,
        to=S(last.from_state),
        declined_because="",
        closed_at=None,
    )


def _tell_editors(standing: list[Dispute]) -> None:
    for dispute in standing:
        mail.comment_gone(dispute)

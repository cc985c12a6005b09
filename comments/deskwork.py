"""What a moderator does at the desk: decide, keep, answer, take back."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, WrongMoment
from accounts.roles import require_moderator
from comments import discussion, flagging, moderation
from comments.models import (
    Because,
    CommentState,
    EventKind,
    FlagState,
    Notification,
    NotificationKind,
    PostComment,
)
from comments.moderation import NO_REASON, Why

S = CommentState
CHOICES = (S.PUBLISHED, S.SPAM, S.REJECTED, S.REMOVED)
# What is written beside a decision, and does not stand in the way of undoing it.
BESIDE = Q(kind__in=moderation.BESIDE_A_DECISION) | Q(kind=EventKind.CHECKED, actor__isnull=False)
REFUSING = (S.REJECTED, S.REMOVED)  # only there the writer is told why


@dataclass(frozen=True)
class Outcome:
    """What became of a comment, and the answer that was given to it, if any."""

    comment: PostComment
    reply: PostComment | None = None


@transaction.atomic
def decide(  # noqa: PLR0913  all facts of one act
    comment: PostComment,
    *,
    moderator: Person,
    to: str,
    why: Why = NO_REASON,
    seen: str = "",
    edition: str | None = None,
    reply: str | None = None,
) -> Outcome:
    """Do what a card's button says.

    With `seen` (the state) and `edition` (the words) that were looked at, it is refused when
    somebody moved the comment or its writer changed it meanwhile.

    "published" on a published comment keeps it; with a `reply` (which may not be empty) the comment
    is published, unless it is, and answered, or neither of both.
    """
    if to not in CHOICES:
        raise Invalid(_("Please choose what should happen with the comment."))
    if why.because and (why.because not in Because.values or to not in REFUSING):
        raise Invalid(_("Please choose one of the reasons."))
    if edition is not None:
        moderation.require_edition(moderation.locked(comment), edition)
    if reply is not None and to == S.PUBLISHED:
        return publish_and_reply(comment, moderator=moderator, text=reply, seen=seen)
    if to == S.PUBLISHED and (seen or comment.state) == S.PUBLISHED:
        return Outcome(keep(comment, moderator=moderator, why=why, seen=seen))
    return Outcome(moderation.decide(comment, to=S(to), moderator=moderator, why=why, seen=seen))


@transaction.atomic
def keep(
    comment: PostComment, *, moderator: Person, why: Why = NO_REASON, seen: str = ""
) -> PostComment:
    """Leave a published comment where it is: somebody looked at it, and its reports are closed."""
    require_moderator(moderator)
    comment = _as_it_is(comment, seen)
    reported = comment.raised_flags.filter(state=FlagState.OPEN).exists()
    if comment.state != S.PUBLISHED or (comment.read_at and not reported):
        raise WrongMoment(_("Nothing waits for a decision here any more."))
    event = moderation.record(
        comment, kind=EventKind.DECIDED, actor=moderator, before=comment.state, why=why
    )
    comment.read_at = event.at
    comment.save(update_fields=("read_at",))
    if reported:
        flagging.dismiss(comment, moderator=moderator)
    return comment


@transaction.atomic
def publish_and_reply(
    comment: PostComment, *, moderator: Person, text: str, seen: str = ""
) -> Outcome:
    """Publish a comment, unless it is published, and answer it: both or neither."""
    if comment.state == S.PUBLISHED:
        require_moderator(moderator)
        comment = _as_it_is(comment, seen)
        PostComment.objects.filter(pk=comment.pk, read_at=None).update(read_at=timezone.now())
    else:
        comment = moderation.approve(comment, moderator=moderator, seen=seen)
    reply = discussion.post_comment(comment.post, by=moderator, text=text, parent=comment)
    return Outcome(comment, reply)


@transaction.atomic
def undo(comment: PostComment, *, moderator: Person, seen: str = "") -> PostComment:
    """Take the last decision back, with what was said in one with it.

    With `seen` (the state that it led to) it is refused when somebody moved the comment meanwhile.
    """
    require_moderator(moderator)
    comment = _as_it_is(comment, seen)
    last = comment.events.exclude(BESIDE).last()
    if last is None or last.kind != EventKind.DECIDED:
        raise WrongMoment(_("There is no decision here that could be undone."))
    if last.from_state == last.to_state:
        return _look_again(comment, moderator)
    restored = moderation.restore(comment, moderator=moderator)
    answers = PostComment.objects.published().filter(in_reply_to=comment.pk, user=moderator)
    for answer in answers.filter(submit_date__gte=last.at):
        if restored.state != S.PUBLISHED:
            moderation.remove(answer, moderator=moderator)
    return restored


def _look_again(comment: PostComment, moderator: Person) -> PostComment:
    """Undo that a comment was kept: nobody has looked at it, and its reports are open."""
    kept = comment.events.filter(kind=EventKind.DECIDED).latest("at", "pk")
    closed = comment.raised_flags.filter(state=FlagState.DISMISSED, decided_at__gte=kept.at)
    Notification.objects.filter(
        comment=comment, kind=NotificationKind.LOOKED_AT, sent_at=None, created_at__gte=kept.at
    ).delete()
    closed.update(state=FlagState.OPEN, decided_by=None, decided_at=None)
    comment.read_at = None
    comment.save(update_fields=("read_at",))
    moderation.record(comment, kind=EventKind.UNDONE, actor=moderator, before=comment.state)
    return comment


def _as_it_is(comment: PostComment, seen: str) -> PostComment:
    """The comment as it is now, while nothing moves in its discussion."""
    comment = moderation.locked(comment)
    if seen and comment.state != seen:
        raise Conflict(moderation.moved_on(comment))
    return comment

"""Who hears of what happens in a discussion.

What one person is told is written in the transaction in which it happens. Followers may be many:
a task writes theirs, and `find_lost` finds what a lost task left. Telling is done by `digests.py`.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.addresses import network_of
from accounts.ratelimit import allow
from comments import digests, links, mail
from comments.digests import FOLLOWED
from comments.models import (
    CommentEvent,
    CommentState,
    EventKind,
    Follow,
    FollowQuerySet,
    Notification,
    NotificationKind,
    Phase,
    PostComment,
    Sanction,
    SanctionKind,
    Scope,
    Voice,
)
from comments.pipeline import Ruling

TIME_TO_UNDO = timedelta(minutes=2)  # before anybody hears what a moderator decided
LOOKS_BACK = timedelta(days=2)  # for news that a lost task left
MAILS_TO_AN_ADDRESS, MAILS_FROM_A_NETWORK = 3, 20  # a day, to an address that was only typed
S, K = CommentState, NotificationKind
MOVED = (EventKind.CHECKED, EventKind.DECIDED, EventKind.UNDONE)


def comment_moved(comment: PostComment, event: CommentEvent) -> None:
    """Called in the transaction in which a comment changed its state, after everything else.

    What was to be told and is not true any more is forgotten. The writer hears what a person
    decided; followers hear of a comment that is shown for the first time.
    """
    _forget_untrue(comment)
    _tell_writer(comment, event)
    if comment.state == S.PUBLISHED:
        if Follow.objects.confirmed().filter(post=comment.post_id).exists():
            fan_out.enqueue(comment.pk)
        if _wish_of(comment):
            ask_to_confirm(comment)


def comment_ruled(comment: PostComment, ruling: Ruling) -> None:
    """Called in the transaction in which a phase of the pipeline decided, before it is recorded.

    Whoever came as far as the last phase has passed the spam check and may be written to.
    """
    if ruling.phase == Phase.NEWCOMER and (ruling.asks or _wish_of(comment)):
        ask_to_confirm(comment)


def ask_to_confirm(comment: PostComment) -> None:
    """Mail the writer one link that confirms the comment and the wish to follow; only once.

    Does nothing where nothing is to be confirmed, or where too many such mails went to this
    address or came from this network today.
    """
    if comment.user_id or comment.confirmed_at or comment.participant_id is None:
        return
    if was_asked(comment):
        return
    if not may_write_to(comment.user_email, network=network_of(comment.ip_address or "")):
        return
    link = links.CONFIRM_COMMENT.url(comment.pk)
    mail.confirm_comment(comment, link=link, follow=_wish_of(comment))
    comment.events.create(
        kind=EventKind.TOLD,
        from_state=comment.state,
        to_state=comment.state,
        phase=Phase.NEWCOMER,
        reason=_("Its writer was asked by mail to confirm the address."),
    )


def was_asked(comment: PostComment) -> bool:
    """Whether a mail asked the writer to confirm the address."""
    return comment.events.filter(kind=EventKind.TOLD, phase=Phase.NEWCOMER).exists()


def may_write_to(address: str, *, network: str, about: str = "confirming") -> bool:
    """Whether one more mail of this kind may go to an address that was only typed."""
    limits = {
        f"{about} mail from {network or 'unknown'}": MAILS_FROM_A_NETWORK,
        f"{about} mail to {address.lower()}": MAILS_TO_AN_ADDRESS,
    }
    return all(allow(key, limit=most, seconds=links.DAY) for key, most in limits.items())


@task
@transaction.atomic
def fan_out(comment_id: int) -> int:
    """Note for every follower that a comment is shown; returns for how many it was tried.

    Those who followed when it was first shown hear of it, each at most once.
    """
    comment = PostComment.objects.published().filter(pk=comment_id).first()
    since = first_shown(comment) if comment else None
    if comment is None or since is None:
        return 0
    answered = comment.in_reply_to.participant_id if comment.in_reply_to else None
    follows = hearing(comment.post_id, comment.pk, comment.participant_id, answered, since)
    due_at = _due_at(comment)
    found = list(follows.select_related("participant"))
    Notification.objects.bulk_create(
        (
            Notification(
                participant=follow.participant,
                comment=comment,
                kind=K.REPLY if follow.participant_id == answered else K.COMMENT,
                due_at=due_at,
            )
            for follow in found
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    digests.wake(due_at, {follow.participant.pace for follow in found})
    return len(found)


def find_lost() -> int:
    """Fan out again where a follower was not told of a comment that was shown lately."""
    told = hearing(
        OuterRef("comment__post"),
        OuterRef(OuterRef("comment")),
        OuterRef("comment__participant"),
        OuterRef("comment__in_reply_to__participant"),
        OuterRef("at"),
    )
    shown = CommentEvent.objects.filter(
        at__gte=timezone.now() - LOOKS_BACK, to_state=S.PUBLISHED, comment__state=S.PUBLISHED
    ).filter(Exists(told))
    pks = shown.order_by("comment").values_list("comment", flat=True).distinct()
    return sum(fan_out.call(pk) for pk in list(pks))


def hearing(post: Any, comment: Any, writer: Any, answered: Any, since: Any) -> FollowQuerySet:
    """The confirmed follows whose owners are still to be told of a comment.

    All facts are ids or references to a query around this one.
    """
    told = Notification.objects.filter(
        participant=OuterRef("participant"), comment=comment, kind__in=FOLLOWED
    )
    banned = Sanction.objects.in_force().filter(
        participant=OuterRef("participant"), kind=SanctionKind.BAN
    )
    wanted = Q(scope=Scope.DISCUSSION) | Q(participant=answered)
    follows = Follow.objects.confirmed().filter(wanted, post=post, confirmed_at__lte=since)
    return follows.exclude(participant=writer).filter(~Exists(told), ~Exists(banned))


def first_shown(comment: PostComment) -> datetime | None:
    """Since when readers see it; a publication that was undone does not count."""
    first = last = None
    for event in comment.events.filter(kind__in=MOVED).order_by("at", "pk"):
        if event.to_state == S.PUBLISHED != event.from_state:
            last = event.at
            first = first or last
        elif event.kind == EventKind.UNDONE and event.from_state == S.PUBLISHED and first == last:
            first = None
    return first


def _due_at(comment: PostComment) -> datetime:
    """At once, unless a moderator could still take the publication back."""
    shown = comment.events.filter(to_state=S.PUBLISHED, kind__in=MOVED).order_by("at", "pk").last()
    if shown is None:
        return timezone.now()
    if comment.voice == Voice.OFFICIAL and comment.form_key:  # part of a decision
        return shown.at + timedelta(minutes=settings.UNDO_MINUTES)
    return shown.at + (TIME_TO_UNDO if _by_another(comment, shown) else timedelta(0))


def _by_another(comment: PostComment, event: CommentEvent) -> bool:
    return event.actor_id is not None and event.actor_id != comment.user_id


def _forget_untrue(comment: PostComment) -> None:
    untrue = [kind for kind, state in digests.TRUE_WHILE.items() if state != comment.state]
    Notification.objects.filter(comment=comment, sent_at=None, kind__in=untrue).delete()


def _tell_writer(comment: PostComment, event: CommentEvent) -> None:
    """What became of a comment that waited, if a person decided and the address is confirmed."""
    kind = _outcome(comment, event)
    if kind is None or comment.participant is None or not comment.participant.is_confirmed:
        return
    facts = {"because": event.because, "words": event.words, "due_at": event.at + TIME_TO_UNDO}
    told, _made = Notification.objects.get_or_create(
        participant=comment.participant, comment=comment, kind=kind, defaults=facts
    )
    digests.wake(told.due_at, [comment.participant.pace])


def _outcome(comment: PostComment, event: CommentEvent) -> NotificationKind | None:
    if event.kind != EventKind.DECIDED or not _by_another(comment, event):
        return None
    if event.to_state == S.REJECTED and event.from_state == S.HELD:
        return K.REFUSED
    is_first = event.to_state == S.PUBLISHED and first_shown(comment) == event.at
    return K.APPROVED if is_first else None


def _wish_of(comment: PostComment) -> Follow | None:
    """The wish of a guest to follow this discussion, which is not confirmed yet."""
    if comment.participant_id is None or comment.confirmed_at is not None:
        return None
    wishes = Follow.objects.filter(participant=comment.participant_id, post=comment.post_id)
    return wishes.filter(confirmed_at=None).first()

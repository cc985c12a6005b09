"""When people are told: each thing at once, or collected for an hour or a day in one mail.

A notification is marked as sent in the transaction that writes the letter, with its participant
locked: however often the task or the sweep runs, and however many run at once, nothing is sent
twice. What is not true any more by then is dropped.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from comments import links, mail
from comments.models import (
    CommentState,
    Notification,
    NotificationKind,
    Pace,
    Participant,
    SanctionKind,
)

COLLECTED = {  # for so long after the first thing that waits
    Pace.AT_ONCE: timedelta(0),
    Pace.HOURLY: timedelta(hours=1),
    Pace.DAILY: timedelta(days=1),
}
FOLLOWED = (NotificationKind.REPLY, NotificationKind.COMMENT)
S, K = CommentState, NotificationKind
TRUE_WHILE = {
    K.REPLY: S.PUBLISHED,
    K.COMMENT: S.PUBLISHED,
    K.APPROVED: S.PUBLISHED,
    K.REFUSED: S.REJECTED,
}


def wake(due_at: datetime, paces: Iterable[str]) -> None:
    """Let the worker send what is due at this moment to people of these paces."""
    now = timezone.now()
    for pace in sorted(set(paces)):
        at = due_at + COLLECTED[Pace(pace)]
        send_due.using(run_after=max(at, now)).enqueue()


@task
def send_due() -> int:
    """Tell everybody whose news are due; returns how many mails were written."""
    return sum(tell(pk) for pk in _waiting())


@transaction.atomic
def tell(participant_id: int) -> int:
    """Write what this participant is due to hear now; nothing when another process was faster."""
    people = Participant.objects.select_related("person").select_for_update(of=("self",))
    participant = people.filter(pk=participant_id).first()
    if participant is None:
        return 0
    due = Notification.objects.due().filter(participant=participant).order_by("due_at", "pk")
    found = list(due.select_related("comment__user", "comment__post__head"))
    told = [one for one in found if _is_true(one)] if _may_hear(participant) else []
    _drop([one for one in found if one not in told])
    return _send(participant, told) if told and _is_time(participant, told) else 0


def _send(participant: Participant, told: Sequence[Notification]) -> int:
    mails = [[one] for one in told] if participant.pace == Pace.AT_ONCE else [list(told)]
    page = links.SUBSCRIPTIONS.url(participant.pk)
    for letter in mails:
        mail.news(participant, letter, page=page, unsubscribe=_stop(participant, letter))
    now, sent = timezone.now(), [one.pk for one in told]
    Notification.objects.filter(pk__in=sent).update(sent_at=now)
    if participant.pace != Pace.AT_ONCE:
        Participant.objects.filter(pk=participant.pk).update(digest_at=now)
    return len(mails)


def _stop(participant: Participant, letter: Sequence[Notification]) -> str:
    """Where one click ends such mails: about this post, or about all that are in a digest."""
    posts = {one.comment.post_id for one in letter if one.kind in FOLLOWED}
    if not posts:
        return ""
    return links.STOP.url(participant.pk, posts.pop() if len(posts) == 1 else 0)


def _waiting() -> list[int]:
    """The participants with something that has waited as long as their pace says."""
    now = timezone.now()
    due = Q(pk=None)
    for pace, wait in COLLECTED.items():
        due |= Q(participant__pace=pace, due_at__lte=now - wait)
    unsent = Notification.objects.filter(due, sent_at=None).order_by("participant")
    return list(unsent.values_list("participant", flat=True).distinct())


def _is_time(participant: Participant, told: Sequence[Notification]) -> bool:
    return told[0].due_at + COLLECTED[Pace(participant.pace)] <= timezone.now()


def _is_true(told: Notification) -> bool:
    """Whether readers, or the writer, would still find it so."""
    state = TRUE_WHILE.get(NotificationKind(told.kind))
    if state is None:
        return True
    return told.comment.state == state and told.comment.post.is_public


def _may_hear(participant: Participant) -> bool:
    """Whether the address is known to be theirs, in use, and not of somebody who is banned."""
    if not participant.is_confirmed or (participant.person and not participant.person.is_active):
        return False
    return not participant.sanctions.in_force().filter(kind=SanctionKind.BAN).exists()


def _drop(untrue: Sequence[Notification]) -> None:
    if untrue:
        Notification.objects.filter(pk__in=[one.pk for one in untrue]).delete()

"""Checking the held list again: everything the spam checker has not answered for, on request.

A task works the list off, a hundred comments at a time, and counts as it goes; it stops when the
service is silent. The row is a `Batch` that decides nothing itself: `to_state` is "held".
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Person
from accounts.refusals import NotAllowed
from accounts.roles import is_moderator
from comments.models import Batch, CommentState, PostComment
from comments.moderation import check
from comments.spam import Judgement
from comments.spam_service import unanswered

SLICE = 100
LOST_AFTER = timedelta(minutes=20)  # then nobody works on it any more


@transaction.atomic
def start(*, moderator: Person) -> Batch:
    """Begin with the oldest; while one is running, that one is returned."""
    if not is_moderator(moderator):
        raise NotAllowed(_("Only a moderator may do this."))
    running = _running().filter(created_at__gt=timezone.now() - LOST_AFTER).first()
    if running is not None:
        return running
    pks = list(unanswered().order_by("pk").values_list("pk", flat=True))
    batch = Batch.objects.create(
        actor=moderator,
        to_state=CommentState.HELD,
        reason=_("The held list was checked again."),
        pks=pks,
        total=len(pks),
        finished_at=None if pks else timezone.now(),
    )
    if pks:
        work.enqueue(batch.pk)
    return batch


@task
def work(batch_id: int) -> int:
    """Ask about the next hundred; returns how many were asked about.

    Two at once meet at the count: whoever comes second stops.
    """
    batch = _running().filter(pk=batch_id).first()
    if batch is None:
        return 0
    asked = 0
    for pk in batch.pks[batch.done : batch.done + SLICE]:
        if not _ask(pk):
            _running().filter(pk=batch_id).update(finished_at=timezone.now())
            return asked
        if not _count(batch, pk, asked):
            return asked
        asked += 1
    _go_on(batch, asked)
    return asked


def go_on_with_lost() -> int:
    """Enqueue what a worker left that died; returns how many there were."""
    lost = _running().filter(created_at__lt=timezone.now() - LOST_AFTER)
    pks = list(lost.values_list("pk", flat=True))
    for pk in pks:
        work.enqueue(pk)
    return len(pks)


def _running() -> QuerySet[Batch]:
    return Batch.objects.filter(to_state=CommentState.HELD, finished_at=None)


def _ask(pk: int) -> bool:
    """Whether the checker answered, or there was nothing left to ask."""
    if not unanswered().filter(pk=pk).update(check_after=timezone.now()):
        return True
    return check.call(pk) != Judgement.UNKNOWN


def _count(batch: Batch, pk: int, asked: int) -> bool:
    """One more is done, unless somebody else counted it."""
    held = int(PostComment.objects.held().filter(pk=pk).exists())  # no database adds a boolean
    as_seen = _running().filter(pk=batch.pk, done=batch.done + asked)
    return bool(as_seen.update(done=F("done") + 1, left=F("left") + held))


@transaction.atomic
def _go_on(batch: Batch, asked: int) -> None:
    if batch.done + asked < batch.total:
        work.enqueue(batch.pk)
    else:
        _running().filter(pk=batch.pk).update(finished_at=timezone.now())

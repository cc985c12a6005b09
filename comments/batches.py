"""Decisions about many comments: begun, worked off in slices, undone; and spam that is emptied.

A slice is a transaction that counts what it did, so that it may be begun again after it was cut
off. Up to 500 comments are decided about in the request; a task works off what is more, and the
sweep finds what a lost task left.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Person
from accounts.refusals import Invalid, Refusal, WrongMoment
from accounts.roles import require_moderator
from comments import deskwork
from comments.models import (
    Batch,
    Because,
    CommentEvent,
    CommentState,
    DiscardedSpam,
    EventKind,
    PostComment,
)
from comments.moderation import Why
from comments.retention import is_free

AT_ONCE, SLICE, MOST = 500, 50, 20_000
LOST_AFTER, UNDONE_WITHIN = timedelta(minutes=5), timedelta(days=1)
S = CommentState


def begin(
    pks: Sequence[int], *, moderator: Person, seen: CommentState, to: str, because: str = ""
) -> Batch:
    """Decide about many comments that were all seen in one state; what moved on since is left."""
    require_moderator(moderator)
    if to not in deskwork.CHOICES:
        raise Invalid(_("Please choose what should happen with the comments."))
    if because and (because not in Because.values or to not in deskwork.REFUSING):
        raise Invalid(_("Please choose one of the reasons."))
    if not pks:
        raise Invalid(_("Please choose some comments first."))
    chosen = list(dict.fromkeys(pks))[:MOST]
    facts = {"from_state": seen, "to_state": to, "because": because}
    with transaction.atomic():
        batch = Batch.objects.create(actor=moderator, pks=chosen, total=len(chosen), **facts)
        if batch.total > AT_ONCE:
            work_off.enqueue(batch.pk)
    if batch.total <= AT_ONCE:
        work_off.call(batch.pk)
    batch.refresh_from_db()
    return batch


@task
def work_off(batch_id: int) -> int:
    """Decide about what is left of a batch; returns how many were decided about in the whole."""
    while _work_off_slice(batch_id):
        pass
    return Batch.objects.values_list("done", flat=True).get(pk=batch_id)


def undo(batch: Batch, *, moderator: Person) -> int:
    """Take a batch back: exactly what nobody touched since. Returns how many are back already."""
    require_moderator(moderator)
    with transaction.atomic():
        mine = Batch.objects.filter(pk=batch.pk, undone_at=None)
        if not mine.update(undone_at=timezone.now(), undone_by=moderator):
            raise WrongMoment(_("This was undone already."))
        if batch.total > AT_ONCE:
            take_back.enqueue(batch.pk)
    return take_back.call(batch.pk) if batch.total <= AT_ONCE else 0


@task
def take_back(batch_id: int) -> int:
    """Undo what a batch decided, as far as its decision is still the last one."""
    moderator = Batch.objects.select_related("undone_by").get(pk=batch_id).undone_by
    if moderator is None:
        return 0
    after, restored = 0, 0
    while pks := list(_untouched(batch_id).filter(comment__gt=after)[:SLICE]):
        restored += _take_back_slice(pks, moderator)
        after = pks[-1]
    return restored


def finish() -> int:
    """Work off what a lost task left, and take back what was to be; returns how many batches."""
    now = timezone.now()
    begun_here = Batch.objects.exclude(from_state="")  # others have a worker of their own
    lost = begun_here.filter(finished_at=None, undone_at=None, created_at__lt=now - LOST_AFTER)
    for batch in lost:
        work_off.call(batch.pk)
    undone = Batch.objects.filter(undone_at__range=(now - UNDONE_WITHIN, now - LOST_AFTER))
    for batch in undone:
        take_back.call(batch.pk)
    return len(lost)


def empty_spam(*, moderator: Person, up_to: int, drawn_at: datetime) -> int:
    """Delete the spam that was there when somebody looked; what is newer stays.

    Of what is deleted only a number is kept. Spam that was answered stays, and so does what another
    room refers to. Returns how much is gone now; a task deletes what is more than 500.
    """
    require_moderator(moderator)
    return _throw_away(up_to, drawn_at, most=AT_ONCE)


@task
def throw_away(up_to: int, drawn_at: str) -> int:
    """Go on emptying spam, 500 at a time."""
    return _throw_away(up_to, datetime.fromisoformat(drawn_at), most=AT_ONCE)


@transaction.atomic
def _work_off_slice(batch_id: int) -> bool:
    """Decide about the next comments of a batch; whether there may be more."""
    batch = Batch.objects.select_for_update(no_key=True).get(pk=batch_id)
    if batch.finished_at or batch.undone_at:
        return False
    if batch.actor is None:
        return _give_up(batch)
    begins = batch.done + batch.left
    some = batch.pks[begins : begins + SLICE]
    comments = PostComment.objects.filter(pk__in=some).order_by("post", "pk")  # locks in one order
    done = sum(_decide(comment, batch, batch.actor) for comment in comments)
    batch.done, batch.left = batch.done + done, batch.left + len(some) - done
    if batch.done + batch.left >= batch.total:
        batch.finished_at = timezone.now()
    batch.save(update_fields=("done", "left", "finished_at"))
    return batch.finished_at is None


def _give_up(batch: Batch) -> bool:
    """Whoever decided has left: nobody can answer for the rest, which stays as it is."""
    batch.left, batch.finished_at = batch.total - batch.done, timezone.now()
    batch.save(update_fields=("left", "finished_at"))
    return False


def _decide(comment: PostComment, batch: Batch, actor: Person) -> bool:
    why = Why(batch.reason, because=batch.because, batch=batch)
    try:
        with transaction.atomic():
            deskwork.decide(
                comment, moderator=actor, to=batch.to_state, why=why, seen=batch.from_state
            )
    except Refusal:
        return False
    return True


def _untouched(batch_id: int) -> QuerySet[CommentEvent, int]:
    """The comments whose last event belongs to this batch."""
    theirs = CommentEvent.objects.filter(comment=OuterRef("comment")).exclude(deskwork.BESIDE)
    later = theirs.filter(pk__gt=OuterRef("pk"))
    last = CommentEvent.objects.filter(~Exists(later), batch=batch_id, kind=EventKind.DECIDED)
    return last.order_by("comment").values_list("comment", flat=True)


@transaction.atomic
def _take_back_slice(pks: Sequence[int], moderator: Person) -> int:
    restored = 0
    for comment in PostComment.objects.filter(pk__in=pks).order_by("post", "pk"):
        try:
            with transaction.atomic():
                deskwork.undo(comment, moderator=moderator)
        except Refusal:
            continue
        restored += 1
    return restored


@transaction.atomic
def _throw_away(up_to: int, drawn_at: datetime, *, most: int) -> int:
    """Delete leaves first: what answered a deleted comment is gone before it."""
    spam = _seen_spam(up_to, drawn_at).order_by("-pk")
    pks = list(spam.values_list("pk", flat=True)[: most + 1])
    gone = pks[:most]
    locked = PostComment.objects.select_for_update(of=("self",)).filter(pk__in=gone, state=S.SPAM)
    number = len(locked)
    PostComment.objects.filter(pk__in=[comment.pk for comment in locked]).delete()
    if number:
        DiscardedSpam.objects.get_or_create(day=timezone.localdate())
        today = DiscardedSpam.objects.filter(day=timezone.localdate())
        today.update(number=F("number") + number)
    if number and _seen_spam(up_to, drawn_at).exists():
        throw_away.enqueue(up_to, drawn_at.isoformat())
    return number


def _seen_spam(up_to: int, drawn_at: datetime) -> QuerySet[PostComment]:
    """Spam that stood in the list when it was drawn, and that nothing else refers to."""
    moved = CommentEvent.objects.filter(comment=OuterRef("pk"), to_state=S.SPAM, at__gt=drawn_at)
    spam = PostComment.objects.filter(~Exists(moved), is_free(), state=S.SPAM)
    return spam.filter(pk__lte=up_to, on_page=False)

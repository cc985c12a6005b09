"""What is not kept for ever: spam, what was shown to the spam check, and where comments came from.

Run by the sweep, in slices: each is a transaction of its own, and running again finds the rest.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django_comments.models import Comment

from comments.models import CommentEvent, CommentState, House, PostComment, PostCommentQuerySet

Row = TypeVar("Row")
SLICE = 500
OURS = frozenset({"comments", "django_comments", "django_comments_xtd"})
WHENCE = ("user_ip", "user_agent", "referrer", "honeypot_value")  # in the evidence
LEFT_BLANK = dict.fromkeys(("user_agent", "referrer", "honeypot"), "")
KNOWN_WHENCE = Q(ip_address__isnull=False) | ~Q(user_agent="") | ~Q(referrer="") | ~Q(honeypot="")


def purge_spam(*, now: datetime | None = None) -> int:
    """Delete spam that nobody has touched for as long as the house keeps it; returns how much.

    Spam that was answered waits until its answers are gone, and what another room refers to, such
    as a dispute that was made of it, stays.
    """
    limit = _limit(now, House.current().keeps_spam_days)
    deleted = 0
    while pks := list(_old(CommentState.SPAM, limit).filter(is_free()).order_by("pk")[:SLICE]):
        number = _delete(pks)
        deleted += number
        if not number:
            break
    return deleted


def forget_evidence(*, now: datetime | None = None) -> int:
    """Let rejected comments keep their words but not what the spam check was shown."""
    limit = _limit(now, House.current().keeps_spam_days)
    forgotten = 0
    for pks in _slices(_old(CommentState.REJECTED, limit).exclude(sent={})):
        still = PostComment.objects.filter(pk__in=pks, state=CommentState.REJECTED)
        forgotten += still.update(sent={})
    return forgotten


def forget_addresses(*, now: datetime | None = None) -> int:
    """Blank where old comments came from, in their evidence too; returns of how many."""
    limit = _limit(now, House.current().keeps_addresses_days)
    old = PostComment.objects.filter(KNOWN_WHENCE, submit_date__lt=limit)
    return sum(_forget_whence(pks) for pks in _slices(old.values_list("pk", flat=True)))


def without_whence(sent: dict[str, Any]) -> dict[str, Any]:
    """Evidence that does not say where a comment came from."""
    return {**sent, **dict.fromkeys(WHENCE, "")} if sent else {}


def is_free() -> Q:
    """A condition: nothing refers to the comment that would miss it; no reply, no other room."""
    answered = Exists(PostComment.objects.filter(in_reply_to=OuterRef("pk")).order_by())
    return Q(~answered) & _is_not_kept_elsewhere()


def _is_not_kept_elsewhere() -> Q:
    """Rooms that know comments are not known here: their models say what they refer to."""
    free = Q()
    for relation in PostComment._meta.related_objects:
        model: type[Model] = relation.related_model
        if model._meta.app_label not in OURS:
            theirs = model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            free &= Q(~Exists(theirs.order_by()))
    return free


def _old(state: CommentState, limit: datetime) -> QuerySet[PostComment, int]:
    """Comments in this state that were sent, and last decided about, before the limit."""
    recent = CommentEvent.objects.filter(comment=OuterRef("pk"), at__gte=limit).order_by()
    comments = PostComment.objects.filter(~Exists(recent), state=state, submit_date__lt=limit)
    return comments.order_by().values_list("pk", flat=True)


def _slices(pks: QuerySet[PostComment, int]) -> Iterator[list[int]]:
    """Ids in their order, a slice at a time, each as the table is then."""
    last = 0
    while found := list(pks.filter(pk__gt=last).order_by("pk")[:SLICE]):
        last = found[-1]
        yield found


@transaction.atomic
def _delete(pks: list[int]) -> int:
    """Those that are still spam and free; a moderator may have been faster."""
    spam: PostCommentQuerySet = PostComment.objects.filter(pk__in=pks, state=CommentState.SPAM)
    held = list(_locked(spam.values_list("pk", flat=True)))
    free = PostComment.objects.filter(is_free(), pk__in=held).order_by()
    return free.delete()[1].get(PostComment._meta.label, 0)


@transaction.atomic
def _forget_whence(pks: list[int]) -> int:
    comments = PostComment.objects.filter(pk__in=pks)
    for pk, sent in _locked(comments.exclude(sent={}).values_list("pk", "sent")):
        PostComment.objects.filter(pk=pk).update(sent=without_whence(sent))
    Comment.objects.filter(pk__in=pks).update(ip_address=None)
    return PostComment.objects.filter(pk__in=pks).update(**LEFT_BLANK)


def _locked(rows: QuerySet[PostComment, Row]) -> QuerySet[PostComment, Row]:
    """Always in the same order, so that two sweeps wait for each other and not for ever."""
    return rows.order_by("pk").select_for_update()


def _limit(now: datetime | None, days: int) -> datetime:
    return (now or timezone.now()) - timedelta(days=days)

"""Telling those who had read it: a correction of weight is mailed to commenters and followers.

It happens once the notice has stood for a day, so that nobody is told what is taken back. One plain
mail to each: the words before, the words now, and why. Only to addresses that are known to be their
owner's; never to whoever was banned, asked to hear nothing, or came later.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from blog.models import Notice, NoticeKind, Severity
from blog.models.notice import NoticeQuerySet
from blog.models.post import READABLE_STATES
from comments.models import (
    Follow,
    Participant,
    PostComment,
    Sanction,
    SanctionKind,
    Silence,
)
from editorial import mail
from editorial.models import Recall, Recalled

MOST_AT_ONCE = 500  # mails in one run
GRAVE = (Severity.SIGNIFICANT, Severity.PREMISE)
ALWAYS_GRAVE = (NoticeKind.RETRACTION, NoticeKind.REMOVAL)


def send_due(*, most: int = MOST_AT_ONCE) -> int:
    """Tell readers of every notice that has stood long enough; returns how many mails were written.

    What is left is written by the next run. It may run twice at once: each reader is told once.
    """
    written = 0
    for notice in due():
        recall, _made = Recall.objects.get_or_create(notice=notice)
        chosen = list(readers(recall)[: most - written])
        written += sum(_tell(recall, participant) for participant in chosen)
        if written >= most:
            break
        Recall.objects.filter(pk=recall.pk, done_at=None).update(done_at=timezone.now())
    return written


def due() -> NoticeQuerySet:
    """Notices of weight in force, with their words shown, of which somebody is still to be told."""
    stood = timezone.now() - timedelta(hours=settings.RECALL_AFTER_HOURS)
    grave = Q(severity__in=GRAVE) | Q(kind__in=ALWAYS_GRAVE)
    notices = Notice.objects.public().standing().filter(grave, withheld_at=None)
    notices = notices.filter(published_at__lte=stood, recall__done_at=None)
    has_words = Q(post__state__in=READABLE_STATES) | Q(kind=NoticeKind.REMOVAL)
    notices = notices.filter(has_words)
    return notices.select_related("post__head", "post__author", "byline").order_by(
        "published_at", "pk"
    )


def readers(recall: Recall) -> QuerySet[Participant]:
    """Who commented on the post before the notice or follows it, and is still to be told."""
    post, before = recall.notice.post_id, recall.notice.published_at
    me = OuterRef("pk")
    said = PostComment.objects.published().filter(participant=me, post=post, submit_date__lt=before)
    follows = Follow.objects.confirmed().filter(participant=me, post=post)
    banned = Sanction.objects.in_force().filter(participant=me, kind=SanctionKind.BAN)
    silent = Silence.objects.filter(Q(post=post) | Q(post=None), participant=me)
    told = Recalled.objects.filter(recall=recall, participant=me)
    known = Q(person__is_active=True) | Q(person=None, confirmed_at__isnull=False)
    asked = Participant.objects.filter(known).filter(Exists(said) | Exists(follows))
    asked = asked.exclude(Exists(banned)).exclude(Exists(silent)).exclude(Exists(told))
    asked = asked.exclude(person__isnull=False, person=recall.notice.post.author.person_id)
    return asked.select_related("person").order_by("pk")


@transaction.atomic
def _tell(recall: Recall, participant: Participant) -> int:
    """Write the letter with the row that says so; nothing when another run was faster."""
    _row, made = Recalled.objects.get_or_create(recall=recall, participant=participant)
    if made:
        mail.recalled(recall.notice, participant)
    return int(made)

"""What the publication aims at: how soon a report is read, decided, and told of.

The aims are promises, so they are public; what is later than them is overdue, for the desk and for
readers alike. Nothing is ever closed by time: silence is not a finding.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from editorial.models import Dispute, DisputeEvent, DisputeEventKind, DisputeState
from editorial.models.dispute import DisputeQuerySet

SATURDAY = 5
TELLING = (DisputeEventKind.PROGRESS, DisputeEventKind.CONCERN)
S = DisputeState


def due_at(dispute: Dispute) -> datetime | None:
    """When an editor should have read it, or decided it; None while nothing is to be done.

    Time counts from the first receipt.
    """
    if dispute.state == S.RECEIVED:
        return after_working_days(dispute.created_at, settings.FIRST_ACT_WORKING_DAYS)
    if dispute.state == S.UNDER_REVIEW:
        return decide_by(dispute.created_at)
    return None


def decide_by(received_at: datetime) -> datetime:
    """When what was received then should be decided."""
    return received_at + timedelta(days=settings.DECIDE_DAYS)


def is_overdue(dispute: Dispute) -> bool:
    """Whether it should have been read or decided by now."""
    due = due_at(dispute)
    return due is not None and due < timezone.now()


def overdue() -> DisputeQuerySet:
    """All that should have been read or decided by now."""
    now = timezone.now()
    unread = Q(created_at__lt=before_working_days(now, settings.FIRST_ACT_WORKING_DAYS))
    undecided = Q(created_at__lt=now - timedelta(days=settings.DECIDE_DAYS))
    received = Dispute.objects.received().filter(unread)
    under_review = Q(state=S.UNDER_REVIEW) & undecided
    return Dispute.objects.awake().filter(under_review | Q(pk__in=received.values("pk")))


def needs_word() -> DisputeQuerySet:
    """Under review for so long that readers are owed a line on how far it is."""
    since = timezone.now() - timedelta(days=settings.PROGRESS_DAYS)
    told = DisputeEvent.objects.filter(dispute=OuterRef("pk"), kind__in=TELLING, at__gte=since)
    return Dispute.objects.awake().under_review().filter(~Exists(told), created_at__lt=since)


def needs_end() -> DisputeQuerySet:
    """Under review for so long that a concern has to be published, or a decision."""
    since = timezone.now() - timedelta(days=settings.END_DAYS)
    concern = DisputeEvent.objects.filter(dispute=OuterRef("pk"), kind=DisputeEventKind.CONCERN)
    return Dispute.objects.awake().under_review().filter(~Exists(concern), created_at__lt=since)


def after_working_days(moment: datetime, days: int) -> datetime:
    """So many days later, Saturdays and Sundays not counted."""
    return _moved(moment, days, timedelta(days=1))


def before_working_days(moment: datetime, days: int) -> datetime:
    """So many days earlier, Saturdays and Sundays not counted."""
    return _moved(moment, days, timedelta(days=-1))


def _moved(moment: datetime, days: int, step: timedelta) -> datetime:
    while days:
        moment += step
        days -= timezone.localtime(moment).weekday() < SATURDAY
    return moment

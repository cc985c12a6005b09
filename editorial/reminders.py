"""Reminding editors of a promised follow-up that did not come: readers are still told of it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Person
from accounts.roles import editors, is_editor
from editorial import mail
from editorial.models import FollowUp
from editorial.models.claim import FollowUpQuerySet


def remind() -> int:
    """Write to whoever promised each post that is overdue; returns how many mails were written.

    Once when the promised day is over (or so many days as the site says, where none was named), and
    again as often as that time passes. Where whoever promised it has left, all editors hear of it.
    """
    return sum(_remind(pk) for pk in list(overdue().values_list("pk", flat=True)))


def overdue() -> FollowUpQuerySet:
    """Promises that should have been kept by now, and of which nobody was reminded lately."""
    now = timezone.now()
    long_ago = now - timedelta(days=settings.FOLLOW_UP_DAYS)
    late = Q(due_on__lt=timezone.localdate(now)) | Q(due_on=None, promised_at__lte=long_ago)
    quiet = Q(reminded_at=None) | Q(reminded_at__lte=long_ago)
    return FollowUp.objects.promised().filter(late & quiet)


@transaction.atomic
def _remind(pk: int) -> int:
    now: datetime = timezone.now()
    if not overdue().filter(pk=pk).update(reminded_at=now):
        return 0  # another run was faster
    promise = FollowUp.objects.select_related("claim__post__head", "promised_by").get(pk=pk)
    people = _who_promised(promise)
    for person in people:
        mail.follow_up_overdue(promise, person)
    return len(people)


def _who_promised(promise: FollowUp) -> list[Person]:
    person = promise.promised_by
    if person is not None and is_editor(person):
        return [person]
    return list(editors())

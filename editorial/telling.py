"""Telling people by mail what was decided, once it can no longer be taken back.

A decision is public at once; its mails wait for `UNDO_MINUTES`. A task is planned in the
transaction of the decision, and `manage.py tell_decisions` finds what a lost task left.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from editorial import mail, steps
from editorial.models import Decision


def can_be_undone_until(decision: Decision) -> datetime:
    """From this moment on people are told."""
    return decision.decided_at + timedelta(minutes=settings.UNDO_MINUTES)


def plan(made: Sequence[Decision]) -> None:
    """Tell later what was decided together; called in the transaction of the decision."""
    at = can_be_undone_until(made[0])
    tell.using(run_after=at).enqueue(made[0].pk)


@task
def tell(decision_id: int) -> int:
    """Write the mails about a decision and those made with it; returns about how many."""
    decision = Decision.objects.untold().filter(pk=decision_id).first()
    if decision is None or timezone.now() < can_be_undone_until(decision):
        return 0
    return write(decision)


def tell_due() -> int:
    """Tell of every decision that is due and was not told of by its task; returns how many."""
    latest = timezone.now() - timedelta(minutes=settings.UNDO_MINUTES)
    due = Decision.objects.untold().filter(decided_at__lte=latest)
    return sum(tell.call(pk) for pk in list(due.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def write(decision: Decision) -> int:
    """Write the mails now, all of them or none, unless it was told or taken back meanwhile.

    Of a dispute that was opened again since, nobody hears the old decision.
    """
    steps.locked(decision.base_revision.post)
    together = Decision.objects.untold().made_with(decision)
    pks = list(together.values_list("pk", flat=True))
    if not Decision.objects.untold().filter(pk__in=pks).update(told_at=timezone.now()):
        return 0
    standing = Decision.objects.filter(pk__in=pks, disputes__decision__in=pks).distinct()
    if told := list(standing.order_by("pk")):
        mail.decided(told)
    return len(pks)

"""Finding what a lost task left undone; run by `recheck_held_comments`."""

from datetime import timedelta

from django.utils import timezone

from comments.models import Batch, CommentState, PostComment
from comments.moderation import check, report
from comments.sanctions import work_off

MOST_AT_ONCE = 100
LOST_AFTER = timedelta(minutes=20)  # until then a task is on its way


def recheck_held(*, most: int = MOST_AT_ONCE) -> int:
    """Ask about held comments that are due, oldest first; stop when the checker is silent.

    Returns how many were settled or left to a person.
    """
    due = PostComment.objects.due_for_a_check().order_by("pk").values_list("pk", flat=True)[:most]
    settled = 0
    for pk in list(due):
        check.call(pk)
        if PostComment.objects.filter(pk=pk, check_after__isnull=False).exists():
            break
        settled += 1
    return settled


def send_reports(*, most: int = MOST_AT_ONCE) -> int:
    """Send the reports that the checker has not heard yet; stop when it does not listen."""
    due = PostComment.objects.due_for_a_report().order_by("pk").values_list("pk", flat=True)[:most]
    told = 0
    for pk in list(due):
        if report.call(pk) == "not told":
            break
        told += 1
    return told


def finish_bans() -> int:
    """Go on with decisions about all comments of somebody whose task was lost; tells how many."""
    bans = Batch.objects.filter(from_state="").exclude(to_state=CommentState.HELD)
    lost = bans.filter(finished_at=None, created_at__lt=timezone.now() - LOST_AFTER)
    pks = list(lost.values_list("pk", flat=True))
    for pk in pks:
        work_off.call(pk)
    return len(pks)

"""Finding what a lost task left undone; run by `recheck_held_comments`, every 20 minutes."""

from comments.models import PostComment
from comments.moderation import check, report

MOST_AT_ONCE = 100


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

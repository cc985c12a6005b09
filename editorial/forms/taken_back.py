"""What an editor had typed for a decision that was taken back: it need not be typed again."""

from blog.models import EditorNote, Revision, Severity
from editorial.models import Decision, Dispute


def of(dispute: Dispute) -> Decision | None:
    """The last decision about it, if that was taken back and the statement waits for another."""
    if not dispute.is_under_review:
        return None
    known = dispute.decisions.select_related("notice", "follow_up", "result_revision")
    last = known.order_by("decided_at", "pk").last()
    return last if last is not None and last.undone_at else None


def typed(dispute: Dispute) -> dict[str, object]:
    """The fields of its case as they were filled in; none where nothing was taken back."""
    decision = of(dispute)
    if decision is None:
        return {}
    notice, follow_up = decision.notice, decision.follow_up
    return {
        "finding": decision.finding,
        "remedy": decision.remedy,
        "reason": decision.reason_public,
        "notice": notice.text if notice else "",
        "severity": notice.severity if notice else Severity.MINOR,
        "note": _note(dispute, decision),
        "earlier_notice": decision.earlier_notice_id,
        "promises_follow_up": follow_up is not None,
        "due_on": follow_up.due_on if follow_up else None,
    }


def reworded(dispute: Dispute, head: Revision) -> Revision | None:
    """The text with the words of that decision, if nobody has edited the post since."""
    decision = of(dispute)
    if decision is None or decision.result_revision is None:
        return None
    is_as_before = decision.base_revision.body_html == head.body_html
    return decision.result_revision if is_as_before else None


def _note(dispute: Dispute, decision: Decision) -> str:
    """It stands withdrawn at a passage of its own, with the same words."""
    words = dispute.claim.passages.values("exact")
    written = EditorNote.objects.filter(
        post=dispute.claim.post_id, created_at__gte=decision.decided_at, passage__exact__in=words
    )
    note = written.exclude(withdrawn_at=None).order_by("created_at", "pk").last()
    return note.text if note else ""

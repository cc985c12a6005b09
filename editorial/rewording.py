"""Disputed words that change by an edit which is no decision: asked before, written down after.

Added to `blog.rewording.ROOMS` when the site starts. An event without words was an edit about which
nobody was asked; it waits at the desk until an editor says what it was, or decides.
"""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_editor
from blog.rewording import Answer, Question, Rewording
from editorial import plain, steps
from editorial.models import Dispute, DisputeEvent, DisputeEventKind
from editorial.models.dispute import DisputeQuerySet

LONGEST_REASON = 300  # characters


def questions(reworded: Sequence[Rewording]) -> list[Question]:
    """What an editor is asked before words under review change."""
    return [
        Question(
            key=f"dispute-{dispute.public_id}",
            about=dispute.claim.statement,
            url=f"{reverse('editorial:case', args=[dispute.public_id])}?edit=waiting#decide",
            rewordings=its_own,
        )
        for dispute, its_own in _about(reworded)
    ]


def take_note(reworded: Sequence[Rewording], *, by: Person, answer: Answer) -> None:
    """Write down that words under review were edited, and what the editor said about it."""
    for dispute, _its_own in _about(reworded):
        was_asked = f"dispute-{dispute.public_id}" in answer.asked
        steps.move(
            dispute,
            DisputeEventKind.REWORDED,
            version=dispute.version,
            by=by,
            message=answer.reason if was_asked else "",
        )


def unexplained() -> DisputeQuerySet:
    """Under review, and the last edit of the words (`edited_at`) was published without asking."""
    edits = DisputeEvent.objects.edits().filter(dispute=OuterRef("pk")).order_by("-at", "-pk")
    known = Dispute.objects.under_review().annotate(
        said=Subquery(edits.values("message")[:1]), edited_at=Subquery(edits.values("at")[:1])
    )
    return known.filter(said="")


def is_unexplained(dispute: Dispute) -> bool:
    return unexplained().filter(pk=dispute.pk).exists()


@transaction.atomic
def explain(dispute: Dispute, *, editor: Person, reason: str, version: int) -> Dispute:
    """Say afterwards why disputed words changed without a decision."""
    require_editor(editor)
    steps.locked(dispute.claim.post)
    words = plain.shortened(reason, LONGEST_REASON)
    if not words:
        raise Invalid(_("Please say in a few words what the edit was for."))
    if not is_unexplained(dispute):
        raise WrongMoment(_("There is no edit of these words to explain."))
    steps.move(dispute, DisputeEventKind.REWORDED, version=version, by=editor, message=words)
    return dispute


def _about(
    reworded: Sequence[Rewording],
) -> Iterator[tuple[Dispute, tuple[Rewording, ...]]]:
    """The disputes under review of these words, each with the words that are its own."""
    changed = {one.passage.pk: one for one in reworded}
    concerned = Dispute.objects.under_review().filter(claim__passages__in=changed)
    known = concerned.select_related("claim").prefetch_related("claim__passages").distinct()
    for dispute in known.oldest_first():
        listed = dispute.claim.passages.all()
        yield dispute, tuple(changed[one.pk] for one in listed if one.pk in changed)

"""What can happen to an expression of concern: published while a dispute is open, and lifted.

It is a notice for the meantime. Deciding about the claim ends it: another notice takes its place,
or it is lifted because nothing was changed.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_editor
from blog import notices
from blog.models import Notice, NoticeKind, Passage, Severity
from blog.models.notice import NoticeQuerySet
from editorial import mail, plain, points, steps
from editorial.models import Claim, Decision, Dispute, DisputeEventKind
from editorial.rulings import GAP


@transaction.atomic
def express(dispute: Dispute, *, editor: Person, text: str, version: int) -> Notice:
    """Tell readers that the doubt is serious and the check takes time; the dispute stays open.

    A banner stands on the post until it is decided. Whoever raised it and the author are told.
    """
    require_editor(editor)
    post = steps.locked(dispute.claim.post)
    if GAP in text:
        raise Invalid(_("Please complete the notice where it says […]."))
    if standing(dispute.claim):
        raise WrongMoment(_("An expression of concern about this statement stands already."))
    steps.move(dispute, DisputeEventKind.CONCERN, version=version, by=editor)
    head = post.head
    if head is None:
        raise WrongMoment(_("A notice needs a published post."))
    facts = notices.NoticeFacts(
        kind=NoticeKind.CONCERN,
        severity=Severity.SIGNIFICANT,
        text=plain.paragraphs(text),
        statement=dispute.claim.statement,
        passage=points.main_passage(dispute.claim, head),
        revision_before=head,
        revision_after=head,
        sources=[{"title": str(one), "url": one.url} for one in dispute.evidence.all()],
    )
    notice = notices.publish_notice(post, editor=editor, facts=facts)
    if dispute.withheld_at:
        notices.withhold(Notice.objects.filter(pk=notice.pk), since=dispute.withheld_at)
    else:
        mail.concern_expressed(dispute, notice)
    return notice


@transaction.atomic
def lift(notice: Notice, *, editor: Person, reason: str) -> None:
    """Take a concern back before a decision, or after one that left it; readers see the reason."""
    require_editor(editor)
    steps.locked(notice.post)
    words = plain.line(reason)
    notices.lift(notice, editor=editor, reason=words)
    told = Dispute.objects.under_review().filter(claim__passages=notice.passage_id)
    for dispute in told.distinct():
        steps.record(dispute, kind=DisputeEventKind.PROGRESS, by=editor, told=words)


def settle(claim: Claim, *, by: Notice | None, editor: Person, reason: str) -> None:
    """End what stands in the meantime, now that the claim is decided about."""
    for concern in standing(claim):
        if by is not None and by != concern:
            notices.supersede(concern, by=by)
        elif by is None:
            notices.lift(concern, editor=editor, reason=reason)


def unsettle(decision: Decision, claim: Claim) -> None:
    """Let stand again what was lifted by a decision that is taken back."""
    notices.stand_again(about(claim).filter(lifted_at__gte=decision.decided_at))


def standing(claim: Claim) -> Sequence[Notice]:
    """The concerns about a claim that readers see now: at most one, unless it was decided so."""
    return list(about(claim).standing().select_related("byline"))


def about(claim: Claim) -> NoticeQuerySet:
    """The concerns of any state at the words of a claim and of those merged with it."""
    merged = Claim.objects.filter(disputes__merged_into__claim=claim)
    passages = Passage.objects.filter(Q(claims=claim) | Q(claims__in=merged))
    return Notice.objects.filter(kind=NoticeKind.CONCERN, passage__in=passages.values("pk"))

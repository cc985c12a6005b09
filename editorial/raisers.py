"""People who raised objections, as `comments.mydata` asks for them: what is kept, and forgetting.

An objection stays, since public corrections may rest on it; whose it was does not.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.mydata import Fact, Owner, Section
from editorial.models import (
    Dispute,
    DisputeEvent,
    DisputeEventKind,
    Evidence,
    Origin,
    Question,
)
from editorial.models.dispute import DisputeQuerySet

K = DisputeEventKind
THEIR_STEPS = (
    *(K.RAISED, K.ANSWERED, K.SOURCE_ADDED, K.MERGED),
    *(K.ASKED_TO_WITHDRAW, K.WITHDRAWN, K.ASKED_TO_REOPEN),
)


def knows(email: str) -> bool:
    """Whether somebody left this address with an objection."""
    return Dispute.objects.filter(contact_email__iexact=email).exists()


def confirm(dispute: Dispute) -> None:
    """Write to the address from now on; called by the link in the mail of receipt only."""
    waits = Dispute.objects.filter(pk=dispute.pk, confirmed_at=None).exclude(contact_email="")
    waits.update(confirmed_at=timezone.now())


def is_link_over(dispute: Dispute) -> bool:
    """Whether the private link opens nothing any more, long after the end of what it was about."""
    ended = (dispute.merged_into or dispute).closed_at
    lasts = timedelta(days=settings.RAISER_LINK_DAYS)
    return ended is not None and ended + lasts < timezone.now()


def stored(owner: Owner) -> Section:
    """The objections of this person as they were typed, and what became of them."""
    disputes = _of(owner).select_related("claim__post__head").defer("claim__post__body")
    disputes = disputes.prefetch_related("evidence", "questions")
    return Section("disputes", _("Errors you reported"), [_entry(one) for one in disputes])


def forget(owner: Owner) -> None:
    """Blank the name and the address; nobody is thanked or written to any more."""
    disputes = _of(owner)
    pks = list(disputes.values_list("pk", flat=True))
    if owner.person is not None:
        steps = DisputeEvent.objects.filter(dispute__in=pks, kind__in=THEIR_STEPS)
        steps.filter(actor=owner.person).update(actor=None)
    Dispute.objects.filter(pk__in=pks).update(
        raised_by=None,
        raiser_name="",
        contact_email="",
        wants_credit=False,
        sent={},
        check_after=None,
    )


def _of(owner: Owner) -> DisputeQuerySet:
    """Not what an editor opened in the name of the publication."""
    theirs = Q(contact_email__iexact=owner.email)
    if owner.person is not None:
        theirs |= Q(raised_by=owner.person)
    return Dispute.objects.filter(theirs).exclude(origin=Origin.EDITOR).order_by("pk")


def _entry(dispute: Dispute) -> list[Fact]:
    return [
        Fact("id", _("Number"), dispute.public_id),
        Fact("post", _("Post"), dispute.claim.post.headline),
        Fact("words", _("Words of the post"), dispute.claim.statement),
        Fact("at", _("When"), dispute.created_at),
        Fact("grounds", _("Why"), dispute.get_grounds_display()),
        Fact("statement", _("What is wrong"), dispute.statement),
        Fact("wanted", _("What would be right"), dispute.wanted),
        Fact("name", _("Name"), dispute.raiser_name),
        Fact("email", _("E-mail address"), dispute.contact_email),
        Fact("state", _("State"), dispute.get_state_display()),
        Fact("sources", _("Sources"), [_source(one) for one in dispute.evidence.all()]),
        Fact("questions", _("Questions"), [_question(one) for one in dispute.questions.all()]),
    ]


def _source(source: Evidence) -> list[Fact]:
    return [
        Fact("address", _("Address"), source.url),
        Fact("title", _("Title"), source.title),
        Fact("stance", _("Stance"), source.get_stance_display()),
    ]


def _question(question: Question) -> list[Fact]:
    return [
        Fact("asked", _("Asked"), question.asked_at),
        Fact("question", _("What you were asked"), question.text),
        Fact("answered", _("Answered"), question.answered_at),
        Fact("answer", _("What you answered"), question.answer),
    ]

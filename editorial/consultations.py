"""Asking colleagues: private advice before a decision, by a signed link that needs no account.

Question and answer stay at the desk for ever. Readers may hear how many were asked, if the editor
who decides says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_editor
from editorial import mail, plain, steps
from editorial.models import Consultation, Dispute, DisputeEventKind
from editorial.models.dispute import OPEN_STATES

K = DisputeEventKind


@dataclass(frozen=True)
class Colleague:
    """Whom to ask: somebody with a login, or an address with a name to remember it by."""

    person: Person | None = None
    email: str = ""
    name: str = ""

    @classmethod
    def at(cls, email: str, *, name: str = "") -> "Colleague":
        """The login with this address, if there is one, or else the address."""
        person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
        return cls(person) if person else cls(email=email.strip(), name=plain.line(name)[:100])


@transaction.atomic
def ask(  # noqa: PLR0913  all facts of one act
    dispute: Dispute,
    *,
    editor: Person,
    colleague: Colleague,
    question: str,
    version: int,
    note: str = "",
) -> Consultation:
    """Mail a question to a colleague; `note` stays at the desk.

    The same question to the same colleague is asked once. Refuses to ask the author, who is heard
    another way.
    """
    require_editor(editor)
    question = plain.paragraphs(question)
    if not question:
        raise Invalid(_("Please write what you want to know."))
    _require_other(dispute, editor, colleague)
    steps.locked(dispute.claim.post)
    if asked := _asked(dispute).filter(_is(colleague), question=question).first():
        return asked
    steps.move(dispute, K.CONSULTED, version=version, by=editor, message=plain.paragraphs(note))
    consultation = Consultation.objects.create(
        dispute=dispute,
        asked_by=editor,
        person=colleague.person,
        name=colleague.name,
        email=colleague.email,
        question=question,
    )
    mail.consulted(consultation)
    return consultation


@transaction.atomic
def answer(consultation: Consultation, *, text: str) -> Consultation:
    """Keep a colleague's advice, until the dispute is closed; later words take its place.

    Called by the colleague's link only. Refuses once their time is over, and once it is closed.
    """
    text = plain.paragraphs(text)
    if not text:
        raise Invalid(_("Please write your answer."))
    dispute = consultation.dispute
    steps.locked(dispute.claim.post)
    dispute.refresh_from_db()
    if not is_open(consultation):
        raise WrongMoment(_("Thank you, but this is closed: no advice is needed any more."))
    consultation.refresh_from_db()
    if consultation.answer == text:
        return consultation
    steps.move(dispute, K.ADVISED, version=dispute.version, by=consultation.person)
    consultation.answer, consultation.answered_at = text, timezone.now()
    consultation.save(update_fields=["answer", "answered_at"])
    return consultation


def is_open(consultation: Consultation) -> bool:
    """Whether advice is still wanted."""
    until = consultation.asked_at + timedelta(days=settings.COLLEAGUE_LINK_DAYS)
    return consultation.dispute.state in OPEN_STATES and timezone.now() < until


def number_asked(dispute: Dispute) -> int:
    """How many colleagues were asked about a dispute; somebody asked twice counts once."""
    rows = _asked(dispute).values_list("person", "email", "pk")
    return len({person or email.lower() or f"row {pk}" for person, email, pk in rows})


def forget(*, closed_before: datetime) -> int:
    """Blank the addresses and names of colleagues without a login; returns how many."""
    old = Q(dispute__closed_at__lt=closed_before)
    old |= Q(dispute__merged_into__closed_at__lt=closed_before)
    kept = Consultation.objects.filter(old).exclude(email="", name="")
    pks = list(kept.values_list("pk", flat=True))
    return Consultation.objects.filter(pk__in=pks).update(email="", name="")


def _asked(dispute: Dispute) -> QuerySet[Consultation]:
    return Consultation.objects.filter(dispute=dispute)


def _is(colleague: Colleague) -> Q:
    if colleague.person is not None:
        return Q(person=colleague.person)
    return Q(person=None, email__iexact=colleague.email)


def _require_other(dispute: Dispute, editor: Person, colleague: Colleague) -> None:
    if colleague.person is None and not colleague.email:
        raise Invalid(_("Please say whom you want to ask."))
    if colleague.person == editor:
        raise Invalid(_("You cannot ask yourself."))
    author = dispute.claim.post.author.person
    if author is not None and colleague.person == author:
        raise Invalid(_("The author is not asked here: the author's reply is published."))

"""Asking whoever raised an objection: a question by mail, an answer by private link.

While an objection that was not taken up waits for the answer, nobody has to do anything about it;
one that is under review stays so, and its mark stays on the page.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_editor
from editorial import mail, merging, plain, steps
from editorial.models import DeclineReason, Dispute, DisputeEventKind, DisputeState, Question
from editorial.models.dispute import OPEN_STATES

LONGEST = 4_000  # characters, of a question and of an answer
REMINDS_AFTER, LAPSES_AFTER = timedelta(days=7), timedelta(days=14)
K = DisputeEventKind


@transaction.atomic
def ask(dispute: Dispute, *, editor: Person, text: str, version: int) -> Question:
    """Ask the raiser something; they get a mail with their private link.

    Refuses a second question while the first is open.
    """
    require_editor(editor)
    words = plain.paragraphs(text)[:LONGEST]
    if not words:
        raise Invalid(_("Please write what you want to know."))
    if open_question(dispute) is not None:
        raise WrongMoment(_("A question is open already: wait for its answer."))
    steps.move(dispute, K.ASKED, version=version, by=editor, message=words)
    question = Question.objects.create(dispute=dispute, asked_by=editor, text=words)
    mail.asked(question)
    return question


@transaction.atomic
def answer(dispute: Dispute, *, text: str) -> Question:
    """Keep the raiser's answer for the editors; called by private link only.

    The objection waits for an editor again. Refuses when nothing is asked.
    """
    words = plain.paragraphs(text)[:LONGEST]
    if not words:
        raise Invalid(_("Please write an answer."))
    question = open_question(dispute)
    if question is None or dispute.state not in OPEN_STATES:
        raise WrongMoment(_("This question was answered, or is no longer asked."))
    steps.move(dispute, K.ANSWERED, version=dispute.version, by=dispute.raised_by, message=words)
    Question.objects.filter(pk=question.pk).update(answer=words, answered_at=timezone.now())
    question.refresh_from_db()
    return question


def open_question(dispute: Dispute) -> Question | None:
    """What the raiser was asked and has not answered."""
    return Question.objects.filter(dispute=dispute, answered_at=None).first()


def remind_and_lapse() -> int:
    """Remind once of each question that is a week old; a week later, unanswered, do not take it up.

    Returns how many mails were written or objections closed. What is under review is only reminded.
    While the post is unpublished nothing is done, nor in the first week after it is back.
    """
    open_ones = Dispute.objects.awake().filter(state__in=OPEN_STATES)
    long_ago = timezone.now() - REMINDS_AFTER
    open_ones = open_ones.filter(claim__post__state_changed_at__lte=long_ago)
    waiting = Question.objects.filter(answered_at=None, dispute__in=open_ones)
    pks = waiting.filter(asked_at__lte=long_ago).values_list("pk", flat=True)
    return sum(_go_on(pk) for pk in list(pks))


@transaction.atomic
def _go_on(pk: int) -> int:
    question = Question.objects.select_for_update(of=("self",)).get(pk=pk)
    now, dispute = timezone.now(), Dispute.objects.get(pk=question.dispute_id)
    if question.answered_at is not None:
        return 0
    if question.reminded_at is None:
        question.reminded_at = now
        question.save(update_fields=("reminded_at",))
        mail.asked(question, again=True)
        return 1
    is_over = question.asked_at <= now - LAPSES_AFTER
    was_reminded_long_ago = question.reminded_at <= now - (LAPSES_AFTER - REMINDS_AFTER)
    if dispute.state != DisputeState.NEEDS_INFORMATION or not (is_over and was_reminded_long_ago):
        return 0
    _lapse(dispute)
    return 1


def _lapse(dispute: Dispute) -> None:
    sentence = _("We asked you something and have had no answer for two weeks.")
    steps.move(
        dispute,
        K.LAPSED,
        version=dispute.version,
        by=None,
        told=sentence,
        declined_because=DeclineReason.UNANSWERED,
        closed_at=timezone.now(),
    )
    merging.release(dispute)
    mail.declined(dispute, sentence)

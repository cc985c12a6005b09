"""Mail to a person: written with what it reports, delivered by the worker, tried again for a day.

A letter is a row in the transaction that makes it true, so none is lost and none tells of what was
rolled back. Delivering takes the row by moving its next attempt on; a process that dies in the
middle leaves it to the sweep (`manage.py deliver_mail`).
"""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template import Context, Engine
from django.utils import timezone
from django_tasks import task

from accounts.models import Letter

logger = logging.getLogger(__name__)


def send(template: str, *, to: str, context: dict[str, object], unsubscribe: str = "") -> None:
    """Write `templates/mail/<template>.txt` to this address; its first line is the subject.

    Call it inside the transaction that makes it true. The text is plain: nothing is escaped.
    """
    page = Engine.get_default().get_template(f"mail/{template}.txt")
    subject, _break, body = page.render(Context(context, autoescape=False)).strip().partition("\n")
    write(to=to, subject=subject, body=body)


@transaction.atomic
def write(*, to: str, subject: str, body: str) -> None:
    """Write a finished text to this address."""
    letter = Letter.objects.create(
        to=to, subject=" ".join(subject.split()), body=f"{body.strip()}\n"
    )
    deliver.enqueue(letter_id=str(letter.pk))


@transaction.atomic
def try_again(letter: Letter) -> None:
    """Begin anew with a letter that waits or was given up."""
    Letter.objects.filter(pk=letter.pk).update(attempts=0, next_attempt_at=timezone.now())
    deliver.enqueue(letter_id=str(letter.pk))


@task
def deliver(letter_id: str) -> None:
    """Try one letter, if it is due; a mail server that refuses it is asked again later."""
    letter = Letter.objects.due().filter(pk=letter_id).first()
    if letter and _take(letter):
        _try(letter)


def deliver_due() -> int:
    """Try every letter that is due and was not tried by its task; returns how many."""
    tried = 0
    for letter in Letter.objects.due():
        if _take(letter):
            _try(letter)
            tried += 1
    return tried


def _take(letter: Letter) -> bool:
    """Move the next attempt on, unless another process was faster."""
    untouched = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts)
    letter.next_attempt_at = timezone.now() + Letter.WAITS[letter.attempts]
    letter.attempts += 1
    return bool(
        untouched.update(attempts=F("attempts") + 1, next_attempt_at=letter.next_attempt_at)
    )


def _try(letter: Letter) -> None:
    try:
        _message(letter).send()
    except (SMTPException, OSError, ValueError) as failure:
        _keep(letter, failure)
    else:
        letter.delete()


def _message(letter: Letter) -> EmailMessage:
    """The same Message-ID at every attempt, so that a mailbox can tell a repetition."""
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.to],
        headers={"Message-ID": f"<{letter.pk}@corrigible>", "Auto-Submitted": "auto-generated"},
    )


@transaction.atomic
def _keep(letter: Letter, failure: Exception) -> None:
    logger.warning(
        "A mail was not delivered: %s, attempt %d", type(failure).__name__, letter.attempts
    )
    Letter.objects.filter(pk=letter.pk).update(failure=str(failure))
    if not letter.is_given_up:
        deliver.using(run_after=letter.next_attempt_at).enqueue(letter_id=str(letter.pk))

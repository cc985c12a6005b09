"""Mail to a person: written with what it reports, delivered by the worker, tried again for a day.

A letter is a row in the transaction that makes it true, so none is lost and none tells of what was
rolled back. Delivering takes the row by moving its next attempt on; a process that dies in the
middle leaves it to the sweep (`manage.py deliver_mail`). Right before the mail server takes the
letter, the row says so: whoever dies after that has sent it once, and nobody sends it again.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from functools import partial
from smtplib import SMTPException, SMTPServerDisconnected

from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.template import Context, Engine
from django.utils import timezone
from django_tasks import task

from accounts.models import Letter

logger = logging.getLogger(__name__)

SILENT = "accounts.mail.silent"
PAUSE_SECONDS = 60  # in which a mail server that did not answer is left alone, and other tasks run


class Taken(Exception):  # noqa: N818  it is an answer, not an error
    """Another process was given the letter meanwhile: this one was too slow with it."""


def send(template: str, *, to: str, context: dict[str, object], unsubscribe: str = "") -> None:
    """Write `templates/mail/<template>.txt` to this address; its first line is the subject.

    Call it inside the transaction that makes it true. The text is plain: nothing is escaped. A POST
    to `unsubscribe`, without a cookie or a token of a form, must be enough to get no more of these.
    """
    page = Engine.get_default().get_template(f"mail/{template}.txt")
    subject, _break, body = page.render(Context(context, autoescape=False)).strip().partition("\n")
    write(to=to, subject=subject, body=body, unsubscribe=unsubscribe)


@transaction.atomic
def write(*, to: str, subject: str, body: str, unsubscribe: str = "") -> None:
    """Write a finished text to this address."""
    letter = Letter.objects.create(
        to=to,
        subject=" ".join(subject.split()),
        body=f"{body.strip()}\n",
        unsubscribe=unsubscribe,
    )
    deliver.enqueue(letter_id=str(letter.pk))


@transaction.atomic
def try_again(letter: Letter) -> None:
    """Begin anew with a letter that waits, was given up, or whose fate nobody knows."""
    anew = {"attempts": 0, "next_attempt_at": timezone.now(), "handed_over_at": None}
    Letter.objects.filter(pk=letter.pk).update(**anew)
    deliver.enqueue(letter_id=str(letter.pk))


@task
def deliver(letter_id: str) -> None:
    """Try one letter, if it is due; a mail server that refuses it is asked again later."""
    letter = Letter.objects.due().filter(pk=letter_id).first()
    if letter and cache.get(SILENT):
        later = timezone.now() + timedelta(seconds=PAUSE_SECONDS)
        deliver.using(run_after=later).enqueue(letter_id=letter_id)
    elif letter and _take(letter):
        _try(letter)


def deliver_due() -> int:
    """Try every letter that is due and was not tried by its task; returns how many.

    Stops when the mail server does not answer.
    """
    tried = 0
    for letter in Letter.objects.due():
        if cache.get(SILENT):
            break
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
    post_office = get_connection(before_the_dot=partial(_hand_over, letter))
    try:
        post_office.open()
        post_office.send_messages([_message(letter)])
    except Taken:
        pass
    except (SMTPException, OSError, ValueError) as failure:
        if _is_silence(failure):
            cache.set(SILENT, True, PAUSE_SECONDS)
        _keep(letter, failure)
    else:
        letter.delete()  # before the good-bye: a server that hangs there changes nothing
    finally:
        with suppress(SMTPException, OSError):
            post_office.close()


def _hand_over(letter: Letter) -> None:
    """Write down that the mail server takes it in the next breath; committed at once."""
    untouched = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, handed_over_at=None)
    if not untouched.update(handed_over_at=timezone.now()):
        raise Taken


def _message(letter: Letter) -> EmailMessage:
    """The same Message-ID at every attempt, so that a mailbox can tell a repetition."""
    headers = {"Message-ID": f"<{letter.pk}@corrigible>", "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe:  # RFC 2369 and RFC 8058: one click in the mail program
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(subject=letter.subject, body=letter.body, to=[letter.to], headers=headers)


def _is_silence(failure: Exception) -> bool:
    """Whether the mail server gave no answer at all: then the next letter would hang as well."""
    if isinstance(failure, SMTPException):
        return isinstance(failure, SMTPServerDisconnected)
    return isinstance(failure, OSError)


@transaction.atomic
def _keep(letter: Letter, failure: Exception) -> None:
    logger.warning(
        "A mail was not delivered: %s, attempt %d", type(failure).__name__, letter.attempts
    )
    ours = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts)
    ours.update(failure=str(failure), handed_over_at=None)
    if not letter.is_given_up:
        deliver.using(run_after=letter.next_attempt_at).enqueue(letter_id=str(letter.pk))

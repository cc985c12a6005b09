from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.core import mail as post_office
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import mail
from accounts.models import Letter

pytestmark = pytest.mark.usefixtures("cache_with_our_clock")


class ClosedPostOffice(EmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("nobody listens")


@pytest.fixture
def closed(settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.ClosedPostOffice"


@pytest.fixture
def letters(tmp_path, settings) -> None:
    """Templates of our own: `<name>.txt` with a subject in the first line."""
    folder = tmp_path / "mail" / "workshop"
    folder.mkdir(parents=True)
    (folder / "invitation.txt").write_text("Come & see {{ what }}\n\nOn {{ day }}.\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def write(to: str = "rider@example.org") -> Letter:
    mail.write(to=to, subject="Your wheel", body="It is true again.")
    return Letter.objects.latest("written_at")


@pytest.mark.django_db
def test_a_letter_is_delivered_by_the_worker_and_then_forgotten(run_tasks):
    # Given
    write()
    assert post_office.outbox == []
    # When
    run_tasks()
    # Then
    [sent] = post_office.outbox
    assert (sent.to, sent.subject, sent.body) == (
        ["rider@example.org"],
        "Your wheel",
        "It is true again.\n",
    )
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_the_first_line_of_the_template_is_the_subject_and_nothing_is_escaped(letters, run_tasks):
    # When
    mail.send("workshop/invitation", to="a@example.org", context={"what": "A < B", "day": "Monday"})
    run_tasks()
    # Then
    [sent] = post_office.outbox
    assert (sent.subject, sent.body) == ("Come & see A < B", "On Monday.\n")


@pytest.mark.django_db
def test_a_line_break_in_a_title_never_becomes_a_header(letters, run_tasks):
    # When
    mail.send(
        "workshop/invitation",
        to="a@example.org",
        context={"what": "us\r\nBcc: all@example.org", "day": "Monday"},
    )
    run_tasks()
    # Then
    [sent] = post_office.outbox
    assert sent.recipients() == ["a@example.org"]
    assert "Bcc" not in sent.message()


@pytest.mark.django_db
def test_a_mail_that_can_be_unsubscribed_says_so_to_mail_programs(letters, run_tasks):
    # Given
    address = f"https://corrigible.example/following/stop/{'a-long-token' * 20}:1tQx/"
    # When
    mail.send(
        "workshop/invitation",
        to="a@example.org",
        context={"what": "us", "day": "Monday"},
        unsubscribe=address,
    )
    run_tasks()
    # Then
    [sent] = post_office.outbox
    received = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert received["List-Unsubscribe"].strip() == f"<{address}>"
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
def test_a_mail_that_answers_something_offers_no_way_to_unsubscribe(run_tasks):
    # Given
    write()
    # When
    run_tasks()
    # Then
    [sent] = post_office.outbox
    assert [name for name in sent.message() if name.startswith("List-")] == []


@pytest.mark.django_db
def test_an_address_to_unsubscribe_at_never_becomes_another_header():
    # When
    broken = "https://corrigible.example/\r\nBcc: all@example.org"
    mail.write(to="a@example.org", subject="Hello", body="You.", unsubscribe=broken)
    mail.deliver_due()
    # Then
    assert post_office.outbox == []
    assert "newlines" in Letter.objects.get().failure


@pytest.mark.django_db
def test_a_mail_without_a_template_is_refused_at_once(letters):
    with pytest.raises(TemplateDoesNotExist):
        mail.send("workshop/nothing", to="a@example.org", context={})


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_reported(run_tasks):
    # Given
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    # When
    run_tasks()
    # Then
    assert post_office.outbox == []
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_a_task_that_runs_twice_sends_once():
    # Given
    letter = write()
    # When
    for _time in range(2):
        mail.deliver.call(letter_id=str(letter.pk))
    # Then
    assert len(post_office.outbox) == 1


@pytest.mark.django_db
def test_a_closed_mail_server_is_asked_again_after_a_while(closed, settings, run_tasks):
    # Given
    with time_machine.travel("2026-05-01 10:00Z", tick=False):
        letter = write()
        run_tasks()
        letter.refresh_from_db()
        assert (letter.attempts, letter.failure) == (1, "nobody listens")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # When
    with time_machine.travel("2026-05-01 10:01Z", tick=False):
        run_tasks()
        early = len(post_office.outbox)
    with time_machine.travel("2026-05-01 10:02Z", tick=False):
        run_tasks()
    # Then
    assert (early, len(post_office.outbox)) == (0, 1)


@pytest.mark.django_db
def test_every_attempt_carries_the_same_message_id(closed, settings):
    # Given
    letter = write()
    mail.deliver.call(letter_id=str(letter.pk))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # When
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        mail.deliver_due()
    # Then
    [sent] = post_office.outbox
    assert sent.extra_headers["Message-ID"] == f"<{letter.pk}@corrigible>"


@pytest.mark.django_db
def test_after_the_last_attempt_a_letter_is_kept_but_left_alone(closed, run_tasks):
    # Given
    letter = write()
    moment = timezone.now()
    for wait in Letter.WAITS:
        with time_machine.travel(moment, tick=False):
            mail.deliver_due()
        moment += wait
    # When
    with time_machine.travel(moment, tick=False):
        tried = mail.deliver_due()
    # Then
    letter.refresh_from_db()
    assert (tried, letter.is_given_up, letter.failure) == (0, True, "nobody listens")


@pytest.mark.django_db
def test_a_letter_that_was_given_up_can_be_tried_again(run_tasks):
    # Given
    letter = write()
    Letter.objects.filter(pk=letter.pk).update(attempts=len(Letter.WAITS))
    run_tasks()
    assert post_office.outbox == []
    # When
    mail.try_again(letter)
    run_tasks()
    # Then
    assert len(post_office.outbox) == 1


@pytest.mark.django_db
def test_the_sweep_delivers_letters_whose_task_was_lost():
    # Given
    write()
    DBTaskResult.objects.all().delete()
    # When
    call_command("deliver_mail", verbosity=0)
    # Then
    assert len(post_office.outbox) == 1


@pytest.mark.django_db
def test_one_letter_that_fails_does_not_hold_up_the_others():
    # Given
    write(to="no\naddress")
    write(to="rider@example.org")
    # When
    mail.deliver_due()
    # Then
    assert [sent.to for sent in post_office.outbox] == [["rider@example.org"]]

"""What becomes of a letter when the mail server behaves badly: a real one, of our own."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import mail
from accounts.models import Letter
from tests.post_office import DROP, HANG, MOMENTS, TAKE_AND_DROP, PostOffice, always

BEFORE_IT_IS_TAKEN = tuple(moment for moment in MOMENTS if moment != "QUIT")
RIDER = "rider@example.org"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cache_with_our_clock")]


@pytest.fixture
def office(settings) -> Iterator[PostOffice]:
    """The mail server of the site in this test."""
    settings.EMAIL_BACKEND = "accounts.postbox.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with PostOffice() as opened:
        settings.EMAIL_PORT = opened.port
        yield opened


def write(to: str = RIDER, body: str = "It is true again.") -> Letter:
    mail.write(to=to, subject="Your wheel", body=body)
    return Letter.objects.latest("written_at")


def deliver(*, after: timedelta = timedelta()) -> int:
    with time_machine.travel(timezone.now() + after):
        return mail.deliver_due()


def test_a_letter_arrives_as_it_was_written(office):
    # Given
    body = (
        "Dear rider,\n.\n..\n. a line with a dot, an ü and a word of\n" + "very " * 300 + "long\n"
    )
    write(body=body)
    # When
    deliver()
    # Then
    [taken] = office.taken
    assert (taken["To"], taken["Subject"]) == (RIDER, "Your wheel")
    assert taken.get_payload(decode=True).decode().replace("\r\n", "\n") == body
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_marked_before_the_server_can_take_it_and_not_much_earlier(office):
    # Given
    write()
    marks = {}

    def look(moment: str, usual: str) -> str:
        marks[moment] = Letter.objects.get().handed_over_at is not None
        connection.close()
        return usual

    for moment in ("DATA", "DOT"):
        office.plan[moment] = partial(look, moment)
    # When
    deliver()
    # Then
    assert marks == {"DATA": False, "DOT": True}


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_another_process_took_meanwhile_is_not_sent(office):
    # Given
    letter = write()

    def another_takes_it(usual: str) -> str:
        assert mail._take(Letter.objects.get())
        connection.close()
        return usual

    office.plan["DATA"] = another_takes_it
    # When
    deliver()
    # Then
    letter.refresh_from_db()
    assert (office.taken, office.conversations) == ([], 1)
    assert (letter.attempts, letter.handed_over_at, letter.failure) == (2, None, "")


@pytest.mark.parametrize("moment", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize("answer", ["450 come again later", "550 no such rider here"])
def test_a_letter_that_is_refused_waits_and_says_why(office, moment, answer):
    # Given
    letter = write()
    office.plan[moment] = always(answer)
    # When
    deliver()
    # Then
    letter.refresh_from_db()
    assert (letter.attempts, letter.handed_over_at) == (1, None)
    assert answer.partition(" ")[2] in letter.failure
    # When
    office.plan.clear()
    deliver(after=timedelta(minutes=3))
    # Then
    assert list(office.arrived().values()) == [1]


@pytest.mark.parametrize("moment", ["RCPT", "DOT"])
def test_a_refused_letter_does_not_hold_up_the_others(office, moment):
    # Given
    write("first@example.org")
    write("second@example.org")
    answers = iter(["550 no such rider here"])
    office.plan[moment] = lambda usual: next(answers, usual)
    # When
    deliver()
    # Then
    assert [taken["To"] for taken in office.taken] == ["second@example.org"]


@pytest.mark.parametrize("moment", BEFORE_IT_IS_TAKEN)
@pytest.mark.parametrize("answer", [HANG, DROP])
def test_a_server_without_an_answer_blocks_nobody_and_is_asked_again(
    office, run_tasks, settings, moment, answer
):
    # Given
    for _letter in range(8):
        write()
    office.plan[moment], settings.EMAIL_TIMEOUT = always(answer), 0.5
    began = time.monotonic()
    # When
    run_tasks()
    deliver()
    # Then: one letter was tried, and the others left the worker to its other tasks
    assert time.monotonic() - began < 15
    assert office.conversations == 1
    assert Letter.objects.filter(attempts=0, handed_over_at=None).count() == 7
    # When
    office.plan, settings.EMAIL_TIMEOUT = {}, 20
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        run_tasks()
    # Then
    assert sorted(office.arrived().values()) == [1] * 8
    assert not Letter.objects.exists()


def test_a_closed_mail_server_is_left_alone_for_a_minute(office, settings):
    # Given
    settings.EMAIL_PORT = 1
    write()
    write()
    # When, then
    assert [deliver(), deliver(), deliver(after=timedelta(minutes=2))] == [1, 0, 1]
    assert "refused" in Letter.objects.latest("attempts").failure


@pytest.mark.parametrize("answer", [HANG, DROP, "500 what?"])
def test_a_server_that_does_not_say_good_bye_has_taken_the_letter(office, settings, answer):
    # Given
    write()
    settings.EMAIL_TIMEOUT = 2
    office.plan["QUIT"] = always(answer)
    # When
    deliver()
    deliver(after=timedelta(days=2))
    # Then
    assert list(office.arrived().values()) == [1]
    assert not Letter.objects.exists()


def test_a_server_that_took_a_letter_and_fell_silent_is_asked_under_the_same_message_id(office):
    # Given
    letter = write()
    office.plan["DOT"] = always(TAKE_AND_DROP)
    deliver()
    # When
    office.plan.clear()
    deliver(after=timedelta(minutes=3))
    # Then: nobody can know, so that a mailbox must be able to tell
    assert office.arrived() == {f"<{letter.pk}@corrigible>": 2}


def test_a_letter_whose_fate_nobody_knows_is_sent_again_only_by_a_person(office):
    # Given: what a process leaves that was killed after it handed the letter over
    letter = write()
    Letter.objects.update(attempts=1, handed_over_at=timezone.now())
    # When
    tried = deliver(after=timedelta(days=2))
    # Then
    assert (tried, office.conversations) == (0, 0)
    # When
    mail.try_again(letter)
    deliver()
    # Then
    assert list(office.arrived().values()) == [1]


@pytest.mark.parametrize("moment", BEFORE_IT_IS_TAKEN)
@pytest.mark.parametrize("answer", [f"550 {RIDER} is not here", DROP])
def test_no_line_of_the_log_names_anybody(office, run_tasks, caplog, moment, answer):
    # Given
    caplog.set_level(logging.DEBUG)
    letter = write()
    office.plan[moment] = always(answer)
    # When
    run_tasks()
    # Then
    letter.refresh_from_db()
    assert letter.attempts == 1
    assert "A mail was not delivered" in caplog.text
    told = caplog.text + "".join(DBTaskResult.objects.values_list("traceback", flat=True))
    assert [word for word in (RIDER, "rider", "wheel") if word in told] == []


def test_an_address_that_cannot_be_written_to_is_not_in_the_log(office, run_tasks, caplog):
    # Given
    write("rider@exa mple..org\n")
    # When
    run_tasks()
    # Then
    assert Letter.objects.get().failure
    assert "rider" not in caplog.text

"""Reports of errors are shown to the spam check, and nobody has to see the spam."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as post_office
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_comments_xtd.models import BlackListedDomain
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Letter, Person
from comments.local_akismet import LocalAkismet, Mood
from editorial import disputes, limits, screening
from editorial.models import DeclineReason, Dispute
from editorial.points import Raiser, Source
from tests.comments.stories import rules
from tests.comments.visitors import shown
from tests.editorial.test_reporting import typed, url_of
from tests.factories.editorial import DisputeFactory, WorkshopPostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_a_day(monkeypatch):
    """One address raises more than one here: how many it may is tried in `test_limits`."""
    monkeypatch.setattr(limits, "MOST_A_DAY_BY_ADDRESS", 5)


RunTasks = Callable[[], int]
ANA = Raiser(name="Ana", email="ana@example.net")


def fresh(dispute: Dispute) -> Dispute:
    return Dispute.objects.get(pk=dispute.pk)


def later(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def test_a_report_is_sent_as_what_it_is(
    akismet: LocalAkismet, client: Client, run_tasks: RunTasks, settings: Settings
) -> None:
    # Given
    settings.SITE_URL = "https://wheels.example"
    post = WorkshopPostFactory()
    post.topics.create(name="Wheels", slug="wheels")
    fields = {"name": "Ana", "email": "ana@example.net", "source": "https://bill.example/12"}
    # When
    headers = {"User-Agent": "Bicycle/1.0", "Referer": "https://example.net/from/"}
    client.post(url_of(post), typed(post, **fields), headers=headers, REMOTE_ADDR="192.0.2.9")
    assert akismet.received == []
    run_tasks()
    # Then
    (received,) = akismet.received
    dispute = Dispute.objects.get()
    assert received.fields == {
        "api_key": ["a-key-that-must-not-leak"],
        "blog": ["https://wheels.example"],
        "user_ip": ["192.0.2.9"],
        "user_agent": ["Bicycle/1.0"],
        "referrer": ["https://example.net/from/"],
        "permalink": [f"https://wheels.example{post.get_absolute_url()}"],
        "comment_type": ["contact-form"],
        "comment_author": ["Ana"],
        "comment_author_email": ["ana@example.net"],
        "comment_content": ["They charged me twelve euros for a chain.\n\nhttps://bill.example/12"],
        "comment_date_gmt": [dispute.created_at.isoformat(timespec="seconds")],
        "comment_post_modified_gmt": [post.published_at.isoformat(timespec="seconds")],
        "blog_lang": ["en"],
        "blog_charset": ["UTF-8"],
        "honeypot_field_name": ["homepage"],
        "comment_context[]": ["Wheels"],
    }


def test_what_is_no_spam_waits_for_an_editor_and_the_evidence_is_gone(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    dispute = DisputeFactory()
    assert fresh(dispute).sent
    run_tasks()
    dispute = fresh(dispute)
    assert (dispute.state, dispute.sent, dispute.check_after) == ("received", {}, None)


@pytest.mark.parametrize("words", ["Our casino", "casino jackpot viagra"])
def test_spam_is_put_aside_and_nobody_is_written_to(
    akismet: LocalAkismet, run_tasks: RunTasks, words: str
) -> None:
    # Given
    dispute = DisputeFactory(raiser=ANA, statement=words)
    Letter.objects.all().delete()
    post_office.outbox.clear()
    # When
    run_tasks()
    # Then
    dispute = fresh(dispute)
    assert (dispute.state, dispute.declined_because) == ("not_accepted", "spam")
    assert (dispute.sent, dispute.check_after) == ({}, None)
    event = dispute.events.last()
    assert (event.kind, event.actor) == ("declined", None)
    assert "spam" in event.message
    assert (post_office.outbox, Letter.objects.count()) == ([], 0)


def test_a_source_on_a_blocked_domain_is_spam_without_asking(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    BlackListedDomain.objects.create(domain="cheap.example")
    dispute = DisputeFactory(sources=(Source("https://shop.cheap.example/x"),))
    run_tasks()
    assert (fresh(dispute).declined_because, akismet.received) == ("spam", [])


@pytest.mark.parametrize(
    "mood", [Mood.DOWN, Mood.BUSY, Mood.GARBAGE, Mood.EMPTY, Mood.INVALID, Mood.SLOW]
)
def test_without_an_answer_it_stays_and_is_asked_about_again(
    akismet: LocalAkismet, run_tasks: RunTasks, settings: Settings, mood: Mood
) -> None:
    # Given
    settings.AKISMET_TIMEOUT = 0.3
    akismet.behave(mood)
    dispute = DisputeFactory(statement="Our casino")
    run_tasks()
    assert fresh(dispute).state == "received"
    # When the service is well again
    akismet.behave(Mood.WELL)
    with later(minutes=21):
        run_tasks()
    # Then
    assert fresh(dispute).declined_because == "spam"
    assert akismet.received[-1].one("recheck_reason") == "recheck_queue"


def test_a_lost_task_is_found_by_the_sweep(akismet: LocalAkismet) -> None:
    dispute = DisputeFactory(statement="Our casino")
    DBTaskResult.objects.all().delete()
    call_command("sweep", verbosity=0)
    assert fresh(dispute).declined_because == "spam"


def test_the_sweep_stops_at_the_first_silence(akismet: LocalAkismet) -> None:
    DisputeFactory.create_batch(3)
    akismet.behave(Mood.DOWN)
    assert screening.check_due() == 0
    assert len(akismet.received) == 1


def test_after_fifteen_days_an_editor_judges_alone(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    akismet.behave(Mood.DOWN)
    dispute = DisputeFactory()
    for days in (0, 16):
        with later(days=days):
            run_tasks()
    dispute = fresh(dispute)
    assert (dispute.state, dispute.sent, dispute.check_after) == ("received", {}, None)


def test_an_editor_who_was_faster_is_not_overruled(
    akismet: LocalAkismet, run_tasks: RunTasks, editor: Person
) -> None:
    # Given
    dispute = DisputeFactory(statement="Our casino")
    disputes.accept(dispute, editor=editor, summary="It is questioned.", version=dispute.version)
    # When
    run_tasks()
    call_command("sweep", verbosity=0)
    # Then
    dispute = fresh(dispute)
    assert (dispute.state, dispute.sent, akismet.received) == ("under_review", {}, [])


def test_a_verdict_that_comes_too_late_changes_nothing(
    akismet: LocalAkismet, editor: Person
) -> None:
    # Given a report that was declined while the service thought
    dispute = DisputeFactory(statement="Our casino")
    disputes.decline(
        dispute,
        editor=editor,
        because=DeclineReason.UNCLEAR,
        sentence="What is meant?",
        version=dispute.version,
    )
    # When
    screening.settle(dispute, verdict=screening.health.ask(screening.Evidence(user_ip="::1")))
    # Then
    assert fresh(dispute).declined_because == "unclear"


def test_it_is_asked_about_once_however_often_the_task_runs(akismet: LocalAkismet) -> None:
    dispute = DisputeFactory()
    assert [screening.check.call(dispute.pk) for _time in range(2)] == ["ham", "not due"]
    assert len(akismet.received) == 1


def test_our_own_people_are_not_checked(
    akismet: LocalAkismet, run_tasks: RunTasks, editor: Person
) -> None:
    dispute = DisputeFactory(raiser=Raiser(person=editor), statement="Our casino")
    run_tasks()
    assert (fresh(dispute).state, fresh(dispute).sent) == ("received", {})
    assert akismet.received == []


def test_a_house_that_only_logs_puts_nothing_aside(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    rules(only_logs=True)
    dispute = DisputeFactory(statement="Our casino")
    run_tasks()
    assert (fresh(dispute).state, fresh(dispute).sent) == ("received", {})


def test_what_may_not_be_sent_is_not_sent(akismet: LocalAkismet, run_tasks: RunTasks) -> None:
    rules(sends_email=False, sends_address=False)
    DisputeFactory(raiser=ANA)
    run_tasks()
    assert "comment_author_email" not in akismet.received[0].fields
    assert akismet.received[0].one("user_ip") == "0.0.0.0"


def test_what_was_put_aside_is_listed_with_its_reason(
    akismet: LocalAkismet, run_tasks: RunTasks, client: Client, editor: Person
) -> None:
    # Given
    DisputeFactory(statement="Our casino")
    run_tasks()
    client.force_login(editor)
    # Then
    assert 'href="/desk/disputes/declined/"' in shown(client.get("/desk/disputes/"))
    html = shown(client.get("/desk/disputes/declined/"))
    assert "Our casino" in html
    assert "It is spam" in html
    assert "By the spam check" in html


def test_only_editors_see_what_was_put_aside(client: Client, moderator: Person) -> None:
    client.force_login(moderator)
    assert client.get("/desk/disputes/declined/").status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(
    client: Client,
    editor: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    DisputeFactory.create_batch(number, declined=True)
    client.force_login(editor)
    client.get("/desk/disputes/declined/")
    with django_assert_num_queries(5):
        client.get("/desk/disputes/declined/")

"""What the house keeps to itself, and what it tells readers about that."""

import pytest
from django.test import Client
from django_comments_xtd.models import BlackListedDomain
from pytest_django import Settings

from accounts.models import Person
from comments import discussion, evidence, moderation
from comments.local_akismet import LocalAkismet, Mood
from comments.models import DiscardedSpam, PostComment
from tests.comments.stories import RunTasks, fresh, rules
from tests.comments.visitors import send, shown
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


@pytest.mark.parametrize(
    ("address", "sent"),
    [("192.0.2.77", "192.0.2.0"), ("2001:db8:aa:bb::7", "2001:db8:aa::"), ("", "0.0.0.0")],
)
def test_the_service_gets_only_the_network_when_addresses_are_not_shown(
    akismet: LocalAkismet, run_tasks: RunTasks, address: str, sent: str
) -> None:
    # Given
    rules(sends_address=False)
    comment = PostCommentFactory(trail__ip=address)
    # When
    run_tasks()
    # Then the service takes it, and nothing more is kept as evidence
    assert akismet.received[0].one("user_ip") == sent
    assert fresh(comment).state == "published"
    assert fresh(comment).sent["user_ip"] == sent


def test_an_unknown_address_is_said_to_be_unknown(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    """The service refuses a comment without any."""
    comment = PostCommentFactory(trail__ip="")
    run_tasks()
    assert akismet.received[0].one("user_ip") == "0.0.0.0"
    assert fresh(comment).state == "published"


def test_e_mail_addresses_are_left_out_when_they_are_not_shown(
    akismet: LocalAkismet, run_tasks: RunTasks, reader: Person
) -> None:
    rules(sends_email=False)
    PostCommentFactory(by__email="ana@example.net")
    PostCommentFactory(by=reader)
    run_tasks()
    assert len(akismet.received) == 2
    assert not any("comment_author_email" in one.fields for one in akismet.received)
    assert not PostComment.objects.exclude(sent__email="").exists()


def test_what_was_sent_before_is_reduced_as_well(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    # Given a comment that was shown to the service with everything
    comment = PostCommentFactory(trail__ip="192.0.2.77", by__email="ana@example.net")
    run_tasks()
    akismet.forget()
    # When
    rules(sends_address=False, sends_email=False)
    moderation.mark_spam(fresh(comment), moderator=moderator)
    run_tasks()
    # Then
    (report,) = akismet.received
    assert (report.path, report.one("user_ip")) == ("/1.1/submit-spam", "192.0.2.0")
    assert "comment_author_email" not in report.fields


def test_an_edit_is_shown_with_its_new_words(akismet: LocalAkismet, run_tasks: RunTasks) -> None:
    # Given
    comment = PostCommentFactory(text="Grease first.")
    run_tasks()
    comment = fresh(comment)
    # When
    comment.comment = "Grease last."
    facts = evidence.of(comment)
    # Then
    assert (facts.content, facts.recheck_reason) == ("Grease last.", "edit")
    assert facts.permalink == comment.sent["permalink"]
    assert evidence.as_sent(comment).content == "Grease first."


@pytest.mark.parametrize("role", ["moderator", "editor", "publisher"])
def test_the_service_is_never_asked_about_staff(
    akismet: LocalAkismet, run_tasks: RunTasks, role: str, post: object
) -> None:
    person = PersonFactory(**{role: True})
    comment = discussion.post_comment(post, by=person, text="casino viagra jackpot")
    run_tasks()
    assert (fresh(comment).state, akismet.received) == ("published", [])


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("A fine wheel.", "ham"), ("Our casino", "spam"), ("casino jackpot viagra", "blatant")],
)
def test_a_house_that_only_logs_writes_down_and_does_nothing(
    akismet: LocalAkismet, run_tasks: RunTasks, text: str, verdict: str
) -> None:
    # Given
    rules(only_logs=True)
    comment = PostCommentFactory(text=text)
    # When
    run_tasks()
    # Then
    comment = fresh(comment)
    assert (comment.state, comment.verdict, comment.check_after) == ("published", verdict, None)
    assert comment.sent["content"] == text
    assert comment.phase == "newcomer"
    assert not DiscardedSpam.objects.exists()


def test_a_house_that_only_logs_still_heeds_its_own_list_of_domains(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    rules(only_logs=True)
    BlackListedDomain.objects.create(domain="pills.example")
    comment = PostCommentFactory(text="See https://pills.example")
    run_tasks()
    assert (fresh(comment).state, fresh(comment).phase) == ("spam", "checker")
    assert akismet.received == []


def test_what_a_house_that_only_logs_would_have_caught_is_in_the_record(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    rules(only_logs=True)
    comment = PostCommentFactory(text="Our casino")
    run_tasks()
    event = fresh(comment).events.last()
    assert event
    assert event.to_state == "published"
    assert "spam" in event.reason.lower()


def test_a_house_that_only_logs_waits_for_no_answer(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    rules(only_logs=True)
    akismet.behave(Mood.DOWN)
    comment = PostCommentFactory()
    run_tasks()
    assert (fresh(comment).state, fresh(comment).verdict) == ("published", "unknown")
    assert fresh(comment).check_after is None


def test_a_house_that_only_logs_still_holds_newcomers(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    rules(only_logs=True, at_once="nobody")
    comment = PostCommentFactory()
    run_tasks()
    assert (fresh(comment).state, fresh(comment).phase) == ("held", "newcomer")


def test_the_privacy_page_says_what_is_in_force(client: Client, settings: Settings) -> None:
    # Given
    settings.AKISMET_KEY, settings.AKISMET_URL = "key", "https://rest.akismet.com"
    rules(keeps_spam_days=8, keeps_addresses_days=31)
    # Then
    html = shown(client.get("/privacy/"))
    assert "e-mail address and website, and when it was sent;" in html
    assert "are deleted after 31 days" in html
    assert "Spam is deleted after 8 days." in html
    assert "only the publisher can see it" in html
    # When
    rules(sends_email=False, sends_address=False, moderators_see_addresses=True)
    # Then
    assert "moderators and editors can see it" in shown(client.get("/privacy/"))
    html = shown(client.get("/privacy/"))
    assert "but not the e-mail address;" in html
    assert "only the network it came from" in html


def test_a_comment_keeps_the_version_of_the_privacy_page(client: Client, post: object) -> None:
    # Given
    send(client, post)
    comment = PostComment.objects.get()
    # Then
    assert f"Version {comment.policy} of this page" in shown(client.get("/privacy/"))
    # When something else is in force
    rules(sends_email=False)
    # Then
    assert comment.policy not in shown(client.get("/privacy/"))

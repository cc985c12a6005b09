"""What becomes of a comment when the spam checker is asked."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_comments_xtd.models import BlackListedDomain
from pytest_django import Settings

from accounts.models import Person
from comments import moderation
from comments.local_akismet import LocalAkismet, Mood
from comments.models import CommentState, DiscardedSpam, PostComment
from comments.moderation import check, settle
from comments.spam import Evidence, Judgement, Verdict
from tests.comments.stories import ACTS, RunTasks, fresh, story
from tests.factories.comments import PostCommentFactory, judge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


def test_ham_is_published(akismet: LocalAkismet, run_tasks: RunTasks) -> None:
    # Given
    comment = PostCommentFactory(text="Grease the thread first.")
    # When
    run_tasks()
    # Then
    comment = fresh(comment)
    assert (comment.state, comment.verdict, comment.check_after) == ("published", "ham", None)
    assert len(comment.guid) == 32
    assert story(comment) == [("posted", "", "held"), ("checked", "held", "published")]


def test_spam_is_kept_apart(akismet: LocalAkismet, run_tasks: RunTasks) -> None:
    comment = PostCommentFactory(text="Our casino is open")
    run_tasks()
    assert (fresh(comment).state, fresh(comment).verdict) == ("spam", "spam")


def test_blatant_spam_is_only_counted(akismet: LocalAkismet, run_tasks: RunTasks) -> None:
    # Given
    for text in ("casino jackpot viagra", "casino viagra jackpot"):
        PostCommentFactory(text=text)
    # When
    run_tasks()
    # Then
    assert PostComment.objects.count() == 0
    assert [(one.day, one.number) for one in DiscardedSpam.objects.all()] == [
        (timezone.localdate(), 2)
    ]


def test_akismet_is_sent_everything_and_it_is_kept(
    akismet: LocalAkismet, run_tasks: RunTasks, settings: Settings
) -> None:
    # Given
    settings.SITE_URL = "https://wheels.example"
    parent = PostCommentFactory(published=True)
    parent.post.topics.create(name="Wheels", slug="wheels")
    comment = PostCommentFactory(
        parent=parent,
        by__name="Ana",
        by__email="ana@example.net",
        by__url="https://ana.example/",
        text="Grease *first*.",
        trail__ip="192.0.2.9",
        trail__honeypot="",
    )
    # When
    run_tasks()
    # Then
    (received,) = akismet.received
    assert received.fields == {
        "api_key": ["a-key-that-must-not-leak"],
        "blog": ["https://wheels.example"],
        "user_ip": ["192.0.2.9"],
        "user_agent": ["Bicycle/1.0"],
        "referrer": ["https://example.net/from/"],
        "permalink": [f"https://wheels.example{comment.post.get_absolute_url()}"],
        "comment_type": ["reply"],
        "comment_author": ["Ana"],
        "comment_author_email": ["ana@example.net"],
        "comment_author_url": ["https://ana.example/"],
        "comment_content": ["Grease *first*."],
        "comment_date_gmt": [comment.submit_date.isoformat(timespec="seconds")],
        "comment_post_modified_gmt": [comment.post.published_at.isoformat(timespec="seconds")],
        "blog_lang": ["en"],
        "blog_charset": ["UTF-8"],
        "honeypot_field_name": ["subject"],
        "comment_context[]": ["Wheels"],
        "comment_parent": [str(parent.pk)],
    }
    assert Evidence.from_json(fresh(comment).sent).content == "Grease *first*."


def test_an_account_is_judged_by_its_own_address(
    akismet: LocalAkismet, run_tasks: RunTasks, reader: Person
) -> None:
    PostCommentFactory(by=reader)
    run_tasks()
    received = akismet.received[0]
    assert (received.one("comment_author"), received.one("comment_author_email")) == (
        reader.name,
        reader.email,
    )
    assert "user_role" not in received.fields


def test_a_filled_honeypot_is_told(akismet: LocalAkismet, run_tasks: RunTasks) -> None:
    PostCommentFactory(trail__honeypot="cheap")
    run_tasks()
    assert akismet.received[0].one("subject") == "cheap"


@pytest.mark.parametrize(
    "mood",
    [Mood.DOWN, Mood.BUSY, Mood.GARBAGE, Mood.EMPTY, Mood.INVALID, Mood.COMPLAINING, Mood.SLOW],
)
def test_no_answer_means_held_and_asked_again(
    akismet: LocalAkismet, settings: Settings, run_tasks: RunTasks, mood: Mood
) -> None:
    # Given
    settings.AKISMET_TIMEOUT = 0.3
    akismet.behave(mood)
    comment = PostCommentFactory()
    # When
    run_tasks()
    # Then
    comment = fresh(comment)
    assert (comment.state, comment.verdict, comment.checks) == ("held", "unknown", 1)
    assert comment.check_after is not None
    wait = timedelta(minutes=1 if mood is Mood.BUSY else 20)
    assert abs(comment.check_after - timezone.now() - wait) < timedelta(minutes=0.5)
    assert "again" in comment.events.last().reason
    # When the service is well again, 20 minutes later
    akismet.behave(Mood.WELL)
    with time_machine.travel(timezone.now() + timedelta(minutes=21), tick=False):
        run_tasks()
    # Then
    assert (fresh(comment).state, fresh(comment).checks) == ("published", 2)
    assert akismet.received[-1].one("recheck_reason") == "recheck_queue"


def test_a_silent_service_is_noted_once_and_given_up_after_fifteen_days(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    # Given
    akismet.behave(Mood.DOWN)
    comment = PostCommentFactory()
    run_tasks()
    # When
    for days in (1, 16, 20):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            run_tasks()
    # Then
    comment = fresh(comment)
    assert (comment.state, comment.check_after, comment.checks) == ("held", None, 3)
    assert [event.reason for event in comment.events.all()] == [
        "",
        "Akismet gave no answer; it will be asked again.",
        "The spam check never answered; it is no longer asked.",
    ]


def test_provisional_ham_is_asked_about_once_more(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    # Given
    akismet.behave(Mood.PROVISIONAL)
    comment = PostCommentFactory()
    # When
    run_tasks()
    # Then
    assert fresh(comment).state == "held"
    # When
    with time_machine.travel(timezone.now() + timedelta(seconds=125), tick=False):
        run_tasks()
    # Then
    assert (fresh(comment).state, len(akismet.received)) == ("published", 2)


def test_a_comment_is_not_asked_about_twice_at_once(akismet: LocalAkismet) -> None:
    # Given
    akismet.behave(Mood.DOWN)
    comment = PostCommentFactory()
    # Then
    assert [check.call(comment.pk), check.call(comment.pk)] == ["unknown", "not due"]
    assert len(akismet.received) == 1


def test_a_check_of_a_comment_that_is_gone_does_nothing(akismet: LocalAkismet) -> None:
    assert check.call(4711) == "not due"
    settle(4711, verdict=Verdict(judgement=Judgement.HAM), facts=Evidence())
    assert akismet.received == []


@pytest.mark.parametrize("late", [Judgement.HAM, Judgement.SPAM, Judgement.BLATANT])
@pytest.mark.parametrize("decided", ["published", "spam", "rejected"])
def test_a_late_verdict_never_overwrites_a_decision(
    moderator: Person, late: Judgement, decided: str
) -> None:
    # Given
    comment = PostCommentFactory()
    ACTS[CommentState(decided)](comment, moderator=moderator)
    # When
    judge(comment, late)
    # Then
    assert fresh(comment).state == decided


def test_a_late_verdict_does_not_move_what_a_person_put_back_on_hold(moderator: Person) -> None:
    # Given
    comment = PostCommentFactory()
    moderation.approve(comment, moderator=moderator)
    moderation.restore(comment, moderator=moderator)
    # When
    judge(comment, Judgement.SPAM)
    # Then
    assert fresh(comment).state == "held"


@pytest.mark.parametrize("domain", ["cheap.example", "CHEAP.example"])
def test_a_link_to_a_blocked_domain_is_spam_without_asking(
    akismet: LocalAkismet, run_tasks: RunTasks, domain: str
) -> None:
    # Given
    BlackListedDomain.objects.create(domain=domain)
    comment = PostCommentFactory(text="See https://shop.cheap.example/x")
    # When
    run_tasks()
    # Then
    assert (fresh(comment).state, akismet.received) == ("spam", [])

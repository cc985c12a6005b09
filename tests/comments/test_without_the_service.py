"""The spam service is down, slow, busy or talks nonsense: readers do not wait, nothing is lost.

The real form, the real task worker and the real client over HTTP, against a server that misbehaves.
"""

import socket
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.models import Person
from blog.models import Post
from comments import moderation, rechecks
from comments.local_akismet import LocalAkismet, Mood
from comments.models import CheckerHealth, PostComment
from tests.comments.stories import RunTasks, fresh
from tests.comments.visitors import send, shown
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
MOST_SECONDS = 4  # in which a reader has an answer
ILL = (
    *(Mood.DOWN, Mood.BUSY, Mood.SLOW, Mood.GARBAGE, Mood.EMPTY, Mood.INVALID),
    *(Mood.COMPLAINING, Mood.DRIPPING, Mood.ENDLESS),
)


def later(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def write_three(client: Client) -> float:
    """Three readers write: something, spam, and nothing but spam; returns the longest wait."""
    longest = 0.0
    for number, text in enumerate(("Grease first.", "Our casino", "casino jackpot viagra")):
        post = PostFactory(published=True)
        began = time.perf_counter()
        who = {"name": f"Reader {number}", "email": f"{number}@example.net"}
        answer = send(client, post, text=text, **who)
        longest = max(longest, time.perf_counter() - began)
        assert "is being checked" in shown(client.get(answer["Location"]))
        PostComment.objects.update(submit_date=timezone.now() - timedelta(minutes=1))
    return longest


@pytest.mark.parametrize("mood", ILL)
def test_readers_never_wait_and_everything_is_settled_when_it_is_back(
    akismet: LocalAkismet, client: Client, run_tasks: RunTasks, settings: Settings, mood: Mood
) -> None:
    # Given a service that is ill
    akismet.behave(mood)
    # When readers write
    assert write_three(client) < MOST_SECONDS
    # Then all is stored, held, and the service was not asked while they waited
    assert PostComment.objects.held().count() == 3
    assert akismet.received == []
    # When the worker asks in vain, twice
    settings.AKISMET_TIMEOUT = 0.2
    for minutes in (1, 22):
        with later(minutes=minutes):
            run_tasks()
    assert PostComment.objects.held().count() == 3
    assert CheckerHealth.objects.get().is_failing
    # When the service is back
    akismet.behave(Mood.WELL)
    with later(minutes=43):
        run_tasks()
    # Then nobody had to help
    states = set(PostComment.objects.values_list("comment", "state"))
    assert states == {("Grease first.", "published"), ("Our casino", "spam")}
    assert not CheckerHealth.objects.get().is_failing


@pytest.mark.parametrize("mood", [Mood.DOWN, Mood.SLOW, Mood.GARBAGE])
def test_the_sweep_settles_what_tasks_lost_while_it_was_ill(
    akismet: LocalAkismet, client: Client, run_tasks: RunTasks, settings: Settings, mood: Mood
) -> None:
    # Given
    settings.AKISMET_TIMEOUT = 0.2
    akismet.behave(mood)
    write_three(client)
    with later(minutes=1):
        run_tasks()
    assert PostComment.objects.held().count() == 3
    DBTaskResult.objects.all().delete()
    # When
    akismet.behave(Mood.WELL)
    with later(minutes=22):
        call_command("sweep", verbosity=0)
    # Then
    assert set(PostComment.objects.values_list("state", flat=True)) == {"published", "spam"}


def test_a_service_that_is_not_there_at_all_holds_nobody_up(
    client: Client, run_tasks: RunTasks, settings: Settings, akismet: LocalAkismet
) -> None:
    # Given
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.AKISMET_URL = f"http://127.0.0.1:{port}"
    assert write_three(client) < MOST_SECONDS
    with later(minutes=1):
        run_tasks()
    assert PostComment.objects.held().count() == 3
    # When it has moved
    settings.AKISMET_URL = akismet.address
    with later(minutes=22):
        run_tasks()
    # Then
    assert PostComment.objects.held().count() == 0


@pytest.mark.parametrize("mood", ILL)
def test_a_moderator_decides_meanwhile_and_the_report_is_sent_later(
    akismet: LocalAkismet, run_tasks: RunTasks, settings: Settings, moderator: Person, mood: Mood
) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    settings.AKISMET_TIMEOUT = 0.2
    akismet.behave(mood)
    began = time.perf_counter()
    moderation.mark_spam(comment, moderator=moderator)
    assert time.perf_counter() - began < MOST_SECONDS
    run_tasks()
    assert fresh(comment).report_due == "spam"
    # When
    akismet.behave(Mood.WELL)
    call_command("sweep", verbosity=0)
    # Then
    assert fresh(comment).report_due == ""
    assert akismet.received[-1].path == "/1.1/submit-spam"


def test_a_flaky_service_settles_each_comment_once(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person, post: Post
) -> None:
    # Given
    akismet.behave(Mood.DOWN)
    comments = PostCommentFactory.create_batch(3, post=post)
    run_tasks()
    akismet.behave(Mood.WELL)
    # When the task, the sweep and a moderator's button all come at once
    rechecks.start(moderator=moderator)
    with later(minutes=21):
        call_command("sweep", verbosity=0)
        run_tasks()
    # Then
    for comment in comments:
        kinds = list(comment.events.values_list("kind", "to_state"))
        assert kinds == [("posted", "held"), ("checked", "held"), ("checked", "published")]

"""How the spam service does, noted by the task and shown at the desk."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Person
from accounts.refusals import NotAllowed
from comments import health
from comments.local_akismet import USED, LocalAkismet, Mood
from comments.models import CheckerHealth, DiscardedSpam, House
from tests.comments.stories import RunTasks
from tests.comments.visitors import send, shown
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
PAGE = "/desk/comments/spam-check/"


def heard() -> CheckerHealth:
    return CheckerHealth.objects.get(pk=1)


def test_an_answer_is_noted(akismet: LocalAkismet, run_tasks: RunTasks) -> None:
    PostCommentFactory()
    run_tasks()
    assert heard().answered_at is not None
    assert not heard().is_failing
    assert not heard().has_alert


def test_a_failure_is_noted_until_the_next_answer(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    # Given
    akismet.behave(Mood.DOWN)
    PostCommentFactory()
    run_tasks()
    # Then
    assert heard().is_failing
    assert heard().failure == "Akismet is out of order (status 500)."
    # When
    akismet.behave(Mood.WELL)
    with time_machine.travel(timezone.now() + timedelta(minutes=21), tick=False):
        run_tasks()
    # Then
    assert not heard().is_failing
    assert heard().failed_at is not None


def test_an_alert_is_kept_from_the_first_time_until_it_is_over(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    # Given
    akismet.behave(Mood.ALERTING)
    PostCommentFactory()
    run_tasks()
    first = heard()
    assert (first.alert_code, first.alert) == (
        "10502",
        "Your site sends more than your plan allows.",
    )
    # When it is said again
    PostCommentFactory()
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        run_tasks()
    # Then
    assert heard().alert_at == first.alert_at
    # When the service has nothing to say any more
    akismet.behave(Mood.WELL)
    PostCommentFactory()
    run_tasks()
    # Then
    assert not heard().has_alert


def test_a_service_that_is_too_busy_says_when_to_come_back(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    # Given
    akismet.behave(Mood.BUSY)
    comment = PostCommentFactory()
    run_tasks()
    # When it is well after the minute it asked for
    akismet.behave(Mood.WELL)
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        run_tasks()
    # Then
    comment.refresh_from_db()
    assert comment.state == "published"


def test_without_a_service_nothing_is_noted(run_tasks: RunTasks) -> None:
    PostCommentFactory()
    run_tasks()
    assert not CheckerHealth.objects.exists()


def test_the_request_of_a_reader_notes_nothing(
    akismet: LocalAkismet, client: Client, post: object
) -> None:
    akismet.behave(Mood.DOWN)
    assert send(client, post).status_code == 302
    assert not CheckerHealth.objects.exists()
    assert akismet.received == []


def test_the_desk_says_quietly_that_the_service_fails(
    akismet: LocalAkismet, run_tasks: RunTasks, client: Client, moderator: Person
) -> None:
    client.force_login(moderator)
    assert "gave no answer" not in shown(client.get("/desk/comments/"))
    akismet.behave(Mood.INVALID)
    PostCommentFactory()
    run_tasks()
    html = shown(client.get("/desk/comments/"))
    assert "The spam check gave no answer" in html
    assert "Akismet does not accept the key of this site." in html
    assert f'href="{PAGE}"' in html


def test_the_desk_passes_on_what_the_service_wants_to_say(
    akismet: LocalAkismet, run_tasks: RunTasks, client: Client, moderator: Person
) -> None:
    akismet.behave(Mood.ALERTING)
    PostCommentFactory()
    run_tasks()
    client.force_login(moderator)
    words = "Your site sends more than your plan allows."
    assert words in shown(client.get("/desk/comments/"))
    assert f"{words} (code 10502, since" in shown(client.get(PAGE))


def test_the_page_tells_what_waits_and_since_when(
    akismet: LocalAkismet, run_tasks: RunTasks, client: Client, publisher: Person
) -> None:
    # Given
    akismet.behave(Mood.DOWN)
    PostCommentFactory.create_batch(2)
    run_tasks()
    DiscardedSpam.objects.create(day=timezone.localdate(), number=7)
    client.force_login(publisher)
    # When
    html = shown(client.get(PAGE))
    # Then
    assert "2 held comments, the oldest since" in html
    assert "7 comments in two weeks" in html
    assert "its writer's name, e-mail address and website" in html


def test_the_key_is_verified_by_a_button(
    akismet: LocalAkismet, client: Client, publisher: Person, settings: Settings
) -> None:
    # Given
    client.force_login(publisher)
    # Then
    html = shown(client.post(f"{PAGE}key/"))
    assert "The key is good" in html
    assert f"{USED:,} of" in html
    assert [one.path for one in akismet.received] == ["/1.1/verify-key", "/1.2/usage-limit"]
    # When
    akismet.behave(Mood.INVALID)
    assert "Akismet does not accept the key of this site." in shown(client.post(f"{PAGE}key/"))
    # When
    settings.AKISMET_KEY = ""
    assert "There is no service to ask" in shown(client.post(f"{PAGE}key/"))


@pytest.mark.parametrize("mood", [Mood.DOWN, Mood.GARBAGE, Mood.SLOW, Mood.BUSY])
def test_a_service_that_cannot_be_asked_is_no_error_of_ours(
    akismet: LocalAkismet, client: Client, publisher: Person, settings: Settings, mood: Mood
) -> None:
    settings.AKISMET_TIMEOUT = 0.3
    akismet.behave(mood)
    client.force_login(publisher)
    assert "The key could not be verified." in shown(client.post(f"{PAGE}key/"))
    assert heard().is_failing


def test_looking_at_the_page_asks_nobody(
    akismet: LocalAkismet, client: Client, moderator: Person
) -> None:
    client.force_login(moderator)
    assert client.get(PAGE).status_code == 200
    assert akismet.received == []


def test_a_moderator_looks_and_the_publisher_asks(
    akismet: LocalAkismet, client: Client, editor: Person, publisher: Person
) -> None:
    client.force_login(editor)
    assert "Verify the key now" not in shown(client.get(PAGE))
    assert client.post(f"{PAGE}key/").status_code == 403
    with pytest.raises(NotAllowed):
        health.inspect(publisher=editor)
    client.force_login(publisher)
    assert "Verify the key now" in shown(client.get(PAGE))
    assert client.get(f"{PAGE}key/").status_code == 405
    assert akismet.received == []


def test_only_moderators_see_it(client: Client, author: Person) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(author)
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}key/").status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_however_much_waits(
    client: Client,
    moderator: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    PostCommentFactory.create_batch(number)
    House.current()
    client.force_login(moderator)
    client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)

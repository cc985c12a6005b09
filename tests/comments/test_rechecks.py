"""Checking the held list again, in slices and with progress."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Person
from accounts.refusals import NotAllowed
from comments import rechecks
from comments.local_akismet import LocalAkismet, Mood
from comments.models import AtOnce, Batch, PostComment
from tests.comments.stories import RunTasks, fresh, rules
from tests.comments.visitors import shown
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
AGAIN = "/desk/comments/spam-check/again/"


def unanswered(akismet: LocalAkismet, run_tasks: RunTasks, number: int) -> list[PostComment]:
    """Comments that the service gave no answer about; it is well again now."""
    akismet.behave(Mood.DOWN)
    comments = PostCommentFactory.create_batch(number)
    run_tasks()
    akismet.behave(Mood.WELL)
    akismet.forget()
    return comments


def test_what_waits_is_settled_at_once(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    # Given
    comments = unanswered(akismet, run_tasks, 3)
    # When
    batch = rechecks.start(moderator=moderator)
    run_tasks()
    # Then
    assert {fresh(comment).state for comment in comments} == {"published"}
    batch.refresh_from_db()
    assert (batch.total, batch.done, batch.left) == (3, 3, 0)
    assert batch.finished_at is not None


def test_what_was_given_up_is_asked_about_too(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    # Given
    akismet.behave(Mood.DOWN)
    comment = PostCommentFactory()
    for days in (0, 16, 17):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            run_tasks()
    assert fresh(comment).check_after is None
    # When
    akismet.behave(Mood.WELL)
    rechecks.start(moderator=moderator)
    run_tasks()
    # Then
    assert fresh(comment).state == "published"


def test_what_other_rules_hold_is_left_alone(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    rules(at_once=AtOnce.NOBODY)
    PostCommentFactory()
    run_tasks()
    akismet.forget()
    batch = rechecks.start(moderator=moderator)
    run_tasks()
    assert (batch.total, akismet.received) == (0, [])
    assert batch.finished_at is not None


def test_those_that_people_still_have_to_look_at_are_counted(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    unanswered(akismet, run_tasks, 2)
    rules(at_once=AtOnce.NOBODY)
    batch = rechecks.start(moderator=moderator)
    run_tasks()
    batch.refresh_from_db()
    assert (batch.done, batch.left) == (2, 2)


def test_it_stops_when_the_service_is_silent(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    # Given
    unanswered(akismet, run_tasks, 3)
    akismet.behave(Mood.GARBAGE)
    # When
    batch = rechecks.start(moderator=moderator)
    run_tasks()
    # Then
    batch.refresh_from_db()
    assert (batch.total, batch.done) == (3, 0)
    assert batch.finished_at is not None
    assert len(akismet.received) == 1
    assert PostComment.objects.filter(check_after__isnull=False).count() == 3


def test_a_long_list_is_worked_off_in_slices(
    akismet: LocalAkismet,
    run_tasks: RunTasks,
    moderator: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given
    monkeypatch.setattr(rechecks, "SLICE", 2)
    unanswered(akismet, run_tasks, 5)
    batch = rechecks.start(moderator=moderator)
    # Then
    assert rechecks.work.call(batch.pk) == 2
    assert Batch.objects.get().done == 2
    assert Batch.objects.get().finished_at is None
    run_tasks()
    assert (Batch.objects.get().done, len(akismet.received)) == (5, 5)


def test_it_is_begun_once_however_often_the_button_is_pressed(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person, editor: Person
) -> None:
    unanswered(akismet, run_tasks, 1)
    first = rechecks.start(moderator=moderator)
    assert rechecks.start(moderator=editor) == first
    run_tasks()
    assert rechecks.start(moderator=moderator) != first


def test_a_task_that_runs_twice_asks_once(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    unanswered(akismet, run_tasks, 2)
    batch = rechecks.start(moderator=moderator)
    assert [rechecks.work.call(batch.pk), rechecks.work.call(batch.pk)] == [2, 0]
    assert len(akismet.received) == 2


def test_what_a_dead_worker_left_is_taken_up_by_the_sweep(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    # Given
    unanswered(akismet, run_tasks, 2)
    batch = rechecks.start(moderator=moderator)
    DBTaskResult.objects.all().delete()
    # When
    with time_machine.travel(timezone.now() + timedelta(minutes=21), tick=False):
        call_command("sweep", verbosity=0)
        run_tasks()
    # Then
    batch.refresh_from_db()
    assert (batch.done, PostComment.objects.held().count()) == (2, 0)
    assert batch.finished_at is not None


def test_a_comment_that_is_decided_meanwhile_is_passed_over(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    comments = unanswered(akismet, run_tasks, 2)
    rechecks.start(moderator=moderator)
    comments[0].delete()
    run_tasks()
    assert Batch.objects.get().done == 2


def test_only_moderators_begin_it(reader: Person, client: Client) -> None:
    with pytest.raises(NotAllowed):
        rechecks.start(moderator=reader)
    client.force_login(reader)
    assert client.post(AGAIN).status_code == 403
    assert not Batch.objects.exists()


def test_the_desk_shows_how_far_it_is(
    akismet: LocalAkismet,
    run_tasks: RunTasks,
    moderator: Person,
    client: Client,
) -> None:
    # Given
    unanswered(akismet, run_tasks, 2)
    client.force_login(moderator)
    assert "Check the held list again now" in shown(client.get("/desk/comments/spam-check/"))
    # When
    response = client.post(AGAIN)
    # Then it runs, and the page asks again by itself, or by a link
    page = f"{AGAIN}{Batch.objects.get().pk}/"
    assert response["Location"] == page
    html = shown(client.get(page))
    assert "0 of 2 held comments were checked again." in html
    assert f'data-hx-get="{page}"' in html
    assert f'href="{page}">Look again' in html
    # When
    run_tasks()
    # Then
    fragment = shown(client.get(page, headers={"HX-Request": "true"}))
    assert "2 of 2 held comments were checked again." in fragment
    assert "data-hx-get" not in fragment
    assert "<html" not in fragment
    assert client.get(AGAIN).status_code == 405
    assert client.get(f"{AGAIN}99/").status_code == 404


def test_the_desk_says_when_it_stopped(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person, client: Client
) -> None:
    unanswered(akismet, run_tasks, 2)
    akismet.behave(Mood.DOWN)
    client.force_login(moderator)
    response = client.post(AGAIN)
    run_tasks()
    assert "It stopped, because the spam check gives no answer." in shown(
        client.get(response["Location"])
    )

"""What a lost task leaves undone is found again."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Person
from comments import moderation
from comments.local_akismet import LocalAkismet, Mood
from comments.models import AtOnce, House, PostComment
from comments.sweeps import recheck_held, send_reports
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


def test_a_comment_whose_task_was_lost_is_checked(akismet: LocalAkismet) -> None:
    # Given
    comment = PostCommentFactory()
    DBTaskResult.objects.all().delete()
    # When
    out = io.StringIO()
    call_command("recheck_held_comments", stdout=out)
    # Then
    assert PostComment.objects.get(pk=comment.pk).state == "published"
    assert out.getvalue() == "1 comments settled, 0 reports sent\n"


def test_a_worker_that_died_while_asking_is_forgotten_after_twenty_minutes(
    akismet: LocalAkismet,
) -> None:
    # Given
    comment = PostCommentFactory()
    PostComment.objects.update(check_after=timezone.now() + timedelta(minutes=20), checks=1)
    # Then
    assert recheck_held() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=21)):
        assert recheck_held() == 1
    assert PostComment.objects.get(pk=comment.pk).state == "published"


def test_the_sweep_stops_at_the_first_silence(akismet: LocalAkismet) -> None:
    PostCommentFactory.create_batch(3)
    akismet.behave(Mood.DOWN)
    assert recheck_held() == 0
    assert len(akismet.received) == 1


def test_the_sweep_goes_on_past_what_waits_for_a_person() -> None:
    House.objects.update(at_once=AtOnce.NOBODY)
    PostCommentFactory.create_batch(3)
    assert recheck_held() == 3
    assert PostComment.objects.held().count() == 3
    assert recheck_held() == 0


def test_the_sweep_takes_the_oldest_first_and_not_all_at_once(akismet: LocalAkismet) -> None:
    comments = PostCommentFactory.create_batch(3)
    assert recheck_held(most=2) == 2
    assert list(PostComment.objects.held()) == comments[2:]


def test_reports_that_were_not_heard_are_sent(
    akismet: LocalAkismet, moderator: Person, run_tasks: Callable[[], int]
) -> None:
    # Given
    comments = PostCommentFactory.create_batch(2, published=True)
    akismet.behave(Mood.DOWN)
    for comment in comments:
        moderation.mark_spam(comment, moderator=moderator)
    run_tasks()
    assert send_reports() == 0
    # When
    akismet.behave(Mood.WELL)
    akismet.forget()
    # Then
    assert send_reports() == 2
    assert [one.path for one in akismet.received] == ["/1.1/submit-spam"] * 2
    assert send_reports() == 0

"""Telling: at once, hourly, daily; one mail for one thing however often a task runs."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as post_office
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Person
from blog.models import Post
from comments import digests, links, moderation, participants, subscriptions
from comments.models import Notification, NotificationKind, Participant, Sanction
from comments.moderation import Why
from comments.words import Guest
from tests.comments.letters import letters
from tests.comments.stories import RunTasks, fresh
from tests.factories.comments import PostCommentFactory
from tests.factories.following import FollowFactory, NotificationFactory, ParticipantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
OLGA = Guest("Olga", "olga@example.com")


def in_minutes(minutes: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes))


def test_a_follower_gets_one_mail_for_one_comment(post: Post, run_tasks: RunTasks) -> None:
    # Given
    follow = FollowFactory(post=post)
    comment = PostCommentFactory(post=post, by=OLGA, text="True the *wheel* first.")
    # When
    run_tasks()
    # Then
    [mail] = [one for one in post_office.outbox if one.to == [follow.participant.email]]
    assert mail.subject == f"A new comment on “{post.head.title}”"
    assert "Olga wrote in the discussion of" in mail.body
    assert "True the *wheel* first." in mail.body
    assert f"http://localhost:8000/comments/{comment.pk}/" in mail.body
    assert "http://localhost:8000/comments/subscriptions/" in mail.body
    assert "http://localhost:8000/comments/unsubscribe/" in mail.body


def test_one_mail_per_person_and_event_however_often_a_task_runs(post: Post) -> None:
    # Given
    FollowFactory.create_batch(3, post=post)
    comment = PostCommentFactory(post=post, published=True)
    # When
    for _time in range(3):
        moderation.following.fan_out.call(comment.pk)
        digests.send_due.call()
        call_command("send_notifications", verbosity=0)
    # Then
    assert letters("@example.net").filter(subject__startswith="A new comment").count() == 3


def test_the_sweep_finds_news_whose_task_was_lost(post: Post) -> None:
    FollowFactory(post=post)
    PostCommentFactory(post=post, published=True)
    DBTaskResult.objects.all().delete()
    out = io.StringIO()
    call_command("send_notifications", stdout=out)
    assert out.getvalue() == "Found 1 pieces of news, wrote 1 mails.\n"
    assert letters().count() == 1


def test_the_sweep_of_all_sweeps_sends_what_is_due(post: Post) -> None:
    FollowFactory(post=post)
    PostCommentFactory(post=post, published=True)
    call_command("sweep", verbosity=0)
    assert len([one for one in post_office.outbox if one.subject.startswith("A new")]) == 1


def test_a_letter_and_its_mark_stand_or_fall_together(post: Post) -> None:
    # Given
    news = NotificationFactory(comment__post=post)
    # When
    with transaction.atomic():
        assert digests.tell(news.participant_id) == 1
        transaction.set_rollback(True)
    # Then
    assert (letters().count(), Notification.objects.filter(sent_at=None).count()) == (0, 1)
    assert digests.tell(news.participant_id) == 1
    assert (letters().count(), Notification.objects.filter(sent_at=None).count()) == (1, 0)


def test_at_once_means_a_mail_for_each(post: Post) -> None:
    who = ParticipantFactory()
    NotificationFactory.create_batch(3, participant=who, comment__post=post)
    assert digests.send_due.call() == 3
    assert letters(who.email).count() == 3


@pytest.mark.parametrize(("pace", "span"), [("hourly", 60), ("daily", 24 * 60)])
def test_a_digest_collects_from_the_first_thing_on(
    post: Post, run_tasks: RunTasks, pace: str, span: int
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        # Given
        who = FollowFactory(post=post, participant__pace=pace).participant
        comments = [PostCommentFactory(post=post, by=OLGA, text="One thing.")]
        run_tasks()
        clock.shift(timedelta(minutes=span / 2))
        comments.append(PostCommentFactory(post=post, text="Another thing."))
        run_tasks()
        clock.shift(timedelta(minutes=span / 2 - 1))
        run_tasks()
        call_command("send_notifications", verbosity=0)
        assert [one for one in post_office.outbox if one.to == [who.email]] == []
        # When
        clock.shift(timedelta(minutes=1))
        run_tasks()
        call_command("send_notifications", verbosity=0)
        # Then
        [mail] = [one for one in post_office.outbox if one.to == [who.email]]
        assert mail.subject.startswith("2 pieces of news from discussions on ")
        assert mail.body.index("One thing.") < mail.body.index("Another thing.")
        assert all(f"/comments/{comment.pk}/" in mail.body for comment in comments)
        assert Participant.objects.get(pk=who.pk).digest_at == timezone.now()
        # When nothing new happens
        clock.shift(timedelta(days=3))
        run_tasks()
        assert len([one for one in post_office.outbox if one.to == [who.email]]) == 1


def test_a_digest_with_one_thing_is_that_thing(post: Post) -> None:
    who = ParticipantFactory(pace="daily")
    NotificationFactory(participant=who, comment__post=post)
    with in_minutes(24 * 60 + 1):
        digests.send_due.call()
    assert letters(who.email).get().subject.startswith("A new comment on")


def test_whoever_wants_it_at_once_from_now_on_gets_what_waits(
    post: Post, run_tasks: RunTasks
) -> None:
    who = ParticipantFactory(pace="daily")
    NotificationFactory(participant=who, comment__post=post)
    run_tasks()
    subscriptions.set_pace(who, pace="at_once")
    run_tasks()
    assert len([one for one in post_office.outbox if one.to == [who.email]]) == 1


def test_whoever_wants_it_once_a_day_from_now_on_gets_what_waits_then(
    post: Post, run_tasks: RunTasks
) -> None:
    who = ParticipantFactory(pace="hourly")
    NotificationFactory(participant=who, comment__post=post)
    subscriptions.set_pace(who, pace="daily")
    with in_minutes(70):
        run_tasks()
    assert not [one for one in post_office.outbox if one.to == [who.email]]
    with in_minutes(24 * 60 + 1):
        run_tasks()
    assert len([one for one in post_office.outbox if one.to == [who.email]]) == 1


def test_thirty_things_in_a_digest_cost_as_many_queries_as_two(post: Post) -> None:
    def queries(number: int) -> int:
        who = ParticipantFactory(pace="hourly")
        NotificationFactory.create_batch(number, participant=who, comment__post=post)
        with in_minutes(61), CaptureQueriesContext(connection) as asked:
            assert digests.tell(who.pk) == 1
        return len(asked)

    queries(1)  # the publication is asked for once
    assert queries(2) == queries(30)


# What is not true any more, and who may not hear


def test_what_is_taken_down_before_the_digest_is_not_told(
    post: Post, moderator: Person, run_tasks: RunTasks
) -> None:
    who = FollowFactory(post=post, participant__pace="daily").participant
    secret = PostCommentFactory(post=post, text="An insult.")
    PostCommentFactory(post=post, text="Good advice.")
    run_tasks()
    moderation.remove(fresh(secret), moderator=moderator)
    with in_minutes(24 * 60 + 5):
        run_tasks()
    [mail] = [one for one in post_office.outbox if one.to == [who.email]]
    assert ("An insult." in mail.body, "Good advice." in mail.body) == (False, True)


def test_nothing_of_a_post_that_left_is_told(post: Post) -> None:
    NotificationFactory(comment__post=post)
    Post.objects.filter(pk=post.pk).update(state="draft")
    assert digests.send_due.call() == 0
    assert not Notification.objects.exists()


def test_whoever_may_not_hear_is_not_written_to(post: Post, reader: Person) -> None:
    # Given
    banned = NotificationFactory(comment__post=post).participant
    Sanction.objects.create(participant=banned, kind="ban", reason="Threats")
    NotificationFactory(comment__post=post, participant=ParticipantFactory(unknown=True))
    gone = participants.of(reader)
    NotificationFactory(comment__post=post, participant=gone)
    Person.objects.filter(pk=reader.pk).update(is_active=False)
    # When
    assert digests.send_due.call() == 0
    # Then
    assert not letters().exists()
    assert not letters(reader.email).exists()


def test_a_person_s_new_address_follows_by_itself(post: Post, reader: Person) -> None:
    NotificationFactory(comment__post=post, participant=participants.of(reader))
    Person.objects.filter(pk=reader.pk).update(email="moved@example.net")
    digests.send_due.call()
    assert letters("moved@example.net").count() == 1


# What a mail says


def test_the_writer_reads_why_in_words(post: Post, moderator: Person, run_tasks: RunTasks) -> None:
    # Given
    comment = PostCommentFactory(post=post, left_to_people=True, text="My secret recipe.")
    participants.confirm_comment(comment)
    why = Why(reason="Third time!", because="off_topic", words="This is about wheels.")
    # When
    moderation.decide(fresh(comment), to="rejected", moderator=moderator, why=why)
    run_tasks()
    assert not [one for one in post_office.outbox if "not published" in one.subject]
    with in_minutes(3):
        run_tasks()
    # Then
    [mail] = [one for one in post_office.outbox if "not published" in one.subject]
    assert mail.to == [comment.participant.email]
    assert "because of this: It is off topic." in mail.body
    assert "This is about wheels." in mail.body
    assert "Third time!" not in mail.body
    assert "/comments/subscriptions/" in mail.body
    assert "/comments/unsubscribe/" not in mail.body


def test_the_writer_reads_where_the_comment_is(
    post: Post, moderator: Person, run_tasks: RunTasks
) -> None:
    comment = participants.confirm_comment(PostCommentFactory(post=post, left_to_people=True))
    moderation.approve(comment, moderator=moderator)
    with in_minutes(3):
        run_tasks()
    [mail] = [one for one in post_office.outbox if one.to == [comment.participant.email]]
    assert f"http://localhost:8000/comments/{comment.pk}/" in mail.body


@pytest.mark.parametrize("kind", NotificationKind.values)
def test_every_kind_of_news_has_its_words(post: Post, moderator: Person, kind: str) -> None:
    comment = PostCommentFactory(post=post, published=True)
    if kind == "refused":
        comment = PostCommentFactory(post=post, rejected=True)
    who = NotificationFactory(comment=comment, kind=kind).participant
    digests.send_due.call()
    letter = letters(who.email).get()
    assert post.head.title in letter.subject
    assert "\n\n\n" not in letter.body


def test_a_report_s_outcome_is_told_whatever_became_of_the_comment(post: Post) -> None:
    comment = PostCommentFactory(post=post, removed=True)
    who = NotificationFactory(comment=comment, kind="looked_at", because="agreed").participant
    digests.send_due.call()
    assert "The moderator agreed" in letters(who.email).get().body


def test_the_link_that_stops_leads_to_the_one_discussion_or_to_all(post: Post) -> None:
    # Given
    who, two = ParticipantFactory(), ParticipantFactory(pace="hourly")
    NotificationFactory(participant=who, comment__post=post)
    NotificationFactory.create_batch(2, participant=two)
    # When
    with in_minutes(61):
        digests.send_due.call()
    # Then
    assert _stops(letters(who.email).get().body) == (who.pk, post.pk)
    assert _stops(letters(two.email).get().body) == (two.pk, 0)


def _stops(body: str) -> tuple[int, ...] | None:
    found = re.search(r"/comments/unsubscribe/(\S+)/", body)
    return links.STOP.ids(found[1]) if found else None

"""Several workers and sweeps at the same time tell nobody twice."""

import pytest
from django.core.management import call_command

from accounts.models import Letter
from comments import digests, participants
from comments.following import fan_out
from comments.models import Follow, Notification, Participant
from comments.words import Guest
from tests.comments.letters import letters
from tests.comments.test_concurrency import all_at_once
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.following import FollowFactory, NotificationFactory, ParticipantFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("ham_is_published"),
]


def test_eight_workers_that_tell_at_once_write_each_mail_once() -> None:
    # Given
    post = PostFactory(published=True)
    people = [ParticipantFactory(pace=pace) for pace in ("at_once", "hourly", "at_once")]
    for who in people:
        NotificationFactory.create_batch(3, participant=who, comment__post=post)
    Notification.objects.update(due_at="2020-01-01T00:00Z")
    # When
    results = all_at_once([digests.send_due.call] * 8)
    # Then
    assert [one for one in results if isinstance(one, Exception)] == []
    assert sum(results) == 7  # type: ignore[arg-type]
    assert [letters(who.email).count() for who in people] == [3, 1, 3]


def test_tasks_and_sweeps_that_fan_out_at_once_note_each_follower_once() -> None:
    # Given
    post = PostFactory(published=True)
    FollowFactory.create_batch(5, post=post)
    comment = PostCommentFactory(post=post, published=True)
    acts = [lambda: fan_out.call(comment.pk)] * 4
    acts += [lambda: call_command("send_notifications", verbosity=0)] * 4
    # When
    results = all_at_once(acts)
    call_command("send_notifications", verbosity=0)
    # Then
    assert [one for one in results if isinstance(one, Exception)] == []
    assert Notification.objects.filter(comment=comment).count() == 5
    assert letters().filter(subject__startswith="A new comment").count() == 5


def test_a_link_that_is_pressed_eight_times_at_once_confirms_once() -> None:
    # Given
    comment = PostCommentFactory(by=Guest("Ana", "ana@example.net"), left_to_people=True)
    Follow.objects.create(participant=comment.participant, post=comment.post, scope="replies")
    # When
    results = all_at_once([lambda: participants.confirm_comment(comment)] * 8)
    # Then
    assert [one for one in results if isinstance(one, Exception)] == []
    assert comment.events.filter(kind="confirmed").count() == 1
    assert Participant.objects.get(pk=comment.participant_id).is_confirmed
    assert Follow.objects.confirmed().count() == 1
    assert not Letter.objects.filter(to="ana@example.net").exists()

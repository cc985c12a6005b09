"""Several moderators and tasks at once, on a real database: one sanction, each comment once."""

import pytest
from django.db import connection

from accounts.refusals import WrongMoment
from comments.models import Batch, PostComment, Sanction
from comments.sanctions import ban, lift, work_off
from comments.words import Guest
from tests.comments.test_concurrency import all_at_once
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("ham_is_published"),
]


def test_of_eight_moderators_who_ban_somebody_at_once_one_does() -> None:
    # Given
    participant = PostCommentFactory().participant
    acts = [
        lambda person=person: ban(participant, moderator=person, reason="Ads")
        for person in PersonFactory.create_batch(8, moderator=True)
    ]
    # When
    results = all_at_once(acts)
    # Then
    assert sum(isinstance(result, Sanction) for result in results) == 1
    assert sum(isinstance(result, WrongMoment) for result in results) == 7
    assert Sanction.objects.count() == 1


def test_of_eight_moderators_who_lift_a_ban_at_once_one_does() -> None:
    # Given
    participant = PostCommentFactory().participant
    sanction = ban(participant, moderator=PersonFactory(moderator=True), reason="Ads")
    acts = [
        lambda person=person: lift(Sanction.objects.get(pk=sanction.pk), moderator=person)
        for person in PersonFactory.create_batch(8, moderator=True)
    ]
    # When
    results = all_at_once(acts)
    # Then
    [lifted] = [result for result in results if isinstance(result, Sanction)]
    assert sum(isinstance(result, WrongMoment) for result in results) == 7
    assert Sanction.objects.get().lifted_by == lifted.lifted_by


def test_four_tasks_that_work_off_one_batch_at_once_move_each_comment_once() -> None:
    # Given
    comments = PostCommentFactory.create_batch(12, published=True)
    moderator = PersonFactory(moderator=True)
    pks = [comment.pk for comment in comments]
    batch = Batch.objects.create(actor=moderator, to_state="removed", pks=pks, total=len(pks))
    # When
    results = all_at_once([lambda: work_off.call(batch.pk)] * 4)
    while work_off.call(batch.pk) != "finished":
        assert connection.vendor  # whoever met another task has stopped
    # Then
    assert [result for result in results if isinstance(result, Exception)] == []
    batch.refresh_from_db()
    assert (batch.done, batch.left) == (12, 0)
    assert batch.finished_at is not None
    for comment in PostComment.objects.all():
        assert comment.state == "removed"
        assert comment.events.filter(kind="decided", to_state="removed").count() == 1


def test_a_guest_who_writes_while_being_banned_is_stored_once_or_refused() -> None:
    # Given
    first = PostCommentFactory(by=Guest("Ana", "ana@example.net"), published=True)
    PostComment.objects.update(submit_date="2020-01-01T00:00:00Z")
    moderator = PersonFactory(moderator=True)

    def write() -> PostComment:
        return PostCommentFactory(post=first.post, by=Guest("Ana", "ana@example.net"))

    # When
    results = all_at_once(
        [lambda: ban(first.participant, moderator=moderator, reason="Ads"), write]
    )
    # Then
    assert isinstance(results[0], Sanction)
    assert PostComment.objects.count() in (1, 2)
    assert not PostComment.objects.published().exclude(pk=first.pk).exists()

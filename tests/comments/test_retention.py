"""What is not kept for ever."""

import io
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from comments import moderation, retention
from comments.models import CommentEvent, PostComment
from comments.retention import forget_addresses, forget_evidence, purge_spam
from editorial import disputes
from tests.comments.stories import fresh, rules
from tests.factories.comments import PostCommentFactory, fill
from tests.factories.editorial import PARTS, WorkshopPostFactory, point

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


def later(days: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def there() -> set[int]:
    return set(PostComment.objects.values_list("pk", flat=True))


def test_spam_is_deleted_after_the_days_the_house_keeps_it() -> None:
    # Given
    spam = PostCommentFactory(spam=True)
    others = [PostCommentFactory(), *(PostCommentFactory(**{s: True}) for s in ("published",))]
    others += [PostCommentFactory(rejected=True), PostCommentFactory(removed=True)]
    # Then
    with later(14.9):
        assert purge_spam() == 0
    with later(15.1):
        assert purge_spam() == 1
        assert purge_spam() == 0
    assert there() == {comment.pk for comment in others}
    assert not CommentEvent.objects.filter(comment=spam.pk).exists()


def test_spam_that_was_decided_about_lately_stays(moderator: Person) -> None:
    # Given an old comment that a moderator calls spam today
    comment = PostCommentFactory(published=True)
    with later(30):
        moderation.mark_spam(comment, moderator=moderator)
        # Then
        assert purge_spam() == 0
    with later(46):
        assert purge_spam() == 1


def test_spam_with_published_replies_stays(moderator: Person) -> None:
    # Given
    parent = PostCommentFactory(published=True)
    reply = PostCommentFactory(parent=parent, published=True)
    moderation.mark_spam(parent, moderator=moderator)
    # Then
    with later(30):
        assert purge_spam() == 0
    assert there() == {parent.pk, reply.pk}
    assert fresh(parent).fragment


def test_spam_goes_after_the_spam_that_answers_it(moderator: Person) -> None:
    # Given
    parent = PostCommentFactory(published=True)
    reply = PostCommentFactory(parent=parent, published=True)
    for comment in (parent, reply):
        moderation.mark_spam(comment, moderator=moderator)
    # Then
    with later(30):
        assert purge_spam() == 2
    assert there() == set()


def test_what_a_dispute_was_made_of_stays(editor: Person) -> None:
    # Given
    post = WorkshopPostFactory()
    comment = PostCommentFactory(post=post, published=True, text="They charge for parts.")
    said = [point(PARTS, quote="They charge for parts")]
    disputes.open_from_comment(comment, editor=editor, said=said)
    moderation.mark_spam(comment, moderator=editor)
    # Then
    with later(30):
        assert purge_spam() == 0
    assert there() == {comment.pk}


def test_rejected_comments_keep_their_words_but_not_the_evidence() -> None:
    # Given
    comment = PostCommentFactory(rejected=True, text="Off topic.")
    assert comment.sent
    # Then
    with later(14.9):
        assert forget_evidence() == 0
    with later(15.1):
        assert forget_evidence() == 1
        assert forget_evidence() == 0
    comment = fresh(comment)
    assert (comment.comment, comment.sent) == ("Off topic.", {})


def test_addresses_are_forgotten_in_the_evidence_too() -> None:
    # Given
    comment = PostCommentFactory(
        published=True,
        trail__ip="192.0.2.77",
        trail__user_agent="Penny-Farthing/7",
        trail__referrer="https://from.example/page",
        trail__honeypot="honey",
    )
    young = PostCommentFactory(published=True)
    PostComment.objects.filter(pk=young.pk).update(submit_date=timezone.now() + timedelta(days=1))
    # Then
    with later(89.9):
        assert forget_addresses() == 0
    with later(90.1):
        assert forget_addresses() == 1
        assert forget_addresses() == 0
    stored = str(PostComment.objects.filter(pk=comment.pk).values().get())
    for word in ("192.0.2.77", "Penny-Farthing", "from.example", "honey'"):
        assert word not in stored
    assert fresh(comment).sent["content"] == comment.comment
    assert fresh(young).ip_address
    assert fresh(young).sent["user_ip"] == fresh(young).ip_address


def test_the_house_decides_how_long() -> None:
    rules(keeps_spam_days=2, keeps_addresses_days=1)
    PostCommentFactory(spam=True)
    with later(1.5):
        assert (purge_spam(), forget_addresses()) == (0, 1)
    with later(2.5):
        assert (purge_spam(), forget_addresses()) == (1, 0)


def test_everything_is_worked_off_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    # Given
    monkeypatch.setattr(retention, "SLICE", 2)
    PostCommentFactory.create_batch(5, spam=True)
    PostCommentFactory.create_batch(5, rejected=True)
    # Then
    with later(100):
        assert forget_addresses() == 10
        assert forget_evidence() == 5
        assert purge_spam() == 5


def test_thousands_cost_a_few_queries_for_each_slice(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    # Given
    fill(WorkshopPostFactory(), threads=1200)
    PostComment.objects.update(state="spam", user_agent="Bicycle/1.0")
    # Then three slices
    with later(100), django_assert_max_num_queries(110):
        assert forget_addresses() == 1200
        assert purge_spam() == 1200


def test_the_sweep_does_it_and_says_so() -> None:
    PostCommentFactory(spam=True)
    PostCommentFactory(rejected=True)
    out = io.StringIO()
    with later(100):
        call_command("sweep", stdout=out)
    assert "1 spam comments deleted, the evidence of 1 rejected ones" in out.getvalue()
    assert "1 comments no longer say where they came from" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_delete_everything_once() -> None:
    # Given
    PostCommentFactory.create_batch(6, spam=True)
    PostComment.objects.update(submit_date=timezone.now() - timedelta(days=100))
    CommentEvent.objects.update(at=timezone.now() - timedelta(days=100))
    counts: list[int] = []

    def sweep() -> None:
        counts.append(purge_spam() + 0 * forget_addresses())
        connections.close_all()

    # When
    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Then
    assert connection.is_usable()
    assert (sum(counts), there()) == (6, set())

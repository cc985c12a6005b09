"""Decisions about many comments at once; and spam that is emptied."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from comments import batches, moderation
from comments.models import Batch, CommentEvent, CommentState, DiscardedSpam, PostComment
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
DESK = "/desk/comments/"
S = CommentState


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if ten comments were many: the task works off what is more than three."""
    monkeypatch.setattr(batches, "AT_ONCE", 3)
    monkeypatch.setattr(batches, "SLICE", 2)


def held(number: int) -> list[int]:
    return [one.pk for one in PostCommentFactory.create_batch(number, left_to_people=True)]


def states(pks: list[int]) -> list[str]:
    found = dict(PostComment.objects.filter(pk__in=pks).values_list("pk", "state"))
    return [found[pk] for pk in pks]


def begin(pks: list[int], moderator: Person, **facts: object) -> Batch:
    return batches.begin(pks, moderator=moderator, **{"seen": S.HELD, "to": S.SPAM, **facts})


def test_a_batch_decides_about_what_is_still_as_it_was_seen(moderator: Person) -> None:
    # Given
    pks = held(4)
    moderation.reject(PostComment.objects.get(pk=pks[0]), moderator=PersonFactory(moderator=True))
    # When
    batch = begin([*pks, pks[1], 4711], moderator, to=S.PUBLISHED)
    # Then
    assert (batch.total, batch.done, batch.left) == (5, 3, 2)
    assert batch.finished_at is not None
    assert states(pks) == [S.REJECTED, S.PUBLISHED, S.PUBLISHED, S.PUBLISHED]
    assert CommentEvent.objects.filter(batch=batch, actor=moderator).count() == 3


def test_a_batch_gives_one_reason_to_all(moderator: Person) -> None:
    pks = held(2)
    batch = begin(pks, moderator, to=S.REJECTED, because="off_topic")
    assert set(batch.events.values_list("because", flat=True)) == {"off_topic"}


def test_a_batch_that_makes_no_sense_is_refused(moderator: Person, author: Person) -> None:
    pks = held(1)
    with pytest.raises(NotAllowed):
        begin(pks, author)
    for facts in ({"to": "odd"}, {"to": S.SPAM, "because": "abusive"}, {"because": "odd"}):
        with pytest.raises(Invalid):
            begin(pks, moderator, **facts)
    with pytest.raises(Invalid):
        begin([], moderator)
    assert not Batch.objects.exists()


def test_undoing_a_batch_restores_exactly_what_nobody_touched_since(moderator: Person) -> None:
    # Given
    pks = held(3)
    batch = begin(pks, moderator)
    moderation.approve(PostComment.objects.get(pk=pks[1]), moderator=moderator)
    # When
    number = batches.undo(batch, moderator=moderator)
    # Then
    assert number == 2
    assert states(pks) == [S.HELD, S.PUBLISHED, S.HELD]
    with pytest.raises(WrongMoment):
        batches.undo(batch, moderator=moderator)


@pytest.mark.usefixtures("small")
def test_more_than_a_request_can_do_is_done_by_a_task(
    moderator: Person, run_tasks: Callable[[], int]
) -> None:
    # Given
    pks = held(7)
    batch = begin(pks, moderator)
    # Then nothing is done yet
    assert (batch.done, batch.finished_at) == (0, None)
    # When
    run_tasks()
    # Then
    batch.refresh_from_db()
    assert (batch.done, batch.left) == (7, 0)
    assert set(states(pks)) == {S.SPAM}
    # When
    assert batches.undo(batch, moderator=moderator) == 0
    run_tasks()
    # Then
    assert set(states(pks)) == {S.HELD}


@pytest.mark.usefixtures("small")
def test_a_batch_that_runs_twice_decides_once(moderator: Person) -> None:
    pks = held(5)
    batch = begin(pks, moderator)
    assert batches._work_off_slice(batch.pk) is True
    assert batches.work_off.call(batch.pk) == 5
    assert batches.work_off.call(batch.pk) == 5
    assert CommentEvent.objects.filter(batch=batch).count() == 5


@pytest.mark.usefixtures("small")
def test_the_sweep_finishes_what_a_lost_task_left(moderator: Person) -> None:
    # Given
    pks = held(5)
    batch = begin(pks, moderator)
    batches._work_off_slice(batch.pk)
    # When
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        call_command("recheck_held_comments", verbosity=0)
    # Then
    batch.refresh_from_db()
    assert (batch.done, set(states(pks))) == (5, {S.SPAM})
    # When undoing is lost as well
    batches.undo(batch, moderator=moderator)
    with time_machine.travel(timezone.now() + timedelta(minutes=12)):
        call_command("recheck_held_comments", verbosity=0)
    # Then
    assert set(states(pks)) == {S.HELD}


@pytest.mark.usefixtures("small")
def test_a_lost_undoing_goes_on_in_the_name_of_whoever_undid(moderator: Person) -> None:
    # Given
    pks, colleague = held(5), PersonFactory(moderator=True)
    batch = begin(pks, moderator)
    batches.work_off.call(batch.pk)
    batches.undo(batch, moderator=colleague)
    moderator.delete()
    # When the task was lost
    with time_machine.travel(timezone.now() + timedelta(minutes=12)):
        call_command("recheck_held_comments", verbosity=0)
    # Then
    assert set(states(pks)) == {S.HELD}
    undone = CommentEvent.objects.filter(comment__in=pks, kind="undone")
    assert {event.actor for event in undone} == {colleague}


@pytest.mark.usefixtures("small")
def test_a_batch_of_somebody_who_left_is_finished(moderator: Person) -> None:
    # Given
    pks = held(5)
    batch = begin(pks, moderator)
    batches._work_off_slice(batch.pk)
    moderator.delete()
    # When
    batches.work_off.call(batch.pk)
    # Then
    batch.refresh_from_db()
    assert (batch.done, batch.left, batch.finished_at is not None) == (2, 3, True)
    assert states(pks).count(S.HELD) == 3


@pytest.mark.usefixtures("small")
def test_a_batch_that_is_undone_halfway_stops(moderator: Person) -> None:
    pks = held(5)
    batch = begin(pks, moderator)
    batches._work_off_slice(batch.pk)
    batches.undo(batch, moderator=moderator)
    batches.take_back.call(batch.pk)
    batches.work_off.call(batch.pk)
    assert set(states(pks)) == {S.HELD}


def test_what_is_ticked_is_decided_about_with_numbers_and_undo(
    desk: Client, moderator: Person
) -> None:
    # Given
    pks = held(3)
    moderation.approve(PostComment.objects.get(pk=pks[0]), moderator=PersonFactory(moderator=True))
    typed = {"place": "list=held", "to": "rejected:abusive", "comment": pks}
    # When
    html = unescape(desk.post(f"{DESK}many/", typed, follow=True).content.decode())
    # Then
    assert "2 comments are now in “Rejected”." in html
    assert "1 was left as it was: it had moved on." in html
    # When
    address = re.search(r'action="(/desk/comments/many/\d+/undo/)"', html)[1]
    html = unescape(desk.post(address, {"place": "list=held"}, follow=True).content.decode())
    # Then
    assert "Undone: 2 comments are back." in html
    assert states(pks) == [S.PUBLISHED, S.HELD, S.HELD]


def test_a_whole_filter_is_what_it_held_when_it_was_drawn(desk: Client) -> None:
    # Given
    post = PostFactory(published=True)
    inside = [PostCommentFactory(post=post).pk for _ in range(3)]
    outside = PostCommentFactory()
    newer = PostCommentFactory(post=post)
    # When
    typed = {"place": f"list=held&post={post.pk}", "to": "spam", "whole": "1", "newest": outside.pk}
    desk.post(f"{DESK}many/", typed)
    # Then
    assert states([*inside, outside.pk, newer.pk]) == [S.SPAM] * 3 + [S.HELD] * 2


@pytest.mark.parametrize(
    "typed",
    [
        {"place": "list=held", "to": "spam"},
        {"place": "list=held", "to": "spam", "comment": ["x", "0"]},
        {"place": "list=mine", "to": "spam", "whole": "1", "newest": "99999"},
        {"place": "list=held", "to": "odd", "whole": "1", "newest": "99999"},
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_with_a_sentence(
    desk: Client, typed: dict[str, object]
) -> None:
    (pk,) = held(1)
    html = desk.post(f"{DESK}many/", typed, follow=True).content.decode()
    assert 'data-state="error"' in html
    assert states([pk]) == [S.HELD]


def test_a_whole_list_of_five_hundred_is_done_in_the_request(
    desk: Client, moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given what is true of 500 is tried with 50
    assert batches.AT_ONCE == 500
    monkeypatch.setattr(batches, "AT_ONCE", 50)
    fill(PostFactory(published=True), threads=50, state=S.HELD)
    newest = PostComment.objects.order_by("pk").last()
    # When
    desk.post(
        f"{DESK}many/",
        {"place": "list=held", "to": "spam", "whole": "1", "newest": newest.pk},
    )
    # Then
    batch = Batch.objects.get()
    assert (batch.total, batch.done) == (50, 50)


@pytest.mark.usefixtures("small")
def test_a_long_batch_shows_how_far_it_is(desk: Client, moderator: Person) -> None:
    batch = begin(held(5), moderator)
    batches._work_off_slice(batch.pk)
    for headers in ({}, {"HX-Request": "true"}):
        html = desk.get(f"{DESK}many/{batch.pk}/", headers=headers).content.decode()
        assert "2 of 5 looked at." in html
        assert ("<html" in html) is not bool(headers)
    batches.work_off.call(batch.pk)
    assert "hx-get" not in desk.get(f"{DESK}many/{batch.pk}/", headers=headers).content.decode()


def empty(client: Client, *, newest: int, drawn_at: str) -> str:
    typed = {"newest": newest, "drawn_at": drawn_at, "place": "list=spam"}
    return unescape(client.post(f"{DESK}spam/empty/", typed, follow=True).content.decode())


def test_emptying_spam_deletes_only_what_was_on_the_screen(desk: Client, moderator: Person) -> None:
    # Given
    seen = PostCommentFactory.create_batch(2, spam=True)
    turned_later = PostCommentFactory()
    drawn_at = timezone.now()
    # When more spam comes while somebody looks
    with time_machine.travel(drawn_at + timedelta(seconds=30)):
        moderation.mark_spam(turned_later, moderator=moderator)
        newer = PostCommentFactory(spam=True, post=turned_later.post)
        html = empty(desk, newest=turned_later.pk, drawn_at=drawn_at.isoformat())
    # Then
    assert "2 comments are gone." in html
    left = set(PostComment.objects.values_list("pk", flat=True))
    assert left == {turned_later.pk, newer.pk}
    assert DiscardedSpam.objects.get().number == len(seen)


def test_spam_is_not_emptied_from_behind_a_filter(desk: Client) -> None:
    PostCommentFactory(spam=True, text="Grease.")
    assert "Empty spam" in desk.get(DESK, {"list": "spam"}).content.decode()
    assert "Empty spam" not in desk.get(DESK, {"list": "spam", "words": "g"}).content.decode()


def test_spam_that_was_answered_stays_with_its_answers(desk: Client, moderator: Person) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    PostCommentFactory(parent=comment, published=True)
    moderation.mark_spam(comment, moderator=moderator)
    # When
    empty(desk, newest=99999, drawn_at=timezone.now().isoformat())
    # Then
    assert PostComment.objects.filter(pk=comment.pk).exists()


@pytest.mark.usefixtures("small")
def test_much_spam_is_emptied_by_a_task(moderator: Person, run_tasks: Callable[[], int]) -> None:
    PostCommentFactory.create_batch(8, spam=True)
    last = PostComment.objects.latest("pk")
    now = timezone.now()
    assert batches.empty_spam(moderator=moderator, up_to=last.pk, drawn_at=now) == 3
    run_tasks()
    assert not PostComment.objects.exists()
    assert DiscardedSpam.objects.get().number == 8


def test_spam_is_emptied_by_moderators_only_and_never_by_a_moment_to_come(
    desk: Client, author: Person
) -> None:
    PostCommentFactory(spam=True)
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    for drawn_at in ("", "odd", later, "2026-01-01"):
        assert 'data-state="error"' in empty(desk, newest=99999, drawn_at=drawn_at)
    with pytest.raises(NotAllowed):
        batches.empty_spam(moderator=author, up_to=99999, drawn_at=timezone.now())
    assert PostComment.objects.count() == 1


def test_looking_at_the_addresses_of_many_decides_nothing(desk: Client, author: Person) -> None:
    for address in (f"{DESK}many/", f"{DESK}many/1/undo/", f"{DESK}spam/empty/"):
        assert desk.get(address).status_code == 405
    desk.force_login(author)
    for address in (f"{DESK}many/", f"{DESK}many/1/undo/", f"{DESK}spam/empty/"):
        assert desk.post(address).status_code == 403

"""Many people at once, on a real database: nothing twice, nothing lost."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.refusals import Refusal
from blog.models import Post
from comments import moderation, tickets
from comments.discussion import Trail, post_comment
from comments.local_akismet import LocalAkismet, Mood
from comments.models import PostComment
from comments.moderation import check
from comments.paths import ancestors
from comments.spam import Judgement
from comments.words import Guest
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory, judge

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("ham_is_published"),
]
AT_ONCE = 40


def all_at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each act gave, or the exception that stopped it; all start together."""
    start = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            results[number] = act()
        except Exception as error:  # noqa: BLE001  the test looks at it
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def said_by(number: int, post: Post, parent: PostComment | None) -> Callable[[], PostComment]:
    return lambda: post_comment(
        Post.objects.get(pk=post.pk),
        by=Guest(f"Thinker {number}", f"thinker{number}@example.net"),
        text=f"Thought {number}",
        parent=parent,
        trail=Trail(ip=f"192.0.2.{number}"),
    )


def test_the_database_is_a_real_one() -> None:
    name = str(connection.settings_dict["NAME"])
    assert connection.vendor == "postgresql" or "memory" not in name, name


def test_forty_people_answer_in_one_thread_at_once_and_all_are_stored_once() -> None:
    # Given
    root = PostCommentFactory(published=True)
    middle = PostCommentFactory(parent=root, published=True)
    parents = [root, middle]
    # When
    results = all_at_once(
        [said_by(number, root.post, parents[number % 2]) for number in range(AT_ONCE)]
    )
    # Then
    assert [result for result in results if not isinstance(result, PostComment)] == []
    said = PostComment.objects.filter(comment__startswith="Thought")
    assert said.count() == AT_ONCE
    # When the checker lets them all through at once
    let_through = all_at_once(
        [lambda pk=comment.pk: judge_pk(pk) for comment in said]  # type: ignore[misc]
    )
    # Then the tree is whole
    assert [result for result in let_through if result is not None] == []
    shown = list(PostComment.objects.on_page(root.post))
    paths = {comment.path for comment in shown}
    assert len(paths) == len(shown) == AT_ONCE + 2
    assert all(above in paths for path in paths for above in ancestors(path))
    assert [comment.depth for comment in shown].count(2) == AT_ONCE // 2


def test_forty_forms_sent_into_one_thread_at_once_are_all_answered() -> None:
    # Given
    parent = PostCommentFactory(published=True)
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        forms = [tickets.hand_out(parent.post) for _ in range(AT_ONCE)]

    def send(number: int) -> int:
        typed = {
            "name": f"Thinker {number}",
            "email": f"thinker{number}@example.net",
            "text": f"Thought {number}",
            "ticket": forms[number],
            "reply_to": str(parent.pk),
        }
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        return client.post(f"/posts/{parent.post.slug}/comments/new/", typed).status_code

    # When
    results = all_at_once([partial(send, number) for number in range(AT_ONCE)])
    # Then
    assert results == [302] * AT_ONCE
    said = parent.answers.values_list("comment", flat=True)
    assert sorted(said) == sorted(f"Thought {number}" for number in range(AT_ONCE))
    checks = DBTaskResult.objects.filter(task_path="comments.moderation.check")
    assert checks.count() == AT_ONCE + 1


def judge_pk(pk: int) -> None:
    judge(PostComment.objects.get(pk=pk), Judgement.HAM)


def test_one_form_sent_forty_times_at_once_makes_one_comment() -> None:
    # Given
    post, key = PostFactory(published=True), uuid4()
    acts = [
        lambda: post_comment(
            Post.objects.get(pk=post.pk),
            by=Guest("Ana", "ana@example.net"),
            text="Grease first.",
            trail=Trail(ip="192.0.2.1"),
            form_key=key,
        )
    ] * AT_ONCE
    # When
    results = all_at_once(acts)
    # Then
    assert {getattr(result, "pk", result) for result in results} == {post.comments.get().pk}


def test_the_same_words_sent_forty_times_at_once_are_stored_once() -> None:
    # Given
    post = PostFactory(published=True)
    acts = [
        lambda number=number: post_comment(  # type: ignore[misc]
            Post.objects.get(pk=post.pk),
            by=Guest("Ana", "ana@example.net"),
            text="Grease first.",
            trail=Trail(ip=f"192.0.2.{number}"),
        )
        for number in range(AT_ONCE)
    ]
    # When
    results = all_at_once(acts)
    # Then
    assert post.comments.count() == 1
    assert sum(isinstance(result, Refusal) for result in results) == AT_ONCE - 1


def test_one_address_gets_one_comment_through_at_once_whatever_it_says_and_where() -> None:
    # Given
    posts = PostFactory.create_batch(4, published=True)
    acts = [
        lambda number=number: post_comment(  # type: ignore[misc]
            Post.objects.get(pk=posts[number % 4].pk),
            by=Guest(f"Thinker {number}", f"thinker{number}@example.net"),
            text=f"Thought {number}",
            trail=Trail(ip="192.0.2.1"),
        )
        for number in range(AT_ONCE)
    ]
    # When
    results = all_at_once(acts)
    # Then
    assert PostComment.objects.count() == 1
    assert sum(isinstance(result, Refusal) for result in results) == AT_ONCE - 1


def test_of_many_moderators_one_decides_and_the_others_are_told() -> None:
    # Given
    comment = PostCommentFactory()
    moderators = PersonFactory.create_batch(8, moderator=True)
    moves = [moderation.approve, moderation.mark_spam, moderation.reject, moderation.approve] * 2
    acts = [
        lambda act=act, person=person: act(comment, moderator=person, seen="held")  # type: ignore[misc]
        for act, person in zip(moves, moderators, strict=True)
    ]
    # When
    results = all_at_once(acts)
    # Then
    assert sum(isinstance(result, PostComment) for result in results) == 1
    assert sum(isinstance(result, Refusal) for result in results) == 7
    assert comment.events.filter(kind="decided").count() == 1


def test_parents_and_replies_that_change_at_once_leave_a_whole_tree() -> None:
    # Given
    moderator = PersonFactory(moderator=True)
    root = PostCommentFactory(published=True)
    replies = [PostCommentFactory(parent=root, published=True) for _ in range(6)]
    acts = [
        lambda one=one: moderation.remove(one, moderator=moderator)  # type: ignore[misc]
        for one in (root, *replies[:3])
    ]
    acts += [
        lambda: judge_pk(PostCommentFactory(parent=replies[4]).pk)  # type: ignore[list-item,return-value]
        for _ in range(3)
    ]
    # When
    results = all_at_once(acts)
    # Then
    assert [result for result in results if isinstance(result, Exception)] == []
    shown = list(PostComment.objects.on_page(root.post).values_list("path", "state"))
    paths = {path for path, _state in shown}
    assert all(above in paths for path in paths for above in ancestors(path))
    assert [state for _path, state in shown].count("published") == 6
    assert shown[0] == (root.path, "removed")


def test_while_the_checker_thinks_others_write_and_a_decision_made_meanwhile_stands(
    akismet: LocalAkismet, settings: Settings
) -> None:
    # Given
    settings.AKISMET_TIMEOUT = 30.0
    comment = PostCommentFactory()
    moderator = PersonFactory(moderator=True)
    akismet.behave(Mood.SLOW)
    asking = threading.Thread(target=lambda: (check.call(comment.pk), connections.close_all()))
    asking.start()
    while not akismet.received:
        asking.join(timeout=0.01)
    # When no transaction is open, this does not wait for the answer
    PostCommentFactory(post=comment.post)
    moderation.mark_spam(comment, moderator=moderator)
    assert asking.is_alive()
    akismet.behave(Mood.WELL)
    asking.join()
    # Then
    comment.refresh_from_db()
    assert (comment.state, comment.verdict) == ("spam", "")

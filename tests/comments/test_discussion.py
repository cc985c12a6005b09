"""What can be said under a post."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog.models import Discussion, Post
from comments import pipeline
from comments.discussion import TooSoon, Trail, answer, parent_in, post_comment, preview
from comments.models import CommentState, PostComment, Voice
from comments.words import Guest
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.comments import GuestFactory, PostCommentFactory, TrailFactory

pytestmark = pytest.mark.django_db
ANA = Guest("Ana", "ana@example.net", "https://ana.example/")
LABEL = "a" * 61
HERE = Trail(ip="192.0.2.1", user_agent="Bicycle/1.0", referrer="https://example.net/")


def later(seconds: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False)


def test_a_comment_is_held_and_its_check_enqueued(post: Post) -> None:
    # When
    comment = post_comment(post, by=ANA, text=" Grease *first*.\r\n", trail=HERE)
    # Then
    stored = PostComment.objects.get()
    assert stored == comment
    assert (stored.state, stored.fragment, stored.on_page) == ("held", "", False)
    assert stored.check_after is not None
    assert (stored.comment, stored.html) == (
        "Grease *first*.",
        "<p>Grease <em>first</em>.</p>",
    )
    assert (stored.user_name, stored.user_email, stored.user_url) == (
        "Ana",
        "ana@example.net",
        "https://ana.example/",
    )
    assert (stored.ip_address, stored.user_agent, stored.referrer) == (
        "192.0.2.1",
        "Bicycle/1.0",
        "https://example.net/",
    )
    assert [(one.kind, one.actor, one.to_state) for one in stored.events.all()] == [
        ("posted", None, "held")
    ]
    task = DBTaskResult.objects.get(task_path="comments.moderation.check")
    assert task.args_kwargs["args"] == [comment.pk]


def test_who_is_signed_in_speaks_under_the_account(post: Post, reader: Person) -> None:
    comment = post_comment(post, by=reader, text="Grease first.")
    assert (comment.user, comment.user_name, comment.user_email) == (reader, "", "")
    assert comment.writer == reader.name


def test_what_a_moderator_says_is_published_at_once(post: Post, moderator: Person) -> None:
    comment = post_comment(post, by=moderator, text="Grease first.")
    assert (comment.state, comment.check_after) == (CommentState.PUBLISHED, None)
    assert not DBTaskResult.objects.filter(task_path="comments.moderation.check").exists()


def test_a_post_that_readers_cannot_see_is_not_discussed(editor: Person) -> None:
    for post in (PostFactory(), PostFactory(accepted=True)):
        with pytest.raises(WrongMoment):
            post_comment(post, by=ANA, text="Hello")
    assert PostComment.objects.count() == 0


def test_a_closed_discussion_takes_no_comments_not_even_of_editors(
    post: Post, editor: Person
) -> None:
    Post.objects.filter(pk=post.pk).update(discussion=Discussion.CLOSED)
    for by in (ANA, editor):
        with pytest.raises(WrongMoment, match="closed"):
            post_comment(post, by=by, text="Hello")


@pytest.mark.parametrize("state", ["held", "spam", "rejected", "removed"])
def test_a_comment_that_is_not_shown_cannot_be_answered(state: str) -> None:
    # Given
    parent = PostCommentFactory(**({state: True} if state != "held" else {}))
    # Then
    with pytest.raises(Invalid, match="not here any more"):
        post_comment(parent.post, by=ANA, text="Hello", parent=parent)
    with pytest.raises(Invalid):
        parent_in(parent.post, str(parent.pk))


def test_a_comment_of_another_post_cannot_be_answered_here(post: Post) -> None:
    elsewhere = PostCommentFactory(published=True)
    with pytest.raises(Invalid):
        post_comment(post, by=ANA, text="Hello", parent=elsewhere)
    assert post.comments.count() == 0


@pytest.mark.parametrize(
    "reply_to", ["7", "0", "-1", "2147483648", "9" * 400, "1 or 1", "x", "\u0661", "²", " 1"]
)
def test_a_parent_that_does_not_exist_is_refused(post: Post, reply_to: str) -> None:
    with pytest.raises(Invalid):
        parent_in(post, reply_to)


def test_no_parent_is_a_new_thread(post: Post) -> None:
    assert parent_in(post, "") is None


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001, "a\x00b", "a\ud800b"], ids=range(5))
def test_words_out_of_bounds_are_refused_whole(post: Post, text: str) -> None:
    with pytest.raises(Invalid):
        post_comment(post, by=ANA, text=text)
    assert PostComment.objects.count() == 0


@pytest.mark.parametrize("text", ["x" * 10_000, "🚲" * 10_000, "a\u202eb", "\ufeffHello"])
def test_words_within_bounds_are_kept_as_they_are(post: Post, text: str) -> None:
    comment = post_comment(post, by=ANA, text=text)
    comment.refresh_from_db()
    assert comment.comment == text


@pytest.mark.parametrize(
    "guest",
    [
        Guest("", "ana@example.net"),
        Guest("Ana\nBcc: all", "ana@example.net"),
        Guest("A" * 51, "ana@example.net"),
        Guest("Ana\x00", "ana@example.net"),
        Guest("Ana", "no address"),
        Guest("Ana", "ana@example.net\nBcc: all@example.net"),
        Guest("Ana", f"ana@{LABEL}.{LABEL}.{LABEL}.{LABEL}.net"),
        Guest("Ana", "ana@example.net", "javascript:alert(1)"),
        Guest("Ana", "ana@example.net", "ftp://a.example"),
        Guest("Ana", "ana@example.net", "https://a.example/" + "a" * 200),
    ],
    ids=range(10),
)
def test_a_guest_without_a_likely_name_and_address_is_refused(post: Post, guest: Guest) -> None:
    with pytest.raises(Invalid):
        post_comment(post, by=guest, text="Hello")
    assert PostComment.objects.count() == 0


def test_the_same_words_of_the_same_person_in_the_same_place_are_refused(post: Post) -> None:
    # Given
    post_comment(post, by=ANA, text="Grease first.", trail=HERE)
    # Then
    shouting = Guest("Ana Luz", "ANA@example.net")
    with later(60), pytest.raises(Conflict, match="said this here already"):
        post_comment(post, by=shouting, text="Grease first.", trail=TrailFactory())
    assert post.comments.count() == 1


def test_the_same_words_elsewhere_or_from_another_are_fine(post: Post) -> None:
    # Given
    elsewhere = PostFactory(published=True)
    first = PostCommentFactory(post=post, by=ANA, text="Thanks!", published=True)
    # When
    with later(60):
        post_comment(post, by=ANA, text="Thanks!", parent=first)
    with later(120):
        post_comment(elsewhere, by=ANA, text="Thanks!")
        post_comment(post, by=GuestFactory(), text="Thanks!")
    # Then
    assert PostComment.objects.count() == 4


def test_a_second_comment_within_fifteen_seconds_is_refused_by_address(post: Post) -> None:
    elsewhere = PostFactory(published=True)
    post_comment(post, by=ANA, text="One", trail=TrailFactory())
    with later(14), pytest.raises(TooSoon, match="15 seconds"):
        post_comment(elsewhere, by=ANA, text="Two", trail=TrailFactory())
    with later(16):
        post_comment(post, by=ANA, text="Two", trail=TrailFactory())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("2001:db8::1", "2001:db8::ffff:1"),
    ],
)
def test_a_second_comment_within_fifteen_seconds_is_refused_by_network(
    post: Post, one: str, other: str
) -> None:
    post_comment(post, by=GuestFactory(), text="One", trail=Trail(ip=one))
    with pytest.raises(TooSoon):
        post_comment(post, by=GuestFactory(), text="Two", trail=Trail(ip=other))


def test_neighbours_and_people_without_an_address_do_not_wait_for_each_other(post: Post) -> None:
    for ip in ("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1", "", ""):
        post_comment(post, by=GuestFactory(), text="Hello", trail=Trail(ip=ip))
    assert post.comments.count() == 6


def test_who_is_signed_in_waits_too_but_staff_does_not(
    post: Post, reader: Person, moderator: Person
) -> None:
    post_comment(post, by=reader, text="One")
    with pytest.raises(TooSoon):
        post_comment(post, by=reader, text="Two")
    for text in ("One", "Two"):
        post_comment(post, by=moderator, text=text, trail=HERE)


def test_a_form_sent_twice_makes_one_comment(post: Post) -> None:
    # Given
    key = uuid4()
    # When
    first = post_comment(post, by=ANA, text="Grease first.", trail=HERE, form_key=key)
    second = post_comment(post, by=ANA, text="Grease first.", trail=HERE, form_key=key)
    # Then
    assert first == second
    assert post.comments.count() == 1
    assert DBTaskResult.objects.filter(task_path="comments.moderation.check").count() == 1


def test_the_form_of_somebody_else_shows_nothing_of_theirs(post: Post, reader: Person) -> None:
    # Given
    key = uuid4()
    post_comment(post, by=ANA, text="Grease first.", form_key=key)
    # Then
    for by in (reader, GuestFactory()):
        with pytest.raises(Conflict):
            post_comment(post, by=by, text="Grease first.", form_key=key)


def test_an_editor_answers_for_the_publication_at_once(editor: Person) -> None:
    # Given
    parent = PostCommentFactory(published=True)
    # When
    reply = answer(parent, editor=editor, text="You are right.")
    # Then
    assert (reply.state, reply.voice, reply.depth) == ("published", Voice.OFFICIAL, 1)
    assert (reply.user, reply.in_reply_to) == (editor, parent)
    assert [(one.kind, one.actor) for one in reply.events.all()] == [
        ("posted", editor),
        ("decided", editor),
    ]
    assert reply.report_due == ""


def test_an_official_answer_may_be_given_twice_and_in_a_closed_discussion(editor: Person) -> None:
    # Given
    parent = PostCommentFactory(published=True)
    Post.objects.update(discussion=Discussion.CLOSED)
    # When
    for _ in range(2):
        answer(parent, editor=editor, text="We changed the text.")
    # Then
    assert parent.answers.count() == 2


def test_only_an_editor_answers_for_the_publication(moderator: Person, author: Person) -> None:
    parent = PostCommentFactory(published=True)
    for person in (moderator, author):
        with pytest.raises(NotAllowed):
            answer(parent, editor=person, text="You are right.")


def test_what_is_not_shown_gets_no_official_answer(editor: Person) -> None:
    with pytest.raises(Invalid):
        answer(PostCommentFactory(), editor=editor, text="You are right.")


def test_a_preview_shows_the_words_and_stores_nothing() -> None:
    assert preview("*Grease*") == "<p><em>Grease</em></p>"
    with pytest.raises(Invalid):
        preview("")
    assert PostComment.objects.count() == 0


def test_the_pause_is_what_the_sentence_says() -> None:
    assert pipeline.FLOOD.seconds == 15


def test_an_account_that_left_leaves_its_words_without_a_name(
    post: Post, run_tasks: Callable[[], int]
) -> None:
    # Given
    person = PersonFactory(moderator=True, name="Olga")
    comment = post_comment(post, by=person, text="Grease first.")
    assert "Olga" in comment.fragment
    # When
    person.delete()
    run_tasks()
    # Then
    comment = PostComment.objects.get()
    assert "Olga" not in comment.fragment
    assert "Somebody who left" in comment.fragment

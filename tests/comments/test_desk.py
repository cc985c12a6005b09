"""The desk of comments."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from comments import discussion, moderation
from comments.models import CommentState, PostComment
from comments.spam import Judgement
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory, judge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
DESK = "/desk/comments/"


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


def shown(client: Client, **query: object) -> str:
    return unescape(client.get(DESK, query).content.decode())


def articles(html: str) -> list[str]:
    return re.findall(r'<article id="(comment-\d+)"', html)


def decide(client: Client, comment: PostComment, to: str, **fields: str) -> str:
    typed = {"to": to, "seen": comment.state, **fields}
    response = client.post(f"{DESK}{comment.pk}/", typed, follow=True)
    return unescape(response.content.decode())


def test_only_moderators_enter(client: Client, author: Person, reader: Person) -> None:
    comment = PostCommentFactory()
    addresses = (DESK, f"{DESK}{comment.pk}/", f"{DESK}{comment.pk}/undo/")
    for address in addresses:
        assert "/login/" in client.get(address)["Location"]
        assert "/login/" in client.post(address, {"to": "published"})["Location"]
    for person in (author, reader):
        client.force_login(person)
        for address in addresses:
            assert client.get(address).status_code == 403
            assert client.post(address, {"to": "published"}).status_code == 403
    assert PostComment.objects.get().state == "held"


def test_looking_decides_nothing(desk: Client) -> None:
    comment = PostCommentFactory()
    for address in (f"{DESK}{comment.pk}/", f"{DESK}{comment.pk}/undo/"):
        assert desk.get(address, {"to": "published"}).status_code == 405


def test_what_is_held_comes_first_the_oldest_before_the_others(desk: Client) -> None:
    # Given
    comments = PostCommentFactory.create_batch(3)
    PostCommentFactory(published=True)
    # Then
    assert articles(shown(desk)) == [one.anchor for one in comments]


def test_tabs_count_every_list(desk: Client) -> None:
    for state in ("held", "published", "published", "spam", "rejected", "removed"):
        PostCommentFactory(**({state: True} if state != "held" else {}))
    tabs = dict(re.findall(r'data-number="(\w+)">(\d+)', shown(desk)))
    assert tabs == {
        "held": "1",
        "reported": "0",
        "unread": "2",
        "spam": "1",
        "rejected": "1",
        "removed": "1",
        "mine": "0",
    }


def test_each_comment_stands_in_its_context(desk: Client) -> None:
    # Given
    parent = PostCommentFactory(published=True, by__name="Olga", text="Oil the chain.")
    comment = PostCommentFactory(
        parent=parent, by__name="Ana", by__email="ana@example.net", text="With *what* oil?"
    )
    judge(comment, Judgement.UNKNOWN)
    # When
    html = shown(desk)
    # Then
    for words in (
        "Ana",
        parent.post.title,
        "Oil the chain.",
        "With <em>what</em> oil?",
        "Why it is here: Judged: unknown.",
        "Posted",
        "Checked",
    ):
        assert words in html, words


@pytest.mark.parametrize(
    ("before", "buttons"),
    [
        ("held", {"published", "spam", "rejected"}),
        ("published", {"published", "spam", "removed"}),
        ("spam", {"published", "rejected"}),
        ("rejected", {"published", "spam"}),
        ("removed", {"published", "spam"}),
    ],
)
def test_buttons_are_what_may_be_done(desk: Client, before: str, buttons: set[str]) -> None:
    PostCommentFactory(**({before: True} if before != "held" else {}))
    html = shown(desk, list=before).partition("<article")[2]
    assert set(re.findall(r'name="to" value="(\w+)"', html)) == buttons


@pytest.mark.parametrize("to", ["published", "spam", "rejected"])
def test_a_button_decides_and_the_next_page_offers_to_undo_it(
    desk: Client, moderator: Person, to: str
) -> None:
    # Given
    comment = PostCommentFactory()
    # When
    html = decide(desk, comment, to, reason="We agreed.")
    # Then
    comment.refresh_from_db()
    assert comment.state == to
    assert (comment.events.last().actor, comment.events.last().reason) == (moderator, "We agreed.")
    assert f'action="{DESK}{comment.pk}/undo/"' in html
    # When
    response = desk.post(f"{DESK}{comment.pk}/undo/", follow=True)
    # Then
    comment.refresh_from_db()
    assert comment.state == "held"
    assert "Undone: the comment is in “Held” again." in unescape(response.content.decode())


def test_undoing_twice_is_refused_with_a_sentence(desk: Client, moderator: Person) -> None:
    comment = PostCommentFactory()
    moderation.reject(comment, moderator=moderator)
    moderation.restore(comment, moderator=moderator)
    response = desk.post(f"{DESK}{comment.pk}/undo/", follow=True)
    assert "There is no decision here that could be undone." in unescape(response.content.decode())


@pytest.mark.parametrize("decided", ["0", "x", "99999999999999", "²", "4711"])
def test_nothing_is_offered_to_be_undone_that_was_not_decided(desk: Client, decided: str) -> None:
    comment = PostCommentFactory(published=True)
    assert "/undo/" not in shown(desk, decided=decided)
    assert "/undo/" not in shown(desk, decided=comment.pk)


def test_the_second_of_two_moderators_is_told(desk: Client) -> None:
    # Given
    comment = PostCommentFactory()
    moderation.mark_spam(comment, moderator=PersonFactory(moderator=True, name="Olga"))
    # Then
    assert "Olga moved this comment meanwhile" in decide(desk, comment, "published")
    comment.refresh_from_db()
    assert comment.state == "spam"


@pytest.mark.parametrize("to", ["", "held", "removed", "odd"])
def test_what_makes_no_sense_is_refused_with_a_sentence(desk: Client, to: str) -> None:
    comment = PostCommentFactory()
    assert 'data-state="error"' in decide(desk, comment, to)
    comment.refresh_from_db()
    assert comment.state == "held"


def test_a_reason_that_cannot_be_stored_is_refused_with_a_sentence(desk: Client) -> None:
    comment = PostCommentFactory()
    assert 'data-state="error"' in decide(desk, comment, "rejected", reason="a\x00b")
    comment.refresh_from_db()
    assert comment.state == "held"


def test_a_comment_that_is_gone_is_not_found(desk: Client) -> None:
    assert desk.post(f"{DESK}4711/", {"to": "published"}).status_code == 404
    assert desk.post(f"{DESK}99999999999999999999/", {"to": "published"}).status_code == 404


def test_an_official_answer_can_be_removed_like_any_comment(desk: Client, editor: Person) -> None:
    answer = discussion.answer(PostCommentFactory(published=True), editor=editor, text="Yes.")
    decide(desk, answer, "removed")
    answer.refresh_from_db()
    assert answer.state == CommentState.REMOVED


def test_one_comment_and_thirty_cost_the_same_queries(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    parent = PostCommentFactory(published=True)
    shown(desk)  # the publication is in the cache from here on
    for count in (1, 29):
        for _ in range(count):
            judge(PostCommentFactory(parent=parent, by=PersonFactory()), Judgement.UNKNOWN)
        with django_assert_num_queries(13):
            html = shown(desk)
    assert html.count("<article id=") == 30


def test_the_desk_goes_on_where_a_page_ended(desk: Client) -> None:
    # Given
    comments = PostCommentFactory.create_batch(38)
    # When
    html = shown(desk)
    # Then 25 are shown, ten are ready to slide in, and a link leads to the rest
    assert html.count("<li data-comment=") == 35
    assert len(re.findall(r'<li data-comment="\d+" data-state="held" hidden', html)) == 10
    assert f"?list=held&after={comments[24].pk}" in html
    assert articles(shown(desk, after=comments[24].pk)) == [one.anchor for one in comments[25:]]


@pytest.mark.parametrize("query", [{"list": "odd"}, {"after": "x"}, {"since": "yesterday"}])
def test_an_odd_address_shows_what_is_held(desk: Client, query: dict[str, str]) -> None:
    PostCommentFactory()
    assert shown(desk, **query).count("<article id=") == 1


def test_markup_in_a_name_or_a_user_agent_stays_text(desk: Client) -> None:
    evil = "<img src=x onerror=alert(1)>"
    PostCommentFactory(by__name=evil, text=evil, trail__user_agent=evil, trail__referrer=evil)
    assert evil not in desk.get(DESK).content.decode()


def test_enter_in_the_reason_decides_nothing(desk: Client) -> None:
    """A browser presses the first button of a form; a disabled one does nothing."""
    PostCommentFactory()
    buttons = re.findall(r'<button type="submit" disabled|name="to"', shown(desk))
    assert buttons[0].endswith("disabled")

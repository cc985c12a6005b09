"""Finding a comment again: the writer's own page, and the permalink."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments import moderation, tickets
from comments.local_akismet import LocalAkismet
from comments.models import PostComment
from tests.comments.visitors import HTMX, shown
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory, fill, judge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


# The writer's own page


def test_the_link_opens_its_comment_and_no_other(client: Client, post: Post) -> None:
    # Given
    mine, theirs = PostCommentFactory.create_batch(2, post=post)
    token = tickets.seal(mine)
    # Then
    html = shown(client.get(f"/comments/mine/{token}/"))
    assert (mine.comment in html, theirs.comment in html) == (True, False)


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "x" + token, str.upper])
def test_a_link_that_is_not_ours_opens_nothing(
    client: Client, change: Callable[[str], str]
) -> None:
    token = tickets.seal(PostCommentFactory())
    assert client.get(f"/comments/mine/{change(token)}/").status_code == 404


def test_a_form_s_ticket_is_not_a_link(client: Client, post: Post) -> None:
    PostCommentFactory(post=post)
    assert client.get(f"/comments/mine/{tickets.hand_out(post)}/").status_code == 404


def test_the_link_lasts_a_day(client: Client) -> None:
    token = tickets.seal(PostCommentFactory())
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert client.get(f"/comments/mine/{token}/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(f"/comments/mine/{token}/").status_code == 404


def test_the_link_holds_ids_and_nothing_else() -> None:
    comment = PostCommentFactory(by__email="ana@example.net")
    assert tickets.unseal(tickets.seal(comment)) == (comment.pk, comment.post_id)
    assert len(tickets.seal(comment)) < 80


def test_the_writer_s_page_is_kept_and_indexed_by_nobody(client: Client) -> None:
    response = client.get(f"/comments/mine/{tickets.seal(PostCommentFactory())}/")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in shown(response)


def test_the_writer_s_page_asks_on_until_the_checker_has_answered(
    client: Client, akismet: LocalAkismet, run_tasks: Callable[[], int]
) -> None:
    # Given
    comment = PostCommentFactory()
    page = f"/comments/mine/{tickets.seal(comment)}/"
    assert "hx-trigger" in shown(client.get(page))
    # When
    run_tasks()
    # Then
    html = shown(client.get(page, headers=HTMX))
    assert ("<html" in html, "hx-trigger" in html) == (False, False)
    assert "Your comment is published." in html
    assert f'href="/comments/{comment.pk}/"' in html


def test_the_writer_s_page_stops_asking_by_itself(client: Client) -> None:
    page = f"/comments/mine/{tickets.seal(PostCommentFactory())}/"
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert "hx-trigger" not in shown(client.get(page))


def test_spam_looks_like_waiting_but_its_words_are_shown_to_nobody(client: Client) -> None:
    # Given
    spam = PostCommentFactory(spam=True)
    blatant = PostCommentFactory()
    pages = [f"/comments/mine/{tickets.seal(one)}/" for one in (spam, blatant)]
    judge(blatant, moderation.Judgement.BLATANT)
    # Then
    for page in pages:
        html = shown(client.get(page))
        assert "Your comment is waiting for a moderator." in html
        assert "I trued wheel" not in html
        assert "spam" not in html.lower()


@pytest.mark.parametrize("state", ["rejected", "removed"])
def test_what_a_moderator_took_down_is_told_and_not_shown(client: Client, state: str) -> None:
    comment = PostCommentFactory(**{state: True})
    html = shown(client.get(f"/comments/mine/{tickets.seal(comment)}/"))
    assert "A moderator decided not to show your comment." in html
    assert comment.comment not in html


def test_a_comment_below_a_post_that_was_taken_back_is_not_found(client: Client) -> None:
    comment = PostCommentFactory(published=True)
    token = tickets.seal(comment)
    Post.objects.update(state="draft")
    assert client.get(f"/comments/mine/{token}/").status_code == 404
    assert client.get(comment.get_absolute_url()).status_code == 404


# The permalink


def test_the_permalink_lands_on_the_page_that_shows_the_comment(client: Client, post: Post) -> None:
    # Given
    fill(post, threads=51, replies=1)
    comments = PostComment.objects.on_page(post)
    # Then
    for comment in (comments[0], comments[99], comments[100], comments[101]):
        response = client.get(comment.get_absolute_url())
        assert response.status_code == 302
        page, anchor = response["Location"].split("#")
        assert f'id="{anchor}"' in shown(client.get(page))
    assert client.get(comments[0].get_absolute_url())["Location"] == (
        f"{post.get_absolute_url()}#{comments[0].anchor}"
    )
    assert "?comments=2#" in client.get(comments[101].get_absolute_url())["Location"]


def test_what_was_taken_down_is_gone_or_leads_to_its_tombstone(client: Client) -> None:
    # Given
    gone = PostCommentFactory(removed=True)
    parent = PostCommentFactory(published=True)
    PostCommentFactory(parent=parent, published=True)
    moderation.remove(parent, moderator=PersonFactory(moderator=True))
    # When
    answers = [client.get(comment.get_absolute_url()) for comment in (gone, parent)]
    # Then
    assert [answer.status_code for answer in answers] == [410, 302]
    assert answers[1]["Location"].endswith(f"#{parent.anchor}")
    assert gone.comment not in answers[0].content.decode()


@pytest.mark.parametrize("state", ["held", "spam", "rejected"])
def test_what_is_not_published_has_no_permalink(client: Client, state: str) -> None:
    comment = PostCommentFactory(**({state: True} if state != "held" else {}))
    PostComment.objects.exclude(pk=comment.pk).delete()
    assert client.get(comment.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("pk", ["0", "4711", "2147483648", "99999999999999999999999"])
def test_a_permalink_of_nothing_is_not_found(client: Client, pk: str) -> None:
    assert client.get(f"/comments/{pk}/").status_code == 404


def test_the_permalink_sets_no_cookie(client: Client) -> None:
    response = client.get(PostCommentFactory(published=True).get_absolute_url())
    assert not response.cookies


def test_reading_addresses_change_nothing(client: Client, post: Post) -> None:
    comment = PostCommentFactory(post=post)
    for page in (f"/comments/{comment.pk}/", f"/comments/mine/{tickets.seal(comment)}/"):
        assert client.post(page).status_code == 405

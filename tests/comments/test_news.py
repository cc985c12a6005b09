"""What is new in a discussion, and on the whole site."""

import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from blog.models import Post, PostState
from comments import moderation
from comments.models import PostComment
from tests.comments.stories import STATES, RunTasks, a_comment
from tests.comments.test_threads import drawn
from tests.comments.visitors import shown
from tests.factories.comments import PostCommentFactory, fill

pytestmark = pytest.mark.django_db


def news(client: Client, post: Post, after: object) -> dict[str, object]:
    answer = client.get(f"/posts/{post.slug}/comments/news/", {"after": after})
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_it_counts_what_was_published_after_the_page_was_drawn(client: Client, post: Post) -> None:
    # Given
    seen = PostCommentFactory(post=post, published=True)
    assert f'data-after="{seen.pk}"' in drawn(post)
    assert news(client, post, seen.pk) == {"number": 0, "words": "0 new comments", "url": ""}
    # When
    first = PostCommentFactory(parent=seen, published=True)
    PostCommentFactory.create_batch(2, post=post, published=True)
    PostCommentFactory(published=True)
    # Then
    url = f"/comments/{first.pk}/"
    assert news(client, post, seen.pk) == {"number": 3, "words": "3 new comments", "url": url}


@pytest.mark.parametrize("state", STATES)
def test_only_what_is_published_is_new(client: Client, post: Post, state: str) -> None:
    a_comment(state, post=post)
    assert news(client, post, 0)["number"] == int(state == "published")


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40, "²", "1; DROP"])
def test_odd_questions_are_answered(client: Client, post: Post, after: str) -> None:
    assert news(client, post, after)["number"] == 0


def test_a_post_that_is_not_published_has_no_news(client: Client, post: Post) -> None:
    PostCommentFactory(post=post, published=True)
    Post.objects.filter(pk=post.pk).update(state=PostState.ACCEPTED)
    assert news(client, post, 0)["number"] == 0


def test_the_answer_is_the_same_for_everybody_and_may_be_kept(
    client: Client, post: Post, editor: Person
) -> None:
    PostCommentFactory(post=post, published=True)
    stranger = client.get(f"/posts/{post.slug}/comments/news/?after=0")
    client.force_login(editor)
    known = client.get(f"/posts/{post.slug}/comments/news/?after=0")
    assert stranger.content == known.content
    assert stranger["Cache-Control"] == known["Cache-Control"] == "public, max-age=15"
    assert not known.cookies
    assert "Cookie" not in known.get("Vary", "")


@pytest.mark.parametrize("comments", [1, 30, 3_000])
def test_asking_costs_one_query(
    client: Client, post: Post, comments: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(post, threads=comments)
    with django_assert_num_queries(1):
        assert news(client, post, 0)["number"] == comments


def test_only_the_whole_discussion_offers_what_is_new(post: Post) -> None:
    fill(post, threads=2)
    assert "<new-comments" in drawn(post)
    for query in ({"only": "featured"}, {"find": "said"}):
        assert "<new-comments" not in drawn(post, query)


# The newest of the site, on the home page


def test_home_names_the_five_newest_with_writer_post_and_time(client: Client, post: Post) -> None:
    # Given
    comments = PostCommentFactory.create_batch(6, post=post, published=True)
    PostCommentFactory(post=post, by__name="Held back")
    # When
    html = shown(client.get("/"))
    # Then
    shown_pks = [one.pk for one in comments if f'href="/comments/{one.pk}/"' in html]
    assert shown_pks == [one.pk for one in comments[1:]]
    newest = comments[-1]
    assert f"<bdi>{newest.writer}</bdi> on <cite>{post.headline}</cite>" in html
    assert f'<time datetime="{newest.submit_date:%Y-%m-%dT%H:%M}' in html
    assert "Held back" not in html
    assert "@example" not in html


def test_home_without_comments_has_no_empty_list(client: Client, post: Post) -> None:
    assert "Newest comments" not in shown(client.get("/"))


def test_home_shows_at_once_what_changed(
    client: Client, post: Post, reader: Person, moderator: Person, run_tasks: RunTasks
) -> None:
    # Given
    comment = PostCommentFactory(post=post, by=reader, published=True)
    assert f"<bdi>{reader.name}</bdi> on" in shown(client.get("/"))
    # When
    reader.name = "Olga Brandt"
    reader.save()
    # Then
    assert "<bdi>Olga Brandt</bdi> on" in shown(client.get("/"))
    # When
    moderation.remove(comment, moderator=moderator)
    # Then
    assert "Newest comments" not in shown(client.get("/"))


def test_comments_of_a_hidden_post_are_not_on_home(client: Client, post: Post) -> None:
    PostCommentFactory(post=post, published=True)
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now().replace(year=2999))
    assert "Newest comments" not in shown(client.get("/"))


@pytest.mark.parametrize("comments", [1, 30, 1_000])
def test_home_costs_the_same_however_much_is_said(
    client: Client, post: Post, comments: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cache.clear()
    fill(post, threads=comments)
    client.get("/")
    with django_assert_num_queries(7):
        html = shown(client.get("/"))
    assert html.count("<bdi>Many</bdi>") == min(5, PostComment.objects.count())

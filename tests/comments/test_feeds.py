"""Comments as Atom feeds."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from blog.models import Post, PostState
from comments import moderation
from comments.models import PostComment
from tests.comments.stories import STATES, a_comment
from tests.factories.comments import PostCommentFactory, fill

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, address: str) -> list[ET.Element]:
    answer = client.get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content).findall(f"{ATOM}entry")


def of(post: Post) -> str:
    return f"/posts/{post.slug}/feed/"


def test_an_entry_has_writer_words_and_an_absolute_place(client: Client, post: Post) -> None:
    # Given
    text = "See [the manual](https://manual.example/) *first*."
    comment = PostCommentFactory(post=post, published=True, by__name="Ana", text=text)
    # When
    (entry,) = entries(client, of(post))
    # Then
    assert entry.findtext(f"{ATOM}title") == f"Ana on {post.headline}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ana"
    assert entry.find(f"{ATOM}link").get("href") == f"http://localhost:8000/comments/{comment.pk}/"
    assert "<em>first</em>" in entry.findtext(f"{ATOM}content")
    assert entry.findtext(f"{ATOM}id").endswith(f":comment-{comment.pk}")


@pytest.mark.parametrize("state", STATES)
def test_only_published_comments_are_in_a_feed(client: Client, post: Post, state: str) -> None:
    a_comment(state, post=post)
    number = int(state == "published")
    assert len(entries(client, of(post))) == len(entries(client, "/comments/feed/")) == number


def test_a_comment_that_is_removed_leaves_the_feed(
    client: Client, post: Post, moderator: Person
) -> None:
    root = PostCommentFactory(post=post, published=True)
    reply = PostCommentFactory(parent=root, published=True)
    moderation.remove(root, moderator=moderator)
    (entry,) = entries(client, of(post))
    assert entry.findtext(f"{ATOM}id").endswith(f":comment-{reply.pk}")


def test_a_post_has_its_own_and_the_site_has_all(client: Client, post: Post) -> None:
    PostCommentFactory(post=post, published=True)
    PostCommentFactory(published=True)
    assert len(entries(client, of(post))) == 1
    assert len(entries(client, "/comments/feed/")) == 2


def test_the_newest_fifty_come_newest_first(client: Client, post: Post) -> None:
    fill(post, threads=51)
    pks = [
        int(entry.findtext(f"{ATOM}id").rpartition("-")[2]) for entry in entries(client, of(post))
    ]
    assert pks == sorted(PostComment.objects.values_list("pk", flat=True), reverse=True)[:50]


def test_ids_stay_while_a_comment_is_edited(client: Client, post: Post) -> None:
    # Given
    comment = PostCommentFactory(post=post, published=True)
    (before,) = entries(client, of(post))
    # When
    later = timezone.now() + timedelta(minutes=5)
    PostComment.objects.filter(pk=comment.pk).update(edited_at=later, html="<p>Other words</p>")
    # Then
    (after,) = entries(client, of(post))
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}published") == before.findtext(f"{ATOM}published")
    assert after.findtext(f"{ATOM}updated") > before.findtext(f"{ATOM}updated")


def test_no_feed_holds_what_is_private(client: Client, post: Post) -> None:
    PostCommentFactory(
        post=post, published=True, by__email="ana@secret.example", trail__ip="192.0.2.77"
    )
    for address in (of(post), "/comments/feed/"):
        answer = client.get(address)
        for secret in ("secret.example", "192.0.2.77", "Bicycle/1.0"):
            assert secret not in answer.content.decode()
        assert not answer.cookies


def test_a_post_that_is_not_published_has_no_feed(client: Client, post: Post) -> None:
    PostCommentFactory(post=post, published=True)
    Post.objects.filter(pk=post.pk).update(state=PostState.ACCEPTED)
    assert client.get(of(post)).status_code == 404
    assert entries(client, "/comments/feed/") == []


def test_pages_say_where_the_feeds_are(client: Client, post: Post) -> None:
    kind = '<link rel="alternate" type="application/atom+xml" href="{}"'
    assert kind.format(of(post)) in client.get(post.get_absolute_url()).content.decode()
    assert kind.format("/comments/feed/") in client.get("/").content.decode()


def test_an_empty_feed_does_not_change_by_itself(client: Client, post: Post) -> None:
    assert client.get(of(post)).content == client.get(of(post)).content
    assert re.search("<updated>1970", client.get(of(post)).content.decode())


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50))
def test_any_name_leaves_the_feed_well_formed(client: Client, post: Post, name: str) -> None:
    comment = PostComment.objects.first() or PostCommentFactory(post=post, published=True)
    PostComment.objects.filter(pk=comment.pk).update(user_name=name.replace("\x00", ""))
    assert len(entries(client, "/comments/feed/")) == 1


@pytest.mark.parametrize("comments", [1, 30])
def test_a_feed_costs_the_same_whatever_is_in_it(
    client: Client, post: Post, comments: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    PostCommentFactory.create_batch(comments, post=post, published=True)
    client.get("/about/")  # the publication is remembered from here on
    with django_assert_num_queries(2):
        client.get(of(post))
    with django_assert_num_queries(1):
        client.get("/comments/feed/")

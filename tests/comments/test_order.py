"""Reading a discussion in another order, or only what an editor featured."""

import re
import time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from blog.models import Post
from comments import moderation, reactions
from comments.models import PostComment
from comments.threads import Asked, Order, Threads, page_number
from tests.comments.test_threads import as_on_its_page, drawn
from tests.factories.comments import PostCommentFactory, fill

pytestmark = pytest.mark.django_db
ORDERS = list(Order)


def ids(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'id="comment-(\d+)"', html)]


def all_pages(post: Post, order: Order) -> list[int]:
    pages = range(1, Threads(post).pages + 1)
    return [one.pk for page in pages for one in Threads(post, page, order).comments]


def test_newest_first_turns_the_threads_and_never_the_replies(post: Post) -> None:
    # Given
    old, new = PostCommentFactory.create_batch(2, post=post, published=True)
    first, second = [PostCommentFactory(parent=old, published=True) for _ in range(2)]
    # Then
    assert ids(drawn(post, {"order": "newest"})) == [new.pk, old.pk, first.pk, second.pk]
    assert ids(drawn(post, {"order": "oldest"})) == [old.pk, first.pk, second.pk, new.pk]


def test_most_replies_counts_what_is_published_at_any_depth(post: Post, moderator: Person) -> None:
    # Given
    none, two, one = PostCommentFactory.create_batch(3, post=post, published=True)
    reply = PostCommentFactory(parent=two, published=True)
    deep = PostCommentFactory(parent=reply, published=True)
    only = PostCommentFactory(parent=one, published=True)
    PostCommentFactory(parent=none, spam=True)
    # Then
    order = [two.pk, reply.pk, deep.pk, one.pk, only.pk, none.pk]
    assert ids(drawn(post, {"order": "replies"})) == order
    # When replies go
    for gone in (deep, reply):
        moderation.remove(gone, moderator=moderator)
    # Then the thread sinks
    assert ids(drawn(post, {"order": "replies"}))[:2] == [one.pk, only.pk]


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_shows_every_comment_once_on_its_pages(post: Post, order: Order) -> None:
    fill(post, threads=101, replies=2)
    fill(post, threads=7, replies=4)
    shown = all_pages(post, order)
    assert sorted(shown) == sorted(PostComment.objects.on_page(post).values_list("pk", flat=True))
    assert len(set(shown)) == len(shown) == 303 + 35


def test_the_pages_of_an_order_continue_each_other(post: Post) -> None:
    # Given
    fill(post, threads=60)
    fill(post, threads=45, replies=3)
    roots = {one.pk for one in PostComment.objects.on_page(post).roots()}
    # Then
    newest = [pk for pk in all_pages(post, Order.NEWEST) if pk in roots]
    assert newest == sorted(roots, reverse=True)
    replied = [pk for pk in all_pages(post, Order.REPLIES) if pk in roots]
    assert replied == sorted(roots)[60:] + sorted(roots)[:60]
    assert all_pages(post, Order.REPLIES) != all_pages(post, Order.OLDEST)


def test_an_order_stays_while_one_turns_pages(post: Post) -> None:
    fill(post, threads=101)
    address = post.get_absolute_url()
    html = drawn(post, {"order": "newest", "comments": "2"})
    assert f'rel="prev" href="{address}?order=newest#comments"' in html
    assert f'rel="next" href="{address}?order=newest&amp;comments=3#comments"' in html
    assert f'href="{address}?order=newest&amp;comments=all#comments"' in html


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_in_force_is_marked(post: Post, order: Order) -> None:
    fill(post, threads=2)
    html = drawn(post, {"order": order.value})
    current = re.findall(r'aria-current="true">([^<]*)<', html)
    words = {"oldest": "Oldest first", "newest": "Newest first", "replies": "Most replies"}
    assert current == [words[order.value]]


def test_a_single_thread_offers_no_order(post: Post) -> None:
    fill(post, threads=1, replies=3)
    assert "order=" not in drawn(post)


@pytest.mark.parametrize("order", ["", "x", "OLDEST", "newest'--", "9" * 500])
def test_an_order_that_nobody_knows_is_the_usual_one(order: str) -> None:
    assert Asked.of({"order": order}).order == Order.OLDEST


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 30, 3_000])
def test_any_order_costs_two_queries(
    post: Post, size: int, order: Order, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(post, threads=max(1, size // 5), replies=4 if size > 1 else 0)
    post = as_on_its_page(post)
    for page in ("1", "2"):
        with django_assert_num_queries(2):
            drawn(post, {"order": order.value, "comments": page})


def test_a_permalink_leads_to_the_page_of_the_usual_order(client: Client, post: Post) -> None:
    fill(post, threads=60)
    last = PostComment.objects.on_page(post).select_related("post").last()
    assert page_number(last) == 2
    answer = client.get(last.get_absolute_url())
    assert answer["Location"] == f"{post.get_absolute_url()}?comments=2#{last.anchor}"


def test_what_is_said_again_in_another_way_is_not_for_search_engines(
    client: Client, post: Post
) -> None:
    fill(post, threads=2)
    address = post.get_absolute_url()
    for query in ("order=newest", "only=featured", "find=many"):
        answer = client.get(f"{address}?{query}")
        assert answer["X-Robots-Tag"] == "noindex"
        assert re.search(rf'<link rel="canonical" href="[^"]*{address}">', answer.content.decode())
    assert "X-Robots-Tag" not in client.get(address)


def test_other_orders_are_the_same_bytes_for_everybody(
    client: Client, post: Post, editor: Person
) -> None:
    # Given
    comment = PostCommentFactory(post=post, by=editor, published=True)
    PostCommentFactory(post=post, published=True)
    reactions.feature(comment, editor=editor)
    signed_in = Client()
    signed_in.force_login(editor)
    # Then
    for query in ("", "?order=newest", "?order=replies", "?only=featured", "?find=trued"):
        address = f"{post.get_absolute_url()}{query}"
        stranger, known = client.get(address), signed_in.get(address)
        assert stranger.content == known.content
        assert not stranger.cookies
        assert "Vary" not in known or "Cookie" not in known["Vary"]


# What an editor featured


def test_there_is_no_tab_until_something_is_featured(post: Post, editor: Person) -> None:
    # Given
    comment, other = PostCommentFactory.create_batch(2, post=post, published=True)
    assert "only=featured" not in drawn(post)
    # When
    reactions.feature(comment, editor=editor)
    # Then
    assert "Featured (1)" in drawn(post)
    assert ids(drawn(post)) == [comment.pk, other.pk]
    featured = drawn(post, {"only": "featured"})
    assert ids(featured) == [comment.pk]
    assert 'aria-current="true">Featured (1)' in featured


def test_a_featured_comment_that_is_removed_leaves_the_tab(
    post: Post, editor: Person, moderator: Person
) -> None:
    comment, other = PostCommentFactory.create_batch(2, post=post, published=True)
    for one in (comment, other):
        reactions.feature(one, editor=editor)
    moderation.remove(comment, moderator=moderator)
    assert ids(drawn(post, {"only": "featured"})) == [other.pk]
    assert "Featured (1)" in drawn(post)


def test_the_tab_without_anything_says_so(post: Post) -> None:
    fill(post, threads=2)
    assert "No comment is featured here." in drawn(post, {"only": "featured"})


@pytest.mark.parametrize("size", [1, 30])
def test_featured_comments_cost_two_queries(
    post: Post, editor: Person, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(post, threads=size)
    for comment in PostComment.objects.on_page(post):
        reactions.feature(comment, editor=editor)
    post = as_on_its_page(post)
    with django_assert_num_queries(2):
        html = drawn(post, {"only": "featured"})
    assert len(ids(html)) == size


def test_a_long_discussion_is_nearly_as_fast_in_every_order(post: Post) -> None:

    fill(post, threads=2_000, replies=4)
    for order in ORDERS:
        times = []
        for _ in range(5):
            start = time.process_time()
            assert len(Threads(post, 3, order).comments) == 250
            times.append(time.process_time() - start)
        assert min(times) < 0.05, order

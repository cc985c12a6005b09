"""The discussion as a page of a post shows it."""

import re
import time
from collections.abc import Callable

import pytest
from django.template import Context, Template
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from blog.models import Discussion, Post, Publication
from comments import moderation
from comments.models import PostComment
from comments.threads import Shown, Threads, nested, page_number
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory, fill

pytestmark = pytest.mark.django_db


def drawn(post: Post, page: object = 1) -> str:
    template = Template("{% load discussion %}{% discussion post page %}")
    return template.render(Context({"post": post, "page": page}))


def outline(comments: list[tuple[int, str]]) -> str:
    return nested(
        [Shown(depth, pk, "published", name) for pk, (depth, name) in enumerate(comments)], reply=[]
    )


def test_threads_are_nested_lists() -> None:
    assert outline([(0, "a"), (1, "b"), (2, "c"), (1, "d"), (0, "e")]) == (
        "<ol><li>a<ol><li>b<ol><li>c</li></ol></li><li>d</li></ol></li><li>e</li></ol>"
    )
    assert outline([]) == ""
    assert outline([(0, "a"), (1, "b"), (2, "c")]) == (
        "<ol><li>a<ol><li>b<ol><li>c</li></ol></li></ol></li></ol>"
    )


def test_only_published_comments_can_be_answered() -> None:
    comments = [Shown(0, 7, "removed", "gone"), Shown(1, 8, "published", "said")]
    assert nested(comments, reply=["(", "/", ")"]) == (
        "<ol><li>gone<ol><li>said(8/8)</li></ol></li></ol>"
    )


def test_the_page_counts_published_comments_and_shows_them_in_threads(post: Post) -> None:
    # Given
    root = PostCommentFactory(post=post, published=True, text="A root")
    other = PostCommentFactory(post=post, published=True, text="Another")
    reply = PostCommentFactory(parent=root, published=True, text="A reply")
    PostCommentFactory(post=post, text="A held one")
    PostCommentFactory(post=post, spam=True, text="A spam one")
    PostCommentFactory(published=True, text="Elsewhere")
    # When
    html = drawn(post)
    # Then
    assert '<h2 id="comments-heading">3 comments</h2>' in html
    assert re.findall(r'id="(comment-\d+)"', html) == [one.anchor for one in (root, reply, other)]
    for hidden in ("A held one", "A spam one", "Elsewhere", "@example.net", "Bicycle/1.0"):
        assert hidden not in html


def test_a_tombstone_is_not_counted_and_cannot_be_answered(post: Post, moderator: Person) -> None:
    # Given
    root = PostCommentFactory(post=post, published=True)
    PostCommentFactory(parent=root, published=True)
    moderation.remove(root, moderator=moderator)
    # When
    html = drawn(post)
    # Then
    assert "1 comment</h2>" in html
    assert f"reply_to={root.pk}" not in html


def test_a_post_nobody_commented_on_says_so(post: Post) -> None:
    assert "No comments yet" in drawn(post)


def test_the_way_to_the_form_works_without_javascript(post: Post) -> None:
    comment = PostCommentFactory(post=post, published=True)
    html = drawn(post)
    for address in (f"/posts/{post.slug}/comments/new/", f"?reply_to={comment.pk}"):
        assert re.search(f'href="[^"]*{re.escape(address)}"', html)
        assert re.search(f'hx-get="[^"]*{re.escape(address)}"', html)


def test_a_closed_discussion_offers_no_form(post: Post) -> None:
    PostCommentFactory(post=post, published=True)
    post.discussion = Discussion.CLOSED
    post.save()
    html = drawn(post)
    assert "comments/new" not in html
    assert "The discussion of this post is closed." in html


def test_it_knows_nothing_of_the_request(post: Post) -> None:
    PostCommentFactory(post=post, published=True)
    assert "csrf" not in drawn(post)


def test_a_page_has_fifty_threads_with_all_their_replies(post: Post) -> None:
    # Given
    fill(post, threads=101, replies=2)
    # Then
    pages = [Threads(post, number) for number in (1, 2, 3)]
    assert [(page.published, page.pages, len(page.comments)) for page in pages] == [
        (303, 3, 150),
        (303, 3, 150),
        (303, 3, 3),
    ]
    shown = [one.pk for page in pages for one in page.comments]
    assert shown == list(PostComment.objects.on_page(post).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("asked", "number"),
    [("2", 2), (2, 2), ("0", 1), ("-1", 1), ("99", 2), ("", 1), ("x", 1), ("9" * 50, 1), ("²", 1)],
)
def test_a_page_that_does_not_exist_is_brought_into_bounds(
    post: Post, asked: object, number: int
) -> None:
    fill(post, threads=51)
    assert Threads(post, asked).number == number  # type: ignore[arg-type]


def test_pages_lead_to_each_other(post: Post) -> None:
    fill(post, threads=101)
    address = post.get_absolute_url()
    first, middle, last = (drawn(post, number) for number in ("1", "2", "3"))
    assert f'rel="next" href="{address}?comments=2#comments"' in first
    assert 'rel="prev"' not in first
    assert f'rel="prev" href="{address}#comments"' in middle
    assert f'rel="next" href="{address}?comments=3#comments"' in middle
    assert f'rel="prev" href="{address}?comments=2#comments"' in last
    assert 'rel="next"' not in last


def test_a_discussion_that_fits_can_be_read_whole(post: Post) -> None:
    fill(post, threads=60)
    threads = Threads(post, "all")
    assert (len(threads.comments), threads.is_whole) == (60, True)
    assert "?comments=all#comments" in drawn(post)


def test_a_very_long_discussion_is_read_by_pages_only(post: Post) -> None:
    fill(post, threads=2_001)
    assert len(Threads(post, "all").comments) == 50
    assert "comments=all" not in drawn(post)


def test_a_comment_knows_its_page_whatever_its_depth(post: Post, moderator: Person) -> None:
    # Given
    fill(post, threads=60, replies=3)
    comments = list(PostComment.objects.on_page(post).select_related("post"))
    # Then
    assert [page_number(one) for one in comments] == [1] * 200 + [2] * 40
    for number in (1, 2):
        for shown in Threads(post, number).comments:
            assert page_number(PostComment.objects.get(pk=shown.pk)) == number
    # When a thread above goes, the rest moves up
    moderation.remove(comments[0], moderator=moderator)
    assert page_number(comments[200]) == 2
    for one in comments[1:4]:
        moderation.remove(one, moderator=moderator)
    assert page_number(comments[200]) == 1


def as_on_its_page(post: Post) -> Post:
    """The page has the post's topics and the publication at hand."""
    Publication.current()
    return Post.objects.prefetch_related("topics").get(pk=post.pk)


@pytest.mark.parametrize("size", [0, 10, 3_000])
def test_any_discussion_costs_two_queries(
    post: Post, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(post, threads=size // 5, replies=4)
    fill(PostFactory(published=True), threads=10)
    post = as_on_its_page(post)
    with django_assert_num_queries(2):
        html = drawn(post)
    assert html.count("<article") == min(size, 250)
    with django_assert_num_queries(2):
        drawn(post, "2")


def test_the_two_queries_touch_our_table_alone(
    post: Post, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    post = as_on_its_page(post)
    with django_assert_num_queries(2) as queries:
        drawn(post)
    assert not [query for query in queries.captured_queries if "JOIN" in query["sql"]]


def test_joining_250_comments_takes_less_than_five_milliseconds() -> None:
    # Given
    words = "<article>" + "word " * 200 + "</article>"
    comments = [Shown(number % 5, number, "published", words) for number in range(250)]
    # When
    times = []
    for _ in range(5):
        start = time.process_time()
        nested(comments, reply=["<a href=", ">", "</a>"])
        times.append(time.process_time() - start)
    # Then
    assert min(times) < 0.005


def test_a_name_that_changes_is_changed_in_the_threads(
    post: Post, reader: Person, run_tasks: Callable[[], int]
) -> None:
    # Given
    PostCommentFactory(post=post, by=reader, published=True)
    # When
    reader.name = "Olga Brandt"
    reader.save()
    run_tasks()
    # Then
    assert "Olga Brandt" in drawn(post)

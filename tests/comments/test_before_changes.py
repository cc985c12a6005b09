"""Comments written before a correction say so, and lead to the text that they answered."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from blog.models import EditLabel, NoticeKind, Post
from comments.models import PostComment
from tests.factories.blog import BODY, NoticeFactory, PostFactory, RevisionFactory, an_editor
from tests.factories.comments import PostCommentFactory, fill

pytestmark = pytest.mark.django_db


def on(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


@pytest.fixture
def post(db) -> Post:
    return PostFactory(published=True, at=on(1))


def page(post: Post, query: str = "") -> str:
    return Client().get(post.get_absolute_url() + query).content.decode()


def said(post: Post, text: str, *, day: int, **facts) -> PostComment:
    with time_machine.travel(on(day), tick=False):
        return PostCommentFactory(post=post, published=True, text=text, **facts)


def changed(post: Post, new: str, *, day: int, kind: NoticeKind = NoticeKind.CORRECTION) -> None:
    with time_machine.travel(on(day), tick=False):
        before, editor = Post.objects.get(pk=post.pk).head, an_editor()
        after = RevisionFactory(post=post, body=new, label=EditLabel.CORRECTION, editor=editor)
        post.refresh_from_db()
        facts = {"revision_before": before, "revision_after": after, "editor": editor}
        NoticeFactory(post=post, kind=kind, text="The tool has another name.", **facts)


def test_a_comment_written_before_a_correction_says_so_and_links_what_it_answered(post):
    # Given
    said(post, "A wrench? I use a key.", day=3)
    changed(post, BODY.replace("spoke wrench", "spoke key"), day=5)
    said(post, "Thank you for the key.", day=7)
    # When
    html = page(post)
    early, late = html.index("I use a key"), html.index("Thank you for the key")
    # Then
    line = (
        f'<p class="comment__before"><a href="/posts/{post.slug}/history/1/">'
        "Written before the correction of 5 March 2026; see the version it answered</a></p>"
    )
    assert html.count('class="comment__before"') == html.count(line) == 1
    assert early < html.index(line) < late
    assert (
        "A spoke wrench is all" in Client().get(f"/posts/{post.slug}/history/1/").content.decode()
    )


def test_of_several_changes_a_comment_names_the_first_that_came_after_it(post):
    # Given
    said(post, "Before both.", day=3)
    changed(post, BODY.replace("spoke wrench", "spoke key"), day=5)
    said(post, "Between them.", day=6)
    changed(post, BODY.replace("spoke wrench", "nipple key"), day=8, kind=NoticeKind.CLARIFICATION)
    # When
    html = page(post)
    # Then
    assert "before the correction of 5 March 2026" in html[html.index("Before both.") :]
    after = html[html.index("Between them.") :]
    assert "before the clarification of 8 March 2026" in after
    assert "5 March" not in after
    assert f"/posts/{post.slug}/history/2/" in after


@pytest.mark.parametrize("query", ["?order=newest", "?only=featured"])
def test_it_is_said_in_every_order_and_among_the_featured(post, query):
    # Given
    comment = said(post, "A wrench? I use a key.", day=3)
    PostComment.objects.filter(pk=comment.pk).update(featured_at=on(4))
    changed(post, BODY.replace("spoke wrench", "spoke key"), day=5)
    # Then
    assert page(post, query).count('class="comment__before"') == 1


def test_words_that_stayed_need_no_remark(post):
    # Given
    said(post, "A wrench? I use a key.", day=3)
    # When a notice changed no words, and an edit told nobody anything
    with time_machine.travel(on(5), tick=False):
        NoticeFactory(post=post, kind=NoticeKind.CLARIFICATION)
        RevisionFactory(post=post, label=EditLabel.COSMETIC)
    # Then
    assert "comment__before" not in page(post)


def test_a_correction_redraws_no_comment_and_costs_no_query_for_each(
    post, django_assert_max_num_queries
):
    # Given
    fill(post, threads=40, replies=4)
    article = f'<article><time datetime="{on(3).isoformat()}">3 March</time></article>'
    PostComment.objects.update(fragment=article)
    before = list(PostComment.objects.order_by("pk").values_list("fragment", flat=True))
    page(post)
    # When
    changed(post, BODY.replace("spoke wrench", "spoke key"), day=5)
    first = page(post)
    # Then
    assert first.count('class="comment__before"') == 200
    with django_assert_max_num_queries(16):
        page(post)
    assert before == list(PostComment.objects.order_by("pk").values_list("fragment", flat=True))

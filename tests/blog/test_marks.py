"""Marks and notes on the page of a post: on their words, from the cache, at no query more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import passages, rendering
from blog.anchoring import Quote
from blog.models import Mark, Post, Revision
from tests.factories.blog import PassageFactory, PostFactory

pytestmark = pytest.mark.django_db
MANY = 50
BODY = "\n".join(f"<p>Spoke number {at} is a little loose.</p>" for at in range(MANY))


def marked(number: int) -> Post:
    post = PostFactory(published=True, body=BODY)
    for at in range(number):
        passage = PassageFactory(post=post, exact=f"Spoke number {at} is a little")
        passages.set_mark(passage, mark=Mark.DISPUTED, reference=f"ref{at}")
    return post


def queries(client, post: Post) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(post.get_absolute_url())
    return len(asked)


def test_a_page_with_fifty_marks_costs_no_query_more_than_one_without(client):
    # Given
    plain, full = marked(0), marked(MANY)
    client.get(plain.get_absolute_url())
    # Then at first, when it is painted
    first = queries(client, full)
    other = queries(client, PostFactory(published=True, body=BODY))
    assert first == other
    # And whenever it is asked for again
    assert queries(client, full) == queries(client, plain)
    html = client.get(full.get_absolute_url()).content.decode()
    assert html.count('class="mark-ref"') == MANY


def test_what_was_painted_is_kept_and_not_painted_again():
    # Given
    post = marked(MANY)
    known = rendering.with_page(Post.objects.all())
    painted = rendering.assemble(known.get(pk=post.pk)).body
    # When the text could not be painted any more
    Revision.objects.filter(pk=post.head_id).update(body_html="")
    # Then
    assert rendering.assemble(known.get(pk=post.pk)).body == painted
    assert painted.count("<mark ") == MANY


def test_signs_beyond_the_basic_plane_and_right_to_left_names_shift_no_mark(client):
    """Scenario 19. The server's side: a browser sends words, neighbours and the order of copies."""
    # Given
    before = "<p>\U0001f6b2\U0001f468\u200d\U0001f527 \u05d0\u05d1\u05e8\u05d4\u05dd ties it.</p>"
    words = "Tie \U0001f9f5 the \u05d7\u05d5\u05d8 twice"
    body = f"{before}\n<p>First: {words}, then pull.</p>\n<p>Again: {words}, then rest.</p>"
    post = PostFactory(published=True, body=body)
    # When
    quote = Quote(words, "Again: ", ", then rest.")
    passage = passages.capture(post, quote=quote)
    passages.set_mark(passage, mark=Mark.DISPUTED, reference="abc")
    # Then
    html = client.get(post.get_absolute_url()).content.decode()
    assert f'data-state="disputed">{words}</mark>' in html.split("Again: ")[1]
    assert '<mark class="mark"' not in html.split("Again: ")[0]

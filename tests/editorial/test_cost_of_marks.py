"""What a page with many marks costs: no query more than one without."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import passages
from blog.anchoring import Quote
from blog.models import Mark, Post
from tests.factories.blog import PostFactory
from tests.factories.editorial import DisputeFactory

pytestmark = pytest.mark.django_db
MANY = 50
BODY = "".join(f"<p>Spoke number {number} is true, and it stays so.</p>" for number in range(MANY))


def queries(post: Post) -> int:
    Client().get(post.get_absolute_url())
    with CaptureQueriesContext(
        connection,
    ) as captured:
        Client().get(post.get_absolute_url())
    return len(captured)


def test_fifty_marks_cost_no_query_more_than_none():
    # Given
    plain, marked = (PostFactory(published=True, body=BODY) for _twice in "12")
    for number in range(MANY):
        quote = Quote(f"Spoke number {number} is true")
        passage = passages.capture(marked, quote=quote, by_editor=True)
        passages.set_mark(passage, mark=Mark.DISPUTED, reference=f"ab{number}")
    DisputeFactory(post=marked, words="Spoke number 7 is true", under_review=True)
    DisputeFactory(post=marked, words="Spoke number 8 is true", unchanged=True)
    # Then
    html = Client().get(marked.get_absolute_url()).content.decode()
    assert html.count('class="mark-ref"') >= MANY
    assert queries(marked) == queries(plain)

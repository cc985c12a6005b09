"""Several disputes about the same words: each has its mark, and keeps it while it lasts."""

import re

import pytest

from blog.models import Post
from tests.factories.editorial import (
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    decide,
)

pytestmark = pytest.mark.django_db
OVER_TWO_ITEMS = "extra cost for parts.\nThe mechanics have decades"


def body_of(client, post: Post) -> str:
    html = client.get(post.get_absolute_url()).content.decode()
    return html[html.index("<ul>\n<li>You") : html.index("A bike shop is quicker")]


def marks_of(html: str, dispute) -> list[str]:
    pattern = r'<mark class="mark" data-marks="([^"]*)"[^>]*>([^<]*)</mark>'
    return [words for ids, words in re.findall(pattern, html) if f"mark-{dispute.public_id}" in ids]


def test_overlapping_disputes_keep_marks_of_their_own_when_one_is_decided(client, editor):
    """Scenario 17."""
    # Given
    post = WorkshopPostFactory()
    first = DisputeFactory(post=post, under_review=True)
    second = DisputeFactory(post=post, words=OVER_TWO_ITEMS, under_review=True)
    # Then the common words carry both, and each has one tag
    html = body_of(client, post)
    common = f'data-marks="mark-{first.public_id} mark-{second.public_id}"'
    assert re.search(rf"{common}[^>]*>extra cost for parts</mark>", html)
    assert "".join(marks_of(html, first)) == PARTS
    for dispute in (first, second):
        assert html.count(f'id="mark-{dispute.public_id}"') == 1
    assert html.count("<li>") == html.count("</li>") == 3
    # When
    decide(first, editor=editor)
    # Then
    assert marks_of(body_of(client, post), first) == []
    left = marks_of(body_of(client, post), second)
    assert "".join(left) == OVER_TWO_ITEMS.replace("\n", "")


def test_a_passage_over_bold_words_a_link_and_two_items_is_marked_piece_by_piece(client):
    """Scenario 18."""
    # Given
    linked = BODY.replace("extra cost", '<a href="https://workshop.example/prices">extra cost</a>')
    post = WorkshopPostFactory(body=linked)
    words = "do not need an appointment.\nThere is no extra cost for parts"
    # When
    dispute = DisputeFactory(post=post, words=words, under_review=True)
    # Then
    html = body_of(client, post)
    assert marks_of(html, dispute) == [
        "do not need",
        " an appointment.",
        "There is no ",
        "extra cost",
        " for parts",
    ]
    assert '<a href="https://workshop.example/prices"' in html
    post.refresh_from_db()
    assert post.head.body_html == post.body

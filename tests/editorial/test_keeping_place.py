"""A mark stays on the disputed words through every edit, or is lost and said to be lost."""

import pytest
from django.urls import reverse

from blog.anchoring import Quote
from blog.models import PositionStatus
from editorial import disputes
from editorial.models import Grounds
from editorial.points import Point, Target
from tests.editorial.edits import (
    ELSEWHERE,
    asked_in,
    case_of,
    edited,
    edits_of,
    page_of,
    place_of,
    publish,
)
from tests.factories.blog import RevisionFactory
from tests.factories.editorial import (
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
)

pytestmark = pytest.mark.django_db
COPY = "Ask the volunteers before you touch the stand."
COPIES = f"<p>{COPY}</p>\n<p>At night:</p>\n<p>{COPY}</p>\n<p>At noon:</p>\n<p>{COPY}</p>"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def dispute():
    return DisputeFactory(under_review=True)


def test_an_edit_elsewhere_moves_no_mark_and_asks_nothing(desk, editor, dispute):
    """Scenario 10."""
    # Given
    post = edited(dispute, editor, f"<p>Bring gloves.</p>\n{ELSEWHERE}")
    # When
    response = publish(desk, post)
    # Then
    assert response.status_code == 302
    place = place_of(dispute)
    assert (place.status, place.revision.text[place.start : place.end]) == ("exact", PARTS)
    assert edits_of(dispute) == []


def test_an_edit_of_typography_only_asks_nobody_anything(desk, editor):
    """Scenario 11."""
    # Given
    words = 'It\'s "free" for every member of the shed'
    dispute = DisputeFactory(
        post=WorkshopPostFactory(body=f"<p>{words}.</p>"), words=words, under_review=True
    )
    curly = "<p>It\u2019s \u201cfree\u201d\u00a0for every mem\u00adber of the shed.</p>"
    # When
    response = publish(desk, edited(dispute, editor, curly))
    # Then
    assert response.status_code == 302
    assert place_of(dispute).status == PositionStatus.EXACT
    assert edits_of(dispute) == []


def test_a_disputed_sentence_that_is_edited_away_is_nowhere_and_stays_disputed(
    desk, client, editor
):
    """Scenario 13."""
    # Given a sentence that looks alike
    alike = "There is no extra cost for tea"
    post = WorkshopPostFactory(body=f"{BODY}\n<p>{alike}.</p>")
    dispute = DisputeFactory(post=post, under_review=True)
    gone = post.body.replace(f"<li>{PARTS}.</li>\n", "")
    # When
    page = publish(desk, edited(dispute, editor, gone)).content.decode()
    publish(desk, post, asked=asked_in(page), why="The list was too long.")
    # Then readers see the old words at the end, with the version that has them
    dispute.refresh_from_db()
    assert dispute.is_under_review
    html = page_of(client, dispute)
    assert "<mark" not in html
    assert PARTS in html
    assert reverse("blog:revision", args=[post.slug, 1]) in html
    # And the desk has a task with candidates that are not applied
    queue = desk.get(reverse("editorial:disputes"), {"list": "lost"}).content.decode()
    assert PARTS in queue
    case = desk.get(case_of(dispute)).content.decode()
    assert "Place it here" in case
    assert "There is no extra cost for" in case
    assert place_of(dispute).start is None


def test_a_paragraph_that_was_moved_to_the_end_takes_its_mark_along(client, dispute):
    """Scenario 14."""
    # Given
    item = f"<li>{PARTS}.</li>\n"
    # When
    RevisionFactory(post=dispute.claim.post, body=BODY.replace(item, "") + f"\n<p>{PARTS}.</p>")
    # Then
    place = place_of(dispute)
    assert (place.status, place.revision.text[place.start : place.end]) == ("moved", PARTS)
    assert f"{PARTS}</mark>" in page_of(client, dispute).split("closed on Mondays")[1]


@pytest.fixture
def second_copy(editor):
    """A dispute of words that stand three times in the post."""
    post = WorkshopPostFactory(body=COPIES)
    start = post.head.text.index(COPY, 10)
    where = Target(quotes=(Quote(COPY, start=start),))
    said = Point(target=where, grounds=Grounds.ERROR, summary="Nobody is there at night.")
    return disputes.open_dispute(post, editor=editor, point=said)


def test_the_mark_on_the_second_of_three_copies_stays_when_the_first_is_deleted(second_copy):
    """Scenario 16. The first copy."""
    # When
    body = COPIES.replace(f"<p>{COPY}</p>\n", "", 1)
    RevisionFactory(post=second_copy.claim.post, body=body)
    # Then
    place = place_of(second_copy)
    assert (place.status, place.start) == (PositionStatus.EXACT, len("At night:\n"))


def test_a_disputed_copy_that_is_deleted_does_not_jump_to_another(second_copy):
    """Scenario 16. The disputed copy."""
    # When
    body = COPIES.replace(f"night:</p>\n<p>{COPY}</p>", "night:</p>")
    RevisionFactory(post=second_copy.claim.post, body=body)
    # Then
    assert place_of(second_copy).status == PositionStatus.ORPHAN

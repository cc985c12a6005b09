"""The page of a dispute: the whole public story, and nothing that is private."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from editorial import steps
from editorial.models import (
    Decision,
    Dispute,
    DisputeEventKind,
    DisputeState,
    Finding,
    Stance,
)
from editorial.points import Source
from editorial.review import add_source, assign
from tests.factories.blog import an_editor
from tests.factories.editorial import (
    APPOINTMENT,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    decide,
)

pytestmark = pytest.mark.django_db
K = DisputeEventKind


def page(client, dispute: Dispute) -> str:
    answer = client.get(dispute.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def reopen(dispute: Dispute, told: str = "A new price list came out.") -> Dispute:
    steps.move(
        dispute,
        K.REOPENED,
        version=dispute.version,
        by=an_editor(),
        told=told,
        decision=None,
        closed_at=None,
    )
    return Dispute.objects.get(pk=dispute.pk)


def test_while_it_is_under_review_readers_can_add_what_they_know(client):
    # Given
    dispute = DisputeFactory(under_review=True)
    address = reverse("editorial:report", args=[dispute.claim.post.slug])
    there = f'href="{address}?words={quote(PARTS)}"'
    # Then
    assert there in page(client, dispute)
    # When
    decide(dispute, editor=an_editor())
    # Then
    assert there not in page(client, dispute)


def test_it_says_what_is_questioned_on_which_grounds_with_which_sources(client):
    # Given
    source = Source("https://workshop.example/prices", title="The price list")
    dispute = DisputeFactory(under_review=True, sources=(source,))
    dispute.evidence.create(
        url="https://paper.example/", title="The local paper", stance=Stance.SUPPORTS
    )
    # When
    html = page(client, dispute)
    # Then
    assert dispute.claim.statement in html
    assert dispute.public_summary in html
    assert dispute.get_grounds_display() in html
    assert "The price list" in html
    assert "Speaks against the statement" in html
    assert "The local paper" in html
    assert "Supports the statement" in html
    assert 'rel="nofollow ugc noopener"' in html
    assert "this is not yet a finding" in html


def test_readers_follow_how_far_we_are_and_read_nothing_of_the_rest(client, editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    steps.record(dispute, kind=K.PROGRESS, by=editor, told="We wait for the town hall.")
    steps.record(dispute, kind=K.ASKED, by=editor, told="Which Saturday was it?")
    steps.record(dispute, kind=K.CONSULTED, by=editor, message="Asked Mira by mail.")
    # When
    html = page(client, dispute)
    # Then
    assert "We wait for the town hall." in html
    assert "Which Saturday" not in html
    assert "Mira" not in html


def test_a_source_shows_once_an_editor_has_seen_it(client, editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    url = "https://elsewhere.example/rude"
    add_source(dispute, url=url, title="The author is a liar", stance=Stance.DISPUTES)
    dispute.refresh_from_db()
    assert "liar" not in page(client, dispute)
    # When
    assign(dispute, editor=editor, to=editor, version=dispute.version)
    # Then
    assert url in page(client, dispute)


def test_what_was_decided_before_stays_readable_and_says_that_it_no_longer_holds(client, editor):
    """Scenario 34."""
    # Given
    dispute = reopen(DisputeFactory(decided=True))
    first = Decision.objects.get()
    # Then
    html = page(client, dispute)
    assert "A new price list came out." in html
    assert "It was opened again." in html
    assert "This needed qualification." in html
    assert first.notice.get_absolute_url() in html
    # When
    decide(dispute, editor=editor, reason="The new list says what the post says.")
    # Then
    html = page(client, dispute)
    assert html.index("The new list says what the post says.") < html.index("Decided before, on")
    assert "A later decision took its place." in html


def test_a_decision_that_was_taken_back_at_once_is_no_part_of_the_story(client):
    # Given
    dispute = DisputeFactory(unchanged=True)
    Decision.objects.update(undone_at=timezone.now())
    # When
    html = page(client, reopen(dispute, told=""))
    # Then
    assert "Decided before" not in html


def test_a_merged_dispute_leads_to_the_one_whose_fate_it_shares(client):
    """Scenario 36."""
    # Given
    post = WorkshopPostFactory()
    target = DisputeFactory(post=post, under_review=True)
    merged = DisputeFactory(post=post, words=APPOINTMENT)
    Dispute.objects.filter(pk=merged.pk).update(state=DisputeState.MERGED, merged_into=target.pk)
    # Then
    answer = client.get(merged.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, target.get_absolute_url())
    # When the post is no longer public
    Post.objects.filter(pk=post.pk).update(state="draft")
    # Then
    assert client.get(merged.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [1, 5])
def test_the_page_costs_the_same_whatever_happened(client, django_assert_num_queries, number):
    # Given
    sources = tuple(Source(f"https://workshop.example/{one}") for one in range(number))
    dispute = DisputeFactory(under_review=True, sources=sources)
    editor = an_editor()
    for _round in range(number):
        steps.record(dispute, kind=K.PROGRESS, by=editor, told="We wait.")
        decide(dispute, editor=editor, finding=Finding.NOT_CHECKABLE)
        dispute = reopen(Dispute.objects.get(pk=dispute.pk))
    page(client, dispute)
    # Then
    with django_assert_num_queries(4):
        page(client, dispute)


def test_the_page_names_its_annotation(client):
    # Given
    dispute = DisputeFactory(under_review=True)
    url = reverse("editorial:annotation", kwargs={"public_id": dispute.public_id})
    # Then
    assert url == f"/disputes/{dispute.public_id}.jsonld"
    assert f'<link rel="alternate" type="application/ld+json" href="{url}"' in page(client, dispute)

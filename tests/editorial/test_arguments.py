"""What an editor reads before deciding: all sources and replies in one list, and earlier cases."""

import pytest
from django.urls import reverse

from editorial import arguments
from editorial.models import Dispute, Stance
from editorial.points import Source
from tests.factories.blog import an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    PARTS,
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
    decide,
)

pytestmark = pytest.mark.django_db
LEAFLET = "https://workshop.example/prices?year=2026&kind=new"


def test_sources_and_replies_stand_in_one_list_with_their_links():
    # Given
    post = WorkshopPostFactory()
    comment = PostCommentFactory(post=post, text="New parts are charged.", published=True)
    sources = (Source("https://rims.example/a", "Leaflet", Stance.SUPPORTS),)
    dispute = DisputeFactory(under_review=True, post=post, sources=sources)
    Dispute.objects.filter(pk=dispute.pk).update(origin="comment", source_comment=comment)
    reply = PostCommentFactory(parent=comment, text=f"See {LEAFLET} for it.", published=True)
    PostCommentFactory(parent=reply, text="I paid nothing.", published=True)
    PostCommentFactory(parent=comment, text="Buy pills.", left_to_people=True)
    PostCommentFactory(post=post, text="Something else.", published=True)
    # When
    listed = arguments.arguments(Dispute.objects.get(pk=dispute.pk))
    # Then
    assert [(one.words, one.links) for one in listed] == [
        ("Leaflet", ["https://rims.example/a"]),
        ("", []),
        (f"See {LEAFLET} for it.", [LEAFLET]),
        ("I paid nothing.", []),
    ]
    assert listed[0].about == "Supports the statement"
    assert listed[2].url == reply.get_absolute_url()


def test_earlier_cases_are_listed_the_nearest_first(client, editor):
    # Given
    post = WorkshopPostFactory()
    same_post = DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    decide(same_post, editor=editor)
    other = WorkshopPostFactory(author=post.author)
    same_author = DisputeFactory(post=other, words=PRACTICE, declined=True)
    DisputeFactory(declined=True)
    dispute = DisputeFactory(post=post, words=PARTS, under_review=True)
    # When
    cases = arguments.earlier_cases(dispute)
    # Then
    assert [one.dispute for one in cases] == [same_post, same_author]
    client.force_login(editor)
    url = reverse("editorial:case", args=[dispute.public_id])
    html = client.get(url).content.decode()
    assert "2 earlier cases" in html


def test_the_passage_is_marked_in_the_whole_text(client):
    # Given
    dispute = DisputeFactory(under_review=True)
    client.force_login(an_editor())
    # When
    html = client.get(reverse("editorial:case", args=[dispute.public_id])).content.decode()
    # Then
    whole = html[html.index('id="whole"') :]
    assert f">{PARTS}</mark>" in whole

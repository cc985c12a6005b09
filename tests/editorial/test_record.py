"""What a post shows of disputes, and what it never shows."""

import pytest
from django.template import Context, Template

from blog.models import Post
from editorial.models import Dispute, Grounds
from editorial.points import Source
from tests.factories.blog import RevisionFactory
from tests.factories.editorial import APPOINTMENT, BODY, PARTS, DisputeFactory, WorkshopPostFactory

pytestmark = pytest.mark.django_db


def shown(post: Post) -> str:
    post = Post.objects.select_related("head").get(pk=post.pk)
    template = Template("{% load record %}{% record_line post %}{% record_list post %}")
    return template.render(Context({"post": post}))


def test_a_received_dispute_leaves_no_trace_on_the_post():
    # Given
    post = WorkshopPostFactory()
    clean = shown(post)
    # When
    DisputeFactory(post=post)
    DisputeFactory(post=post, words=APPOINTMENT, declined=True)
    # Then
    assert shown(post) == clean


def test_what_is_incomplete_is_not_called_inaccurate():
    # Given
    post = WorkshopPostFactory()
    dispute = DisputeFactory(post=post, under_review=True)
    assert f"A reader says this is inaccurate: {dispute.public_summary}" in shown(post)
    # When
    Dispute.objects.filter(pk=dispute.pk).update(grounds=Grounds.CONTEXT)
    # Then
    assert f"A reader questions this: {dispute.public_summary}" in shown(post)


def test_the_line_counts_statements_under_review():
    # Given
    post = WorkshopPostFactory()
    DisputeFactory(post=post, under_review=True)
    # Then
    assert "1 statement in this post is under review." in shown(post)
    # When
    DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    # Then
    assert "2 statements in this post are under review." in shown(post)


def test_an_open_item_says_what_is_questioned_and_since_when_in_neutral_words():
    # Given
    dispute = DisputeFactory(under_review=True, statement="The author is a liar.")
    # When
    html = shown(dispute.claim.post)
    # Then
    assert f'id="dispute-{dispute.public_id}"' in html
    assert f'href="#mark-{dispute.public_id}"' in html
    assert dispute.public_summary in html
    assert "this is not yet a finding" in html
    assert "Under review since <time" in html
    assert "liar" not in html


def test_words_that_were_edited_away_are_shown_with_the_version_they_stood_in():
    # Given
    dispute = DisputeFactory(under_review=True)
    post = dispute.claim.post
    # When
    RevisionFactory(post=post, body=BODY.replace("<li>There is no extra cost for parts.</li>", ""))
    html = shown(post)
    # Then
    assert "no longer in the text" in html
    assert PARTS in html
    assert f"/posts/{post.slug}/history/1/" in html
    assert "Back to the passage" not in html


def test_a_decision_that_changes_nothing_is_folded_with_its_reason():
    # Given
    dispute = DisputeFactory(unchanged=True)
    # When
    html = shown(dispute.claim.post)
    # Then
    assert "Checked, not changed: 1 statement" in html
    assert dispute.decision.reason_public in html
    assert "under review" not in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_record_of_a_post_is_one_query(django_assert_num_queries, number):
    # Given
    post = WorkshopPostFactory()
    for words in ("costs nothing but time", APPOINTMENT, PARTS)[:number]:
        sources = (Source("https://workshop.example/prices"),)
        DisputeFactory(post=post, words=words, under_review=True, sources=sources)
    post = Post.objects.select_related("head").get(pk=post.pk)
    template = Template("{% load record %}{% record_line post %}{% record_list post %}")
    template.render(Context({"post": post}))
    post = Post.objects.select_related("head").get(pk=post.pk)
    # Then
    with django_assert_num_queries(1):
        template.render(Context({"post": post}))

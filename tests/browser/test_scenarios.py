"""Scenarios that end in what somebody reads: about tone, and promises of another post."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from blog.models import Post
from comments.models import PostComment
from editorial import follow_ups
from editorial.models import Dispute, FollowUp
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import DisputeFactory, WorkshopPostFactory, decide


def test_tone_is_for_the_report_of_a_comment_and_no_ground_of_a_dispute(page: Page, site: str):
    """Scenario 3."""
    # Given
    comment: PostComment = PostCommentFactory(post=WorkshopPostFactory(), published=True)
    for text in ("This is rude to the author.", "I found the tone of it fair."):
        PostCommentFactory(post=comment.post, parent=comment, text=text, published=True)
    known = Dispute.objects.count()
    # When
    page.goto(reverse("comments:report", args=[comment.pk]))
    # Then
    expect(page.get_by_label("It is abusive")).to_be_visible()
    # When
    page.goto(reverse("editorial:report", args=[comment.post.slug]))
    # Then
    expect(page.get_by_label("It is factually wrong")).to_be_visible()
    for word in ("rude", "abusive", "tone"):
        expect(page.get_by_label(word)).to_have_count(0)
    assert Dispute.objects.count() == known


def test_a_promised_post_and_the_first_lead_to_each_other_and_till_then_readers_read_the_day(
    page: Page, site: str
):
    """Scenario 8."""
    # Given a promise of 61 days ago
    dispute = DisputeFactory(under_review=True)
    editor = dispute.assigned_to
    decision = decide(dispute, editor=editor, promises_follow_up=True)
    promise = FollowUp.objects.get(decision=decision)
    FollowUp.objects.update(promised_at=promise.promised_at - timedelta(days=61))
    # Then
    page.goto(dispute.get_absolute_url())
    expect(page.get_by_text("promised on").first).to_be_visible()
    # When
    later = WorkshopPostFactory(title="What parts cost")
    follow_ups.keep(FollowUp.objects.get(pk=promise.pk), editor=editor, post=later)
    # Then
    first = Post.objects.get(pk=dispute.claim.post_id)
    page.goto(first.get_absolute_url())
    page.get_by_text("Checked, not changed: 1 statement").click()
    page.locator(f"main a[href$='{later.get_absolute_url()}']").first.click()
    page.wait_for_url(f"**{later.get_absolute_url()}")
    expect(page.locator(f"main a[href$='{first.get_absolute_url()}']").first).to_be_visible()

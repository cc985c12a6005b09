"""Scenarios in a browser that are told nowhere else: tone, colleagues, promises, one's own post."""

import re
from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Letter, Person
from blog.models import Post
from comments.models import PostComment
from editorial import follow_ups
from editorial.models import Decision, Dispute, FollowUp, Remedy
from tests.browser.conftest import sign_in
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import PARTS, DisputeFactory, WorkshopPostFactory, decide

EDITOR = "editor@example.org"
NORA = "nora@workshop.example"
ADVICE = "We charge twelve euros."


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


def case_of(dispute: Dispute) -> str:
    return reverse("editorial:case", args=[dispute.public_id])


def ask(page: Page, dispute: Dispute, address: str) -> None:
    page.goto(case_of(dispute))
    page.locator("summary", has_text="Ask a colleague").click()
    page.get_by_label("E-mail address of the colleague").fill(address)
    page.get_by_label("What do you want to know?").fill("Do you charge for parts?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_text("Your question is on its way.")).to_be_visible()


def keep(page: Page, dispute: Dispute) -> None:
    """Find that the statement stands, and press the button."""
    page.locator(f"[name=case-{dispute.public_id}-finding][value=stands]").check()
    page.locator(f"[name=case-{dispute.public_id}-remedy][value=no_change]").check()
    page.locator(f"[name=case-{dispute.public_id}-reason]").fill("The workshop says so in writing.")
    page.locator("[data-result]").click()


def test_colleagues_advise_in_private_and_readers_hear_how_many_if_the_editor_says_so(
    page: Page, plain_page: Page, site: str
):
    """Scenario 4."""
    # Given
    dispute = DisputeFactory(under_review=True)
    sign_in(page, EDITOR)
    for address in (NORA, "moderator@example.org"):
        ask(page, dispute, address)
    # When one answers without an account
    letter = Letter.objects.get(to=NORA)
    [link] = re.findall(r"https?://[^/]+(/disputes/\S+)", letter.body)
    plain_page.goto(link)
    plain_page.get_by_label("Your answer").fill(ADVICE)
    plain_page.get_by_role("button", name="Send my answer").click()
    # Then
    page.goto(case_of(dispute))
    expect(page.get_by_text(ADVICE)).to_be_visible()
    # When
    page.get_by_label("Tell readers that we asked 2 colleagues").check()
    keep(page, dispute)
    page.wait_for_url("**/decided/**")
    # Then
    plain_page.goto(dispute.get_absolute_url())
    expect(plain_page.get_by_text("We asked 2 colleagues.")).to_be_visible()
    for private in (ADVICE, NORA, "Do you charge"):
        expect(plain_page.get_by_text(private)).to_have_count(0)


def test_who_wrote_a_post_corrects_it_but_does_not_keep_its_statements_alone(
    plain_page: Page, site: str
):
    """Scenario 37."""
    # Given
    page, author = plain_page, Person.objects.get(email=EDITOR).profile
    dispute = DisputeFactory(post__author=author, under_review=True)
    sign_in(page, EDITOR)
    page.goto(case_of(dispute))
    # When
    keep(page, dispute)
    # Then
    expect(page.get_by_text("another editor has to decide that it stands").first).to_be_visible()
    assert not Decision.objects.filter(disputes=dispute).exists()
    # When
    page.locator(f"[name=case-{dispute.public_id}-finding][value=inaccurate]").check()
    page.locator(f"[name=case-{dispute.public_id}-remedy][value=correction]").check()
    page.locator(f"[name=case-{dispute.public_id}-reason]").fill("")
    page.locator(f"[name=case-{dispute.public_id}-notice]").fill("New parts are charged.")
    words = page.locator("textarea[name=body]")
    words.fill(words.input_value().replace(PARTS, "Only used parts are free"))
    page.locator("[data-result]").click()
    # Then
    assert Decision.objects.get(disputes=dispute).remedy == Remedy.CORRECTION

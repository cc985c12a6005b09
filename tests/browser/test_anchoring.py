"""A disputed sentence that is edited away, as readers and editors meet it."""

from playwright.sync_api import Page, expect

from blog import workflow
from blog.models import Post
from editorial.models import Dispute
from tests.browser.conftest import sign_in
from tests.browser.test_accessible import violations
from tests.factories.editorial import PARTS, DisputeFactory, WorkshopPostFactory

ALIKE = "There is no extra cost for tea"


def edited_away() -> Dispute:
    """A dispute of a sentence, and an edit without it that waits; another sentence looks alike."""
    post = WorkshopPostFactory()
    body = f"{post.body}\n<p>{ALIKE}.</p>"
    dispute = DisputeFactory(post=post, under_review=True)
    draft = workflow.Draft(
        title=post.title, summary=post.summary, body=body.replace(f"<li>{PARTS}.</li>\n", "")
    )
    post = Post.objects.get(pk=post.pk)
    workflow.write(post, by=dispute.assigned_to, draft=draft, version=post.version)
    return dispute


def test_a_disputed_sentence_is_edited_away_and_placed_again_only_by_an_editor(
    page: Page, plain_page: Page
):
    """Scenario 13."""
    # Given
    dispute = edited_away()
    post = dispute.claim.post
    sign_in(page, "editor@example.org")
    page.goto(f"/desk/posts/{post.pk}/revise/")
    expect(page.get_by_text("1 will be lost, because its words are gone:")).to_be_visible()
    page.get_by_label("Cosmetic").check()
    page.get_by_role("button", name="Publish the edit").click()
    # Then nothing is published before it is said what the edit means
    expect(page.get_by_text("Nothing is published yet.")).to_be_visible()
    expect(page.get_by_role("heading", name=f"Under review: {PARTS}")).to_be_visible()
    expect(page.locator("del")).to_contain_text(PARTS)
    assert violations(page) == []
    # When
    page.get_by_label("Why do these words change?").fill("The list was too long.")
    page.get_by_role("button", name="Publish it as unrelated wording").click()
    expect(page.get_by_text("The edit is published.")).to_be_visible()
    # Then readers find the old words at the end, with the version that has them
    reader = plain_page
    reader.goto(post.get_absolute_url())
    expect(reader.locator("mark")).to_have_count(0)
    lost = reader.locator(".record__lost")
    expect(lost).to_contain_text(PARTS)
    lost.get_by_role("link", name="See the version of").click()
    expect(reader.locator("main")).to_contain_text(PARTS)
    # And the desk has a task whose suggestions are not applied
    page.goto("/desk/disputes/")
    page.get_by_role("link", name="Lost their words").click()
    page.get_by_role("link", name=PARTS).click()
    suggestion = page.locator(".candidates li").filter(has_text="There is no extra cost for")
    expect(suggestion).to_contain_text("% alike")
    link = page.get_by_role("link", name="The statement was removed: decide about it")
    expect(link).to_have_attribute("href", "#decide")
    assert violations(page) == []
    # When
    suggestion.get_by_role("button", name="Place it here").click()
    # Then
    expect(page.get_by_text("The dispute stands at these words now.")).to_be_visible()
    reader.goto(post.get_absolute_url())
    expect(reader.locator("mark")).to_contain_text("There is no extra cost for")

"""Marks as readers use them: details in their place, a way back, and a switch (scenarios 2, 45)."""

import pytest
from playwright.sync_api import Browser, Page, expect

from blog.models import Notice
from editorial.models import Dispute, DisputeState

SWITCH = "marks-switch button"


@pytest.fixture
def dispute(site: str) -> Dispute:
    return Dispute.objects.filter(state=DisputeState.UNDER_REVIEW).get()


@pytest.fixture
def address(dispute: Dispute) -> str:
    return dispute.claim.post.get_absolute_url()


def test_enter_on_a_mark_says_what_it_means_and_escape_leads_back(
    page: Page, address: str, dispute: Dispute
):
    """Scenario 2."""
    # Given
    page.goto(address)
    mark = page.locator("a.mark-ref").first
    mark.focus()
    # When
    page.keyboard.press("Enter")
    # Then
    details = page.locator(".mark-details")
    expect(details).to_be_focused()
    expect(details).to_contain_text(f"A reader questions this: {dispute.public_summary}")
    expect(details).to_contain_text("We are checking it; this is not yet a finding.")
    expect(details).to_contain_text("Under review since")
    expect(mark).to_have_attribute("aria-expanded", "true")
    # When
    page.keyboard.press("Escape")
    # Then
    expect(details).to_have_count(0)
    expect(mark).to_be_focused()
    expect(mark).to_have_attribute("aria-expanded", "false")


def test_passing_over_a_mark_opens_nothing(page: Page, address: str):
    page.goto(address)
    page.locator("a.mark-ref").first.hover()
    expect(page.locator(".mark-details")).to_have_count(0)


def test_the_mark_and_its_details_lead_to_each_other_without_javascript(
    plain_page: Page, address: str, dispute: Dispute
):
    """Scenario 45."""
    # Given
    plain_page.goto(address)
    expect(plain_page.locator(SWITCH)).to_have_count(0)
    # When
    plain_page.locator("a.mark-ref").first.click()
    # Then
    item = plain_page.locator(f"#dispute-{dispute.public_id}")
    expect(item).to_be_in_viewport()
    expect(item).to_contain_text("We are checking it; this is not yet a finding.")
    # When
    item.get_by_role("link", name="Back to the passage").click()
    # Then
    expect(plain_page.locator("a.mark-ref").first).to_be_in_viewport()


def test_a_reader_hides_the_marks_and_finds_them_hidden_again(page: Page, address: str):
    # Given
    page.goto(address)
    switch, mark = page.locator(SWITCH), page.locator("a.mark-ref").first
    expect(switch).to_have_attribute("aria-pressed", "true")
    # When
    switch.click()
    page.reload()
    # Then
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(mark).to_be_hidden()
    expect(page.locator(".post__record")).to_contain_text("under review")
    # When
    page.get_by_role("link", name="Back to the passage").click()
    # Then
    expect(mark).to_be_in_viewport()
    # When
    switch.click()
    # Then
    expect(mark).to_be_visible()


def test_a_mark_needs_neither_colour_nor_a_screen(browser: Browser, site: str, address: str):
    # Given
    context = browser.new_context(base_url=site, forced_colors="active")
    page = context.new_page()
    page.goto(address)
    # Then
    line = (
        "mark => ['textDecorationLine', 'textDecorationStyle']"
        ".map(name => getComputedStyle(mark)[name])"
    )
    mark = page.locator("mark[data-state=disputed]").first
    assert mark.evaluate(line) == ["underline", "dotted"]
    # When
    page.emulate_media(media="print")
    # Then
    assert mark.evaluate(line) == ["underline", "dotted"]
    assert "[disputed" in page.locator("a.mark-ref").first.inner_text()
    expect(page.locator(SWITCH)).to_be_hidden()
    context.close()


def test_after_the_decision_a_reader_finds_what_was_done_in_every_place(plain_page: Page, site):
    """Scenario 5."""
    # Given
    notices = list(Notice.objects.order_by("pk"))
    post = notices[0].post
    # When
    plain_page.goto(post.get_absolute_url())
    # Then
    expect(plain_page.locator(".post__record")).to_contain_text(
        "3 statements questioned · 2 clarified · 1 stands"
    )
    for mark in plain_page.locator("a.mark-ref").all():
        expect(mark).to_contain_text("[clarified")
        expect(plain_page.locator(mark.get_attribute("href"))).to_contain_text("Clarification, ")
    expect(plain_page.locator(".post__text [role=note]").first).to_contain_text("Editor's note")
    expect(plain_page.locator("#ledger li")).to_have_count(3)
    # When
    plain_page.goto("/corrections/")
    # Then
    expect(plain_page.locator(".record__item")).to_have_count(len(notices))
    plain_page.get_by_label("Words").fill("chain")
    plain_page.get_by_role("button", name="Show").click()
    expect(plain_page.locator(".record__item")).to_have_count(1)
    expect(plain_page.locator(".record__item ins").first).to_be_visible()

"""Raising a dispute as people do: by pointer, by touch, by keyboard, without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from blog.models import Post
from comments import tickets
from editorial.models import Dispute, Origin
from tests.browser.test_accessible import violations
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import BODY, PARTS, WorkshopPostFactory

THREE = (
    f"<p>🚲 שרה opens the workshop.</p>{BODY}<p>First: {PARTS}, in spring.</p>"
    f"<p>Really: {PARTS}, in autumn.</p>"
)
SELECT = """([words, nth]) => {
  const texts = document.createTreeWalker(
    document.querySelector(".post__text .prose"), NodeFilter.SHOW_TEXT);
  let found = 0;
  while (texts.nextNode()) {
    const at = texts.currentNode.data.indexOf(words);
    if (at < 0 || ++found < nth) continue;
    getSelection().setBaseAndExtent(
      texts.currentNode, at, texts.currentNode, at + words.length);
    texts.currentNode.parentElement.scrollIntoView({ block: "center" });
    return;
  }
}"""


@pytest.fixture
def post(site: str) -> Post:
    return WorkshopPostFactory(body=THREE)


def send(page: Page) -> Dispute:
    page.get_by_label("It is factually wrong").check()
    page.get_by_label("What is wrong, and how do you know?").fill("They charged me for a chain.")
    page.get_by_role("button", name="Send the report").click()
    if page.get_by_text("That was very quick").count():
        page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Received.")).to_be_visible()
    return Dispute.objects.latest("pk")


def place_of(dispute: Dispute) -> int:
    return dispute.claim.passages.get().captured_start


def test_the_second_of_three_copies_that_was_selected_is_disputed(page: Page, post: Post):
    """Scenarios 15 and 19."""
    # Given half a word at each end of the second copy
    page.goto(post.get_absolute_url())
    page.evaluate(SELECT, [PARTS[2:-2], 2])
    # When
    page.get_by_role("button", name="Dispute this").click()
    # Then
    expect(page.get_by_label("The words", exact=True)).to_have_value(PARTS)
    dispute = send(page)
    assert dispute.origin == Origin.SELECTION
    assert place_of(dispute) == post.head.text.index("First: ") + len("First: ")


def test_a_paragraph_is_disputed_by_keyboard_alone(page: Page, post: Post):
    """Scenario 45, with scripts."""
    # Given
    page.goto(post.get_absolute_url())
    page.get_by_role("button", name="Dispute a paragraph").focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=re.compile("in this paragraph ?: “Really"))
    expect(page.locator(".dispute-here").first).to_be_focused()
    assert violations(page) == []
    # When
    link.focus()
    page.keyboard.press("Enter")
    # Then
    expect(page.get_by_label("The words", exact=True)).to_have_value(f"Really: {PARTS}, in autumn.")
    assert place_of(send(page)) == post.head.text.index("Really")


def test_escape_ends_the_mode_and_leads_back_to_its_button(page: Page, post: Post):
    # Given
    page.goto(post.get_absolute_url())
    mode = page.get_by_role("button", name="Dispute a paragraph")
    mode.click()
    expect(mode).to_have_attribute("aria-pressed", "true")
    # When
    page.keyboard.press("Escape")
    # Then
    expect(mode).to_be_focused()
    expect(page.locator(".dispute-here")).to_have_count(0)


def test_without_scripts_a_paragraph_is_picked_and_the_words_are_typed(
    plain_page: Page, post: Post
):
    """Scenario 45."""
    # Given
    plain_page.goto(post.get_absolute_url())
    plain_page.get_by_role("link", name="Report an error or dispute a statement").click()
    # When
    plain_page.get_by_label("Which paragraph?").select_option(label=f"First: {PARTS}, in spring.")
    plain_page.get_by_label("The words", exact=True).fill(PARTS)
    # Then
    assert place_of(send(plain_page)) == post.head.text.index("First: ") + len("First: ")


def test_on_a_phone_a_bar_at_the_bottom_leads_to_the_form_with_the_words(
    browser: Browser, site: str, post: Post
):
    """Scenario 46."""
    # Given
    phone = {"width": 390, "height": 844}
    context = browser.new_context(base_url=site, viewport=phone, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(post.get_absolute_url())
    page.evaluate(SELECT, ["The mechanics have decades", 1])
    button = page.get_by_role("button", name="Dispute this")
    button.wait_for()
    box = page.locator(".word-bar").bounding_box()
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 844)
    # When the page is scrolled and the phone is turned
    page.mouse.wheel(0, 300)
    page.set_viewport_size({"width": 844, "height": 390})
    page.wait_for_timeout(400)
    # Then the words are kept
    button.tap()
    words = page.get_by_label("The words", exact=True)
    expect(words).to_have_value("The mechanics have decades")
    page.set_viewport_size(phone)
    expect(words).to_have_value("The mechanics have decades")
    context.close()


def test_a_commenter_reports_an_error_by_the_link_of_the_comment(plain_page: Page, post: Post):
    # Given
    comment = PostCommentFactory(post=post, text="New parts are charged.", published=True)
    plain_page.goto(f"/disputes/comment/{tickets.seal(comment)}/")
    # When
    plain_page.get_by_label("The words of the comment").fill("New parts are charged.")
    plain_page.get_by_label("The words in the post").fill("The mechanics have decades")
    plain_page.get_by_role("button", name="Send the report").click()
    # Then
    expect(plain_page.get_by_text("Reported with this comment")).to_be_visible()
    assert Dispute.objects.latest("pk").source_comment == comment

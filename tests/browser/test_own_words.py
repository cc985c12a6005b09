"""Quoting, being remembered, editing, withdrawing and reporting, as people do it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Browser, Locator, Page, expect

from comments.models import Flag, PostComment
from tests.browser.conftest import sign_in
from tests.browser.test_accessible import long_post, violations
from tests.browser.test_journeys import write

WORDS = "The gauge at our place hangs on a string, so that nobody takes it home."
SELECT = """element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
Clock = time_machine.Traveller


@pytest.fixture
def address(site: str) -> str:
    return long_post().get_absolute_url()


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(datetime.now(UTC), tick=True) as traveller:
        yield traveller


def select(words: Locator) -> str:
    words.scroll_into_view_if_needed()
    words.evaluate(SELECT)
    return words.inner_text()


def paragraph(page: Page) -> Locator:
    return page.locator(".post__text .prose > p:not(:has(.note))").nth(1)


def place(page: Page) -> list[dict[str, float]]:
    return [words.bounding_box() for words in page.locator(".prose > *").all()[:12]]


def test_selected_words_of_the_post_are_quoted_by_keyboard_in_the_form_in_its_place(
    page: Page, address: str, clock: Clock
):
    # Given
    page.goto(address)
    paragraph(page).scroll_into_view_if_needed()
    before = place(page)
    words = select(paragraph(page))
    expect(page.get_by_role("button", name="Quote this")).to_be_visible()
    assert place(page) == before
    # When
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # Then
    field = page.get_by_label("Quote", exact=False).and_(page.locator("textarea"))
    expect(field).to_have_value(words)
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    expect(page.get_by_label("Comment", exact=True)).to_be_in_viewport()
    assert page.url.endswith(address)
    # When
    write(page, name="Ruth Amsel", email="ruth@example.org", text=WORDS)
    clock.shift(timedelta(minutes=1))
    page.get_by_role("button", name="Send").click()
    # Then
    expect(page.locator(".comment-form blockquote")).to_have_text(words)
    expect(page.locator(".comment-form").get_by_text(WORDS)).to_be_visible()


def test_words_of_a_comment_are_quoted_in_an_answer_to_it(page: Page, address: str):
    # Given
    page.goto(address)
    comment = page.locator(".thread article").first
    # When
    words = select(comment.locator(".comment__text p").first)
    page.get_by_role("button", name="Quote this").click()
    # Then
    pk = comment.get_attribute("id").removeprefix("comment-")
    expect(page.locator(f"#comment-{pk}-quote")).to_have_value(words)
    expect(page.locator(".comment-form [name=reply_to]")).to_have_value(pk)
    # When more is selected while the form is open
    more = select(page.locator(f"#comment-{pk} .comment__text"))
    page.get_by_role("button", name="Quote this").click()
    assert more in page.locator(f"#comment-{pk}-quote").input_value()


def test_nothing_is_offered_for_an_editors_note_or_across_texts_and_escape_puts_it_away(
    page: Page, address: str
):
    # Given
    page.goto(address)
    button = page.get_by_role("button", name="Quote this")
    select(paragraph(page))
    expect(button).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_have_count(0)
    # Then
    for other in (".post__text .note", "h1", ".post__introduction p", "main"):
        select(page.locator(other).first)
        page.wait_for_timeout(300)
        expect(button).to_have_count(0)


def test_on_a_touch_screen_the_offer_is_a_bar_at_the_foot(browser: Browser, site, address: str):
    # Given
    phone = {"width": 390, "height": 844}
    context = browser.new_context(
        base_url=site, viewport=phone, has_touch=True, is_mobile=True, color_scheme="dark"
    )
    page = context.new_page()
    page.goto(address)
    # When
    words = select(paragraph(page))
    button = page.get_by_role("button", name="Quote this")
    button.wait_for()
    box = page.locator(".word-bar").bounding_box()
    # Then
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 844)
    assert violations(page) == []
    button.tap()
    expect(page.locator("#comment-new-quote")).to_have_value(words)
    context.close()


def test_without_javascript_words_are_quoted_in_a_box_and_a_comment_is_changed_and_withdrawn(
    plain_page: Page, address: str, clock: Clock
):
    # Given
    page = plain_page
    page.goto(f"{address}comments/new/")
    page.get_by_text("Quote something").click()
    page.locator("#comment-new-quote").fill("It hangs on a nail.")
    write(page, name="Ruth Amsel", email="ruth@example.org", text=WORDS)
    page.get_by_label("Remember my name").check()
    clock.shift(timedelta(minutes=1))
    page.get_by_role("button", name="Send").click()
    expect(page.locator("blockquote")).to_have_text("It hangs on a nail.")
    # When
    page.get_by_role("link", name="Change it").click()
    expect(page.get_by_text("You can change it for")).to_be_visible()
    page.get_by_label("Comment").fill("It hangs on a *string*.")
    page.get_by_role("button", name="Save").click()
    # Then
    expect(page.locator(".comment em")).to_have_text("string")
    expect(page.get_by_text("edited", exact=True)).to_be_visible()
    # When
    page.get_by_role("link", name="Withdraw it").click()
    page.get_by_role("button", name="Withdraw it for good").click()
    # Then
    expect(page.get_by_text("You have withdrawn your comment.")).to_be_visible()
    # And the browser is remembered until it is told to forget
    page.goto(f"{address}comments/new/")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Ruth Amsel")
    page.get_by_role("button", name="forget me here").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    page.goto(f"{address}comments/new/")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_reports_a_comment(
    page: Page, plain_page: Page, address: str, clock: Clock, scripts: bool
):
    # Given
    visitor = page if scripts else plain_page
    visitor.goto(address)
    # When
    visitor.locator(".thread article").first.get_by_role("link", name="Report").click()
    visitor.get_by_label("It is off topic").check()
    clock.shift(timedelta(minutes=1))
    visitor.get_by_role("button", name="Report").click()
    # Then
    expect(visitor.get_by_text("Your report waits for a moderator.")).to_be_visible()
    assert Flag.objects.get().reason == "off_topic"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_new_pages_have_no_accessibility_fault(
    browser: Browser, site, address: str, clock: Clock, scheme: str
):
    # Given
    context = browser.new_context(
        base_url=site, color_scheme=scheme, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    sign_in(page, "author@example.org")
    page.goto(f"{address}comments/new/?quote=A%20string")
    found = violations(page)
    page.get_by_label("Comment", exact=True).fill(WORDS)
    clock.shift(timedelta(minutes=1))
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Change it").wait_for()
    own, other = PostComment.objects.latest("pk"), PostComment.objects.published().first()
    pages = [page.url, f"{page.url}edit/", f"{page.url}withdraw/", "/me/comments/"]
    pages += [f"/me/comments/{own.pk}/edit/", f"/me/comments/{own.pk}/withdraw/"]
    pages += [f"/comments/{other.pk}/report/", f"/comments/{other.pk}/reported/"]
    # When
    wide = []
    for path in pages:
        page.goto(path)
        found += violations(page)
        wide.append(page.evaluate("() => document.documentElement.scrollWidth"))
    context.close()
    # Then
    assert found == []
    assert max(wide) <= 390


def test_the_minutes_count_down(page: Page, address: str, clock: Clock):
    # Given
    page.clock.install()
    sign_in(page, "author@example.org")
    page.goto(f"{address}comments/new/")
    page.get_by_label("Comment", exact=True).fill(WORDS)
    clock.shift(timedelta(seconds=5))
    page.get_by_role("button", name="Send").click()
    left = page.locator("time-left")
    expect(left).to_contain_text("minutes more")
    # When
    page.clock.fast_forward(14 * 60 * 1000 + 30_000)
    expect(left).to_contain_text("seconds more")
    page.clock.fast_forward(60_000)
    # Then
    expect(left).to_have_text("The time in which you could change it is over.")

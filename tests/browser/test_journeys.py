"""Whole ways through the site, as people go them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_accessible import long_post

WORDS = "The gauge at our place hangs on a string, so that nobody takes it home."


@pytest.fixture
def address(site: str) -> str:
    return long_post().get_absolute_url()


@pytest.fixture
def a_minute_later() -> Iterator[time_machine.Traveller]:
    """The forms refuse what is filled in within three seconds: let a minute pass instead."""
    with time_machine.travel(datetime.now(UTC), tick=True) as traveller:
        yield traveller


def write(page: Page, *, name: str, email: str, text: str) -> None:
    page.get_by_label("Comment", exact=True).fill(text)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(email)


def test_a_guest_comments_without_javascript_and_a_moderator_publishes_it(
    plain_page: Page, page: Page, address: str, a_minute_later: time_machine.Traveller
):
    # Given
    plain_page.goto(f"{address}comments/new/")
    write(plain_page, name="Ruth Amsel", email="ruth@example.org", text=WORDS)
    a_minute_later.shift(timedelta(minutes=1))
    # When
    plain_page.get_by_role("button", name="Send").click()
    # Then the writer sees it, and nobody else
    expect(plain_page.get_by_text(WORDS)).to_be_visible()
    page.goto(address)
    expect(page.get_by_text(WORDS)).to_have_count(0)
    # When
    sign_in(page, "moderator@example.org")
    page.goto("/desk/comments/")
    waiting = page.locator("li", has_text=WORDS)
    waiting.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("[data-live]")).to_contain_text("ublished")
    # Then
    plain_page.goto(address)
    expect(plain_page.get_by_text(WORDS)).to_be_visible()


def test_what_was_typed_survives_an_error(
    plain_page: Page, address: str, a_minute_later: time_machine.Traveller
):
    # Given
    plain_page.goto(f"{address}comments/new/")
    write(plain_page, name="Ruth Amsel", email="ruth@example", text=WORDS)
    a_minute_later.shift(timedelta(minutes=1))
    # When
    plain_page.locator("form.form").evaluate("form => form.noValidate = true")
    plain_page.get_by_role("button", name="Send").click()
    # Then
    expect(plain_page.get_by_label("Comment", exact=True)).to_have_value(WORDS)
    assert plain_page.get_by_label("E-mail address").get_attribute("aria-invalid") == "true"


def test_a_reply_opens_in_its_place_with_javascript(page: Page, address: str):
    # Given
    page.goto(address)
    # When
    page.get_by_role("link", name="Reply").first.click()
    # Then
    expect(page.get_by_label("Comment", exact=True)).to_be_visible()
    assert page.url.endswith(address)


def test_the_cursor_stays_where_work_goes_on_with_javascript(
    page: Page, address: str, a_minute_later: time_machine.Traveller
):
    # Given
    page.goto(address)
    # When
    page.get_by_role("link", name="Leave a comment").click()
    # Then
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    # When
    page.get_by_role("link", name="Cancel").click()
    # Then
    expect(page.get_by_role("link", name="Leave a comment")).to_be_focused()
    # When
    page.get_by_role("link", name="Leave a comment").click()
    write(page, name="Ruth Amsel", email="ruth@example.net", text=WORDS)
    page.get_by_role("button", name="Preview").click()
    # Then
    expect(page.get_by_role("region", name="Preview")).to_be_focused()
    # When
    a_minute_later.shift(timedelta(minutes=1))
    page.get_by_role("button", name="Send").click()
    # Then
    expect(page.locator(".comment-form").filter(has=page.get_by_role("status"))).to_be_focused()

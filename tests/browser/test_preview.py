"""A preview offers nothing that belongs to readers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_editor import a_post, sign_in


@pytest.fixture
def site(transactional_db: None, live_server) -> str:
    """The address of a server with nothing in it: the demo is not needed here."""
    return str(live_server.url)


def test_a_preview_offers_no_report_no_versions_and_no_discussion(page: Page, site: str) -> None:
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    # When
    page.goto(f"/write/{post.pk}/preview/")
    # Then
    expect(page.get_by_role("heading", name=post.title)).to_be_visible()
    for hidden in ("Report an error or dispute a statement", "see every version of this text"):
        expect(page.get_by_role("link", name=hidden)).to_have_count(0)
    expect(page.locator(".readers")).to_have_count(0)

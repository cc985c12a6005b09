"""A guest without an account, on a phone: from the mail that invites them to the published post."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import Letter
from blog.models import Approval, Post
from tests.browser.test_editor import sign_in
from tests.browser.test_reviewing import faults, fits
from tests.factories.blog import an_editor

GUEST = "ana@example.net"
WORDS = "Night shifts taught me to drink water before coffee."
EDITED = "Night shifts taught me to drink water before any coffee."


@pytest.fixture
def site(transactional_db: None, live_server) -> str:
    """The address of a server with nothing in it: the demo is not needed here."""
    return str(live_server.url)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    opened = browser.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield opened.new_page()
    opened.close()


def link_in_the_last_mail() -> str:
    """The personal link as it stands in the mail, without the host."""
    letter = Letter.objects.filter(to=GUEST).latest("written_at")
    line = next(one for one in letter.body.splitlines() if "/write/guest/" in one)
    return "/write/" + line.partition("/write/")[2]


def seen(page: Page) -> None:
    """The page is sound for everybody, and nothing of it lies beside a narrow screen."""
    assert faults(page) == []
    assert fits(page), page.url


def test_a_guest_goes_from_invitation_to_published_post_on_a_phone(
    page: Page, phone: Page, site: str
) -> None:
    # An editor invites somebody who has never been here
    sign_in(page, an_editor(), site)
    page.goto("/desk/posts/")
    page.get_by_role("link", name="Invite an author by mail…").click()
    page.get_by_label("Name", exact=True).fill("Ana Ruiz")
    page.get_by_label("E-mail address").fill(GUEST)
    page.get_by_label("Title of the post").fill("Ten years of night shifts")
    page.get_by_label("A message").fill("How do you stay awake?")
    seen(page)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()
    post = Post.objects.get()

    # The guest opens the link in the mail, and writes without an account
    phone.goto(link_in_the_last_mail())
    expect(phone.get_by_role("heading", name="Ten years of night shifts")).to_be_visible()
    seen(phone)
    phone.get_by_role("button", name="Go on to your post").click()
    phone.locator(".editor__text").click()
    phone.keyboard.type(WORDS)
    expect(phone.locator(".editor__text")).to_have_text(WORDS)
    seen(phone)
    phone.get_by_role("button", name="Save and hand in…").click()
    phone.get_by_label("A message to the editors").fill("Here it is.")
    seen(phone)
    phone.get_by_role("button", name="Hand it in").click()
    expect(phone.get_by_text("Your post is with the editors now.").first).to_be_visible()

    # The editor changes a word, and asks for approval
    page.goto(f"/write/{post.pk}/")
    expect(page.locator(".editor__text")).to_have_text(WORDS)
    page.locator(".editor__text").press("Control+a")
    page.keyboard.type(EDITED)
    expect(page.locator(".editor__text")).to_have_text(EDITED)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Your text is saved.")).to_be_visible()
    page.goto(f"/desk/posts/{post.pk}/")
    seen(page)
    page.get_by_role("button", name="Ask the author to approve the text").click()
    expect(page.get_by_text("The author has been asked to look at the text.")).to_be_visible()

    # The guest sees what was changed, and approves it
    phone.goto(link_in_the_last_mail())
    phone.get_by_role("button", name="Go on to your post").click()
    expect(phone.locator("ins", has_text="any")).to_be_visible()
    expect(phone.locator(".prose", has_text=EDITED)).to_be_visible()
    seen(phone)
    phone.get_by_role("button", name="I approve this text").click()
    expect(phone.get_by_text("You approved this text").first).to_be_visible()
    assert Approval.objects.get().state == "given"

    # The editor accepts and publishes it, and it is read
    page.goto(f"/desk/posts/{post.pk}/")
    expect(page.get_by_text("The author has approved this text.")).to_be_visible()
    page.get_by_role("button", name="Accept the text").click()
    page.get_by_role("button", name="Publish it now").click()
    expect(page.get_by_text("The post is published.")).to_be_visible()
    phone.goto(post.get_absolute_url())
    expect(phone.get_by_text(EDITED)).to_be_visible()
    expect(phone.get_by_text("Ana Ruiz").first).to_be_visible()
    seen(phone)

    # The way in closes when an editor ends it, also for whoever is inside
    page.goto("/desk/guests/")
    seen(page)
    page.get_by_role("button", name="End the link").click()
    expect(page.get_by_text("The link is ended. What was written stays.")).to_be_visible()
    phone.goto(f"/write/{post.pk}/")
    expect(phone.get_by_text("This link does not work any more").first).to_be_visible()
    seen(phone)

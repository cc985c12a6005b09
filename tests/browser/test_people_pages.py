"""The pages about people, rules and numbers in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from comments.models import PostComment, Sanction
from tests.browser.conftest import sign_in

PUBLISHER, MODERATOR = "publisher@example.org", "moderator@example.org"


def violations(page: Page) -> list[str]:
    results = Axe().run(page)
    return [
        f"{page.url}: {found['id']}: {node['html'][:200]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


def a_guest() -> PostComment:
    found = PostComment.objects.published().filter(user=None).order_by("-pk").first()
    assert found is not None
    return found


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_pages_have_no_accessibility_fault_and_fit(
    browser: Browser, site: str, scheme: str, width: int
) -> None:
    # Given
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport=viewport)
    page = context.new_page()
    sign_in(page, PUBLISHER)
    person = f"/desk/people/{a_guest().participant_id}/"
    page.goto(person)
    page.click("summary")
    page.check("input[value='24']")
    page.fill("textarea[name=reason]", "Heat in a thread")
    page.click(".sanctioning button[type=submit]")
    # When
    found, wide = [], []
    addresses = ("/desk/people/", "/desk/people/?q=nobody", person, "/desk/people/sanctions/")
    for address in (*addresses, "/desk/comments/rules/", "/desk/comments/numbers/", "/me/"):
        page.goto(address)
        for summary in page.locator("summary").all():
            summary.click()
        found += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    context.close()
    # Then
    assert (found, wide) == ([], [])


def test_a_ban_asks_about_their_comments_and_only_a_ban_does(page: Page) -> None:
    # Given
    sign_in(page, MODERATOR)
    page.goto(f"/desk/people/{a_guest().participant_id}/")
    page.click("summary")
    fate = page.locator("[name=their_comments]")
    # Then
    expect(fate).to_be_hidden()
    page.check("input[value=hold]")
    expect(fate).to_be_hidden()
    page.check("input[value=ban]")
    expect(fate).to_be_visible()


def test_a_moderator_sanctions_lifts_and_notes_without_javascript(plain_page: Page) -> None:
    # Given
    page = plain_page
    sign_in(page, MODERATOR)
    comment = a_guest()
    page.goto("/desk/people/")
    page.fill("input[name=q]", comment.user_name)
    page.click("main form button")
    page.click(f"a.person__name[href='/desk/people/{comment.participant_id}/']")
    # When
    page.click("summary")
    page.check("input[value=ban]")
    page.fill("textarea[name=reason]", "Heat in a thread")
    page.click(".sanctioning button[type=submit]")
    # Then
    expect(page.locator("[role=status]")).to_contain_text("Banned")
    assert Sanction.objects.in_force().get().participant_id == comment.participant_id
    # When
    page.click("text=Lift: Banned")
    page.fill("textarea[name=text]", "Calm after a mail.")
    page.click("text=Keep the note")
    # Then
    expect(page.locator(".person__note")).to_contain_text("Calm after a mail.")
    assert not Sanction.objects.in_force().exists()


def test_the_publisher_previews_and_saves_rules_without_javascript(plain_page: Page) -> None:
    # Given
    page = plain_page
    sign_in(page, PUBLISHER)
    page.goto("/desk/comments/")
    page.click("text=Rules")
    # When
    page.fill("textarea[name=rules]", "Be *kind*.")
    page.fill("input[name=most_links]", "5")
    page.click("text=Preview the house rules")
    # Then
    expect(page.locator(".rules__preview em")).to_have_text("kind")
    expect(page.locator("input[name=most_links]")).to_have_value("5")
    # When
    page.click("text=Save the rules")
    # Then
    expect(page.locator("[role=status]")).to_contain_text("saved")
    page.reload()
    expect(page.locator("textarea[name=rules]")).to_have_value("Be *kind*.")


def test_single_keys_are_switched_off_by_keyboard(page: Page) -> None:
    sign_in(page, MODERATOR)
    page.focus("input[name=uses_keys]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("Your choice is saved.")
    expect(page.locator("input[name=uses_keys]")).not_to_be_checked()

"""From signing in to handing in without touching the mouse; and nothing that axe-core finds."""

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page

from accounts.models import Person
from blog.models import Post, PostState
from tests.browser.test_accessible import violations
from tests.factories.accounts import PersonFactory, ProfileFactory

MOST_STOPS = 60
IS_SEEN = """() => {
  if (document.activeElement === document.body) return true; // between the last stop and the first
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
}"""


@pytest.fixture
def site(transactional_db: None, live_server) -> str:
    """The address of a server with nothing in it: the demo is not needed here."""
    return str(live_server.url)


def go_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press the key until what is meant has the focus, which can be seen at every stop."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        assert page.evaluate(IS_SEEN), page.evaluate("document.activeElement.outerHTML")[:200]
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by {key}")


def press(page: Page, selector: str) -> None:
    """Go to a link or button and open it."""
    go_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def signed_in_by_keys(page: Page, person: Person) -> None:
    page.goto("/accounts/login/")
    go_to(page, "input[name=login]")
    page.keyboard.type(person.email)
    go_to(page, "input[name=password]")
    page.keyboard.type("corrigible")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_post_is_written_and_handed_in_by_keys_alone(page: Page, site: str) -> None:
    # Given
    person = PersonFactory(author=True, password="corrigible")
    ProfileFactory(person=person)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    # When
    signed_in_by_keys(page, person)
    press(page, "a[href='/write/']")
    assert violations(page) == []
    go_to(page, "input[name=title]")
    page.keyboard.type("A tyre in ten minutes")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator(".editor__text").wait_for()
    go_to(page, ".editor__text")
    page.keyboard.type("## Take it off\n")
    go_to(page, ".editor__tools [aria-label=Strong]", "Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("Sit down")
    page.keyboard.press("Control+b")
    page.keyboard.type(" and breathe.")
    assert violations(page) == []
    go_to(page, ".shortcuts summary")
    page.keyboard.press("Enter")
    assert violations(page) == []
    press(page, "a[href$='/links/']")
    assert violations(page) == []
    press(page, "main a.button")
    page.wait_for_load_state("networkidle")
    page.locator("[href*='kept=']").wait_for()
    assert violations(page) == []
    press(page, "[href*='kept=']")
    page.locator(".editor__text").wait_for()
    press(page, "button[value=submit]")
    go_to(page, "textarea[name=message]")
    page.keyboard.type("Is the second step clear?")
    press(page, "main button[type=submit]")
    # Then
    post = Post.objects.get()
    assert post.state == PostState.SUBMITTED
    assert post.body == "<h2>Take it off</h2>\n<p><strong>Sit down</strong> and breathe.</p>"
    assert post.events.filter(message="Is the second step clear?").exists()

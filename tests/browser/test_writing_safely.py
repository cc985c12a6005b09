"""Nothing that was typed is lost: by a cut network, a closed tab, a session's end, a colleague."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Person, Role
from blog.models import Autosave, Post
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import PostFactory

TEXT = ".editor__text"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def site(transactional_db: None, live_server) -> str:
    """The address of a server with nothing in it: the demo is not needed here."""
    return str(live_server.url)


def session_of(person: Person, site: str) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value, "url": site}


def opened(context: BrowserContext, post: Post) -> Page:
    page = context.new_page()
    page.goto(f"/write/{post.pk}/")
    page.locator(TEXT).wait_for()
    return page


def write(page: Page, words: str) -> None:
    page.locator(TEXT).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def status(page: Page, said: str) -> None:
    expect(page.locator("[data-status]")).to_contain_text(said, timeout=15_000)


def test_words_survive_a_cut_network_a_closed_tab_and_an_ended_session(
    browser: Browser, site: str
) -> None:
    """Written on a phone, in one afternoon in which everything goes wrong."""
    # Given
    person = PersonFactory(role=Role.AUTHOR)
    post = PostFactory(author=ProfileFactory(person=person), body="<p>Begun.</p>")
    context = browser.new_context(base_url=site, viewport=PHONE)
    context.add_cookies([session_of(person, site)])
    page = opened(context, post)
    # When the text is typed, it is kept without being saved
    write(page, " Kept.")
    status(page, "Kept for you at")
    assert Autosave.objects.get().body == "<p>Begun. Kept.</p>"
    # When the network is cut, that is said, and the form is not sent into the void
    context.set_offline(True)
    write(page, " Cut.")
    status(page, "Not saved: no connection")
    page.get_by_role("button", name="Save", exact=True).click()
    status(page, "Not saved: no connection")
    assert page.locator(TEXT).inner_text().endswith("Cut.")
    # When the tab is closed without a network, the browser still has the words
    page.close()
    context.set_offline(False)
    page = opened(context, post)
    expect(page.get_by_role("heading", name="You have words here")).to_be_visible()
    page.get_by_role("link", name="Put them back").click()
    page.locator(TEXT).wait_for()
    assert page.locator(TEXT).inner_text() == "Begun. Kept. Cut."
    # When the session ends, that is said; somebody signs in in another tab, and it goes on
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(page, " Signed out.")
    status(page, "You are signed out: your words are kept in this browser")
    context.clear_cookies()
    context.add_cookies([session_of(person, site)])
    page.get_by_role("button", name="Save", exact=True).dblclick()
    page.get_by_text("Your text is saved.").wait_for()
    # Then
    post.refresh_from_db()
    assert post.body == "<p>Begun. Kept. Cut. Signed out.</p>"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.reload()
    page.locator(TEXT).wait_for()
    assert page.get_by_text("You have words here").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('write.'))") == []
    context.close()


def test_two_people_in_one_post_know_of_each_other_and_see_both_texts(
    browser: Browser, site: str
) -> None:
    # Given
    author = PersonFactory(role=Role.AUTHOR, name="Ana Ruiz")
    editor = PersonFactory(editor=True, name="Grace Kim")
    post = PostFactory(author=ProfileFactory(person=author), body="<p>The wheel wobbles.</p>")
    size = {"width": 1280, "height": 900}
    contexts = [browser.new_context(base_url=site, viewport=size) for _person in (author, editor)]
    for context, person in zip(contexts, (author, editor), strict=True):
        context.add_cookies([session_of(person, site)])
    hers, theirs = opened(contexts[0], post), opened(contexts[1], post)
    # When
    expect(theirs.get_by_text("Ana Ruiz is writing here too")).to_be_visible()
    write(theirs, " Turn the nipple.")
    theirs.get_by_role("button", name="Save", exact=True).click()
    theirs.get_by_text("Your text is saved.").wait_for()
    write(hers, " Turn the spoke.")
    expect(hers.get_by_text("Grace Kim is writing here too")).to_be_visible()
    hers.get_by_role("button", name="Save", exact=True).click()
    # Then both stand beside each other
    expect(hers.get_by_role("heading", name="Two versions of this text")).to_be_visible()
    hers.locator(TEXT).wait_for()
    stored, mine = hers.locator(".their-text__page"), hers.locator(TEXT)
    expect(stored).to_contain_text("Turn the nipple.")
    expect(mine).to_contain_text("Turn the spoke.")
    assert stored.bounding_box()["x"] + stored.bounding_box()["width"] <= mine.bounding_box()["x"]
    # When the second mends theirs by hand
    write(hers, " Turn the nipple.")
    hers.get_by_role("button", name="Replace it by your text").click()
    hers.get_by_text("Your text is saved.").wait_for()
    # Then
    post.refresh_from_db()
    assert post.body == "<p>The wheel wobbles. Turn the spoke. Turn the nipple.</p>"
    theirs.reload()
    expect(theirs.get_by_role("heading", name="You have words here")).to_be_visible()
    for context in contexts:
        context.close()

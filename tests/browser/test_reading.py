"""Reading: the margin is the editor's, everything is there without JavaScript, nothing is kept."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from blog.models import Image
from tests.browser.test_accessible import long_post

WIDTHS = [390, 768, 1280]


@pytest.fixture
def address(site: str) -> str:
    return long_post().get_absolute_url()


def test_an_inline_note_stands_in_the_margin_beside_its_words(page: Page, address: str):
    # Given / When
    page.goto(address)
    note = page.locator(".post__text .note").first.bounding_box()
    words = page.locator("mark[data-state=note]").first.bounding_box()
    column = page.locator(".post__text p").first.bounding_box()
    # Then
    assert note["x"] >= column["x"] + column["width"]
    assert abs(note["y"] - words["y"]) < 200


def test_on_a_phone_an_inline_note_opens_in_place_under_its_words(plain_page: Page, address: str):
    # Given / When
    plain_page.goto(address)
    note = plain_page.locator(".post__text .note").first.bounding_box()
    words = plain_page.locator("mark[data-state=note]").first.bounding_box()
    # Then
    assert note["y"] >= words["y"]
    assert note["x"] + note["width"] <= 390


def test_a_screen_reader_meets_a_note_right_after_its_words(plain_page: Page, address: str):
    plain_page.goto(address)
    follows = plain_page.evaluate(
        "() => { const mark = [...document.querySelectorAll('mark[data-state=note]')].pop();"
        " const note = document.querySelector('.post__text [role=note]');"
        " return !!(mark.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING)"
        " && mark.closest('li, p') === note.closest('li, p'); }"
    )
    assert follows


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(browser: Browser, site, address, width):
    # Given
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900})
    page = context.new_page()
    # When
    wide = {}
    for path in ("/", address, f"{address}comments/new/", f"{address}report/", "/corrections/"):
        page.goto(path)
        wide[path] = page.evaluate("() => document.documentElement.scrollWidth")
    context.close()
    # Then
    assert {path: reach for path, reach in wide.items() if reach > width} == {}


def test_reading_leaves_no_cookie(context: BrowserContext, page: Page, address: str):
    for path in ("/", address, "/posts/", "/corrections/", "/privacy/"):
        page.goto(path)
    assert context.cookies() == []


def test_the_browser_takes_the_smallest_picture_that_is_sharp_enough(page, run_tasks) -> None:
    # Given
    run_tasks()
    image = Image.objects.get()
    taken = {}
    for width in (390, 1280):
        # When
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/posts/true-a-wheel/")
        picture = page.get_by_role("img", name="A spoked wheel seen from the side.")
        picture.scroll_into_view_if_needed()
        page.wait_for_function("() => document.querySelector('figure img').complete")
        taken[width] = picture.evaluate("image => image.currentSrc")
    # Then
    copies = {one["width"]: one["name"] for one in image.copies if one["type"] == "image/avif"}
    assert taken[390].endswith(copies[480])
    assert taken[1280].endswith(copies[960])


def test_nothing_on_a_page_offends_the_content_security_policy(page: Page, address: str):
    # Given
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    # When
    for path in ("/", address, "/corrections/"):
        page.goto(path, wait_until="networkidle")
    # Then
    assert said == []


def test_the_first_key_leads_past_the_navigation(page: Page, address: str):
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getAttribute('href')") == "#main"


def test_a_mark_leads_to_what_readers_were_told_and_back_without_javascript(
    plain_page: Page, address: str
):
    # Given
    plain_page.goto(address)
    mark = plain_page.locator("a.mark-ref").first
    # When
    target = mark.get_attribute("href")
    # Then
    assert target.startswith("#notice-")
    assert plain_page.locator(target).count() == 1

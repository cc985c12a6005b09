"""Writing in the rich-text editor under the site's strict policy."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, expect

from accounts.models import Person, Role
from blog.models import Post
from tests.blog.test_pasting import FOLDER
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import PostFactory

FROM_A_WORD_PROCESSOR = (
    '<b style="font-weight:normal" id="docs-internal-guid-1"><h1 style="line-height:1.3">'
    '<span style="font-weight:400">Tubes</span></h1><p onclick="alert(1)"><span '
    'style="font-weight:700">Heavy</span><span style="font-weight:400"> and light</span></p>'
    '<ul style="margin:0"><li style="list-style-type:disc"><p>one</p></li></ul></b>'
    "<script>alert(1)</script>"
)
PASTE = """html => {
  const given = new DataTransfer();
  given.setData("text/html", html);
  const paste = {clipboardData: given, bubbles: true, cancelable: true};
  document.querySelector(".editor__text").dispatchEvent(new ClipboardEvent("paste", paste));
}"""

WHAT_WAITS_HAPPENS_AT_THE_END = """
const waiting = new Map(), { setTimeout: begin, clearTimeout: end } = window;
window.setTimeout = (act, pause) => {
  const timer = begin(() => { waiting.delete(timer); act(); }, pause);
  if (pause === 400) waiting.set(timer, act);  // LOCAL_PAUSE in write-keep.js
  return timer;
};
window.clearTimeout = (timer) => { waiting.delete(timer); end(timer); };
addEventListener("pagehide", () => waiting.forEach((act) => act()));
"""


@pytest.fixture
def site(transactional_db: None, live_server) -> str:
    """The address of a server with nothing in it: the demo is not needed here."""
    return str(live_server.url)


def sign_in(page: Page, person: Person, site: str) -> None:
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])


def open_editor(page: Page, post: Post) -> list[str]:
    """Open the post for writing; gives what the console will complain of."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"/write/{post.pk}/")
    page.locator(".editor__text").click()
    return complaints


def a_post() -> Post:
    return PostFactory(author=ProfileFactory(person__role=Role.AUTHOR), body="")


def saved(page: Page, post: Post) -> str:
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Your text is saved.").wait_for()
    post.refresh_from_db()
    return post.body


def test_headings_lists_links_and_emphasis_are_written_without_a_complaint(
    page: Page, site: str
) -> None:
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    complaints = open_editor(page, post)
    # When
    page.get_by_label("Kind of paragraph").select_option("2")
    page.locator(".editor__text").focus()
    page.keyboard.type("Patch it")
    page.keyboard.press("Enter")
    page.keyboard.type("It is ")
    page.keyboard.press("Control+b")
    page.keyboard.type("cheap")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="List", exact=True).click()
    page.keyboard.type("glue")
    page.keyboard.press("Enter")
    page.keyboard.type("shop")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.get_by_role("button", name="Link").click()
    page.locator(".prose-editor-dialog input").fill("shop.example/glue")
    page.keyboard.press("Enter")
    page.locator(".prose-editor-dialog").wait_for(state="detached")
    # Then
    assert saved(page, post) == (
        "<h2>Patch it</h2>\n<p>It is <strong>cheap</strong></p>\n"
        '<ul><li>glue</li><li><a href="https://shop.example/glue" rel="noopener">shop</a></li></ul>'
    )
    assert complaints == []


def test_a_paste_from_a_word_processor_keeps_its_emphasis_and_nothing_else(
    page: Page, site: str
) -> None:
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    complaints = open_editor(page, post)
    # When
    page.evaluate(PASTE, FROM_A_WORD_PROCESSOR)
    # Then
    assert saved(page, post) == (
        "<h2>Tubes</h2>\n<p><strong>Heavy</strong> and light</p>\n<ul><li>one</li></ul>"
    )
    # When
    page.locator(".editor__text").click()
    page.keyboard.press("Control+a")
    page.evaluate(PASTE, (FOLDER / "word/nested-numbered-list.html").read_text())
    # Then
    expected = (FOLDER / "word/nested-numbered-list.expected.html").read_text().strip()
    assert saved(page, post) == expected
    assert complaints == []


def test_the_bar_is_one_stop_of_the_tab_key_and_arrows_walk_in_it(page: Page, site: str) -> None:
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    open_editor(page, post)
    named = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"
    # When
    page.keyboard.press("Shift+Tab")
    first = page.evaluate(named)
    page.keyboard.press("ArrowRight")
    second = page.evaluate(named)
    page.keyboard.press("Tab")
    # Then
    assert (first, second) == ("Strong", "Emphasis")
    assert page.evaluate("document.activeElement.matches('.editor__text')")


def test_pressing_a_button_does_not_take_the_focus_from_the_text(page: Page, site: str) -> None:
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    open_editor(page, post)
    # When
    page.get_by_role("button", name="Strong").hover()
    page.mouse.down()
    # Then
    assert page.evaluate("document.activeElement.matches('.editor__text')")
    # When
    page.mouse.up()
    page.keyboard.type("cheap")
    # Then
    assert saved(page, post) == "<p><strong>cheap</strong></p>"


def test_what_is_typed_right_after_a_button_by_keyboard_goes_into_the_text(
    page: Page, site: str
) -> None:
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    open_editor(page, post)
    # When
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("cheap")
    # Then
    assert saved(page, post) == "<p><strong>cheap</strong></p>"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_dialog_stands_in_the_middle_and_its_label_is_free(
    page: Page, site: str, width: int
) -> None:
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    page.set_viewport_size({"width": width, "height": 900})
    open_editor(page, post)
    # When
    page.get_by_role("button", name="Link").click()
    dialog = page.locator(".prose-editor-dialog").bounding_box()
    label = page.locator(".prose-editor-dialog label").first.bounding_box()
    field = page.locator(".prose-editor-dialog input").first.bounding_box()
    # Then
    assert abs(dialog["x"] - (width - dialog["x"] - dialog["width"])) <= 20
    assert dialog["y"] > 100
    assert field["y"] - (label["y"] + label["height"]) >= 6  # pixels: room for the focus ring


def test_signs_typed_as_in_markdown_become_what_they_mean(page: Page, site: str) -> None:
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    complaints = open_editor(page, post)
    # When
    for line in ("## Patch it", "It is **cheap** and *quick*, says `M5`.", "> Slow is smooth."):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    for line in ("- glue", "shop", "", "1. press", "", "---"):
        page.keyboard.type(line)
        if line != "---":
            page.keyboard.press("Enter")
    page.keyboard.type("See [the shop](https://shop.example/glue) now")
    # Then
    assert page.locator("[data-words-count]").inner_text() == "19"
    page.keyboard.press("Control+s")
    page.get_by_text("Your text is saved.").wait_for()
    post.refresh_from_db()
    assert post.body == (
        "<h2>Patch it</h2>\n<p>It is <strong>cheap</strong> and <em>quick</em>, says "
        "<code>M5</code>.</p>\n<blockquote><p>Slow is smooth.</p></blockquote>\n"
        "<ul><li>glue</li><li>shop</li></ul>\n<ol><li>press</li></ol>\n<hr>\n"
        '<p>See <a href="https://shop.example/glue" rel="noopener">the shop</a> now</p>'
    )
    assert complaints == []


def test_words_sent_right_after_the_last_key_are_saved_and_not_offered_as_unsaved(
    page: Page, site: str
) -> None:
    """The site answers so late that the browser would still have put the words into its drawer."""
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    page.add_init_script(WHAT_WAITS_HAPPENS_AT_THE_END)
    open_editor(page, post)
    kept: list[str] = []
    page.on("request", lambda asked: kept.append(asked.url) if "/kept/" in asked.url else None)
    # When
    page.keyboard.type("Wipe the chain.")
    page.keyboard.press("Control+s")
    page.get_by_text("Your text is saved.").wait_for()
    page.wait_for_load_state("networkidle")
    # Then
    expect(page.get_by_text("Your text is saved.")).to_be_visible()
    assert kept == []

"""A post is reviewed at the desk and on a phone: said, proposed, accepted, noted, published."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.models import Person
from blog.models import Post
from tests.browser.test_editor import sign_in
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import PostFactory, an_editor

PARAGRAPHS = [
    "True the wheel before the tyre goes on.",
    "A spoke wrench is all it takes.",
    *(f"Turn number {number} is like the one before it, only smaller." for number in range(30)),
    "Then ride it round the block.",
]


@pytest.fixture
def site(transactional_db: None, live_server) -> str:
    """The address of a server with nothing in it: the demo is not needed here."""
    return str(live_server.url)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    opened = browser.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    yield opened.new_page()
    opened.close()


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))


def press(page: Page, button: Locator) -> None:
    """As somebody does who has no mouse."""
    button.focus()
    page.keyboard.press("Enter")


def in_review(writer: Person, editor: Person) -> Post:
    body = "\n".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    return PostFactory(
        title="A wheel that runs true",
        author=writer.profile,
        body=body,
        submitted=True,
        editor=editor,
    )


def test_a_post_is_reviewed_from_the_desk_to_the_phone_and_back(
    page: Page, phone: Page, site: str
) -> None:
    # Given
    editor, writer = an_editor(), ProfileFactory().person
    post = in_review(writer, editor)
    sign_in(page, editor, site)
    sign_in(phone, writer, site)
    problems: list[str] = []

    # The editor finds it among what waits, and takes it up by the keyboard
    page.goto("/desk/posts/")
    press(page, page.get_by_role("link", name=post.title))
    press(page, page.get_by_role("button", name="Take it up for review"))
    expect(page.get_by_text("You have taken this post up.")).to_be_visible()
    for address in ("board/", "calendar/"):
        page.goto(f"/desk/posts/{address}")
        problems += faults(page)
    page.goto(f"/desk/posts/{post.pk}/review/")
    problems += faults(page)

    # selects words with the mouse, far down in the text, with the form still in sight
    page.get_by_text(PARAGRAPHS[-1]).click(click_count=3)
    words = page.get_by_label("The words it is about")
    expect(words).to_have_value(PARAGRAPHS[-1])
    expect(words).to_be_in_viewport()
    page.get_by_label("Your comment").fill("Which block? Say how far.")
    page.get_by_role("button", name="Set it beside the text").click()
    expect(page.locator(".said")).to_contain_text("Which block?")

    # proposes other words by the keyboard alone
    page.get_by_label("The words it is about").focus()
    page.keyboard.type("spoke wrench")
    press(page, page.locator("summary", has_text="Propose other words"))
    page.get_by_label("Propose other words in their place").focus()
    page.keyboard.type("spoke key")
    press(page, page.get_by_role("button", name="Set it beside the text"))
    expect(page.locator(".said ins")).to_have_text("spoke key")
    expect(page.locator(".beside-ref")).to_have_count(2)

    # sets an introduction and a note at words
    page.goto(f"/desk/posts/{post.pk}/notes/")
    problems += faults(page)
    page.get_by_text(PARAGRAPHS[0]).click(click_count=3)
    inline = page.locator("#inline-note")
    inline.get_by_label("Your note").fill("Our workshop lends a stand.")
    inline.get_by_role("button", name="Set the note").click()
    expect(page.get_by_text("Your note stands beside these words.")).to_be_visible()
    introduction = page.locator("section", has=page.locator("#introduction"))
    introduction.get_by_label("Your note").fill("Meet a mechanic who teaches.")
    introduction.get_by_role("button").click()
    expect(page.get_by_text("Your note stands on the post.")).to_be_visible()

    # and gives it back
    page.goto(f"/desk/posts/{post.pk}/review/")
    press(page, page.locator("summary", has_text="Ask the author for changes"))
    page.get_by_label("What should change?").fill("Nearly there.")
    press(page, page.get_by_role("button", name="Ask the author for changes"))
    expect(page.get_by_text("has been told")).to_be_visible()

    # The author reads it on a phone, accepts the words and answers
    phone.goto(f"/write/{post.pk}/")
    phone.get_by_role("link", name="2 comments beside your text").click()
    expect(phone.get_by_text("Which block?")).to_be_visible()
    assert fits(phone)
    problems += faults(phone)
    phone.get_by_text(PARAGRAPHS[2]).click(click_count=3)
    phone.get_by_role("link", name="Say something about the words you select").click()
    expect(phone.get_by_label("The words it is about")).to_have_value(PARAGRAPHS[2])
    expect(phone.get_by_label("The words it is about")).to_be_in_viewport()
    phone.get_by_role("button", name="Accept these words").click()
    expect(phone.get_by_text("The proposed words stand in the text.")).to_be_visible()
    expect(phone.locator(".prose")).to_contain_text("A spoke key is all it takes.")
    phone.locator("summary", has_text="Answer").click()
    phone.get_by_label("Your answer").fill("Two kilometres.")
    phone.get_by_role("button", name="Answer").click()
    expect(phone.locator(".said__replies")).to_contain_text("Two kilometres.")
    phone.goto(f"/write/{post.pk}/submit/")
    phone.get_by_role("button", name="Hand it in").click()

    # The editor sees what changed, resolves, and accepts
    page.goto(f"/desk/posts/{post.pk}/review/")
    expect(page.locator(".diff ins")).to_contain_text("key")
    expect(page.locator(".diff del")).to_contain_text("wrench")
    press(page, page.get_by_role("button", name="Resolve"))
    expect(page.get_by_text("It is resolved.")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert fits(page)
    press(page, page.get_by_role("button", name="Accept the text"))
    expect(page.get_by_text("The post is accepted")).to_be_visible()
    assert fits(page)
    for address in ("/desk/posts/", "/desk/posts/board/", "/desk/posts/calendar/", "/desk/log/"):
        page.goto(address)
        assert fits(page), address
        problems += faults(page)
    page.goto(f"/write/{post.pk}/preview/")
    expect(page.get_by_text("Our workshop lends a stand.")).to_be_visible()
    expect(page.get_by_text("Meet a mechanic who teaches.")).to_be_visible()
    expect(page.get_by_text("Two kilometres.")).to_have_count(0)
    assert problems == []

"""Pictures in the editor: chosen, pasted, dropped; refused in place; each with its words."""

import base64

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from blog.models import Image
from tests.browser.test_editor import a_post, open_editor, saved, sign_in, site  # noqa: F401
from tests.factories.images import a_file

GIVE = """([how, content, type, html]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], "photo", {type}));
  if (html) given.setData("text/html", html);
  const text = document.querySelector(".editor__text");
  const { x, y } = text.getBoundingClientRect();
  const common = {bubbles: true, cancelable: true, clientX: x + 20, clientY: y + 20};
  text.dispatchEvent(how === "paste"
    ? new ClipboardEvent("paste", {...common, clipboardData: given})
    : new DragEvent("drop", {...common, dataTransfer: given}));
}"""


def give(page: Page, how: str, content: bytes, *, kind: str = "image/jpeg", html: str = "") -> None:
    page.evaluate(GIVE, [how, base64.b64encode(content).decode(), kind, html])


def test_pictures_come_into_the_text_with_their_words(page: Page, site: str) -> None:  # noqa: F811
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    complaints = open_editor(page, post)
    dialog = page.get_by_role("dialog")
    alt, put = dialog.get_by_label("What does the picture show?"), dialog.get_by_text("Put it into")
    page.keyboard.type("Words before.")

    # When one is chosen
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Picture", exact=True).click()
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": a_file(size=(300, 200))}
    dialog.get_by_label("Picture from your device").set_input_files(photo)
    expect(put).to_be_enabled()
    put.click()
    expect(dialog).to_be_visible()  # nothing is said of it yet
    alt.fill("A wheel")
    dialog.get_by_label("Caption").fill("In the workshop")
    put.click()
    expect(dialog).to_be_hidden()
    page.keyboard.type("Words after.")  # below the picture, not in its place

    # When one is pasted that only decorates
    give(page, "paste", a_file("PNG"), kind="image/png", html="<img src='https://x.example/a'>")
    dialog.get_by_label("It only decorates").check()
    put.click()
    expect(dialog).to_be_hidden()

    # When one is dropped that is no picture, and then another one is chosen
    give(page, "drop", b"<svg xmlns='http://www.w3.org/2000/svg'/>", kind="image/svg+xml")
    expect(dialog.get_by_role("alert")).to_contain_text("SVG and HTML files can carry programs")
    expect(put).to_be_disabled()
    dialog.get_by_label("Picture from your device").set_input_files(photo)
    alt.fill("Another wheel")
    expect(put).to_be_enabled()
    put.click()
    expect(dialog).to_be_hidden()

    # Then
    first, second, third = Image.objects.order_by("pk")
    body = saved(page, post)
    assert "<p>Words before.</p>" in body
    assert (
        f'<figure><img src="/images/{first.key}/" alt="A wheel">'
        "<figcaption>In the workshop</figcaption></figure>\n<p>Words after.</p>"
    ) in body
    assert f'<figure><img src="/images/{second.key}/" alt="" role="presentation"></figure>' in body
    assert f'<figure><img src="/images/{third.key}/" alt="Another wheel"></figure>' in body
    assert [one for one in complaints if "422" not in one] == []

    # When one that is there already is put in again
    page.goto(page.url)
    page.locator(".editor__text").get_by_text("Words before.").click()
    page.keyboard.press("End")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Picture", exact=True).click()
    dialog.get_by_text("Or one that is here already").click()
    dialog.locator("li button").last.click()
    alt.fill("The same wheel")
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    put.click()
    # Then
    body = saved(page, post)
    assert f'<figure><img src="/images/{first.key}/" alt="The same wheel"></figure>' in body

    # When the words of one are changed in the text that was saved
    page.goto(page.url)
    page.locator(f'.editor__text img[src="/images/{second.key}/"]').click()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Picture", exact=True).click()
    expect(dialog.get_by_label("It only decorates")).to_be_checked()
    dialog.get_by_label("It only decorates").uncheck()
    alt.fill("A hub")
    put.click()
    # Then
    assert f'<figure><img src="/images/{second.key}/" alt="A hub"></figure>' in saved(page, post)

    # And the pages of pictures have no fault that axe can find
    for address in ("", f"{first.key}/"):
        page.goto(f"/write/{post.pk}/pictures/{address}")
        assert [found["id"] for found in Axe().run(page).response["violations"]] == []


def test_a_lost_connection_costs_no_word(page: Page, site: str) -> None:  # noqa: F811
    # Given
    post = a_post()
    sign_in(page, post.author.person, site)
    open_editor(page, post)
    page.keyboard.type("Words.")
    page.route("**/pictures/upload/", lambda route: route.abort())
    # When
    give(page, "paste", a_file())
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What does the picture show?").fill("A wheel")
    # Then
    expect(dialog.get_by_role("alert")).to_contain_text("Your text is not touched. Try again.")
    expect(dialog.get_by_label("What does the picture show?")).to_have_value("A wheel")
    page.keyboard.press("Escape")
    assert saved(page, post) == "<p>Words.</p>"

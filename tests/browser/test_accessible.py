"""axe-core finds nothing, on the pages that readers and editors use, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from blog.models import Image, Post
from editorial.models import Dispute
from tests.browser.conftest import sign_in

EDITOR = "editor@example.org"


def long_post() -> Post:
    return Post.objects.published().order_by("notices__pk").filter(notices__isnull=False).first()


def addresses() -> list[str]:
    post = long_post()
    return [
        "/",
        post.get_absolute_url(),
        f"{post.get_absolute_url()}comments/new/",
        f"{post.get_absolute_url()}report/",
        f"{post.get_absolute_url()}history/",
        "/corrections/",
        "/corrections/?q=nothing+like+this",
        "/corrections/unchanged/",
        "/corrections/policy/",
        post.notices.first().get_absolute_url(),
        Dispute.objects.public().first().get_absolute_url(),
        "/privacy/",
        "/posts/",
        "/search/?q=wheel",
    ]


def desk_addresses() -> list[str]:
    """Where editors prepare posts: the pages that are built unlike each other."""
    submitted, image = Post.objects.waiting().first(), Image.objects.first()
    return [
        "/desk/posts/",
        "/desk/posts/board/",
        "/desk/posts/calendar/",
        *(f"/desk/posts/{submitted.pk}/{name}" for name in ("", "review/", "notes/")),
        "/desk/guests/invite/",
        f"/desk/pictures/{image.key}/",
        f"/write/{submitted.pk}/pictures/",
    ]


def violations(page: Page) -> list[str]:
    results = Axe().run(page)
    return [
        f"{page.url}: {found['id']}: {node['html'][:200]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_public_pages_have_no_accessibility_fault(browser: Browser, site, scheme, width):
    # Given
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport=viewport)
    page = context.new_page()
    # When
    found = []
    for address in addresses():
        page.goto(address)
        if page.locator("a.mark-ref").count():
            page.locator("a.mark-ref").first.press("Enter")
        found += violations(page)
    context.close()
    # Then
    assert found == []


def test_the_desk_has_no_accessibility_fault(page: Page):
    # Given
    sign_in(page, EDITOR)
    # When
    found = []
    for address in ("/me/", "/desk/", "/desk/comments/", "/desk/disputes/", *desk_addresses()):
        page.goto(address)
        found += violations(page)
    # Then
    assert found == []


def test_the_screen_to_decide_has_no_fault_with_its_preview_open(page: Page):
    # Given a phone in the dark
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, EDITOR)
    dispute = Dispute.objects.under_review().first()
    page.goto(f"/desk/disputes/{dispute.public_id}/")
    found = violations(page)
    # When
    page.keyboard.press("s")
    page.keyboard.insert_text("We asked two makers of rims, and both say the same.")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()
    found += violations(page)
    # Then
    assert found == []

"""Reading a discussion: in another order, finding, respect, what is new, the account menu."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Person
from blog.models import Post
from comments import reactions
from comments.models import PostComment
from tests.browser.conftest import sign_in
from tests.browser.test_accessible import long_post, violations
from tests.factories.comments import PostCommentFactory

EDITOR, READER = "editor@example.org", "moderator@example.org"


@pytest.fixture
def post(site: str) -> Post:
    """The post that is discussed most, with a featured comment."""
    post = long_post()
    editor = Person.objects.get(email=EDITOR)
    reactions.feature(comments_of(post)[0], editor=editor)
    return post


def comments_of(post: Post) -> list[PostComment]:
    return list(PostComment.objects.published().filter(post=post).order_by("path"))


def first_comment(page: Page) -> str:
    return page.locator(".thread .comment").first.get_attribute("id")


# Without JavaScript


def test_orders_and_finding_work_without_javascript(plain_page: Page, post: Post):
    # Given
    roots = [one for one in comments_of(post) if one.depth == 0]
    plain_page.goto(post.get_absolute_url())
    assert first_comment(plain_page) == roots[0].anchor
    # When
    plain_page.get_by_role("link", name="Newest first").click()
    # Then
    assert first_comment(plain_page) == roots[-1].anchor
    expect(plain_page.locator(".discussion__order [aria-current]")).to_have_text("Newest first")
    # When
    word = re.search(r"\w{6,}", roots[0].comment)[0]
    plain_page.get_by_label("Words in the comments").fill(word)
    plain_page.get_by_role("button", name="Find", exact=True).click()
    # Then
    expect(plain_page.locator("mark", has_text=word).first).to_be_visible()
    # When
    plain_page.locator(f'.thread a[href="{roots[0].get_absolute_url()}"]').first.click()
    # Then
    assert plain_page.url.endswith(f"{post.get_absolute_url()}#{roots[0].anchor}")


def test_featured_comments_have_a_tab_without_javascript(plain_page: Page, post: Post):
    plain_page.goto(post.get_absolute_url())
    plain_page.get_by_role("link", name="Featured (1)").click()
    expect(plain_page.locator(".thread .comment")).to_have_count(1)
    expect(plain_page.locator(".thread .badge[data-state=featured]")).to_be_visible()


def test_respect_is_given_without_javascript(plain_page: Page, post: Post):
    # Given
    sign_in(plain_page, READER)
    comment = comments_of(post)[0]
    plain_page.goto(post.get_absolute_url())
    # When
    plain_page.locator(f"#{comment.anchor}").get_by_role("link", name="Respect").click()
    plain_page.get_by_role("button", name="Respect this comment").click()
    # Then
    expect(plain_page.locator(".respect [role=status]")).to_contain_text("You respect this")
    plain_page.get_by_role("link", name="Back to the comment").click()
    expect(plain_page.locator(f"#{comment.anchor}")).to_contain_text("1 reader respects this")


def test_the_account_is_a_plain_link_without_javascript(plain_page: Page, post: Post):
    sign_in(plain_page, EDITOR)
    plain_page.goto(post.get_absolute_url())
    plain_page.locator(".masthead").get_by_role("link", name="Account").click()
    plain_page.wait_for_url("**/me/")


# With it


def test_respect_is_given_in_place_by_keyboard(page: Page, post: Post):
    # Given
    sign_in(page, READER)
    comment = comments_of(post)[0]
    page.goto(post.get_absolute_url())
    here = page.locator(f"#{comment.anchor}")
    # When
    here.get_by_role("link", name="Respect").focus()
    page.keyboard.press("Enter")
    expect(here.get_by_role("button", name="Respect this comment")).to_be_focused()
    page.keyboard.press("Enter")
    # Then
    expect(here.locator("[role=status]")).to_contain_text("1 reader respects this")
    expect(here.get_by_role("button", name="Take it back")).to_be_focused()
    assert page.url.endswith(post.get_absolute_url())
    # When
    page.keyboard.press("Enter")
    # Then
    expect(here.get_by_role("button", name="Respect this comment")).to_be_visible()
    assert PostComment.objects.get(pk=comment.pk).respects == 0


def test_new_comments_are_offered_and_the_page_never_moves(page: Page, post: Post):
    # Given
    page.clock.install()
    page.goto(post.get_absolute_url())
    page.locator("#comments").scroll_into_view_if_needed()
    place = page.locator("#comments").bounding_box()
    new = PostCommentFactory(post=post, published=True, text="Brand new words.")
    # When
    page.clock.run_for(61_000)
    # Then
    offered = page.get_by_role("status").get_by_role("link", name="1 new comment")
    expect(offered).to_be_visible()
    assert page.locator("#comments").bounding_box() == place
    expect(page.get_by_text("Brand new words.")).to_have_count(0)
    # When
    offered.click()
    # Then
    page.wait_for_url(f"**{post.get_absolute_url()}#{new.anchor}")
    expect(page.get_by_text("Brand new words.")).to_be_visible()


def test_nothing_is_asked_while_the_tab_is_hidden(page: Page, post: Post):
    # Given
    asked: list[str] = []
    page.on("request", lambda request: "/news/" in request.url and asked.append(request.url))
    page.clock.install()
    page.goto(post.get_absolute_url())
    hide = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true});"
    change = "document.dispatchEvent(new Event('visibilitychange'));"
    # When
    page.evaluate(hide % "true" + change)
    page.clock.run_for(600_000)
    # Then
    assert asked == []
    # When somebody comes back
    with page.expect_request("**/comments/news/**"):
        page.evaluate(hide % "false" + change)
        page.clock.run_for(10)


def test_the_account_link_becomes_a_menu_without_moving_anything(
    browser: Browser, site: str, post: Post
):
    for width in (390, 1280):
        # Given
        context = browser.new_context(base_url=site, viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto(post.get_absolute_url())
        before = page.locator("main").bounding_box(), link_of(page)
        sign_in(page, EDITOR)
        # When
        page.goto(post.get_absolute_url())
        summary = page.locator("account-bar summary")
        expect(summary).to_be_visible()
        # Then
        assert (page.locator("main").bounding_box(), link_of(page)) == before
        # When
        summary.press("Enter")
        # Then
        menu = page.get_by_role("navigation", name="Your account")
        expect(menu.get_by_role("link", name="Sign out")).to_be_visible()
        assert page.locator("main").bounding_box() == before[0]
        box = menu.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert violations(page) == []
        # When
        page.keyboard.press("Escape")
        # Then
        expect(menu).to_be_hidden()
        expect(summary).to_be_focused()
        context.close()


def link_of(page: Page) -> dict[str, float]:
    """Where the word in the masthead stands, whichever element holds it."""
    return page.locator("account-bar :is(a, summary)").first.bounding_box()


def test_an_editor_gets_from_a_post_to_its_desk(page: Page, post: Post):
    sign_in(page, EDITOR)
    page.goto(post.get_absolute_url())
    page.locator("account-bar summary").click()
    page.get_by_role("link", name="This post on the desk").click()
    page.wait_for_url(f"**/desk/posts/{post.pk}/")


def test_others_are_not_offered_the_desk_of_a_post(page: Page, post: Post):
    sign_in(page, READER)
    page.goto(post.get_absolute_url())
    page.locator("account-bar summary").click()
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()
    expect(page.get_by_role("link", name="This post on the desk")).to_have_count(0)


def test_a_stranger_asks_for_no_account_bar(context: BrowserContext, page: Page, post: Post):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(post.get_absolute_url(), wait_until="networkidle")
    assert [url for url in asked if "/me/" in url] == []
    assert [url for url in asked if "127.0.0.1" not in url and "localhost" not in url] == []
    assert context.cookies() == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (768, "light"), (1280, "dark")])
def test_every_way_of_reading_has_no_accessibility_fault(
    browser: Browser, site: str, post: Post, scheme: str, width: int
):
    # Given
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport=viewport)
    page, comment = context.new_page(), comments_of(post)[0]
    reactions.respect(comment, by=Person.objects.get(email=READER))
    url = post.get_absolute_url()
    queries = ("", "?order=newest", "?only=featured", "?find=the", "?find=nowhere")
    # When
    found, wide = [], []
    for address in ("/", *(url + query for query in queries), f"/comments/{comment.pk}/respect/"):
        page.goto(address)
        found += violations(page)
        reach = page.evaluate("() => document.documentElement.scrollWidth")
        wide += [address] if reach > width else []
    context.close()
    # Then
    assert found == []
    assert wide == []

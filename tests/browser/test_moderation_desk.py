"""The desk of comments in a browser: by keyboard, by two people at once, without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Person
from blog.models import Post
from comments.models import CommentState, PostComment
from tests.browser.conftest import sign_in
from tests.factories.comments import PostCommentFactory, fill

DESK = "/desk/comments/"
MODERATOR, EDITOR = "moderator@example.org", "editor@example.org"
S = CommentState


@pytest.fixture
def post(site: str) -> Post:
    """A post of the demo; nothing but what a test writes waits."""
    PostComment.objects.held().delete()
    return Post.objects.published().first()


def waiting(post: Post, number: int) -> list[PostComment]:
    fill(post, threads=number, state=S.HELD)
    return list(PostComment.objects.held().order_by("pk"))


def states() -> dict[int, str]:
    return dict(PostComment.objects.values_list("pk", "state"))


def cursor_on(page: Page, comment: PostComment) -> None:
    expect(page.locator(f"#comment-{comment.pk}")).to_be_focused()


def said(page: Page, words: str | re.Pattern[str], *, within: float = 10) -> None:
    expect(page.locator("[data-live]")).to_have_text(words, timeout=within * 1000)


def test_200_held_comments_are_cleared_by_one_key_each_without_loading_a_page(
    page: Page, post: Post
):
    # Given
    comments = waiting(post, 200)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    keys = 0
    # When
    for number, comment in enumerate(comments):
        cursor_on(page, comment)
        page.keyboard.press("as"[number % 2])
        keys += 1
    # Then the keyboard was faster than the site, which works off what it was told
    said(page, "Called spam. 0 left.", within=90)
    expect(page.locator("[data-empty]")).to_be_visible()
    expect(page.locator('[data-number="held"]')).to_have_text("0")
    assert keys / len(comments) == 1
    assert loads == []
    now = states()
    assert [now[comment.pk] for comment in comments] == [S.PUBLISHED, S.SPAM] * 100


def test_rejecting_asks_for_a_reason_by_a_digit(page: Page, post: Post):
    # Given
    first, second, third = waiting(post, 3)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    # When a digit gives the reason
    cursor_on(page, first)
    page.keyboard.press("d")
    page.keyboard.press("2")
    # Then
    said(page, "Rejected. 2 left.")
    assert first.events.last().because == "abusive"
    # When Enter gives none
    cursor_on(page, second)
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    said(page, "Rejected. 1 left.")
    assert second.events.last().because == ""
    # When words are written, letters are words
    cursor_on(page, third)
    page.keyboard.press("d")
    page.locator(f"#comment-{third.pk} textarea[name=words]").click()
    page.keyboard.type("a sad u")
    page.locator(f"#comment-{third.pk} [data-digit='1']").click()
    # Then
    said(page, "Rejected. 0 left.")
    assert (third.events.last().because, third.events.last().words) == ("off_topic", "a sad u")


def test_every_decision_can_be_undone_and_the_card_is_back_in_its_place(page: Page, post: Post):
    # Given
    first, second, third = waiting(post, 3)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    cursor_on(page, first)
    # When
    page.keyboard.press("j")
    page.keyboard.press("a")
    cursor_on(page, third)
    page.keyboard.press("u")
    # Then
    said(page, re.compile("^Undone"))
    cursor_on(page, second)
    order = page.locator("li[data-comment]:not([hidden])").evaluate_all(
        "items => items.map((item) => Number(item.dataset.comment))"
    )
    assert order == [first.pk, second.pk, third.pk]
    assert states()[second.pk] == S.HELD
    # When undone by the button
    page.keyboard.press("s")
    page.get_by_role("button", name="Undo", exact=True).click()
    said(page, re.compile("^Undone"))
    assert states()[second.pk] == S.HELD


def test_publishing_and_answering_is_one_act(page: Page, post: Post):
    # Given
    (comment,) = waiting(post, 1)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    cursor_on(page, comment)
    # When
    page.keyboard.press("Shift+R")
    page.keyboard.type("Thank you, see above.")
    page.keyboard.press("Control+Enter")
    # Then
    said(page, "Published and answered. 0 left.")
    answer = PostComment.objects.get(in_reply_to=comment)
    assert (answer.state, answer.comment) == (S.PUBLISHED, "Thank you, see above.")
    assert states()[comment.pk] == S.PUBLISHED
    # When
    page.keyboard.press("u")
    # Then what was said in one is taken back in one
    said(page, re.compile("^Undone"))
    now = states()
    assert (now[comment.pk], now[answer.pk]) == (S.HELD, S.REMOVED)


def test_what_the_site_refuses_comes_back_into_the_list_with_its_sentence(page: Page, post: Post):
    # Given
    first, second = waiting(post, 2)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    cursor_on(page, first)
    PostComment.objects.filter(pk=first.pk).update(state=S.SPAM)
    # When
    page.keyboard.press("a")
    # Then
    card = page.locator(f"#comment-{first.pk}")
    expect(card.locator("[data-said]")).to_contain_text("it is now “Spam”")
    cursor_on(page, second)
    # When the site does not answer
    page.route("**/desk/comments/*/", lambda route: route.abort())
    page.keyboard.press("a")
    # Then
    expect(page.locator(f"#comment-{second.pk} [data-said]")).to_contain_text("did not answer")
    assert states()[second.pk] == S.HELD


def test_keys_can_be_switched_off(page: Page, post: Post):
    # Given
    (comment,) = waiting(post, 1)
    Person.objects.filter(email=MODERATOR).update(uses_keys=False)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    # When
    page.locator(f"#comment-{comment.pk}").focus()
    page.keyboard.press("a")
    # Then
    expect(page.locator("[data-help]")).to_have_count(0)
    page.get_by_role("button", name="Publish", exact=True).last.click()
    said(page, "Published. 0 left.")


def test_ticked_comments_are_decided_about_at_once_and_undone_at_once(page: Page, post: Post):
    # Given
    comments = waiting(post, 3)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    cursor_on(page, comments[0])
    # When
    page.keyboard.press("Shift+X")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("s")
    # Then
    expect(page.get_by_text("2 comments are now in “Spam”.")).to_be_visible()
    now = states()
    assert [now[comment.pk] for comment in comments] == [S.SPAM, S.HELD, S.SPAM]
    # When
    page.get_by_role("button", name="Undo all of it").click()
    # Then
    expect(page.get_by_text("Undone: 2 comments are back.")).to_be_visible()
    assert [states()[comment.pk] for comment in comments] == [S.HELD] * 3


def test_two_moderators_see_each_other_and_what_the_other_decided(
    browser: Browser, site: str, page: Page, post: Post
):
    # Given
    first, _second = waiting(post, 2)
    other_context: BrowserContext = browser.new_context(base_url=site)
    other = other_context.new_page()
    sign_in(page, MODERATOR)
    sign_in(other, EDITOR)
    page.goto(DESK)
    other.goto(DESK)
    names = {address: Person.objects.get(email=address).name for address in (MODERATOR, EDITOR)}
    expect(other.locator("[data-names]")).to_contain_text(names[MODERATOR])
    page.evaluate("document.querySelector('moderation-together').sayHere()")
    expect(page.locator("[data-names]")).to_contain_text(names[EDITOR])
    # When the other is faster
    cursor_on(other, first)
    other.keyboard.press("s")
    said(other, "Called spam. 1 left.")
    # Then the card stays in its place and says so, without anybody asking
    stale = page.locator(f"#comment-{first.pk}")
    expect(stale.locator("[data-said]")).to_have_text(
        f"{names[EDITOR]} moved this comment to “Spam”.", timeout=15_000
    )
    expect(page.locator('[data-number="held"]')).to_have_text("1")
    # When the other takes it back
    other.keyboard.press("u")
    # Then
    expect(stale.locator("[data-said]")).to_be_hidden(timeout=15_000)
    other_context.close()


def test_the_second_decision_of_two_is_refused_in_words(
    browser: Browser, site: str, page: Page, post: Post
):
    # Given both look at the same comment
    (comment,) = waiting(post, 1)
    other_context = browser.new_context(base_url=site)
    other = other_context.new_page()
    for one, address in ((page, MODERATOR), (other, EDITOR)):
        sign_in(one, address)
        one.goto(DESK)
        cursor_on(one, comment)
    # When
    other.keyboard.press("s")
    said(other, "Called spam. 0 left.")
    page.keyboard.press("a")
    # Then
    said(page, re.compile("moved this comment meanwhile"))
    assert states()[comment.pk] == S.SPAM
    other_context.close()


def test_all_of_it_works_without_javascript(plain_page: Page, post: Post):
    # Given
    page, comments = plain_page, waiting(post, 4)
    sign_in(page, MODERATOR)
    page.goto(DESK)

    def card(number: int):
        return page.locator(f"#comment-{comments[number].pk}")

    # When one is rejected with a reason, and that is undone
    card(0).locator("summary", has_text="Reject").click()
    card(0).get_by_label("Words to the writer").fill("Please stay with the wheel.")
    card(0).get_by_role("button", name="It is off topic").click()
    event = comments[0].events.last()
    assert (event.because, event.words) == ("off_topic", "Please stay with the wheel.")
    page.get_by_role("button", name="Undo", exact=True).click()
    assert states()[comments[0].pk] == S.HELD
    # When one is published and answered
    card(1).locator("summary", has_text="Publish and reply").click()
    card(1).get_by_label("Your answer").fill("Thank you.")
    card(1).get_by_role("button", name="Publish and reply").click()
    assert states()[comments[1].pk] == S.PUBLISHED
    # When two are ticked
    card(2).get_by_role("checkbox").check()
    card(3).get_by_role("checkbox").check()
    page.locator("#many").get_by_role("button", name="Spam").click()
    # Then
    expect(page.get_by_text("2 comments are now in “Spam”.")).to_be_visible()
    page.get_by_role("button", name="Undo all of it").click()
    assert [states()[comment.pk] for comment in comments[2:]] == [S.HELD] * 2


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_desk_has_no_accessibility_fault(browser: Browser, site, post, scheme, width):
    # Given
    PostCommentFactory(post=post, text="> Said\n\nA casino: https://x.example", left_to_people=True)
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport=viewport)
    page = context.new_page()
    sign_in(page, MODERATOR)
    # When
    found = []
    for query in ("", "?list=unread", "?list=spam&words=x", "?list=mine"):
        page.goto(f"{DESK}{query}")
        found += axe(page)
    page.goto(DESK)
    page.keyboard.press("d")
    found += axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    found += axe(page)
    context.close()
    # Then
    assert found == []


def axe(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]

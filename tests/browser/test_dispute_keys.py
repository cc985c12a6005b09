"""Each key of the disputes' desk does what its help says, and the help says every key."""

import pytest
from playwright.sync_api import Page, expect

from blog.models import Post
from editorial.models import Dispute
from tests.browser.conftest import sign_in
from tests.factories.editorial import PARTS, PRACTICE, DisputeFactory, WorkshopPostFactory

LETTERS = set("jkoarmclndswftxpu")
REMEDIES = {
    "c": ("inaccurate", "correction"),
    "l": ("incomplete", "clarification"),
    "n": ("incomplete", "editors_note"),
    "d": ("outdated", "update"),
    "s": ("stands", "no_change"),
}


@pytest.fixture
def post(site: str) -> Post:
    return WorkshopPostFactory()


def open_case(page: Page, dispute: Dispute) -> None:
    page.goto(f"/desk/disputes/{dispute.public_id}/")


def chosen(page: Page, name: str) -> str:
    return page.locator(f"input:checked[name$='-{name}']").get_attribute("value") or ""


def test_each_key_does_what_it_says_while_a_decision_is_made(page: Page, post: Post):
    # Given two statements of a post under review
    one, two = (DisputeFactory(post=post, words=it, under_review=True) for it in (PARTS, PRACTICE))
    sign_in(page, "editor@example.org")
    open_case(page, one)
    boxes = page.locator("remedy-choice")
    expect(boxes.first).to_be_focused()
    # Then the help tells of every key, and of no other
    page.keyboard.press("?")
    told = page.locator("dialog dt kbd").all_inner_texts()
    assert {key for key in told if len(key) == 1} == LETTERS
    page.keyboard.press("Escape")
    # and each remedy has one, with the finding it is for and the cursor in its words
    for key, (finding, remedy) in REMEDIES.items():
        page.keyboard.press(key)
        assert (chosen(page, "finding"), chosen(page, "remedy")) == (finding, remedy)
        field = "reason" if remedy == "no_change" else "notice"
        expect(boxes.first.locator(f"[name$='-{field}']")).to_be_focused()
        page.keyboard.press("Escape")
    # and the others lead to the promise, the text, the preview and the form to merge
    page.keyboard.press("f")
    expect(boxes.first.locator("[name$='-promises_follow_up']")).to_be_checked()
    page.keyboard.press("w")
    expect(page.locator(".editor__text")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator("#foreseen section").first).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator("[name='mergeform-into']")).to_be_focused()
    # When both are decided together
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.wait_for_url(f"**with={two.public_id}**")
    # Then the cursor goes from one to the other
    expect(boxes.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(boxes.nth(0)).to_be_focused()


def test_each_key_does_what_it_says_from_the_list_to_a_report(page: Page, post: Post):
    # Given
    one, two = (DisputeFactory(post=post, words=it) for it in (PARTS, PRACTICE))
    sign_in(page, "editor@example.org")
    page.goto("/desk/disputes/?list=unassigned")
    mine = page.locator(
        f"a[data-open][href*='{one.public_id}'], a[data-open][href*='{two.public_id}']"
    )
    expect(mine).to_have_count(2)
    # When
    places = page.locator("a[data-open]")
    expect(places.first).to_be_focused()
    page.keyboard.press("j")
    expect(places.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(places.first).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_url("**/desk/disputes/*/")
    # Then
    open_case(page, one)
    for key, field in (("a", "accept-summary"), ("r", "decline-because"), ("m", "mergeform-into")):
        page.keyboard.press(key)
        expect(page.locator(f"[name='{field}']")).to_be_focused()
        page.keyboard.press("Escape")

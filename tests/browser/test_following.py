"""Following a discussion, from the wish to the last mail, as people go it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from comments import digests, discussion, following, moderation
from comments.models import Follow, PostComment
from tests.browser.conftest import sign_in
from tests.browser.test_accessible import long_post, violations
from tests.comments.letters import letters, link_in
from tests.factories.accounts import PersonFactory

WORDS = "Our stand turns, so that everybody can see the brake."
RUTH = "ruth@example.net"


@pytest.fixture
def address(site: str) -> str:
    return long_post().get_absolute_url()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.now(UTC), tick=True) as traveller:
        yield traveller


def test_a_guest_follows_with_a_comment_and_stops_by_one_click_without_javascript(
    plain_page: Page, address: str, clock: time_machine.Traveller
):
    # Given
    page = plain_page
    page.goto(f"{address}comments/new/")
    page.get_by_label("Comment", exact=True).fill(WORDS)
    page.get_by_label("Name", exact=True).fill("Ruth Amsel")
    page.get_by_label("E-mail address").fill(RUTH)
    page.get_by_label("Tell me by mail about").select_option(label="The whole discussion")
    clock.shift(timedelta(minutes=1))
    page.get_by_role("button", name="Send").click()
    comment = PostComment.objects.get(comment=WORDS)
    moderation.check.call(comment.pk)
    # When
    page.goto(link_in(letters(RUTH).get(), "confirm"))
    assert is_whole(page)
    page.get_by_role("button", name="Yes, I wrote it").click()
    # Then
    expect(page.get_by_text("We write to you about: The whole discussion.")).to_be_visible()
    # When a moderator publishes it and somebody answers
    comment = moderation.approve(comment, moderator=PersonFactory(moderator=True))
    answered = discussion.answer(comment, editor=PersonFactory(editor=True), text="Ours too.")
    following.fan_out.call(answered.pk)
    digests.send_due.call()
    letter = letters(RUTH).get(subject__startswith="Somebody answered you")
    page.goto(link_in(letter, "unsubscribe"))
    page.get_by_role("button", name="Stop").click()
    # Then
    expect(page.get_by_text("We write to you no more")).to_be_visible()
    assert not Follow.objects.exists()


def is_whole(page: Page) -> bool:
    """Whether the page has one heading and one main part; axe itself needs scripts."""
    return page.locator("h1").count() == page.locator("main").count() == 1


def test_a_reader_follows_without_a_comment_and_changes_all_on_one_page(page: Page, address: str):
    # Given
    page.goto(address)
    page.get_by_role("link", name="Follow this discussion by mail").click()
    found = violations(page)
    page.get_by_label("E-mail address").fill(RUTH)
    page.get_by_label("Once a day").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Please look into your mailbox")
    # When
    page.goto(link_in(letters(RUTH).get(), "follow"))
    found += violations(page)
    expect(page.get_by_label("Once a day")).to_be_checked()
    page.get_by_role("button", name="Yes, write to me").click()
    page.get_by_role("link", name="See and change all that you follow").click()
    found += violations(page)
    # Then
    page.get_by_label("What you hear of").select_option(label="Replies to me")
    page.get_by_role("button", name="Save", exact=True).click()
    assert Follow.objects.get().scope == "replies"
    page.get_by_role("button", name="Stop all of these mails").click()
    expect(page.get_by_text("You follow no discussion.")).to_be_visible()
    page.goto("/comments/subscriptions/")
    found += violations(page)
    page.goto("/comments/unsubscribe/nonsense/")
    assert found + violations(page) == []


def test_somebody_signed_in_comes_to_the_page_from_their_account(page: Page, address: str):
    # Given
    sign_in(page, "moderator@example.org")
    page.goto(f"{address}follow/")
    page.get_by_role("button", name="Save").click()
    # When
    page.goto("/me/")
    page.get_by_role("link", name="See and change which discussions you follow by mail").click()
    # Then
    expect(page.get_by_role("link", name=long_post().head.title)).to_be_visible()
    assert violations(page) == []

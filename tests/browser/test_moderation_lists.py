"""Lists of the desk as a whole: filtered, saved, decided about together, emptied; both ways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from blog.models import Post
from comments import batches
from comments.models import CommentState, PostComment
from tests.browser.conftest import sign_in
from tests.browser.test_accessible import violations
from tests.browser.test_moderation_desk import DESK, MODERATOR, post, waiting
from tests.factories.comments import fill

__all__ = ["post"]  # a fixture
RunTasks = Callable[[], int]
S = CommentState


def states_of(comments: list[PostComment]) -> set[str]:
    known = PostComment.objects.filter(pk__in=[comment.pk for comment in comments])
    return set(known.values_list("state", flat=True))


@pytest.mark.parametrize("scripts", ["page", "plain_page"])
def test_a_filter_is_saved_and_all_it_finds_is_decided_about(
    request: pytest.FixtureRequest, post: Post, scripts: str
):
    # Given
    page: Page = request.getfixturevalue(scripts)
    many = waiting(post, 30)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    # When
    page.locator(".desk-filter > summary").click()
    page.get_by_label("Words or a name").fill("Many")
    page.get_by_role("button", name="Show these").click()
    page.get_by_label("Save this filter as").fill("The many")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(DESK)
    page.get_by_role("link", name="The many").click()
    page.get_by_label("all of this list (30), ticked or not").check()
    page.locator("#many").get_by_role("button", name="Spam").click()
    # Then
    expect(page.get_by_text("30 comments are now in “Spam”.")).to_be_visible()
    assert states_of(many) == {S.SPAM}
    # When
    page.get_by_role("button", name="Undo all of it").click()
    # Then
    assert states_of(many) == {S.HELD}


def test_more_than_fit_in_a_request_are_worked_off_by_a_task_whose_progress_shows(
    page: Page, post: Post, run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch
):
    # Given
    monkeypatch.setattr(batches, "AT_ONCE", 20)
    fill(post, threads=30, state=S.HELD)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    # When
    page.get_by_label("all of this list (30), ticked or not").check()
    page.locator("#many").get_by_role("button", name="Spam").click()
    # Then
    expect(page.get_by_role("progressbar")).to_be_visible()
    found = violations(page)
    # When
    run_tasks()
    # Then the page says so by itself
    expect(page.get_by_text("30 comments are now in “Spam”.")).to_be_visible()
    assert found + violations(page) == []


@pytest.mark.parametrize("scripts", ["page", "plain_page"])
def test_emptying_spam_deletes_what_was_on_the_screen(
    request: pytest.FixtureRequest, post: Post, scripts: str
):
    # Given
    page: Page = request.getfixturevalue(scripts)
    PostComment.objects.filter(state=S.SPAM).delete()
    fill(post, threads=3, state=S.SPAM)
    sign_in(page, MODERATOR)
    page.goto(f"{DESK}?list=spam")
    fill(post, threads=2, state=S.SPAM)
    # When
    page.get_by_role("button", name="Empty spam").click()
    # Then
    expect(page.get_by_text("3 comments")).to_be_visible()
    assert PostComment.objects.filter(state=S.SPAM).count() == 2

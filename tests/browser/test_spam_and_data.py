"""The spam check at the desk, and one's own data, in a real browser; axe-core finds nothing."""

import re
from collections.abc import Callable

import pytest
from django.core import mail as post_office
from playwright.sync_api import Page, expect

from comments.local_akismet import LocalAkismet, Mood
from comments.models import CheckerHealth, PostComment
from tests.browser.conftest import sign_in
from tests.browser.test_accessible import violations
from tests.comments.conftest import akismet, running_akismet
from tests.factories.comments import PostCommentFactory

__all__ = ["akismet", "running_akismet"]
RunTasks = Callable[[], int]
MODERATOR, PUBLISHER = "moderator@example.org", "publisher@example.org"
WRITER = "greta@example.org"


def an_unanswered_comment(akismet: LocalAkismet, run_tasks: RunTasks) -> None:
    akismet.behave(Mood.DOWN)
    PostCommentFactory(post=PostComment.objects.published().first().post)
    run_tasks()
    assert CheckerHealth.objects.get().is_failing
    akismet.behave(Mood.WELL)


def test_the_publisher_sees_the_trouble_and_checks_the_list_again(
    page: Page, akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    # Given
    an_unanswered_comment(akismet, run_tasks)
    sign_in(page, PUBLISHER)
    # When
    page.goto("/desk/comments/")
    expect(page.get_by_text("The spam check gave no answer")).to_be_visible()
    found = violations(page)
    page.get_by_role("link", name="How the spam check does").click()
    page.get_by_role("button", name="Verify the key now").click()
    expect(page.get_by_role("status")).to_contain_text("The key is good")
    found += violations(page)
    page.get_by_role("button", name="Check the held list again now").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    found += violations(page)
    run_tasks()
    # Then the page says so by itself
    expect(page.get_by_text("All were checked.")).to_be_visible()
    assert found == []


def test_it_all_works_without_javascript(
    plain_page: Page, akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    an_unanswered_comment(akismet, run_tasks)
    sign_in(plain_page, MODERATOR)
    plain_page.goto("/desk/comments/spam-check/")
    plain_page.get_by_role("button", name="Check the held list again now").click()
    run_tasks()
    plain_page.get_by_role("link", name="Look again").click()
    expect(plain_page.get_by_text("All were checked.")).to_be_visible()


@pytest.mark.parametrize("scripts", ["page", "plain_page"])
def test_a_reader_sees_what_is_stored_and_has_it_erased(
    request: pytest.FixtureRequest, run_tasks: RunTasks, scripts: str
) -> None:
    # Given
    page: Page = request.getfixturevalue(scripts)
    comment = PostComment.objects.published().filter(user_email=WRITER).first()
    name = comment.writer
    # When they ask from the privacy page
    page.goto("/privacy/")
    page.get_by_role("link", name="Ask for a link by mail").click()
    page.get_by_label("E-mail address").fill(WRITER)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("status")).to_contain_text("on its way")
    found = [] if scripts == "plain_page" else violations(page)
    run_tasks()
    (letter,) = [one for one in post_office.outbox if one.to == [WRITER]]
    (path,) = re.findall(r"/comments/my-data/\S+", str(letter.body))
    page.goto(path)
    # Then they see it, and take it along
    expect(page.get_by_role("heading", name="Your comments")).to_be_visible()
    found += [] if scripts == "plain_page" else violations(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Take it along as JSON").click()
    assert download.value.suggested_filename == "my-data.json"
    # When
    page.get_by_label("Let them stand without my name").check()
    page.get_by_label("Erase it. I know that nobody can undo this.").check()
    page.get_by_role("button", name="Erase what is stored about me").click()
    # Then
    expect(page.get_by_role("heading", name="Erased")).to_be_visible()
    found += [] if scripts == "plain_page" else violations(page)
    page.goto(comment.get_absolute_url())
    shown = page.locator(f"#comment-{comment.pk}")
    expect(shown).to_contain_text("Somebody who left")
    expect(shown).not_to_contain_text(name)
    assert found == []

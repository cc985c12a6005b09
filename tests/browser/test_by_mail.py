"""A moderator decides from a mail: not signed in, with and without JavaScript."""

import pytest
from playwright.sync_api import Browser, expect

from accounts import slips
from accounts.models import Person
from comments import by_mail
from comments.models import CommentState, PostComment
from tests.browser.test_accessible import violations


@pytest.mark.parametrize(("scripts", "scheme"), [(True, "dark"), (False, "light")])
def test_a_link_in_a_mail_leads_to_one_button_that_decides(browser: Browser, site, scripts, scheme):
    # Given
    moderator = Person.objects.get(email="moderator@example.org")
    comment = PostComment.objects.held().first()
    link = by_mail.link(comment, moderator=moderator, to=CommentState.PUBLISHED)
    context = browser.new_context(java_script_enabled=scripts, color_scheme=scheme)
    page = context.new_page()
    # When
    page.goto(site + link.removeprefix("http://localhost:8000"))
    faults = violations(page) if scripts else []
    page.get_by_role("button", name="Publish the comment").click()
    # Then
    expect(page.get_by_text("You have decided about this comment")).to_be_visible()
    assert PostComment.objects.get(pk=comment.pk).state == CommentState.PUBLISHED
    assert faults + (violations(page) if scripts else []) == []
    # When the moderator wants no more mails
    page.goto(f"{site}/me/digest/stop/{slips.stop_digest(moderator.pk)}/")
    faults = violations(page) if scripts else []
    page.get_by_role("button", name="Send me no more of these").click()
    # Then
    expect(page.get_by_text("You get no more of these mails.")).to_be_visible()
    assert not Person.objects.get(pk=moderator.pk).wants_digest
    assert faults == []
    context.close()

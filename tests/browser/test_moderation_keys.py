"""The keys of the desk of comments: each does what the help says, and none waits for the site."""

import re

from playwright.sync_api import Page, Route, expect

from blog.models import Post
from comments.models import CommentState, PostComment
from tests.browser.conftest import sign_in
from tests.browser.test_moderation_desk import (
    DESK,
    EDITOR,
    MODERATOR,
    cursor_on,
    post,
    said,
    states,
    waiting,
)
from tests.factories.comments import PostCommentFactory

__all__ = ["post"]  # a fixture
UNREAD = f"{DESK}?list=unread"


def unread(post: Post) -> PostComment:
    """Published without a moderator having looked at it."""
    comment = PostCommentFactory(post=post, published=True)
    PostComment.objects.filter(pk=comment.pk).update(read_at=None)
    return comment


def test_the_cursor_moves_before_the_site_has_answered(page: Page, post):
    # Given
    first, second = waiting(post, 2)
    sign_in(page, MODERATOR)
    page.goto(DESK)
    cursor_on(page, first)
    asked: list[Route] = []
    page.route("**/desk/comments/*/", lambda route: asked.append(route))  # noqa: PLW0108  Playwright takes no builtin
    # When
    page.keyboard.press("a")
    # Then
    cursor_on(page, second)
    assert states()[first.pk] == CommentState.HELD
    # When
    asked[0].continue_()
    # Then
    said(page, "Published. 1 left.")
    assert states()[first.pk] == CommentState.PUBLISHED


def test_keys_lead_to_the_person_the_restriction_and_the_dispute(page: Page, post):
    # Given
    comment = unread(post)
    sign_in(page, EDITOR)
    ways = {
        "h": re.compile(r"/desk/people/\d+/$"),
        "b": re.compile(r"/desk/people/\d+/#sanction$"),
        "c": re.compile(rf"/desk/comments/{comment.pk}/dispute/$"),
        "1": re.compile(r"list=held"),
    }
    for key, address in ways.items():
        page.goto(f"{UNREAD}&post={post.pk}")
        cursor_on(page, comment)
        # When
        page.keyboard.press(key)
        # Then
        expect(page).to_have_url(address)


def test_keys_open_the_reply_and_the_filter_where_letters_are_letters(page: Page, post):
    # Given
    comment = unread(post)
    sign_in(page, MODERATOR)
    page.goto(f"{UNREAD}&post={post.pk}")
    cursor_on(page, comment)
    # When
    page.keyboard.press("r")
    page.keyboard.type("jas")
    # Then
    expect(page.locator(f"#comment-{comment.pk}").get_by_label("Your answer")).to_have_value("jas")
    # When
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.keyboard.type("1sa")
    # Then
    expect(page.locator("[data-filter]")).to_have_value("1sa")
    assert PostComment.objects.get(pk=comment.pk).state == CommentState.PUBLISHED

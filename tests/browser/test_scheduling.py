"""A post is given a day, shown early by a link, and found once its day has come."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from blog import scheduling
from blog.models import Post
from tests.browser.conftest import sign_in
from tests.factories.blog import PostFactory

WORDS = "A derailleur wants oil."


def test_a_post_is_scheduled_shown_early_and_read_on_its_day(
    page: Page, browser: Browser, site: str
) -> None:
    # Given
    post = PostFactory(accepted=True, title="Oil for the gears", body=f"<p>{WORDS}</p>")
    stranger = browser.new_context(base_url=site).new_page()
    sign_in(page, "editor@example.org")
    page.goto(f"/desk/posts/{post.pk}/")
    # When: it is given a day
    day = timezone.localtime() + timedelta(days=2)
    page.get_by_label("Readers see it from").fill(day.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Schedule it").click()
    # Then
    expect(page.get_by_role("heading", name="Scheduled for")).to_be_visible()
    assert stranger.goto(post.get_absolute_url()).status == 404
    # When: somebody without an account is sent a link
    page.get_by_text("Make a preview link").click()
    page.get_by_label("Works for so many days").fill("3")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator(".queue__words a[href*='/preview/']").inner_text()
    path = link[link.index("/preview/") :]
    # Then
    assert stranger.goto(path).status == 200
    expect(stranger.get_by_text(WORDS)).to_be_visible()
    expect(stranger.get_by_text("This is how the post will look.")).to_be_visible()
    # When: the link is ended
    page.get_by_role("button", name="End this link").click()
    # Then
    assert stranger.goto(path).status == 410
    # When: its day has come
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() - timedelta(seconds=2))
    scheduling.publish_due()
    # Then
    stranger.goto("/")
    stranger.get_by_role("navigation", name="Site").get_by_role("link", name="Search").click()
    stranger.get_by_label("What are you looking for?").fill("deraill")
    stranger.keyboard.press("Enter")
    expect(stranger.locator("mark").first).to_have_text("derailleur")
    stranger.get_by_role("link", name="Oil for the gears").click()
    expect(stranger.get_by_text(WORDS)).to_be_visible()
    stranger.context.close()

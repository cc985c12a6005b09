"""Reading: what everybody sees, and sees alike."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from blog.models import Post, PostState, Severity
from tests.factories.accounts import ProfileFactory, ProfileLinkFactory
from tests.factories.blog import (
    EditorNoteFactory,
    NoticeFactory,
    PostFactory,
    PublicationFactory,
    RelatedPostFactory,
    TopicFactory,
    an_editor,
)

pytestmark = pytest.mark.django_db


def read(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_post_page_carries_every_voice_with_its_name() -> None:
    # Given
    editor = an_editor()
    host = Profile.objects.get(person=editor)
    PublicationFactory(
        name="True Wheel",
        host=host,
        disclosure_html="<p>Some links earn us money.</p>",
        disclaimer_html="<p>Check your own brakes.</p>",
        invitation="What would you add?",
    )
    winter = TopicFactory(name="Winter", shows_disclosure=True, shows_disclaimer=True)
    post = PostFactory(published=True, editor=editor, topics=[winter])
    ProfileLinkFactory(profile=post.author, label="The workshop")
    EditorNoteFactory(post=post, editor=editor, introduction=True, text="Meet our wheelbuilder.")
    EditorNoteFactory(post=post, editor=editor, inline=True, text="We lend one.")
    EditorNoteFactory(post=post, editor=editor, text="Every town is different.")
    NoticeFactory(post=post, editor=editor, text="The address was wrong.", sources=[])
    RelatedPostFactory(post=post, other=PostFactory(published=True, title="A quiet chain"))

    # When
    page = read(post.get_absolute_url())

    # Then
    in_order = (
        "Some links earn us money.",
        "Winter",
        f"<h1>{post.title}</h1>",
        post.summary,
        post.author.name,
        "Meet our wheelbuilder.",
        "True the wheel before the tyre goes on.",
        "We lend one.",
        "What would you add?",
        "Every town is different.",
        "The address was wrong.",
        "About the author",
        "The workshop",
        "About the host",
        "A quiet chain",
        "Check your own brakes.",
    )
    body = page[page.index("<main") :]
    places = [body.index(words) for words in in_order]
    assert places == sorted(places)


def test_the_updated_date_shows_only_when_readers_were_told() -> None:
    # Given
    quiet, told = PostFactory(published=True), NoticeFactory().post

    # Then
    assert "updated <time" not in read(quiet.get_absolute_url())
    assert "updated <time" in read(told.get_absolute_url())


def test_a_grave_notice_has_its_line_under_the_byline() -> None:
    # Given
    notice = NoticeFactory(severity=Severity.SIGNIFICANT)

    # When
    page = read(notice.post.get_absolute_url())

    # Then
    told = page.index("This post was updated on")
    assert page.index('class="byline') < told < page.index('<div class="prose">')


@pytest.mark.parametrize("state", ["draft", "submitted", "in_review", "accepted"])
def test_a_post_that_is_not_published_is_not_there(state: str) -> None:
    # Given
    post = PostFactory(reach=state)

    # When
    response = Client().get(post.get_absolute_url())

    # Then
    assert response.status_code == 404


def test_a_post_is_not_there_before_its_hour() -> None:
    # Given
    topic = TopicFactory()
    post = PostFactory(published=True, topics=[topic], at=timezone.now() + timedelta(hours=1))

    # Then
    assert Client().get(post.get_absolute_url()).status_code == 404
    for address in ("/", "/posts/", topic.get_absolute_url(), "/feed/", "/sitemap.xml"):
        assert post.slug not in read(address)


def test_a_retracted_post_says_so_wherever_its_title_shows() -> None:
    # Given
    topic = TopicFactory()
    post = PostFactory(published=True, title="Never oil a chain", topics=[topic])
    other = PostFactory(published=True, topics=[topic])
    Post.objects.filter(pk=post.pk).update(state=PostState.RETRACTED)

    # Then
    for address in (
        "/",
        "/posts/",
        topic.get_absolute_url(),
        post.author.get_absolute_url(),
        other.get_absolute_url(),
        post.get_absolute_url(),
        "/feed/",
    ):
        page = read(address)
        assert page.count("Never oil a chain") == page.count("Retracted: Never oil a chain") > 0


def test_the_text_of_a_retracted_post_stays_readable_below_a_fold() -> None:
    # Given
    post = PostFactory(published=True)
    Post.objects.filter(pk=post.pk).update(state=PostState.RETRACTED)

    # When
    page = read(post.get_absolute_url())

    # Then
    assert page.index("<details") < page.index("True the wheel") < page.index("</details>")


@pytest.fixture
def addresses() -> list[str]:
    """Every kind of public page, with something on it."""
    topic = TopicFactory()
    post = PostFactory(published=True, topics=[topic], at=datetime.fromisoformat("2026-03-05T12Z"))
    EditorNoteFactory(post=post, inline=True)
    NoticeFactory(post=post)
    pages = ["/", "/posts/", "/posts/2026/03/", "/about/", "/disclosure/", "/privacy/"]
    machines = ["/feed/", f"{topic.get_absolute_url()}feed/", "/sitemap.xml", "/robots.txt"]
    things = [post.get_absolute_url(), topic.get_absolute_url(), post.author.get_absolute_url()]
    return [*pages, *things, *machines]


def test_public_pages_are_the_same_bytes_for_everybody(addresses: list[str]) -> None:
    # Given
    stranger, editor = Client(), Client()
    editor.force_login(an_editor())

    # Then
    for address in addresses:
        assert stranger.get(address).content == editor.get(address).content, address


def test_public_pages_set_no_cookie_and_depend_on_none(addresses: list[str]) -> None:
    for address in addresses:
        # When
        response = Client().get(address)

        # Then
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address


def test_public_pages_hold_no_inline_style_or_script(addresses: list[str]) -> None:
    for address in addresses:
        page = read(address)
        assert "<style" not in page, address
        assert ' style="' not in page, address
        assert "<script>" not in page, address


def test_public_pages_are_only_read(addresses: list[str]) -> None:
    for address in addresses:
        if address != "/sitemap.xml":
            assert Client().post(address).status_code == 405, address


@pytest.mark.parametrize("posts", [1, 30])
def test_lists_cost_the_same_whatever_is_on_them(posts: int, django_assert_max_num_queries) -> None:
    # Given
    author, topics = ProfileFactory(), [TopicFactory(), TopicFactory()]
    editor = an_editor()
    for _number in range(posts):
        PostFactory(published=True, author=author, topics=topics, editor=editor)
    lists = {
        "/": 11,
        "/posts/": 3,
        topics[0].get_absolute_url(): 6,
        author.get_absolute_url(): 7,
        "/feed/": 9,
    }
    for address, queries in lists.items():
        cache.clear()
        read("/about/")  # the publication is remembered from here on

        # Then
        with django_assert_max_num_queries(queries):
            read(address)


@pytest.mark.parametrize("notes", [1, 30])
def test_a_post_page_costs_the_same_whatever_is_on_it(
    notes: int, django_assert_max_num_queries
) -> None:
    # Given
    editor, topic = an_editor(), TopicFactory()
    body = "".join(f"<p>Step number {number} of the repair.</p>" for number in range(notes))
    post = PostFactory(published=True, body=body, editor=editor, topics=[topic])
    for number in range(notes):
        words = f"Step number {number} of"
        EditorNoteFactory(post=post, inline=True, words=words, editor=editor)
        NoticeFactory(post=post, editor=editor)
        PostFactory(published=True, topics=[topic], editor=editor)
    read(post.get_absolute_url())

    # Then
    with django_assert_max_num_queries(16):
        read(post.get_absolute_url())


def test_home_shows_the_newest_posts_first() -> None:
    # Given
    old = PostFactory(published=True, at=timezone.now() - timedelta(days=3))
    new = PostFactory(published=True, at=timezone.now() - timedelta(days=1))

    # When
    page = read("/")

    # Then
    assert page.index(new.title) < page.index(old.title)


def test_a_site_without_posts_has_a_home() -> None:
    assert "Nothing has been published yet." in read("/")
    assert "Nothing has been published yet." in read("/posts/")


def test_a_month_lists_its_own_posts_and_no_others() -> None:
    # Given
    march = PostFactory(published=True, at=datetime.fromisoformat("2026-03-05T12Z"))
    april = PostFactory(published=True, at=datetime.fromisoformat("2026-04-05T12Z"))

    # When
    page = read("/posts/2026/03/")

    # Then
    assert march.title in page
    assert april.title not in page


@pytest.mark.parametrize("month", ["2026/05", "2026/13", "2026/0", "99999/1", "9999/12", "0/1"])
def test_a_month_without_posts_is_not_there(month: str) -> None:
    # Given
    PostFactory(published=True, at=datetime.fromisoformat("2026-03-05T12Z"))

    # Then
    assert Client().get(f"/posts/{month}/").status_code == 404


def test_an_author_without_a_login_has_a_page() -> None:
    # Given
    guest = ProfileFactory(guest=True, credentials="wheelbuilder", bio="Six thousand wheels.")
    post = PostFactory(published=True, author=guest)

    # When
    page = read(guest.get_absolute_url())

    # Then
    assert f"{guest.name}, wheelbuilder" in page
    assert "Six thousand wheels." in page
    assert post.title in page


def test_an_author_whose_post_is_still_in_review_is_unknown() -> None:
    # Given
    post = PostFactory(in_review=True)

    # Then
    assert Client().get(post.author.get_absolute_url()).status_code == 404


def test_whoever_signed_a_note_has_a_page() -> None:
    # Given
    note = EditorNoteFactory()

    # Then
    assert note.byline.name in read(note.byline.get_absolute_url())


def test_long_lists_have_pages() -> None:
    # Given
    topic, editor, author = TopicFactory(), an_editor(), ProfileFactory()
    for _number in range(21):
        PostFactory(published=True, topics=[topic], editor=editor, author=author)

    # When
    first, second = read(topic.get_absolute_url()), read(f"{topic.get_absolute_url()}?page=2")

    # Then
    assert first.count('class="entry"') == 20
    assert second.count('class="entry"') == 1
    assert "Page 2 of 2" in second


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "1;drop", "٣"])
def test_a_strange_page_number_is_no_error(page: str) -> None:
    # Given
    topic = TopicFactory()
    post = PostFactory(published=True, topics=[topic])

    # Then
    assert post.title in read(f"{topic.get_absolute_url()}?page={page}")
    assert post.title in read(f"/posts/?page={page}")


def test_the_privacy_page_names_akismet_only_when_it_is_asked(settings) -> None:
    # Given
    settings.AKISMET_KEY, settings.AKISMET_URL = "", "https://rest.akismet.com"

    # Then
    assert "Nothing is sent to Akismet" in read("/privacy/")

    # When
    settings.AKISMET_KEY = "key"

    # Then
    assert "sent to the service at rest.akismet.com" in read("/privacy/")

    # When
    settings.AKISMET_URL = "http://127.0.0.1:8001"

    # Then
    assert "runs on its own machine" in read("/privacy/")


def test_robots_are_kept_from_private_pages_and_shown_the_map(settings) -> None:
    # When
    robots = read("/robots.txt")

    # Then
    assert "Disallow: /desk/" in robots
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in robots


def test_the_sitemap_lists_what_readers_read(settings) -> None:
    # Given
    topic = TopicFactory()
    post = PostFactory(published=True, topics=[topic])
    draft = PostFactory()

    # When
    sitemap = read("/sitemap.xml")

    # Then
    for thing in (post, topic, post.author):
        assert f"<loc>{settings.SITE_URL}{thing.get_absolute_url()}</loc>" in sitemap
    assert draft.slug not in sitemap


def test_a_page_that_is_not_there_says_so_kindly(settings) -> None:
    # Given
    settings.DEBUG = False

    # When
    response = Client().get("/posts/never-written/")

    # Then
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()
    assert not response.cookies

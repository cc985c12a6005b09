"""Atom feeds: whole posts, by the letter of RFC 4287."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from lxml import etree

from blog.feeds import absolute_links
from blog.models import EditLabel, NoticeKind, Severity
from tests.factories.blog import (
    EditorNoteFactory,
    NoticeFactory,
    PostFactory,
    PublicationFactory,
    RevisionFactory,
    TopicFactory,
    an_editor,
)

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed_at(address: str) -> Any:
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def one(element: Any, path: str) -> str:
    (text,) = element.xpath(path, namespaces=ATOM)
    return str(text)


def entries(address: str = "/feed/") -> list[Any]:
    found: list[Any] = feed_at(address).xpath("a:entry", namespaces=ATOM)
    return found


def test_a_feed_has_all_that_atom_asks_for(settings) -> None:
    # Given
    PublicationFactory(name="True Wheel", tagline="Ordinary bicycles")
    post = PostFactory(published=True, topics=[TopicFactory(name="Winter")])

    # When
    feed = feed_at("/feed/")

    # Then
    assert one(feed, "a:title/text()") == "True Wheel"
    assert one(feed, "a:subtitle/text()") == "Ordinary bicycles"
    assert one(feed, "a:id/text()") == f"{settings.SITE_URL}/"
    assert one(feed, "a:link[@rel='self']/@href") == f"{settings.SITE_URL}/feed/"
    assert datetime.fromisoformat(one(feed, "a:updated/text()")) <= timezone.now()
    (entry,) = feed.xpath("a:entry", namespaces=ATOM)
    assert one(entry, "a:title/text()") == post.title
    assert one(entry, "a:link/@href") == f"{settings.SITE_URL}{post.get_absolute_url()}"
    assert one(entry, "a:author/a:name/text()") == post.author.name
    assert one(entry, "a:category/@term") == "Winter"
    assert one(entry, "a:summary/text()") == post.summary
    assert one(entry, "a:content/@type") == "html"
    assert datetime.fromisoformat(one(entry, "a:published/text()")) == post.published_at


def test_the_updated_date_of_an_entry_moves_only_when_readers_are_told() -> None:
    # Given
    post = PostFactory(published=True, at=timezone.now() - timedelta(days=9))
    (before,) = entries()

    # When
    RevisionFactory(post=post, label=EditLabel.COSMETIC)
    (after_typo,) = entries()
    RevisionFactory(post=post, label=EditLabel.UPDATE)
    (after_update,) = entries()

    # Then
    dates = [one(entry, "a:updated/text()") for entry in (before, after_typo, after_update)]
    assert dates[0] == dates[1] < dates[2]


def test_the_id_of_an_entry_stays_when_its_address_changes() -> None:
    # Given
    post = PostFactory(published=True)
    (before,) = entries()

    # When
    type(post).objects.update(slug="another-address", title="Another title")
    (after,) = entries()

    # Then
    assert one(before, "a:id/text()") == one(after, "a:id/text()")
    assert one(before, "a:link/@href") != one(after, "a:link/@href")


def test_an_entry_holds_the_editors_words_labelled_and_signed() -> None:
    # Given
    note = EditorNoteFactory(inline=True, text="Ours hangs by the door.")
    EditorNoteFactory(post=note.post, introduction=True, text="Meet our wheelbuilder.")

    # When
    (entry,) = entries()
    content = one(entry, "a:content/text()")

    # Then
    assert "Editor's note:</strong> Ours hangs by the door." in content
    assert note.byline.name in content
    assert content.index("Meet our wheelbuilder.") < content.index("True the wheel")


@pytest.mark.parametrize(
    ("severity", "on_top"), [(Severity.MINOR, False), (Severity.SIGNIFICANT, True)]
)
def test_a_notice_stands_in_the_entry_by_its_gravity(severity: Severity, on_top: bool) -> None:
    # Given
    NoticeFactory(kind=NoticeKind.UPDATE, severity=severity, text="The depot has moved.")

    # When
    (entry,) = entries()
    content = one(entry, "a:content/text()")

    # Then
    notice, text = content.index("The depot has moved."), content.index("True the wheel")
    assert (notice < text) is on_top


def test_links_in_an_entry_work_where_it_is_read(settings) -> None:
    # Given
    PostFactory(
        published=True,
        slug="spokes",
        body='<p><a href="/posts/rims/">Rims</a> <a href="#b">b</a> <img src="/r.jpg" alt="R"></p>',
    )

    # When
    (entry,) = entries()
    content = one(entry, "a:content/text()")

    # Then
    assert f'href="{settings.SITE_URL}/posts/rims/"' in content
    assert f'href="{settings.SITE_URL}/posts/spokes/#b"' in content
    assert f'src="{settings.SITE_URL}/r.jpg"' in content


def test_completing_links_leaves_the_words_alone() -> None:
    # Given
    html = '<p>Type href="/x" here. <a href="https://other.example/?a=1&amp;b=2">There</a></p>'

    # Then
    assert absolute_links(html, "https://ours.example/posts/a/") == html


def test_a_summary_is_text_even_where_html_is_read() -> None:
    # Given
    PostFactory(published=True, summary="Spokes & <rims>")

    # When
    (entry,) = entries()

    # Then
    assert one(entry, "a:summary/@type") == "html"
    assert one(entry, "a:summary/text()") == "Spokes &amp; &lt;rims&gt;"


def test_characters_that_xml_has_no_room_for_break_no_feed() -> None:
    # Given
    PostFactory(published=True, title="Spokes\x08 and rims", summary="Tight\x0b enough")

    # When
    (entry,) = entries()

    # Then
    assert one(entry, "a:title/text()") == "Spokes and rims"


def test_topics_and_authors_have_feeds_of_their_own_posts() -> None:
    # Given
    topic = TopicFactory()
    post = PostFactory(published=True, topics=[topic])
    PostFactory(published=True)

    # Then
    for thing in (topic, post.author):
        (entry,) = entries(f"{thing.get_absolute_url()}feed/")
        assert one(entry, "a:title/text()") == post.title


def test_an_empty_feed_is_a_feed() -> None:
    assert entries() == []


def test_only_the_newest_posts_are_in_the_feed() -> None:
    # Given
    editor = an_editor()
    for day in range(22):
        PostFactory(published=True, editor=editor, at=timezone.now() - timedelta(days=day + 1))

    # When
    dates = [one(entry, "a:published/text()") for entry in entries()]

    # Then
    assert len(dates) == 20
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("posts", [1, 20])
def test_a_feed_costs_the_same_whatever_is_in_it(posts: int, django_assert_num_queries) -> None:
    # Given
    editor, topic = an_editor(), TopicFactory()
    for _number in range(posts):
        post = PostFactory(published=True, editor=editor, topics=[topic])
        EditorNoteFactory(post=post, inline=True, editor=editor)
        NoticeFactory(post=post, editor=editor)
    cache.clear()

    # Then
    with django_assert_num_queries(10):
        feed_at("/feed/")

"""The public record: the log, notices for good, the feed, every version of a text."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.urls import reverse
from lxml import html as lxml_html

from blog import notices
from blog.models import EditLabel, Notice, NoticeKind, Post
from tests.factories.blog import (
    BODY,
    NoticeFactory,
    PostFactory,
    PublicationFactory,
    RevisionFactory,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def html(client, name, **where):
    answer = client.get(reverse(f"blog:{name}", kwargs=where))
    assert answer.status_code == 200
    return answer.content.decode()


def lines_of_change(page):
    """The words before and after, as a screen reader says them."""
    lines = lxml_html.fromstring(page).xpath("//dl[@class='record__change']//dd")
    return [" ".join(line.text_content().split()) for line in lines]


def feed(client):
    return ET.fromstring(client.get(reverse("blog:corrections_feed")).content)


def corrected(**facts):
    """A notice with words before and after, on a post that was revised."""
    post = PostFactory(published=True)
    before = post.head
    after = RevisionFactory(
        post=post,
        body=BODY.replace("spoke wrench", "spoke key"),
        label=EditLabel.CORRECTION,
        reason="The name of the tool.",
    )
    given = {
        "post": Post.objects.get(pk=post.pk),
        "kind": NoticeKind.CORRECTION,
        "text": "This post called the tool by the wrong name.",
        "before": "A spoke wrench is all",
        "after": "A spoke key is all",
        "revision_before": before,
        "revision_after": after,
    }
    return NoticeFactory(**{**given, **facts})


def test_the_log_lists_notices_by_month_newest_first(client):
    # Given
    with time_machine.travel(datetime(2026, 2, 3, 12, tzinfo=UTC)):
        NoticeFactory(text="The older one.")
    with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC)):
        NoticeFactory(text="The newer one.")
    # When
    page = html(client, "corrections")
    # Then
    parts = ["<h2>March 2026", "The newer one.", "<h2>February 2026", "The older one."]
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)


def test_an_empty_log_says_so(client):
    assert "Nothing has been corrected so far." in html(client, "corrections")
    assert "No statement is under review at present." in html(client, "corrections_open")
    assert "left unchanged so far" in html(client, "corrections_unchanged")


@pytest.mark.parametrize("name", ["corrections", "corrections_feed"])
def test_the_log_costs_the_same_for_one_and_for_thirty(client, django_assert_num_queries, name):
    # Given
    notice = NoticeFactory()
    url = reverse(f"blog:{name}")
    client.get(url)
    with django_assert_num_queries(3 if name == "corrections" else 1):
        client.get(url)
    # When
    for _number in range(29):
        facts = notices.NoticeFacts(
            kind=NoticeKind.UPDATE,
            text="Again.",
            revision_before=notice.revision_before,
            revision_after=notice.revision_after,
        )
        notices.publish_notice(notice.post, editor=notice.editor, facts=facts)
    # Then
    with django_assert_num_queries(3 if name == "corrections" else 1):
        client.get(url)


def test_a_notice_says_what_kind_what_changed_who_and_when(client):
    # Given
    notice = corrected()
    # When
    page = html(client, "notice", public_id=notice.public_id)
    # Then
    assert "<h1>Correction</h1>" in page
    assert notice.text in page
    assert lines_of_change(page) == [
        "A spoke deleted: wrench is all",
        "A spoke inserted: key is all",
    ]
    assert '<del><span class="visually-hidden">deleted: </span>wrench</del>' in page
    assert '<ins><span class="visually-hidden">inserted: </span>key</ins>' in page
    assert notice.byline.name in page
    assert f"/posts/{notice.post.slug}/history/1/" in page
    assert f"/posts/{notice.post.slug}/history/2/" in page


def test_a_superseded_notice_stays_at_its_address_and_says_by_which(client):
    # Given
    old = corrected()
    new = NoticeFactory(post=old.post)
    notices.supersede(old, by=new)
    # When
    page = html(client, "notice", public_id=old.public_id)
    # Then
    assert "This notice was superseded on <time" in page
    assert "Read the notice that took its place: Update, " in page
    assert new.get_absolute_url() in page
    assert old.text in page


def test_words_that_were_removed_are_said_to_be(client):
    # Given
    notice = corrected(after="")
    # Then
    assert "The words were removed." in html(client, "notice", public_id=notice.public_id)


@pytest.mark.parametrize("public_id", ["234567892345", "nothing", "0"])
def test_a_notice_that_never_was_is_404(client, public_id):
    assert client.get(f"/corrections/{public_id}/").status_code == 404


def test_notices_and_versions_of_a_post_that_is_not_public_are_404(client):
    # Given
    notice = corrected()
    Post.objects.filter(pk=notice.post_id).update(state="draft")
    slug = notice.post.slug
    # Then
    for url in (
        notice.get_absolute_url(),
        reverse("blog:history", kwargs={"slug": slug}),
        reverse("blog:revision", kwargs={"slug": slug, "number": 1}),
    ):
        assert client.get(url).status_code == 404
    assert notice.text not in html(client, "corrections")
    assert feed(client).findall(f"{ATOM}entry") == []


def test_the_policy_is_what_the_publisher_wrote_or_what_is_true_of_every_site(client):
    assert "How to report an error" in html(client, "policy")
    # When
    PublicationFactory(policy_html="<p>Write to us by post.</p>")
    # Then
    assert "Write to us by post." in html(client, "policy")


def test_an_entry_of_the_feed_is_all_that_rfc_4287_asks_for(client):
    # Given
    notice = corrected()
    # When
    root = feed(client)
    # Then
    assert {f"{ATOM}{name}" for name in ("id", "title", "updated")} <= {one.tag for one in root}
    [entry] = root.findall(f"{ATOM}entry")
    url = f"http://localhost:8000{notice.get_absolute_url()}"
    post_url = f"http://localhost:8000{notice.post.get_absolute_url()}"
    assert entry.findtext(f"{ATOM}id") == url
    assert entry.findtext(f"{ATOM}title") == f"Correction: {notice.post.headline}"
    assert entry.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}published")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == notice.byline.name
    links = {link.get("rel"): link.get("href") for link in entry.findall(f"{ATOM}link")}
    assert links == {"alternate": url, "related": post_url}
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "text"
    assert notice.text in content.text
    assert "Before: “A spoke wrench is all”" in content.text
    assert "After: “A spoke key is all”" in content.text


def test_the_id_of_an_entry_stays_when_the_post_moves(client):
    # Given
    notice = corrected()
    before = feed(client).findtext(f"{ATOM}entry/{ATOM}id")
    # When
    Post.objects.filter(pk=notice.post_id).update(slug="moved")
    # Then
    assert feed(client).findtext(f"{ATOM}entry/{ATOM}id") == before


def test_an_empty_feed_is_the_same_bytes_every_time(client):
    first, second = (client.get(reverse("blog:corrections_feed")).content for _twice in "12")
    assert first == second


def test_the_history_lists_every_public_version(client):
    # Given
    post = PostFactory(published=True)
    RevisionFactory(post=post, label=EditLabel.UPDATE, reason="One more sentence.")
    # When
    page = html(client, "history", slug=post.slug)
    # Then
    assert page.index("Version 2") < page.index("Version 1")
    assert "One more sentence." in page
    assert "What readers see now" in page


def test_a_version_shows_its_text_and_what_it_changed(client):
    # Given
    notice = corrected()
    # When
    page = html(client, "revision", slug=notice.post.slug, number=2)
    # Then
    assert "What changed since version 1" in page
    assert '<del><span class="visually-hidden">deleted: </span>wrench</del>' in page
    assert "A spoke key is all it takes." in page
    assert "noindex" in page


def test_the_first_version_changed_nothing(client):
    # Given
    notice = corrected()
    # When
    page = html(client, "revision", slug=notice.post.slug, number=1)
    # Then
    assert "What changed" not in page
    assert "A spoke wrench is all it takes." in page


@pytest.mark.parametrize("number", [0, 2, 99, 2**70])
def test_a_version_that_never_was_is_404(client, number):
    # Given
    post = PostFactory(published=True)
    # Then
    assert client.get(f"/posts/{post.slug}/history/{number}/").status_code == 404


def test_a_notice_without_a_change_has_no_before_and_after(client):
    # Given
    notice = NoticeFactory()
    # Then
    assert "Before and after" not in html(client, "notice", public_id=notice.public_id)
    assert Notice.objects.get().before == ""

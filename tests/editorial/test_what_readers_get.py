"""What feeds and machines are told while a statement is open, and once it is decided."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree
from lxml import html as lxml_html

from blog import notices
from blog.models import EditLabel, NoticeKind, Severity
from blog.notices import NoticeFacts
from tests.factories.blog import PostFactory, RevisionFactory, an_editor
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
)

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LONG_AGO = datetime(2024, 3, 1, 12, tzinfo=UTC)


def entries(address: str = "/feed/") -> list[tuple[str, str]]:
    """Id and date of each entry, in their order."""
    feed: Any = etree.fromstring(Client().get(address).content)
    found = feed.xpath("a:entry", namespaces=ATOM)
    return [
        (one.findtext("a:id", namespaces=ATOM), one.findtext("a:updated", namespaces=ATOM))
        for one in found
    ]


def machine_readable(address: str) -> dict[str, Any]:
    page = lxml_html.fromstring(Client().get(address).content)
    (block,) = page.xpath("//script[@type='application/ld+json']")
    told: dict[str, Any] = json.loads(block.text)
    return told


@pytest.fixture
def old(db):
    """A post that twenty newer ones have pushed out of the feed."""
    post = PostFactory(published=True, at=LONG_AGO, body=BODY)
    editor = an_editor()
    for day in range(20):
        PostFactory(published=True, editor=editor, at=LONG_AGO + timedelta(days=day + 1))
    return post


def correct(post, **facts):
    before = post.head
    after = RevisionFactory(
        post=post, body=BODY.replace("no extra cost", "some cost"), label=EditLabel.CORRECTION
    )
    post.refresh_from_db()
    given = {
        "kind": NoticeKind.CORRECTION,
        "text": "Parts are charged.",
        "severity": Severity.SIGNIFICANT,
        "revision_before": before,
        "revision_after": after,
    }
    return notices.publish_notice(post, editor=an_editor(), facts=NoticeFacts(**{**given, **facts}))


def test_an_open_dispute_moves_nothing_in_any_feed(client):
    """Scenario 2."""
    # Given
    post = WorkshopPostFactory()
    PostFactory(published=True)
    before = entries()
    corrections = client.get("/corrections/feed/").content
    # When
    DisputeFactory(post=post, under_review=True)
    # Then
    assert entries() == before
    assert client.get("/corrections/feed/").content == corrections


def test_an_open_dispute_is_no_correction_and_freshens_no_date():
    """Scenario 2."""
    # Given
    post = WorkshopPostFactory()
    before = machine_readable(post.get_absolute_url())
    # When
    DisputeFactory(post=post, under_review=True)
    DisputeFactory(post=post, words=PRACTICE, unchanged=True)
    # Then
    assert machine_readable(post.get_absolute_url()) == before


def test_three_open_statements_are_marked_counted_and_listed(client):
    """Scenario 2."""
    # Given
    post = WorkshopPostFactory()
    words = (APPOINTMENT, PARTS, PRACTICE)
    three = [DisputeFactory(post=post, words=one, under_review=True) for one in words]
    # When
    page = lxml_html.fromstring(client.get(post.get_absolute_url()).content)
    # Then
    record = page.xpath("//*[@class='post__record']")[0].text_content()
    assert "3 statements in this post are under review." in record
    links = page.xpath("//a[@class='mark-ref']")
    assert [link.get("href") for link in links] == [f"#dispute-{one.public_id}" for one in three]
    for link, said in zip(links, ("an appointment", "no extra cost", "mechanics"), strict=True):
        assert link.text_content().startswith("[disputed")
        assert "statement “" in link.text_content()
        assert said in link.text_content()
        assert "; go to details]" in link.text_content()
    for one in three:
        (item,) = page.xpath(f"//*[@id='dispute-{one.public_id}']")
        assert one.public_summary in item.text_content()
        assert item.xpath(".//time")
        assert item.xpath(".//a[text()='Back to the passage']")


def test_a_corrected_post_comes_back_into_its_feed_once_under_its_old_id(old):
    """Scenario 5."""
    # Given
    [old_id] = {one for one, _date in entries(f"{old.author.get_absolute_url()}feed/")}
    assert old_id not in dict(entries())
    # When
    correct(old)
    # Then
    listed = entries()
    assert [one for one, _date in listed].count(old_id) == 1
    assert listed[0][0] == old_id
    assert datetime.fromisoformat(listed[0][1]) > LONG_AGO + timedelta(days=20)


def test_a_cosmetic_edit_of_an_old_post_moves_nothing(old):
    # Given
    before = entries()
    # When
    RevisionFactory(post=old, label=EditLabel.COSMETIC, body=BODY.replace("nothing but", "only"))
    # Then
    assert entries() == before


@pytest.mark.parametrize(
    ("severity", "is_on_top"),
    [(Severity.MINOR, False), (Severity.SIGNIFICANT, True), (Severity.PREMISE, True)],
)
def test_the_notice_stands_on_top_of_the_entry_by_its_gravity(severity, is_on_top):
    """Scenario 5."""
    # Given
    post = WorkshopPostFactory()
    correct(post, severity=severity)
    # When
    feed = Client().get("/feed/").content.decode()
    # Then
    place = feed.index("Parts are charged.")
    assert (place < feed.index("costs nothing but time")) is is_on_top
    assert ("<title>Corrected: " in feed) is (severity == Severity.PREMISE)


def test_a_decision_is_told_to_machines_word_for_word_as_to_readers(client, editor):
    """Scenario 5."""
    # Given
    dispute = DisputeFactory(under_review=True)
    post = dispute.claim.post
    before = machine_readable(post.get_absolute_url())["dateModified"]
    # When
    notice = decide(dispute, editor=editor, **clarified()).notice
    # Then
    told = machine_readable(post.get_absolute_url())
    [correction] = told["correction"]
    page = lxml_html.fromstring(client.get(post.get_absolute_url()).content)
    (shown,) = page.xpath(f"//*[@id='notice-{notice.public_id}']/p[1]")
    assert correction["text"] == shown.text_content()
    assert correction["name"] == "Clarification"
    assert correction["about"]["text"] == dispute.claim.statement
    assert datetime.fromisoformat(told["dateModified"]) >= datetime.fromisoformat(before)
    assert told["version"] == "2"
    assert told["commentCount"] == 0

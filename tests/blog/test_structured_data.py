"""What machines are told about a post, and what they are never told."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html as lxml_html

from blog import passages
from blog.models import EditLabel, Mark, NoticeKind, Post, PostState
from blog.notices import supersede
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import (
    EditorNoteFactory,
    NoticeFactory,
    PassageFactory,
    PostFactory,
    PublicationFactory,
    RevisionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def page_of(post: Post) -> Any:
    return lxml_html.fromstring(Client().get(post.get_absolute_url()).content)


def told_about(post: Post) -> dict[str, Any]:
    (block,) = page_of(post).xpath("//script[@type='application/ld+json']")
    told: dict[str, Any] = json.loads(block.text)
    return told


def test_a_post_is_a_blog_posting(settings) -> None:
    # Given
    host = ProfileFactory()
    PublicationFactory(name="True Wheel", host=host)
    post = PostFactory(published=True, topics=[TopicFactory(name="Winter")])
    url = f"{settings.SITE_URL}{post.get_absolute_url()}"

    # When
    told = told_about(post)

    # Then
    published = timezone.localtime(post.published_at).isoformat(timespec="seconds")
    assert told["@type"] == "BlogPosting"
    assert told["@id"] == f"{url}#post"
    assert told["url"] == told["mainEntityOfPage"] == url
    assert told["headline"] == post.title
    assert told["author"] == {
        "@type": "Person",
        "name": post.author.name,
        "url": f"{settings.SITE_URL}{post.author.get_absolute_url()}",
    }
    assert told["editor"]["name"] == host.name
    assert told["datePublished"] == told["dateModified"] == published
    assert told["version"] == "1"
    assert told["commentCount"] == 0
    assert told["keywords"] == ["Winter"]
    assert told["publisher"]["name"] == "True Wheel"
    assert "correction" not in told


def test_whoever_introduced_the_post_is_its_editor() -> None:
    # Given
    note = EditorNoteFactory(introduction=True)
    PublicationFactory(host=ProfileFactory())

    # Then
    assert told_about(note.post)["editor"]["name"] == note.byline.name


def test_a_notice_is_a_correction_comment_on_the_post(settings) -> None:
    # Given
    notice = NoticeFactory(
        kind=NoticeKind.CLARIFICATION,
        text="Parts are paid for.",
        statement="The repair costs nothing",
        sources=[{"title": "House rules", "url": "https://workshop.example/rules"}],
    )
    post_id = f"{settings.SITE_URL}{notice.post.get_absolute_url()}#post"

    # When
    (correction,) = told_about(notice.post)["correction"]

    # Then
    moment = timezone.localtime(notice.published_at)
    url = f"{settings.SITE_URL}/corrections/{notice.public_id}/"
    assert correction == {
        "@type": "CorrectionComment",
        "@id": f"{url}#notice",
        "url": url,
        "name": "Clarification",
        "text": f"Clarification, {moment:%-d %B %Y}: Parts are paid for.",
        "datePublished": moment.isoformat(timespec="seconds"),
        "inLanguage": settings.LANGUAGE_CODE,
        "author": {
            "@type": "Person",
            "name": notice.byline.name,
            "url": f"{settings.SITE_URL}{notice.byline.get_absolute_url()}",
        },
        "parentItem": {"@id": post_id},
        "about": {
            "@type": "Claim",
            "@id": post_id.replace("#post", f"#claim-{notice.public_id}"),
            "text": "The repair costs nothing",
            "appearance": {"@id": post_id},
        },
        "citation": [
            {"@type": "WebPage", "name": "House rules", "url": "https://workshop.example/rules"}
        ],
    }


def test_the_text_that_machines_read_is_the_text_that_readers_see() -> None:
    # Given
    notice = NoticeFactory(text="Spokes & rims: 2 < 3.")

    # When
    page = page_of(notice.post)
    (correction,) = told_about(notice.post)["correction"]

    # Then
    (shown,) = page.xpath(f"//*[@id='notice-{notice.public_id}']/p[1]")
    assert shown.text_content() == correction["text"]


def test_an_open_dispute_is_never_a_correction() -> None:
    # Given
    post = PostFactory(published=True)
    passages.set_mark(PassageFactory(post=post), mark=Mark.DISPUTED, reference="k4t9")

    # When
    told = told_about(post)

    # Then
    assert "correction" not in told
    assert "k4t9" not in json.dumps(told)


def test_marking_a_passage_does_not_freshen_the_date() -> None:
    # Given
    post = PostFactory(published=True)
    before = told_about(post)["dateModified"]

    # When
    passages.set_mark(PassageFactory(post=post), mark=Mark.DISPUTED, reference="k4t9")

    # Then
    assert told_about(post)["dateModified"] == before


def test_a_superseded_notice_gives_way_to_the_one_in_force() -> None:
    # Given
    old = NoticeFactory(text="The depot has moved.")
    new = NoticeFactory(post=old.post, text="The depot has moved back.")

    # When
    supersede(old, by=new)

    # Then
    (correction,) = told_about(old.post)["correction"]
    assert correction["text"].endswith("The depot has moved back.")


def test_the_version_is_the_number_of_the_revision() -> None:
    # Given
    revision = RevisionFactory(label=EditLabel.UPDATE)

    # When
    told = told_about(revision.post)

    # Then
    assert told["version"] == "2"
    assert told["dateModified"] >= told["datePublished"]


def test_a_retracted_post_is_told_as_retracted() -> None:
    # Given
    post = PostFactory(published=True, title="Never oil a chain")
    Post.objects.filter(pk=post.pk).update(state=PostState.RETRACTED)

    # When
    told = told_about(post)

    # Then
    assert told["creativeWorkStatus"] == "Retracted"
    assert told["headline"] == "Retracted: Never oil a chain"


def test_we_never_review_our_own_claims_as_those_of_others() -> None:
    # Given
    notice = NoticeFactory(statement="The repair costs nothing")

    # Then
    assert "ClaimReview" not in json.dumps(told_about(notice.post))


def test_no_text_can_close_the_block() -> None:
    # Given
    title = "</script><script>alert(1)</script><!--"
    post = PostFactory(published=True, title=title)

    # When
    page = Client().get(post.get_absolute_url()).content.decode()

    # Then
    assert "<script>alert" not in page
    assert told_about(post)["headline"] == title

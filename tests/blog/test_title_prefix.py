"""Placement by gravity: what is told at the end, under the byline, and in the title itself."""

import json
import re

import pytest

from blog import notices
from blog.models import EditLabel, NoticeKind, Post, Severity
from blog.notices import NoticeFacts
from tests.factories.blog import PostFactory, RevisionFactory, TopicFactory
from tests.factories.comments import PostCommentFactory

pytestmark = pytest.mark.django_db
TOLD = "An earlier version named the wrong saddle as the winner."


@pytest.fixture
def post():
    return PostFactory(published=True, title="The best of ten saddles", topics=[TopicFactory()])


def correct(post, editor, severity=Severity.PREMISE):
    before = Post.objects.select_related("head").get(pk=post.pk).head
    body = f"{before.body_html}\n<p>Nobody had asked the riders.</p>"
    after = RevisionFactory(
        post=post, editor=editor, label=EditLabel.CORRECTION, reason="The winner.", body=body
    )
    facts = NoticeFacts(
        kind=NoticeKind.CORRECTION,
        text=TOLD,
        severity=severity,
        revision_before=before,
        revision_after=after,
    )
    return notices.publish_notice(post, editor=editor, facts=facts)


def places_of(client, post):
    """In which places of its page the correction is told."""
    page = client.get(post.get_absolute_url()).content.decode()
    head = re.search(r'<header class="post__head.*?</header>', page, re.DOTALL)[0]
    places = {
        "title": "<h1>Corrected: " in page,
        "line": "This post was corrected on" in head,
        "end": TOLD in re.search(r'id="corrections".*?</section>', page, re.DOTALL)[0],
    }
    return [name for name, is_told in places.items() if is_told]


@pytest.mark.parametrize(
    ("severity", "places"),
    [
        (Severity.MINOR, ["end"]),
        (Severity.SIGNIFICANT, ["line", "end"]),
        (Severity.PREMISE, ["title", "line", "end"]),
    ],
)
def test_the_graver_a_correction_the_higher_it_stands(post, editor, client, severity, places):
    correct(post, editor, severity)
    assert places_of(client, post) == places


def everywhere(client, post, other, comment):
    own = post.get_absolute_url()
    pages = [
        *(
            "/",
            "/posts/",
            "/feed/",
            "/corrections/",
            "/corrections/feed/",
            "/corrections/feed.json",
        ),
        *("/comments/feed/", own, f"{own}history/", f"{own}feed/", f"{own}comments/new/"),
        *(f"{own}report/", other.get_absolute_url(), post.author.get_absolute_url()),
        *(post.topics.get().get_absolute_url(), f"/comments/{comment.pk}/report/"),
    ]
    return {page: client.get(page).content.decode() for page in pages}


def test_a_corrected_headline_says_so_wherever_it_shows(post, editor, client):
    """Scenario 23: the part about the title."""
    # Given
    other = PostFactory(published=True, topics=list(post.topics.all()))
    comment = PostCommentFactory(post=post, published=True)
    # When
    notice = correct(post, editor)
    # Then
    prefixed = "Corrected: The best of ten saddles"
    shown = everywhere(client, post, other, comment)
    assert [page for page, text in shown.items() if prefixed not in text] == []
    page = shown[post.get_absolute_url()]
    assert f'<meta property="og:title" content="{prefixed}">' in page
    [said] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(said)["headline"] == prefixed
    # When
    notices.take_back(notice, editor=editor)
    # Then
    shown = everywhere(client, post, other, comment)
    assert [page for page, text in shown.items() if "Corrected:" in text] == []


def test_a_correction_that_is_superseded_takes_the_prefix_away(post, editor, client):
    wrong = correct(post, editor)
    head = Post.objects.select_related("head").get(pk=post.pk).head
    facts = NoticeFacts(
        kind=NoticeKind.EDITORS_NOTE,
        text="The first winner was right.",
        revision_before=head,
        revision_after=head,
    )
    right = notices.publish_notice(post, editor=editor, facts=facts)
    notices.supersede(wrong, by=right)
    for page in ("/", post.get_absolute_url()):
        assert "Corrected:" not in client.get(page).content.decode()

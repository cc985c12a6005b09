"""Retracting a whole post, and taking a retraction back."""

import json
import re

import pytest

from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog import openness, publishing, retraction, workflow
from blog.models import Discussion, EditLabel, NoticeState, PostState
from tests.factories.accounts import PersonFactory
from tests.factories.blog import BODY, PostFactory, PublicationFactory, TopicFactory

pytestmark = pytest.mark.django_db
WHY = "We have retracted this post because the test rides were never made."


@pytest.fixture
def post():
    return PostFactory(published=True, title="Ten saddles compared", topics=[TopicFactory()])


def retract(post, publisher, **facts):
    post.refresh_from_db()
    return retraction.retract(post, by=publisher, text=WHY, version=post.version, **facts)


def test_a_retraction_is_told_everywhere_and_the_text_stays_below(post, publisher, client):
    """Scenario 40."""
    # Given
    other = PostFactory(published=True, topics=list(post.topics.all()))
    # When
    notice = retract(post, publisher)
    # Then
    prefixed = "Retracted: Ten saddles compared"
    page = client.get(post.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert f"<title>{prefixed}" in text
    assert f'<meta property="og:title" content="{prefixed}">' in text
    banner = re.search(r'<section class="banner".*?</section>', text, re.DOTALL)[0]
    assert WHY in banner
    assert notice.byline.name in banner
    assert BODY.splitlines()[0] in text
    [said] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert json.loads(said)["creativeWorkStatus"] == "Retracted"
    assert json.loads(said)["headline"] == prefixed
    lists = (
        "/",
        "/posts/",
        "/feed/",
        "/corrections/",
        "/corrections/feed/",
        "/corrections/feed.json",
    )
    own = (post.topics.get().get_absolute_url(), post.author.get_absolute_url())
    for address in (*lists, *own, f"{post.get_absolute_url()}feed/", other.get_absolute_url()):
        assert prefixed in client.get(address).content.decode(), address
    assert post.get_absolute_url() in client.get("/sitemap.xml").content.decode()


def test_a_retraction_makes_a_version_with_the_same_words(post, publisher, client):
    before = post.head
    notice = retract(post, publisher)
    post.refresh_from_db()
    assert post.state == PostState.RETRACTED
    assert (post.head.number, post.head.label) == (before.number + 1, EditLabel.RETRACTION)
    assert post.head.body_html == before.body_html
    assert (notice.revision_before, notice.revision_after) == (before, post.head)
    history = client.get(f"{post.get_absolute_url()}history/").content.decode()
    assert "Retraction" in history
    assert WHY in history


def test_the_discussion_of_a_retracted_post_is_closed_unless_the_site_says_otherwise(
    post, publisher
):
    retract(post, publisher)
    post.refresh_from_db()
    assert openness.discussion_of(post) == Discussion.CLOSED
    PublicationFactory(closes_when_retracted=False)
    assert openness.discussion_of(post) == Discussion.OPEN


@pytest.mark.parametrize("role", ["author", "moderator", "editor"])
def test_only_the_publisher_retracts_and_reinstates(post, publisher, role):
    person = PersonFactory(role=role)
    with pytest.raises(NotAllowed):
        retract(post, person)
    retract(post, publisher)
    with pytest.raises(NotAllowed):
        retraction.reinstate(post, by=person, text="It was right.", version=3)


def test_a_retraction_needs_a_reason_a_public_post_and_the_version_that_was_seen(post, publisher):
    with pytest.raises(Invalid):
        retraction.retract(post, by=publisher, text="  ", version=post.version)
    with pytest.raises(Conflict):
        retraction.retract(post, by=publisher, text=WHY, version=post.version - 1)
    draft = PostFactory()
    with pytest.raises(WrongMoment):
        retraction.retract(draft, by=publisher, text=WHY, version=draft.version)
    retract(post, publisher)
    with pytest.raises(WrongMoment):
        retract(post, publisher)


def test_an_edit_that_waits_is_neither_lost_nor_published_by_a_retraction(post, publisher):
    draft = workflow.Draft(post.title, post.summary, "<p>Another text.</p>")
    workflow.write(post, by=publisher, draft=draft, version=post.version)
    with pytest.raises(WrongMoment):
        retract(post, publisher)


def test_a_retraction_is_never_taken_back_in_silence(post, publisher, client):
    # Given
    notice = retract(post, publisher)
    post.refresh_from_db()
    with pytest.raises(WrongMoment):
        publishing.publish(post, editor=publisher)
    with pytest.raises(Invalid):
        retraction.reinstate(post, by=publisher, text=" ", version=post.version)
    # When
    why = "The logs of the test rides were found."
    note = retraction.reinstate(post, by=publisher, text=why, version=post.version)
    # Then
    notice.refresh_from_db()
    post.refresh_from_db()
    assert (notice.state, notice.superseded_by) == (NoticeState.SUPERSEDED, note)
    assert post.state == PostState.PUBLISHED
    page = client.get(post.get_absolute_url()).content.decode()
    assert "Retracted:" not in page
    assert why in page
    with pytest.raises(WrongMoment):
        retraction.reinstate(post, by=publisher, text=why, version=post.version)

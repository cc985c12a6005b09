"""Posts that readers shall not read: unpublished, published again, removed."""

import pytest
from django.db.models import ProtectedError

from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog import notices, publishing, removal, retraction, workflow
from blog.models import EditLabel, NoticeKind, PositionStatus, PostState
from blog.workflow import Details
from tests.factories.accounts import PersonFactory
from tests.factories.blog import BODY, NoticeFactory, PassageFactory, PostFactory, RevisionFactory
from tests.factories.comments import PostCommentFactory

pytestmark = pytest.mark.django_db
WHY = "We have removed this post because its photographs were not ours."
SECRET = ("true the wheel", "spoke wrench", "Ten saddles", "runs true lasts", "soft soap")


@pytest.fixture
def post():
    return PostFactory(published=True, title="Ten saddles compared", slug="ten-saddles")


def seen(post):
    post.refresh_from_db()
    return {"version": post.version}


def everything_public(post, *notices):
    """Every address where words of a post could stand."""
    own = post.get_absolute_url()
    return [
        *("/", "/posts/", "/feed/", "/corrections/", "/corrections/feed/", "/comments/feed/"),
        *(
            "/sitemap.xml",
            "/corrections/open/",
            "/corrections/unchanged/",
            "/corrections/feed.json",
        ),
        *(own, f"{own}history/", f"{own}history/1/", f"{own}feed/", f"{own}comments/new/"),
        *(f"{own}report/", post.author.get_absolute_url()),
        *(notice.get_absolute_url() for notice in notices),
    ]


def test_a_removal_leaves_its_notice_at_the_address_and_the_text_nowhere(post, publisher, client):
    """Scenario 29: the publisher leaves a tombstone."""
    # Given
    told = NoticeFactory(
        post=post, text="The soft soap was a brand of its own.", before="soft soap"
    )
    comment = PostCommentFactory(post=post, published=True, text="My spoke wrench broke.")
    assert client.get(post.get_absolute_url()).status_code == 200
    # When
    notice = removal.remove(post, by=publisher, text=WHY, **seen(post))
    # Then
    page = client.get(post.get_absolute_url())
    assert page.status_code == 410
    assert WHY in page.content.decode()
    assert notice.byline.name in page.content.decode()
    for address in [*everything_public(post, told, notice), comment.get_absolute_url()]:
        answer = client.get(address, follow=True).content.decode()
        assert [word for word in SECRET if word in answer] == [], address
    log = client.get("/corrections/").content.decode()
    assert notice.get_absolute_url() in log
    assert told.get_absolute_url() in log
    assert client.get(told.get_absolute_url()).status_code == 200
    assert WHY in client.get("/corrections/feed/").content.decode()


def test_a_removed_post_stays_removed(post, publisher):
    removal.remove(post, by=publisher, text=WHY, **seen(post))
    with pytest.raises(WrongMoment):
        removal.publish_again(post, by=publisher, **seen(post))
    with pytest.raises(WrongMoment):
        removal.remove(post, by=publisher, text=WHY, **seen(post))


def test_a_post_with_notices_cannot_be_deleted(post, client):
    """Scenario 29."""
    NoticeFactory(post=post)
    with pytest.raises(ProtectedError):
        post.delete()
    client.force_login(PersonFactory(role="publisher"))
    answer = client.post(f"/admin/blog/post/{post.pk}/delete/", {"post": "yes"})
    assert answer.status_code in (302, 403)
    post.refresh_from_db()


def test_what_is_unpublished_leaves_a_note_or_nothing_and_comes_back_whole(post, publisher, client):
    """Scenario 28."""
    # Given
    told = NoticeFactory(post=post, text="The soft soap was a brand of its own.")
    passage = PassageFactory(post=post)
    # When
    removal.unpublish(post, by=publisher, **seen(post))
    # Then
    assert client.get(post.get_absolute_url()).status_code == 404
    assert "soft soap" not in client.get("/corrections/").content.decode()
    assert told.get_absolute_url() in client.get("/corrections/").content.decode()
    # When
    removal.publish_again(post, by=publisher, **seen(post))
    removal.unpublish(post, by=publisher, note="We ask the maker first.", **seen(post))
    # Then
    gone = client.get(post.get_absolute_url())
    assert (gone.status_code, "We ask the maker first." in gone.content.decode()) == (410, True)
    for address in everything_public(post, told):
        answer = client.get(address, follow=True).content.decode()
        assert [word for word in SECRET if word in answer] == [], address
    # When
    draft = workflow.Draft(post.title, post.summary, f"<p>Once more.</p>\n{BODY}")
    workflow.write(post, by=publisher, draft=draft, **seen(post))
    removal.publish_again(
        post, by=publisher, label=EditLabel.UPDATE, reason="One more line.", **seen(post)
    )
    # Then
    post.refresh_from_db()
    assert "Once more." in client.get(post.get_absolute_url()).content.decode()
    assert "soft soap" in client.get(told.get_absolute_url()).content.decode()
    position = passage.positions.get(revision=post.head)
    assert position.status == PositionStatus.EXACT
    assert post.head.text[position.start : position.end] == passage.exact


def test_what_was_retracted_comes_back_retracted(post, publisher):
    retraction.retract(post, by=publisher, text="It was invented.", **seen(post))
    removal.unpublish(post, by=publisher, **seen(post))
    removal.publish_again(post, by=publisher, **seen(post))
    post.refresh_from_db()
    assert post.state == PostState.RETRACTED


@pytest.mark.parametrize("role", ["author", "moderator", "editor"])
def test_only_the_publisher_takes_posts_from_readers(post, publisher, role):
    person = PersonFactory(role=role)
    with pytest.raises(NotAllowed):
        removal.unpublish(post, by=person, **seen(post))
    with pytest.raises(NotAllowed):
        removal.remove(post, by=person, text=WHY, **seen(post))
    removal.unpublish(post, by=publisher, **seen(post))
    with pytest.raises(NotAllowed):
        removal.publish_again(post, by=person, **seen(post))


def test_taking_a_post_away_needs_a_reason_and_the_version_that_was_seen(post, publisher):
    with pytest.raises(Invalid):
        removal.remove(post, by=publisher, text=" ", version=post.version)
    with pytest.raises(Conflict):
        removal.remove(post, by=publisher, text=WHY, version=post.version - 1)
    with pytest.raises(Conflict):
        removal.unpublish(post, by=publisher, version=post.version - 1)
    draft = PostFactory()
    with pytest.raises(WrongMoment):
        removal.remove(draft, by=publisher, text=WHY, version=draft.version)
    with pytest.raises(WrongMoment):
        removal.unpublish(draft, by=publisher, version=draft.version)


def test_an_unpublished_post_is_not_published_as_if_it_were_new(post, publisher):
    removal.unpublish(post, by=publisher, **seen(post))
    with pytest.raises(WrongMoment):
        publishing.publish(post, editor=publisher)


def test_what_changed_meanwhile_is_said(post, publisher):
    removal.unpublish(post, by=publisher, **seen(post))
    draft = workflow.Draft(post.title, post.summary, "<p>Other words.</p>")
    workflow.write(post, by=publisher, draft=draft, **seen(post))
    with pytest.raises(Invalid):
        removal.publish_again(post, by=publisher, label=EditLabel.UPDATE, **seen(post))


def test_a_former_address_leads_on_and_ids_stay(post, editor, client):
    """Scenario 30."""
    # Given
    notice = NoticeFactory(post=post)
    RevisionFactory(post=post)
    entry = client.get("/feed/").content.decode().split("<id>")[2].split("</id>")[0]
    # When
    for slug in ("saddles", "saddles-compared"):
        workflow.describe(post, editor=editor, details=Details(slug=slug))
    # Then
    for old in ("ten-saddles", "saddles"):
        for page in ("", "history/1/", "feed/", "report/"):
            answer = client.get(f"/posts/{old}/{page}?page=2")
            assert answer.status_code == 301
            assert answer["Location"] == f"/posts/saddles-compared/{page}?page=2"
    assert f"<id>{entry}</id>" in client.get("/feed/").content.decode()
    assert client.get(notice.get_absolute_url()).status_code == 200
    assert f"{notice.get_absolute_url()}</id>" in client.get("/corrections/feed/").content.decode()


def test_an_address_that_was_known_belongs_to_its_post(post, editor, client):
    workflow.describe(post, editor=editor, details=Details(slug="saddles"))
    with pytest.raises(Invalid):
        workflow.describe(PostFactory(), editor=editor, details=Details(slug="ten-saddles"))
    assert workflow.free_slug("Ten saddles") == "ten-saddles-2"
    workflow.describe(post, editor=editor, details=Details(slug="ten-saddles"))
    assert client.get("/posts/ten-saddles/").status_code == 200
    assert client.get("/posts/saddles/").status_code == 301


def test_an_address_that_nobody_knew_is_free(editor, client):
    draft = PostFactory(slug="not-yet")
    workflow.describe(draft, editor=editor, details=Details(slug="other"))
    assert client.get("/posts/not-yet/").status_code == 404
    assert not draft.former_addresses.exists()


def test_a_former_address_tells_nothing_of_a_post_that_is_not_shown(
    post, editor, publisher, client
):
    workflow.describe(post, editor=editor, details=Details(slug="saddles"))
    removal.unpublish(post, by=publisher, **seen(post))
    assert client.get("/posts/ten-saddles/").status_code == 404


def test_only_a_concern_is_lifted(post, editor):
    notice = NoticeFactory(post=post, kind=NoticeKind.UPDATE)
    with pytest.raises(Invalid):
        notices.lift(notice, editor=editor, reason="We were wrong.")

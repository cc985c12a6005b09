"""A promised follow-up is kept or dropped, in public."""

import json

import pytest
from django.urls import reverse
from lxml import html as lxml_html

from accounts.models import Letter
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog.models import Post, PostState
from editorial import follow_ups
from editorial.models import Dispute, FollowUp
from editorial.points import Raiser
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory, an_editor
from tests.factories.editorial import DisputeFactory, decide

pytestmark = pytest.mark.django_db
READER = "reader@example.net"


@pytest.fixture
def promise() -> FollowUp:
    dispute = DisputeFactory(under_review=True, raiser=Raiser(name="Ana", email=READER))
    decide(dispute, editor=an_editor(), promises_follow_up=True)
    Letter.objects.all().delete()
    return FollowUp.objects.get()


def dispute_page(client, promise: FollowUp) -> str:
    dispute = Dispute.objects.get(claim=promise.claim)
    return client.get(dispute.get_absolute_url()).content.decode()


def test_a_kept_promise_leads_readers_to_the_post_and_tells_who_asked(client, promise, editor):
    # Given
    post = PostFactory(published=True, title="Wheels, the long answer")
    # When
    follow_ups.keep(promise, editor=editor, post=post)
    # Then
    assert f'href="{post.get_absolute_url()}"' in dispute_page(client, promise)
    letter = Letter.objects.get(to=READER)
    assert letter.subject == "The follow-up we promised: Wheels, the long answer"
    assert [event.kind for event in Dispute.objects.get().events.all()][-1] == "kept"


def test_a_dropped_promise_says_why_in_its_place(client, promise, editor):
    follow_ups.drop(promise, editor=editor, reason=" Nobody could be found\nto write it. ")
    html = dispute_page(client, promise)
    assert "it will not be written: Nobody could be found to write it." in html
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("role", ["author", "moderator"])
def test_only_an_editor_ends_a_promise(promise, role):
    person = PersonFactory(**{role: True})
    with pytest.raises(NotAllowed):
        follow_ups.drop(promise, editor=person, reason="No.")
    with pytest.raises(NotAllowed):
        follow_ups.keep(promise, editor=person, post=PostFactory(published=True))


def test_a_promise_ends_once(promise, editor):
    follow_ups.drop(promise, editor=editor, reason="No time.")
    with pytest.raises(WrongMoment):
        follow_ups.keep(promise, editor=editor, post=PostFactory(published=True))


def test_neither_a_draft_nor_the_post_itself_keeps_a_promise(promise, editor):
    with pytest.raises(Invalid):
        follow_ups.keep(promise, editor=editor, post=PostFactory())
    with pytest.raises(Invalid):
        follow_ups.keep(promise, editor=editor, post=promise.claim.post)
    with pytest.raises(Invalid):
        follow_ups.drop(promise, editor=editor, reason=" ")


def test_the_desk_keeps_a_promise_by_the_address_of_the_post(client, promise, editor):
    # Given
    client.force_login(editor)
    post = PostFactory(published=True)
    desk = client.get(reverse("editorial:disputes") + "?list=promised").content.decode()
    address = reverse("editorial:follow_up", args=[promise.pk])
    assert address in desk
    # When
    refused = client.post(f"{address}keep/", {"post": "no-such-post"})
    kept = client.post(f"{address}keep/", {"post": post.get_absolute_url()})
    # Then
    assert "No published post has this address." in refused.content.decode()
    assert kept["Location"] == reverse("editorial:disputes")
    assert client.get(address).status_code == 404


def test_the_desk_drops_a_promise_with_a_reason(client, promise, editor):
    client.force_login(editor)
    address = reverse("editorial:follow_up", args=[promise.pk])
    client.post(f"{address}drop/", {"reason": "No time."})
    assert FollowUp.objects.get().dropped_because == "No time."


def test_a_moderator_does_not_enter(client, promise, moderator):
    client.force_login(moderator)
    assert client.get(reverse("editorial:follow_up", args=[promise.pk])).status_code == 403


def told_to_machines(client, post: Post) -> dict:
    page = lxml_html.fromstring(client.get(post.get_absolute_url()).content)
    (block,) = page.xpath("//script[@type='application/ld+json']")
    return json.loads(block.text)


def test_machines_are_told_which_post_a_follow_up_is_based_on(client, promise, editor, settings):
    # Given
    original, post = promise.claim.post, PostFactory(published=True)
    of_both = [
        {"@id": f"{settings.SITE_URL}{one.get_absolute_url()}#post"} for one in (original, post)
    ]
    assert not {"isBasedOn", "citation"} & told_to_machines(client, original).keys()
    # When
    follow_ups.keep(promise, editor=editor, post=post)
    # Then
    assert told_to_machines(client, post)["isBasedOn"] == [of_both[0]]
    assert told_to_machines(client, original)["citation"] == [of_both[1]]
    assert "citation" not in told_to_machines(client, post)
    # When one of them can no longer be read
    Post.objects.filter(pk=post.pk).update(state=PostState.WITHDRAWN)
    # Then
    assert "citation" not in told_to_machines(client, original)

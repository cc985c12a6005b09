"""An author proposes an edit of a published post; nobody reads it before an editor publishes it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Letter
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog import proposals, publishing, removal, workflow
from blog.bylines import Signature, sign
from blog.models import EditLabel, EditProposal, Post
from blog.workflow import Draft
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import PostFactory, RevisionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]
NEW = "<p>True the wheel slowly.</p>"


@pytest.fixture
def post() -> Post:
    return PostFactory(published=True)


def again(post: Post) -> Post:
    return Post.objects.select_related("head", "author").get(pk=post.pk)


def proposed(post: Post, *, body: str = NEW, **facts: object) -> EditProposal:
    post = again(post)
    given = {"by": post.author.person, "base": post.head, "message": "It was too short."} | facts
    return proposals.propose(post, draft=Draft(post.title, post.summary, body), **given)


def read(post: Post) -> str:
    return Client().get(post.get_absolute_url()).content.decode()


def test_a_proposal_is_public_nowhere_and_the_editors_are_told(post, editor):
    before = again(post)
    Letter.objects.all().delete()
    proposed(post, body='<p>True the wheel slowly.</p><script src="x"></script>')
    assert EditProposal.objects.get().body == NEW
    now = again(post)
    assert (now.body, now.head, now.version) == (before.body, before.head, before.version)
    assert "slowly" not in read(post)
    assert "slowly" not in Client().get("/feed/").content.decode()
    letter = Letter.objects.get(to=editor.email)
    assert "It was too short." in letter.body
    assert Letter.objects.filter(to=post.author.person.email).count() == 0


def test_readers_see_it_once_an_editor_took_and_published_it(post, editor):
    # Given
    proposal = proposed(post)
    Letter.objects.all().delete()
    # When
    taken = proposals.take(proposal, editor=editor)
    # Then
    assert (taken.body, "slowly" in read(post)) == (NEW, False)
    assert [letter.to for letter in Letter.objects.all()] == [post.author.person.email]
    # When
    publishing.revise(
        taken, by=editor, label=EditLabel.CLARIFICATION, reason="How.", base=taken.head
    )
    # Then
    assert "slowly" in read(post)
    kinds = [event.kind for event in post.events.all()][-3:]
    assert kinds[:2] == ["edit_proposed", "proposal_taken"]


def test_a_declined_proposal_changes_nothing_and_says_why(post, editor):
    proposal = proposed(post)
    Letter.objects.all().delete()
    proposals.decline(proposal, editor=editor, message="It is long enough.")
    assert again(post).body == post.body
    assert "It is long enough." in Letter.objects.get().body
    for answer in (
        lambda: proposals.take(proposal, editor=editor),
        lambda: proposals.decline(proposal, editor=editor, message="No."),
        lambda: proposals.withdraw(proposal, by=post.author.person),
    ):
        with pytest.raises(WrongMoment):
            answer()


def test_another_proposal_takes_the_place_of_the_first(post):
    first, second = proposed(post), proposed(post, body="<p>Other words.</p>")
    assert first.pk == second.pk
    assert EditProposal.objects.get().body == "<p>Other words.</p>"


def test_a_co_author_proposes_beside_the_first_author(post, editor):
    other = ProfileFactory()
    sign(post, editor=editor, signatures=[Signature(other)])
    proposed(post), proposed(post, by=other.person)
    assert EditProposal.objects.filter(state="open").count() == 2


def test_who_may_not_and_what_cannot_be_is_refused(post, editor, publisher):
    # Given
    proposal, draft = proposed(post), PostFactory()
    stranger, moderator = PersonFactory(author=True), PersonFactory(moderator=True)
    refused = [
        (NotAllowed, lambda: proposed(post, by=stranger)),
        (NotAllowed, lambda: proposals.withdraw(proposal, by=editor)),
        (NotAllowed, lambda: proposals.take(proposal, editor=post.author.person)),
        (NotAllowed, lambda: proposals.decline(proposal, editor=moderator, message="No.")),
        (Invalid, lambda: proposals.decline(proposal, editor=editor, message=" ")),
        (Invalid, lambda: proposed(post, body=post.body)),
        (WrongMoment, lambda: proposed(draft, base=post.head)),
    ]
    # Then
    for refusal, act in refused:
        with pytest.raises(refusal):
            act()
    assert EditProposal.objects.get().state == "open"
    # When
    removal.unpublish(again(post), by=publisher, version=again(post).version)
    # Then
    with pytest.raises(WrongMoment):
        proposals.take(proposal, editor=editor)


def test_it_never_undoes_what_was_published_since_nor_swallows_another_edit(post, editor):
    # Given
    proposal, head = proposed(post), again(post).head
    waiting = Draft(post.title, post.summary, "<p>The editor's edit.</p>")
    workflow.write(again(post), by=editor, draft=waiting, version=again(post).version)
    with pytest.raises(WrongMoment):
        proposals.take(proposal, editor=editor)
    publishing.drop_changes(again(post), editor=editor)
    # When
    RevisionFactory(post=post, label=EditLabel.CORRECTION)
    # Then
    with pytest.raises(Conflict):
        proposals.take(proposal, editor=editor)
    with pytest.raises(Conflict):
        proposed(post, base=head)


def test_an_author_proposes_and_withdraws_by_their_own_page(client, post):
    # Given
    address = reverse("blog:write_propose", args=(post.pk,))
    client.force_login(PersonFactory(author=True))
    assert client.get(address).status_code == 404
    client.force_login(post.author.person)
    door = client.get(reverse("blog:write_post", args=(post.pk,))).content.decode()
    assert address in door
    assert "spoke wrench" in client.get(address).content.decode()
    words = {"title": post.title, "summary": post.summary, "body": NEW, "base": post.head_id}
    # When
    page = client.post(address, words | {"message": "Slowly!"}, follow=True).content.decode()
    # Then
    assert "waits for an editor" in page
    assert "Slowly!" in page
    page = client.post(address, words | {"body": post.body}).content.decode()
    assert "The text has not changed." in page
    # When
    client.post(reverse("blog:write_withdraw_proposal", args=(post.pk,)))
    # Then
    assert EditProposal.objects.get().state == "withdrawn"
    draft = PostFactory(author=post.author)
    assert client.get(reverse("blog:write_propose", args=(draft.pk,))).status_code == 404


def test_an_editor_compares_takes_or_declines_it_at_the_desk(client, post, editor):
    # Given
    proposal = proposed(post)
    page = reverse("blog:desk_proposal", args=(proposal.pk,))
    client.force_login(post.author.person)
    assert client.get(page).status_code == 403
    client.force_login(editor)
    assert page in client.get(reverse("blog:desk_post", args=(post.pk,))).content.decode()
    assert "slowly" in client.get(page).content.decode()
    # When
    refused = client.post(reverse("blog:desk_decline_proposal", args=(proposal.pk,)))
    taken = client.post(reverse("blog:desk_take_proposal", args=(proposal.pk,)))
    # Then
    assert "This field is required." in refused.content.decode()
    assert taken.headers["Location"] == reverse("blog:desk_revise", args=(post.pk,))
    again_taken = client.post(reverse("blog:desk_take_proposal", args=(proposal.pk,)), follow=True)
    assert "answered already" in again_taken.content.decode()


def test_a_text_that_the_editor_only_spaced_otherwise_has_not_changed(client):
    # Given lists as they were stored before the editor was there
    body = "<p>Bring:</p>\n<ul>\n<li>a wrench</li>\n<li>time</li>\n</ul>"
    post = again(PostFactory(published=True, body=body))
    client.force_login(post.author.person)
    # When
    words = {"title": post.title, "summary": post.summary, "base": post.head_id}
    address = reverse("blog:write_propose", args=(post.pk,))
    page = client.post(address, words | {"body": post.body}).content.decode()
    # Then
    assert "The text has not changed." in page
    assert not EditProposal.objects.exists()

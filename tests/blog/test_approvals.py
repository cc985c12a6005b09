"""The author approves the final text: asked, given, declined, lost; and who may not."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog import approvals, publishing, workflow
from blog.approvals import Stand
from blog.models import Approval, Post
from tests.blog.guest_pages import GUEST, door_in_the_mail, invited, let_in
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import BODY, PostFactory, PublicationFactory, an_editor

pytestmark = pytest.mark.django_db

EDITED = "<p>True the wheel before the new tyre goes on.</p>"


def own_post(author: Person, **fields: object) -> Post:
    return PostFactory(author=ProfileFactory(person=author), **{"submitted": True} | fields)


def asked(author: Person, editor: Person, **fields: object) -> Post:
    post = own_post(author, **fields)
    approvals.ask_approval(post, editor=editor, message="Is it still yours?")
    post.refresh_from_db()
    return post


def approved(author: Person, editor: Person, **fields: object) -> Post:
    post = asked(author, editor, **fields)
    approvals.approve(post, by=author, version=post.version)
    return post


def write(post: Post, by: Person, body: str) -> Post:
    post.refresh_from_db()
    draft = workflow.Draft(post.title, post.summary, body)
    return workflow.write(post, by=by, draft=draft, version=post.version)


def stand(post: Post) -> str:
    return approvals.standing(Post.objects.get(pk=post.pk)).stand


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_author_is_asked_by_mail_and_approves_the_words_they_saw(author, editor) -> None:
    # Given
    post = asked(author, editor)
    assert stand(post) == Stand.ASKED
    assert "Is it still yours?" in Letter.objects.get(to=author.email).body
    waits = "The editors ask whether the text can go out"
    assert waits in signed_in(author).get(reverse("blog:write")).content.decode()
    # When
    client = signed_in(author)
    page = client.get(reverse("blog:write_approve", args=(post.pk,))).content.decode()
    assert "True the wheel before the tyre goes on." in page
    client.post(reverse("blog:write_approve", args=(post.pk,)), {"version": post.version})
    # Then
    approval = Approval.objects.get()
    assert (approval.person, approval.version, approval.state) == (author, post.version, "given")
    assert approvals.standing(post).may_go_out
    assert [e.kind for e in post.events.all()][-2:] == ["approval_asked", "approved"]
    assert Letter.objects.filter(to=editor.email, subject__startswith="Approved").count() == 1
    assert waits not in client.get(reverse("blog:write")).content.decode()


def test_a_guest_approves_through_the_link_in_the_mail(editor: Person) -> None:
    # Given
    post = invited(editor)
    write(post, editor, BODY)
    approvals.ask_approval(post, editor=editor)
    # When
    client = Client()
    page = client.post(door_in_the_mail(), follow=True)
    # Then
    assert page.request["PATH_INFO"] == reverse("blog:write_approve", args=(post.pk,))
    assert "I approve this text" in page.content.decode()
    post.refresh_from_db()
    client.post(page.request["PATH_INFO"], {"version": post.version})
    assert Approval.objects.get().person.email == GUEST
    assert stand(post) == Stand.GIVEN


def test_the_page_shows_what_changed_since_the_author_saved_last(author, editor) -> None:
    # Given
    post = own_post(author, submitted=False)
    post = write(post, author, BODY)
    workflow.submit(post, by=author)
    write(post, editor, EDITED)
    approvals.ask_approval(post, editor=editor)
    # When
    page = signed_in(author).get(reverse("blog:write_approve", args=(post.pk,))).content.decode()
    # Then
    assert "<ins>" in page
    assert "What was changed since you last saved it" in page


def test_an_approval_names_the_revision_once_the_text_is_accepted(author, editor) -> None:
    # Given
    post = approved(author, editor)
    assert Approval.objects.get().revision is None
    # When
    post = workflow.accept(post, editor=editor)
    publishing.publish(post, editor=editor)
    # Then
    assert Approval.objects.get().revision == Post.objects.get(pk=post.pk).head
    assert stand(post) == Stand.GIVEN


def test_an_edit_by_an_editor_loses_the_approval_and_asks_again_once(author, editor) -> None:
    # Given
    post = approved(author, editor, accepted=True, submitted=False)
    Letter.objects.all().delete()
    # When
    write(post, editor, EDITED)
    write(post, editor, EDITED.replace("new", "old"))
    # Then
    assert stand(post) == Stand.ASKED
    assert [a.state for a in Approval.objects.all()] == ["lost", "asked"]
    assert Approval.objects.first().lost_because == "edited"
    letter = Letter.objects.get(to=author.email)
    assert "edited after you approved it" in letter.subject


def test_the_same_words_keep_their_approval(author, editor) -> None:
    post = approved(author, editor)
    write(post, editor, BODY)
    assert stand(post) == Stand.GIVEN


def test_a_publication_may_do_without_asking_again(author, editor) -> None:
    PublicationFactory(approval_after_edit=False)
    post = approved(author, editor)
    write(post, editor, EDITED)
    assert stand(post) == Stand.GIVEN


def test_the_authors_own_edit_loses_the_approval_without_a_mail(author, editor) -> None:
    # Given
    post = approved(author, editor)
    workflow.request_changes(post, editor=editor, message="One more thing.")
    Letter.objects.all().delete()
    # When
    write(post, author, EDITED)
    # Then
    assert stand(post) == Stand.LOST
    assert not Letter.objects.filter(to=author.email).exists()
    approvals.ask_approval(post, editor=editor)
    assert stand(post) == Stand.ASKED


def test_an_edit_of_a_published_post_asks_nobody_by_itself(author, editor) -> None:
    post = publishing.publish(
        approved(author, editor, accepted=True, submitted=False), editor=editor
    )
    write(post, editor, EDITED)
    assert Approval.objects.count() == 1


def test_declining_says_why_and_tells_whoever_asked(author, editor) -> None:
    # Given
    post = asked(author, editor)
    page = reverse("blog:write_decline", args=(post.pk,))
    # When
    empty = signed_in(author).post(page, {"version": post.version, "message": " "})
    signed_in(author).post(page, {"version": post.version, "message": "I never said new."})
    # Then
    assert "This field is required." in empty.content.decode()
    assert stand(post) == Stand.DECLINED
    assert Approval.objects.get().answer == "I never said new."
    [letter] = Letter.objects.filter(to=editor.email, subject__startswith="Not approved")
    assert "I never said new." in letter.body
    desk = signed_in(editor).get(reverse("blog:desk_post", args=(post.pk,))).content.decode()
    assert "The author does not approve this text." in desk


def test_the_words_must_be_those_that_the_author_saw(author, editor) -> None:
    post = asked(author, editor)
    seen = post.version
    write(post, editor, EDITED)
    with pytest.raises(Conflict):
        approvals.approve(post, by=author, version=seen)
    page = signed_in(author).post(reverse("blog:write_approve", args=(post.pk,)), {"version": seen})
    assert "Somebody else changed this post" in page.content.decode()
    assert stand(post) == Stand.ASKED


def test_nobody_approves_for_the_author(author, editor) -> None:
    post = asked(author, editor)
    for person in (editor, PersonFactory(author=True), PersonFactory(publisher=True)):
        for refused in (
            lambda by=person: approvals.approve(post, by=by, version=post.version),
            lambda by=person: approvals.decline(post, by=by, version=post.version, message="No."),
        ):
            with pytest.raises(NotAllowed):
                refused()
    page = signed_in(editor).get(reverse("blog:write_approve", args=(post.pk,))).content.decode()
    assert "I approve this text" not in page
    assert stand(post) == Stand.ASKED


def test_approving_without_being_asked_or_twice_is_refused(author, editor) -> None:
    post = own_post(author)
    with pytest.raises(WrongMoment):
        approvals.approve(post, by=author, version=post.version)
    post = approved(PersonFactory(author=True), editor)
    with pytest.raises(WrongMoment):
        approvals.approve(post, by=post.author.person, version=post.version)


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_editors_ask(author, role) -> None:
    post, person = own_post(author), PersonFactory(role=role)
    with pytest.raises(NotAllowed):
        approvals.ask_approval(post, editor=person)
    page = reverse("blog:desk_ask_approval", args=(post.pk,))
    assert signed_in(person).post(page).status_code == 403


def test_asking_again_waits_a_day_and_is_not_needed_for_the_same_words(author, editor) -> None:
    post = asked(author, editor)
    with pytest.raises(WrongMoment):
        approvals.ask_approval(post, editor=editor)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        approvals.ask_approval(post, editor=editor)
    post.refresh_from_db()
    approvals.approve(post, by=author, version=post.version)
    with pytest.raises(WrongMoment):
        approvals.ask_approval(post, editor=editor)
    assert stand(post) == Stand.GIVEN


def test_who_cannot_or_need_not_be_asked(editor) -> None:
    nobody = PostFactory(author=ProfileFactory(guest=True))
    own = PostFactory(author=ProfileFactory(person=editor))
    assert (stand(nobody), stand(own)) == (Stand.NOBODY, Stand.OWN)
    assert approvals.standing(own).may_go_out
    assert not approvals.standing(nobody).may_go_out
    with pytest.raises(WrongMoment):
        approvals.ask_approval(nobody, editor=editor)
    with pytest.raises(Invalid):
        approvals.ask_approval(own, editor=editor)
    empty = PostFactory(body="")
    with pytest.raises(WrongMoment):
        approvals.ask_approval(empty, editor=editor)


def test_what_another_author_approved_is_no_approval(author, editor) -> None:
    post = approved(author, editor)
    Post.objects.filter(pk=post.pk).update(author=ProfileFactory())
    assert stand(post) == Stand.NOT_ASKED


def test_the_database_holds_one_round_that_counts(author, editor) -> None:
    post = asked(author, editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(post=post, person=author)


def test_a_guest_sees_on_the_writing_page_what_is_asked() -> None:
    post = invited()
    client = let_in(post)
    write(post, an_editor(), BODY)
    approvals.ask_approval(post, editor=an_editor())
    page = client.get(reverse("blog:write_post", args=(post.pk,))).content.decode()
    assert reverse("blog:write_approve", args=(post.pk,)) in page

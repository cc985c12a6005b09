"""A guest comes in by the door after all: the same person, the same byline, nothing in two."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as post_office
from django.test import Client
from django.urls import reverse

from accounts.models import FormerBylineAddress, Letter, Person, Profile
from accounts.profiles import free_slug
from accounts.refusals import NotAllowed, WrongMoment
from blog import approvals, claims, guests, publishing, workflow
from blog.approvals import Stand
from blog.models import Post
from tests.blog.guest_pages import GUEST, door_in_the_mail, invited, link_to
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import BODY, PostFactory

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def code_in_the_mail() -> str:
    found = re.search(
        r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", post_office.outbox[-1].body, re.MULTILINE
    )
    assert found
    return found[1]


def published(post: Post, editor: Person) -> Post:
    draft = workflow.Draft(post.title, "", BODY)
    post = workflow.write(post, by=editor, draft=draft, version=post.version)
    return publishing.publish(workflow.accept(post, editor=editor), editor=editor)


def claimed(post: Post, by: Person) -> Post:
    claims.claim(link_to(post), by=by)
    return Post.objects.select_related("author").get(pk=post.pk)


def test_signing_in_by_code_confirms_the_address_of_the_same_person(client, run_tasks) -> None:
    # Given
    post = invited()
    client.post("/accounts/login/code/", {"email": GUEST})
    run_tasks()
    # When
    answer = client.post("/accounts/login/code/confirm/", {"code": code_in_the_mail()})
    # Then
    assert answer.url == "/me/"
    person = Person.objects.get(email=GUEST)
    assert EmailAddress.objects.get(user=person).verified
    assert post.title in client.get(reverse("blog:write")).content.decode()
    assert Profile.objects.get(person=person) == post.author
    # and the next invitation is one to sign in
    second = invited(title="Another one")
    assert second.author == post.author
    assert not second.guest_links.exists()


def test_an_account_without_a_byline_takes_over_that_of_the_guest(reader: Person) -> None:
    # Given
    post = invited()
    byline = post.author
    # When
    post = claimed(post, reader)
    # Then
    assert (post.author, post.author.person) == (byline, reader)
    reader.refresh_from_db()
    assert reader.role == "author"
    assert (
        reverse("blog:write_post", args=(post.pk,))
        in signed_in(reader).get(reverse("blog:write")).content.decode()
    )


def test_an_account_with_a_byline_gets_the_posts_and_the_old_address_leads_there(
    author: Person, editor: Person
) -> None:
    # Given
    own = ProfileFactory(person=author, bio="")
    first, second = invited(), invited(title="A second one")
    Profile.objects.filter(pk=first.author_id).update(bio="A nurse.")
    published(first, editor)
    old = first.author.get_absolute_url()
    # When
    claimed(first, author)
    # Then
    assert set(Post.objects.filter(author=own)) == {first, second}
    assert not Profile.objects.filter(pk=first.author_id).exists()
    own.refresh_from_db()
    assert own.bio == "A nurse."
    for ending in ("", "feed/"):
        answer = Client().get(old + ending)
        assert (answer.status_code, answer.headers["Location"]) == (
            301,
            own.get_absolute_url() + ending,
        )
    assert free_slug("Ana Ruiz") != first.author.slug


def test_an_address_that_readers_never_met_leads_nowhere(author: Person) -> None:
    ProfileFactory(person=author)
    post = invited()
    old = post.author.get_absolute_url()
    claimed(post, author)
    assert Client().get(old).status_code == 404


def test_links_end_mail_is_sent_and_the_log_says_so(reader: Person) -> None:
    # Given
    post = invited()
    door = door_in_the_mail()
    Letter.objects.all().delete()
    # When
    claimed(post, reader)
    # Then
    assert Client().get(door).status_code == 410
    event = post.events.last()
    assert (event.kind, event.actor, event.message) == ("claimed", reader, "Ana Ruiz")
    letter = Letter.objects.get(to=GUEST)
    assert reader.name in letter.body
    assert post.title in letter.body


def test_an_approval_goes_along(reader: Person, editor: Person) -> None:
    post = invited(editor)
    draft = workflow.Draft(post.title, "", BODY)
    post = workflow.write(post, by=editor, draft=draft, version=post.version)
    approvals.ask_approval(post, editor=editor)
    post.refresh_from_db()
    approvals.approve(post, by=Person.objects.get(email=GUEST), version=post.version)
    assert approvals.standing(claimed(post, reader)).stand == Stand.GIVEN


def test_whoever_is_invited_at_the_old_address_later_is_the_account(reader: Person) -> None:
    claimed(invited(), reader)
    again = invited(title="The next one")
    assert again.author.person == reader
    assert Letter.objects.filter(to=reader.email).exists()
    assert Profile.objects.filter(name="Ana Ruiz").count() == 1


def test_claiming_twice_changes_nothing_more(author: Person) -> None:
    ProfileFactory(person=author)
    post = invited()
    link = link_to(post)
    claims.claim(link, by=author)
    claims.claim(link, by=author)
    assert post.events.filter(kind="claimed").count() == 1
    assert FormerBylineAddress.objects.count() == 1


def test_the_second_of_two_people_is_refused(reader: Person) -> None:
    post = invited()
    link = link_to(post)
    claims.claim(link, by=reader)
    with pytest.raises(WrongMoment):
        claims.claim(link, by=PersonFactory())
    assert Post.objects.get(pk=post.pk).author.person == reader


def test_the_page_offers_it_to_whoever_signed_in_under_another_address(reader, editor) -> None:
    # Given
    invited()
    door = door_in_the_mail()
    for nobody in (Client(), signed_in(editor)):
        assert "This is me" not in nobody.get(door).content.decode()
    # When
    client = signed_in(reader)
    assert "This is me" in client.get(door).content.decode()
    answer = client.post(f"{door}claim/", follow=True)
    # Then
    assert answer.status_code == 200
    assert "This is your post now" in answer.content.decode()
    assert Client().post(f"{door}claim/").headers["Location"].startswith("/accounts/login/")


def test_who_may_not_claim(editor: Person, reader: Person) -> None:
    link = link_to(invited())
    with pytest.raises(NotAllowed):
        claims.claim(link, by=editor)
    with pytest.raises(NotAllowed):
        claims.claim(link, by=PersonFactory(is_active=False))
    guests.revoke(link, editor=editor)
    with pytest.raises(WrongMoment):
        claims.claim(link, by=reader)


def test_what_belongs_to_an_account_cannot_be_claimed(reader: Person) -> None:
    link = link_to(invited())
    EmailAddress.objects.filter(user=link.person).update(verified=True)
    with pytest.raises(WrongMoment):
        claims.claim(link, by=reader)


def test_other_posts_of_the_account_stay_where_they_are(author: Person) -> None:
    own = PostFactory(author=ProfileFactory(person=author))
    claimed(invited(), author)
    assert set(Post.objects.written_by(author)) >= {own}
    assert Post.objects.written_by(author).count() == 2

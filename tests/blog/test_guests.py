"""A guest author writes by a personal link: what it opens, what it does not, and how it ends."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, Person, Profile, Role
from accounts.refusals import Invalid, NotAllowed
from blog import guests, slips, workflow
from blog.guests import Invitation
from blog.models import GuestLink, Post, PostState
from tests.blog.guest_pages import GUEST, door_in_the_mail, invited, let_in, link_to
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import BODY, PostFactory

pytestmark = pytest.mark.django_db


def page_of(post: Post, name: str = "blog:write_post") -> str:
    return reverse(name, kwargs={"pk": post.pk})


def typed(post: Post, **changes: object) -> dict[str, object]:
    words = {"title": post.title, "summary": post.summary, "body": BODY}
    return words | {"version": post.version} | changes


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# --- inviting ---------------------------------------------------------------------------------


def test_an_invitation_makes_a_person_a_byline_a_draft_and_a_mail(editor: Person) -> None:
    # When
    post = invited(editor, message="How do you stay awake?", due=dt.date(2030, 5, 1))
    # Then
    guest = Person.objects.get(email=GUEST)
    assert (guest.name, guest.role, guest.has_usable_password()) == ("Ana Ruiz", "author", False)
    assert (post.state, post.author.person, post.author.name) == ("draft", guest, "Ana Ruiz")
    assert [event.kind for event in post.events.all()] == ["begun", "invited", "author_due"]
    assert post.author_due_on == dt.date(2030, 5, 1)
    letter = Letter.objects.get(to=GUEST)
    for said in ("Ana Ruiz", "How do you stay awake?", "1 May 2030", editor.name, post.title):
        assert said in letter.body


def test_an_editor_invites_on_the_desk(editor: Person) -> None:
    given = {"name": "Ana Ruiz", "email": "Nurse@Example.org", "title": "Nights", "days": 7}
    response = signed_in(editor).post(reverse("blog:desk_invite"), given)
    link = link_to(Post.objects.get())
    assert response.headers["Location"] == reverse("blog:desk_post", args=(link.post_id,))
    assert link.person.email == GUEST
    assert dt.timedelta(days=6) < link.expires_at - timezone.now() <= dt.timedelta(days=7)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Please give it a title."),
        ({"email": "nurse"}, "Enter a valid email address."),
        ({"due": "2001-01-01"}, "This day has passed."),
        ({"days": 400}, "Ensure this value is less than or equal to 365."),
    ],
)
def test_an_invitation_that_cannot_be_is_not_sent(editor, change, sentence) -> None:
    given = {"name": "Ana Ruiz", "email": GUEST, "title": "Nights", "days": 7} | change
    response = signed_in(editor).post(reverse("blog:desk_invite"), given)
    assert sentence in response.content.decode()
    assert not Person.objects.filter(email=GUEST).exists()


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_editors_invite_end_and_renew(role: str) -> None:
    person, link = PersonFactory(role=role), link_to(invited())
    for refused in (
        lambda: guests.invite(Invitation("B", "b@example.org", "T"), editor=person),
        lambda: guests.revoke(link, editor=person),
        lambda: guests.renew(link, editor=person),
    ):
        with pytest.raises(NotAllowed):
            refused()
    client = signed_in(person)
    for name, pk in (("desk_end_guest_link", link.pk), ("desk_renew_guest_link", link.pk)):
        assert client.post(reverse(f"blog:{name}", args=(pk,))).status_code == 403
    assert link_to(link.post).is_live


def test_inviting_the_same_address_again_is_the_same_person(editor: Person) -> None:
    first = invited(editor)
    second = invited(editor, name="A. Ruiz", email="NURSE@example.org", title="Days")
    assert first.author == second.author
    assert Person.objects.get(email=GUEST).name == "Ana Ruiz"
    assert [link_to(post).is_live for post in (first, second)] == [True, True]


def test_whoever_has_an_account_gets_the_post_under_their_byline_and_signs_in(editor) -> None:
    # Given
    rider = PersonFactory(email=GUEST, name="Rider", password="a wheel that runs true")
    # When
    post = invited(editor)
    # Then
    rider.refresh_from_db()
    assert (post.author.person, rider.name, rider.role) == (rider, "Rider", Role.AUTHOR)
    assert not GuestLink.objects.exists()
    body = Letter.objects.get(to=GUEST).body
    assert page_of(post) in body
    assert "/write/guest/" not in body


def test_a_closed_login_is_not_invited(editor: Person) -> None:
    PersonFactory(email=GUEST, is_active=False)
    with pytest.raises(Invalid):
        invited(editor)


def test_a_post_under_a_byline_without_a_login_is_given_to_its_author(editor: Person) -> None:
    # Given
    post = PostFactory(author=ProfileFactory(guest=True, name="Ana Ruiz", bio="A nurse."))
    # When
    invited(editor, post=post, title="")
    # Then
    post.refresh_from_db()
    assert (post.author.person.email, post.author.bio) == (GUEST, "A nurse.")
    assert Profile.objects.filter(name="Ana Ruiz").count() == 1
    assert link_to(post).is_live


def test_a_post_of_somebody_else_is_not_given_away(editor: Person) -> None:
    with pytest.raises(Invalid):
        invited(editor, post=PostFactory())


# --- what the link opens ------------------------------------------------------------------------


def test_opening_the_link_changes_nothing_until_the_button_is_pressed() -> None:
    # Given
    post, client = invited(), Client()
    door = door_in_the_mail()
    # When: as a mail scanner does
    page = client.get(door)
    # Then
    assert "Go on to your post" in page.content.decode()
    assert client.get(page_of(post)).status_code == 302
    assert link_to(post).last_used_at is None
    # When
    assert client.post(door).headers["Location"] == page_of(post)
    # Then
    assert client.get(page_of(post)).status_code == 200
    assert link_to(post).last_used_at is not None


def test_a_guest_writes_previews_and_hands_in_without_an_account() -> None:
    # Given
    post = invited()
    client = let_in(post)
    # When
    client.post(page_of(post), typed(post))
    client.post(page_of(post, "blog:write_submit"), {"message": "Here it is."})
    # Then
    post.refresh_from_db()
    assert (post.state, post.body) == (PostState.SUBMITTED, BODY)
    assert post.events.last().actor.email == GUEST
    assert BODY.split("</p>")[0] in client.get(page_of(post, "blog:write_preview")).content.decode()


def test_the_pages_are_kept_by_no_cache_and_told_to_no_other_site() -> None:
    post = invited()
    client = let_in(post)
    for path in (door_in_the_mail(), page_of(post)):
        headers = client.get(path).headers
        assert "no-store" in headers["Cache-Control"]
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_link_opens_nothing_else(author: Person) -> None:
    # Given
    client, others = let_in(invited()), PostFactory(author=ProfileFactory(person=author))
    own_too = invited(title="A second one")
    # Then
    for path in (
        page_of(others),
        page_of(own_too),  # each post has a link of its own
        reverse("blog:write"),
        reverse("blog:write_byline"),
        reverse("accounts:me"),
        reverse("account_email"),
        reverse("blog:desk_posts"),
        reverse("editorial:desk"),
    ):
        answer = client.get(path)
        assert (answer.status_code, "/accounts/" in answer.headers.get("Location", "")) == (
            302,
            True,
        ), path
    client.post(page_of(others), typed(others, body="<p>Mine now.</p>"))
    others.refresh_from_db()
    assert others.body == BODY


def test_a_guest_says_who_they_are_below_their_post(editor: Person) -> None:
    # Given
    post = invited()
    client = let_in(post)
    page = page_of(post, "blog:write_post_byline")
    assert page in client.get(page_of(post)).content.decode()
    # When
    said = {"name": "Ana Ruiz", "credentials": "RN", "bio": "A nurse."}
    client.post(page, said | {"website": "www.ana.example"})
    # Then
    post.author.refresh_from_db()
    assert (post.author.byline, post.author.bio) == ("Ana Ruiz, RN", "A nurse.")
    assert post.author.website == "https://www.ana.example"
    assert 'type="url"' not in client.get(page).content.decode()  # browsers would ask for https://
    assert signed_in(editor).get(page).status_code == 404  # editors have the desk for it


def test_a_guest_closes_the_post_on_a_device_that_others_use() -> None:
    post = invited()
    client = let_in(post)
    response = client.post(page_of(post, "blog:write_leave"))
    assert response.headers["Clear-Site-Data"] == '"storage"'
    assert "Your link opens it again." in client.get(response.url).content.decode()
    assert client.get(page_of(post)).status_code == 302
    assert client.post(door_in_the_mail(), follow=True).status_code == 200


def test_a_guest_does_not_write_while_the_editors_read() -> None:
    post = invited()
    client = let_in(post)
    client.post(page_of(post), typed(post))
    workflow.submit(post, by=post.author.person)
    post.refresh_from_db()
    page = client.post(page_of(post), typed(post, body="<p>Late.</p>"))
    assert "The post is with the editors now." in page.content.decode()


def test_a_word_that_we_did_not_sign_opens_nothing() -> None:
    token = slips.guest_token(link_to(invited()).pk)
    for wrong in ("1", token[:-1], f"2{token[1:]}", token.replace(".", ":"), "x" * 400):
        for ask in (Client().get, Client().post):
            assert ask(reverse("blog:guest_door", args=(wrong,))).status_code == 404


@pytest.mark.parametrize("to", ["//evil.example/", "../../me/", "https://evil.example", "submit"])
def test_the_way_in_leads_only_to_pages_of_the_post(to: str) -> None:
    post = invited()
    response = Client().post(f"{door_in_the_mail()}?to={to}")
    assert response.headers["Location"] == page_of(post)


def test_a_mail_about_another_page_of_the_post_leads_there() -> None:
    post = invited()
    response = Client().post(f"{door_in_the_mail()}?to=preview/")
    assert response.headers["Location"] == page_of(post, "blog:write_preview")


def test_mails_about_the_post_carry_the_link_while_it_works(editor: Person) -> None:
    # Given
    post = invited()
    workflow.write(post, by=editor, draft=workflow.Draft("T", "", BODY), version=post.version)
    workflow.submit(post, by=post.author.person)
    workflow.request_changes(post, editor=editor, message="Name the ward.")
    # Then
    assert Client().post(door_in_the_mail()).headers["Location"] == page_of(post)
    # When
    guests.revoke(link_to(post), editor=editor)
    workflow.submit(post, by=post.author.person)
    Letter.objects.all().delete()
    workflow.request_changes(post, editor=editor, message="And the year.")
    # Then
    body = Letter.objects.get(to=GUEST).body
    assert page_of(post) in body
    assert "/write/guest/" not in body


def test_somebody_who_signed_in_and_may_write_acts_as_themselves(editor: Person) -> None:
    # Given
    post = invited()
    client = let_in(post)
    client.force_login(editor)
    # When
    client.post(page_of(post), typed(post))
    client.post(page_of(post, "blog:write_submit"), {"message": ""})
    # Then
    assert post.events.last().actor == editor

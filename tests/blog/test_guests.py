"""A guest author writes by a personal link: what it opens, what it does not, and how it ends."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, Person, Profile, Role
from accounts.refusals import Invalid, NotAllowed, WrongMoment
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
    for said in ("Ana Ruiz", "How do you stay awake?", "May 1, 2030", editor.name, post.title):
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
    client.post(page, {"name": "Ana Ruiz", "credentials": "RN", "bio": "A nurse."})
    # Then
    post.author.refresh_from_db()
    assert (post.author.byline, post.author.bio) == ("Ana Ruiz, RN", "A nurse.")
    assert signed_in(editor).get(page).status_code == 404  # editors have the desk for it


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


# --- how it ends ----------------------------------------------------------------------------------


def test_an_ended_link_ends_the_visit_at_once_and_says_so(editor: Person) -> None:
    # Given
    post = invited()
    client, door = let_in(post), door_in_the_mail()
    # When
    signed_in(editor).post(reverse("blog:desk_end_guest_link", args=(link_to(post).pk,)))
    # Then
    for answer in (client.get(page_of(post)), client.post(page_of(post), typed(post))):
        assert answer.status_code == 410
        assert "An editor ended it" in answer.content.decode()
        assert "Mail me a new link" not in answer.content.decode()
    assert client.post(door).status_code == 410
    assert post.events.last().kind == "link_ended"
    Letter.objects.all().delete()
    client.post(f"{door}again/")
    assert not Letter.objects.exists()


def test_ending_twice_is_refused(editor: Person) -> None:
    link = link_to(invited())
    guests.revoke(link, editor=editor)
    with pytest.raises(WrongMoment):
        guests.revoke(link, editor=editor)


def test_a_link_whose_time_is_over_asks_for_another_by_mail_only() -> None:
    # Given
    post = invited(days=7)
    client, door = let_in(post), door_in_the_mail()
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        answer = client.get(page_of(post))
        assert answer.status_code == 410
        assert "Mail me a new link" in answer.content.decode()
        Letter.objects.all().delete()
        # When
        said = Client().post(f"{door}again/", follow=True).content.decode()
        # Then
        newer = door_in_the_mail()
        assert newer not in said
        assert newer != door
        assert Client().get(newer).status_code == 200
        assert Client().get(door).status_code == 410


def test_links_are_mailed_a_few_times_a_day_at_most(cache_with_our_clock) -> None:
    post = invited(days=1)
    door = door_in_the_mail()
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        Letter.objects.all().delete()
        for _turn in range(guests.LINKS_A_DAY + 2):
            Client().post(f"{door}again/")
        assert Letter.objects.filter(to=GUEST).count() == guests.LINKS_A_DAY
    assert GuestLink.objects.filter(post=post, revoked_at=None).count() == 1


def test_a_renewed_link_replaces_the_one_before(editor: Person) -> None:
    post = invited()
    first = door_in_the_mail()
    signed_in(editor).post(reverse("blog:desk_renew_guest_link", args=(link_to(post).pk,)))
    second = door_in_the_mail()
    assert (Client().get(first).status_code, Client().get(second).status_code) == (410, 200)
    assert post.events.last().kind == "link_renewed"


@pytest.mark.parametrize(
    "change",
    [{"role": Role.EDITOR}, {"role": Role.READER}, {"is_active": False}],
)
def test_a_link_lends_an_authors_rights_and_no_more_or_less(change) -> None:
    post = invited()
    client = let_in(post)
    Person.objects.filter(email=GUEST).update(**change)
    assert client.get(page_of(post)).status_code == 410
    assert not GuestLink.objects.live().exists()


def test_a_post_that_got_another_author_is_closed_to_the_one_before() -> None:
    post = invited()
    client = let_in(post)
    Post.objects.filter(pk=post.pk).update(author=ProfileFactory())
    assert client.get(page_of(post)).status_code == 410


def test_there_is_one_working_link_to_a_post_for_each_guest() -> None:
    link = link_to(invited())
    with pytest.raises(IntegrityError), transaction.atomic():
        GuestLink.objects.create(post=link.post, person=link.person, expires_at=timezone.now())


def test_the_list_of_guests_costs_the_same_for_one_and_for_thirty(
    editor: Person, django_assert_num_queries
) -> None:
    client = signed_in(editor)
    invited(editor)
    with django_assert_num_queries(4):
        page = client.get(reverse("blog:desk_guests")).content.decode()
    assert GUEST in page
    for number in range(29):
        invited(editor, email=f"guest{number}@example.org", title=f"Post {number}")
    with django_assert_num_queries(4):
        client.get(reverse("blog:desk_guests"))


def test_no_page_of_the_desk_shows_a_link_that_works(editor: Person) -> None:
    post = invited(editor)
    token = door_in_the_mail().removeprefix("/write/guest/").rstrip("/")
    for path in (reverse("blog:desk_guests"), reverse("blog:desk_post", args=(post.pk,))):
        page = signed_in(editor).get(path).content.decode()
        assert not re.search(re.escape(token), page)

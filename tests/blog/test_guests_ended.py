"""How the personal link of a guest ends: by time, by an editor, with what it was made for."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, Person, Role
from accounts.refusals import WrongMoment
from blog import guests
from blog.models import GuestLink, Post
from tests.blog.guest_pages import GUEST, door_in_the_mail, invited, let_in, link_to
from tests.factories.accounts import ProfileFactory
from tests.factories.blog import BODY

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

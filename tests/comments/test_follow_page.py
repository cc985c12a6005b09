"""Following a discussion without writing in it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from blog.models import Discussion, Post
from comments import links
from comments.models import Follow, Participant
from tests.comments.letters import letters, link_in
from tests.comments.visitors import shown
from tests.factories.blog import PostFactory
from tests.factories.following import FollowFactory

pytestmark = pytest.mark.django_db
EVE = "eve@example.net"
WISH = {"email": EVE, "scope": "discussion", "pace": "hourly"}


def page_of(participant: Participant) -> str:
    return links.SUBSCRIPTIONS.path(participant.pk)


# Following without a comment


def test_the_discussion_has_a_plain_link_that_is_the_same_for_everybody(
    client: Client, post: Post, reader: Person
) -> None:
    before = client.get(post.get_absolute_url()).content
    assert f'href="/posts/{post.slug}/follow/"' in before.decode()
    client.force_login(reader)
    assert client.get(post.get_absolute_url()).content == before


def test_a_closed_discussion_has_no_link(client: Client, post: Post) -> None:
    Post.objects.update(discussion=Discussion.CLOSED)
    assert "/follow/" not in shown(client.get(post.get_absolute_url()))


def test_a_guest_follows_once_the_address_is_confirmed(client: Client, post: Post) -> None:
    # When
    page = client.post(f"/posts/{post.slug}/follow/", WISH, follow=True)
    # Then
    assert "nothing is sent until you follow the link in our mail" in shown(page)
    follow = Follow.objects.get()
    assert (follow.confirmed_at, follow.participant.is_confirmed) == (None, False)
    # When a scanner opens the link
    letter = letters(EVE).get()
    assert "The whole discussion" in letter.body
    link = link_in(letter, "follow")
    client.get(link)
    client.head(link)
    assert not Follow.objects.confirmed().exists()
    # When the owner of the address says yes
    page = client.post(link, {"pace": "daily"}, follow=True)
    # Then
    follow.refresh_from_db()
    assert (follow.confirmed_at is None, follow.participant.is_confirmed) == (False, True)
    assert Participant.objects.get().pace == "daily"
    assert "We write to you about: The whole discussion (Once a day)." in shown(page)


def test_the_pace_that_was_asked_for_is_offered_with_the_confirmation(
    client: Client, post: Post
) -> None:
    client.post(f"/posts/{post.slug}/follow/", WISH)
    html = shown(client.get(link_in(letters(EVE).get(), "follow")))
    [chosen] = re.findall(r'<input type="radio"[^>]*checked[^>]*>', html)
    assert 'value="hourly"' in chosen


def test_a_link_that_is_too_old_confirms_nothing(client: Client, post: Post) -> None:
    client.post(f"/posts/{post.slug}/follow/", WISH)
    link = link_in(letters(EVE).get(), "follow")
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert client.post(link, {"pace": "daily"}).status_code == 410
    assert not Follow.objects.confirmed().exists()


def test_every_address_gets_the_same_answer(client: Client, post: Post) -> None:
    # Given somebody who follows this already, and somebody unknown
    follow = FollowFactory(post=post, scope="replies")
    known = follow.participant.guest_email
    # When
    address = f"/posts/{post.slug}/follow/"
    answers = [
        client.post(address, {**WISH, "email": one}, follow=True) for one in (known, EVE, known)
    ]
    # Then
    assert len({(one.status_code, shown(one).split("<form")[0]) for one in answers}) == 1
    follow.refresh_from_db()
    assert (follow.scope, follow.participant.pace) == ("replies", "at_once")
    assert {letter.subject[:15] for letter in letters(known)} == {"What you follow"}


def test_nothing_any_more_is_answered_with_the_page_of_all(client: Client, post: Post) -> None:
    follow = FollowFactory(post=post)
    client.post(
        f"/posts/{post.slug}/follow/",
        {**WISH, "email": follow.participant.guest_email, "scope": "nothing"},
    )
    assert link_in(letters().get(), "subscriptions")
    assert Follow.objects.confirmed().exists()


def test_who_fills_the_hidden_field_is_thanked_and_nothing_happens(
    client: Client, post: Post
) -> None:
    response = client.post(f"/posts/{post.slug}/follow/", {**WISH, "subject": "pills"})
    client.post("/comments/subscriptions/", {"email": EVE, "subject": "pills"})
    assert response.status_code == 302
    assert (Participant.objects.exists(), letters().exists()) == (False, False)


def test_three_mails_a_day_go_to_one_address_and_the_answer_stays_the_same(
    client: Client,
) -> None:
    for post in PostFactory.create_batch(5, published=True):
        assert client.post(f"/posts/{post.slug}/follow/", WISH).status_code == 302
    assert letters(EVE).count() == 3
    assert Follow.objects.count() == 3


def test_one_network_may_not_ask_without_end(client: Client, post: Post) -> None:
    codes = {
        client.post(
            f"/posts/{post.slug}/follow/", {**WISH, "email": f"e{number}@example.net"}
        ).status_code
        for number in range(31)
    }
    assert codes == {302, 429}
    assert letters().count() == 20


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"email": ""},
        {"scope": "all"},
        {"scope": ""},
        {"pace": "never"},
        {"pace": ""},
    ],
)
def test_what_makes_no_sense_is_refused(client: Client, post: Post, wrong: dict[str, str]) -> None:
    response = client.post(f"/posts/{post.slug}/follow/", {**WISH, **wrong})
    assert response.status_code == 422
    assert not Follow.objects.exists()


def test_a_post_that_readers_cannot_see_cannot_be_followed(client: Client) -> None:
    post = PostFactory(accepted=True)
    assert client.post(f"/posts/{post.slug}/follow/", WISH).status_code == 404


def test_who_is_signed_in_follows_and_stops_at_once(
    client: Client, post: Post, reader: Person
) -> None:
    # Given
    client.force_login(reader)
    address = f"/posts/{post.slug}/follow/"
    assert 'name="email"' not in shown(client.get(address))
    # When
    page = client.post(address, {"scope": "discussion", "pace": "daily"}, follow=True)
    # Then
    assert "You follow this discussion." in shown(page)
    follow = Follow.objects.confirmed().get()
    assert (follow.participant.person, follow.participant.pace) == (reader, "daily")
    # When
    client.post(address, {"scope": "nothing", "pace": "daily"})
    # Then
    assert not Follow.objects.exists()

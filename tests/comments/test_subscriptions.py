"""The page where everything that one follows is changed, and the one click that stops it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from blog.models import Post
from comments import links, participants, subscriptions
from comments.models import Follow, Notification, Participant
from comments.pipeline import TooSoon
from tests.comments.letters import letters, link_in
from tests.comments.stories import RunTasks
from tests.comments.visitors import shown
from tests.factories.comments import PostCommentFactory
from tests.factories.following import FollowFactory, NotificationFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
EVE = "eve@example.net"
WISH = {"email": EVE, "scope": "discussion", "pace": "hourly"}


def page_of(participant: Participant) -> str:
    return links.SUBSCRIPTIONS.path(participant.pk)


# The page of everything that one follows


def test_the_page_comes_by_mail_and_shows_every_follow(client: Client, post: Post) -> None:
    # Given
    follow = FollowFactory(post=post)
    other = FollowFactory(participant=follow.participant, scope="replies")
    stranger = FollowFactory()
    # When
    client.post("/comments/subscriptions/", {"email": follow.participant.guest_email.upper()})
    html = shown(client.get(link_in(letters().get(), "subscriptions")))
    # Then
    assert (post.head.title in html, other.post.head.title in html) == (True, True)
    assert stranger.post.head.title not in html
    assert follow.participant.guest_email in html


def test_asking_for_the_page_says_nothing_about_an_address(client: Client) -> None:
    known = FollowFactory().participant.guest_email
    answers = [
        client.post("/comments/subscriptions/", {"email": email}, follow=True)
        for email in (known, "nobody@example.net", ParticipantFactory().guest_email)
    ]
    assert len({(one.status_code, shown(one).split("<form")[0]) for one in answers}) == 1
    assert [letter.to for letter in letters()] == [known]


def test_asking_for_the_page_is_limited(client: Client) -> None:
    known = FollowFactory().participant.guest_email
    codes = [
        client.post("/comments/subscriptions/", {"email": known}).status_code for _ in range(31)
    ]
    assert (codes[29], codes[30], letters(known).count()) == (302, 429, 3)
    with pytest.raises(TooSoon):
        subscriptions.ask_for_page(address=EVE, network="127.0.0.1")


def test_the_page_s_link_works_for_seven_days(client: Client) -> None:
    link = page_of(FollowFactory().participant)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=-1)):
        assert client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert client.get(link).status_code == 410
        assert client.post(link, {"act": "stop_all"}).status_code == 410
    assert Follow.objects.exists()


def test_each_follow_is_changed_and_stopped_there(client: Client) -> None:
    # Given
    kept, stopped = FollowFactory(), FollowFactory()
    Follow.objects.update(participant=kept.participant)
    link = page_of(kept.participant)
    # When
    client.post(link, {"act": "change", "post": kept.post_id, "scope": "replies"})
    client.post(link, {"act": "stop", "post": stopped.post_id})
    client.post(link, {"act": "pace", "pace": "daily"})
    # Then
    left = Follow.objects.get()
    assert (left.pk, left.scope, left.participant.pace) == (kept.pk, "replies", "daily")
    # When
    client.post(link, {"act": "stop_all"})
    assert not Follow.objects.exists()


def test_the_page_of_one_cannot_change_what_another_follows(client: Client) -> None:
    mine, theirs = FollowFactory(), FollowFactory()
    link = page_of(mine.participant)
    for act in ("change", "stop"):
        client.post(link, {"act": act, "post": theirs.post_id, "scope": "replies"})
    client.post(link, {"act": "stop_all"})
    assert Follow.objects.get() == theirs
    assert theirs.scope == Follow.objects.get().scope


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"act": "stop"},
        {"act": "stop", "post": "0"},
        {"act": "change", "post": "99999999999999999999", "scope": "replies"},
        {"act": "change", "post": "1", "scope": "all"},
        {"act": "pace", "pace": "never"},
    ],
)
def test_nonsense_changes_nothing_and_says_so(client: Client, nonsense: dict[str, str]) -> None:
    follow = FollowFactory()
    response = client.post(page_of(follow.participant), nonsense, follow=True)
    assert 'data-state="error"' in shown(response)
    assert Follow.objects.get().scope == follow.scope


def test_looking_at_the_page_changes_nothing(client: Client) -> None:
    wish = FollowFactory(wish=True)
    for ask in (client.get, client.head):
        assert ask(page_of(wish.participant)).status_code == 200
    assert not Follow.objects.confirmed().exists()
    assert not Participant.objects.get().is_confirmed


def test_saving_a_wish_on_the_page_confirms_it(client: Client) -> None:
    wish = FollowFactory(wish=True)
    page = client.get(page_of(wish.participant))
    assert "Not confirmed: nothing is sent yet" in shown(page)
    client.post(
        page_of(wish.participant), {"act": "change", "post": wish.post_id, "scope": wish.scope}
    )
    assert Follow.objects.confirmed().get().participant.is_confirmed


def test_what_waits_is_not_told_to_somebody_who_stopped(post: Post, run_tasks: RunTasks) -> None:
    who = FollowFactory(post=post).participant
    NotificationFactory(participant=who, comment=PostCommentFactory(post=post, published=True))
    elsewhere = NotificationFactory(participant=who)
    subscriptions.stop(who, post=post.pk)
    assert list(Notification.objects.all()) == [elsewhere]
    subscriptions.stop(who)
    subscriptions.stop(who)
    assert not Notification.objects.exists()


def test_what_is_not_followed_any_more_cannot_be_changed(post: Post) -> None:
    who = ParticipantFactory()
    with pytest.raises(WrongMoment):
        subscriptions.change(who, post=post.pk, scope="replies")
    with pytest.raises(Invalid):
        subscriptions.set_pace(who, pace="never")


def test_thirty_follows_cost_as_many_queries_as_one(client: Client) -> None:
    def queries(number: int) -> int:
        who = ParticipantFactory()
        FollowFactory.create_batch(number, participant=who)
        with CaptureQueriesContext(connection) as asked:
            html = shown(client.get(page_of(who)))
        assert html.count('class="follows__one"') == number
        return len(asked)

    queries(1)
    assert queries(1) == queries(30)


def test_who_is_signed_in_comes_there_from_their_account_without_a_mail(
    client: Client, post: Post, reader: Person
) -> None:
    # Given
    FollowFactory(post=post, participant=participants.of(reader))
    client.force_login(reader)
    assert 'href="/comments/subscriptions/"' in shown(client.get("/me/"))
    # When
    response = client.get("/comments/subscriptions/", follow=True)
    # Then
    assert post.head.title in shown(response)
    assert not letters(reader.email).exists()


def test_what_an_address_followed_before_its_owner_had_a_login_is_theirs(
    client: Client, reader: Person
) -> None:
    follow = FollowFactory(participant__guest_email=reader.email)
    client.force_login(reader)
    page = client.get("/comments/subscriptions/", follow=True)
    assert follow.post.head.title in shown(page)


def test_who_is_signed_in_and_follows_nothing_reads_so(client: Client, reader: Person) -> None:
    client.force_login(reader)
    assert "You follow no discussion." in shown(client.get("/comments/subscriptions/"))
    assert not Participant.objects.exists()


def test_a_wish_that_nobody_confirmed_is_forgotten_with_its_address() -> None:
    # Given
    FollowFactory(wish=True)
    kept = FollowFactory().participant
    comment = PostCommentFactory()
    Follow.objects.create(participant=comment.participant, post=comment.post, scope="replies")
    # When
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert subscriptions.forget_unconfirmed() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        call_command("forget_unconfirmed", verbosity=0)
    # Then
    assert set(Participant.objects.all()) == {kept, comment.participant}
    assert Follow.objects.count() == 2


# One click


def test_one_click_in_a_mailbox_stops_without_cookie_or_token_of_a_form(post: Post) -> None:
    # Given
    follow = FollowFactory(post=post)
    other = FollowFactory(participant=follow.participant)
    mailbox = Client(enforce_csrf_checks=True)
    link = links.STOP.path(follow.participant_id, post.pk)
    # When
    response = mailbox.post(link, {"List-Unsubscribe": "One-Click"})
    # Then
    assert response.status_code == 200
    assert list(Follow.objects.all()) == [other]
    # When
    mailbox.post(links.STOP.path(follow.participant_id, 0), {"List-Unsubscribe": "One-Click"})
    # Then
    assert not Follow.objects.exists()


def test_a_scanner_that_opens_the_link_stops_nothing(client: Client, post: Post) -> None:
    follow = FollowFactory(post=post)
    link = links.STOP.path(follow.participant_id, post.pk)
    page = client.get(link)
    client.head(link)
    assert Follow.objects.exists()
    assert "<button" in shown(page)
    assert client.put(link).status_code == 405


def test_stopping_still_works_months_later(client: Client, post: Post) -> None:
    follow = FollowFactory(post=post)
    link = links.STOP.path(follow.participant_id, post.pk)
    with time_machine.travel(timezone.now() + timedelta(days=300)):
        assert "We write to you no more" in shown(client.post(link))
    assert not Follow.objects.exists()


def test_the_link_that_stops_does_not_show_what_else_is_followed(client: Client) -> None:
    follow, other = FollowFactory(), FollowFactory()
    Follow.objects.update(participant=follow.participant)
    link = links.STOP.path(follow.participant_id, follow.post_id)
    for page in (client.get(link), client.post(link)):
        assert other.post.head.title not in shown(page)
        assert follow.participant.guest_email not in shown(page)

"""Deciding about a comment by a link in a mail."""

import logging
import re
from datetime import timedelta
from functools import partial
from html import unescape

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Person, Role
from comments import by_mail, moderation, tickets
from comments.models import CommentState, PostComment
from tests.comments.test_concurrency import all_at_once
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory, TrailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
S = CommentState


@pytest.fixture
def held() -> PostComment:
    return PostCommentFactory(
        by__name="Ana",
        by__email="ana@example.net",
        text="Grease *first*.",
        trail=TrailFactory(ip="203.0.113.9", user_agent="Bicycle/1.0"),
        left_to_people=True,
    )


def path(comment: PostComment, moderator: Person, to: CommentState = S.PUBLISHED) -> str:
    link = by_mail.link(comment, moderator=moderator, to=to)
    assert link.startswith("http://localhost:8000/desk/comments/by-mail/")
    return link.removeprefix("http://localhost:8000")


def press(client: Client, address: str) -> HttpResponse:
    """Open the page and press its one button."""
    page = client.get(address).content.decode()
    edition = re.search(r'name="edition" value="([^"]*)"', page)
    return client.post(address, {"edition": unescape(edition[1]) if edition else ""})


def shown(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def state(comment: PostComment) -> str:
    return PostComment.objects.get(pk=comment.pk).state


@pytest.mark.parametrize(
    ("to", "button"), [(S.PUBLISHED, "Publish the comment"), (S.SPAM, "Call it spam")]
)
def test_a_link_shows_the_comment_and_its_button_decides(client, held, moderator, to, button):
    # Given: nobody is signed in
    address = path(held, moderator, to)
    # When
    page = client.get(address)
    # Then
    assert page.status_code == 200
    assert "<em>first</em>" in shown(page)
    assert shown(page).count("<button") == 1
    assert button in shown(page)
    assert f"You decide as <bdi>{moderator.public_name}</bdi>" in shown(page)
    assert "Why it is held: Judged: unknown." in shown(page)
    # When
    answer = press(client, address)
    # Then
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert state(held) == to
    last = PostComment.objects.get(pk=held.pk).events.last()
    assert (last.actor, last.to_state) == (moderator, to)
    assert last.reason == "Decided by a link in a mail."
    after = shown(client.get(address))
    assert f"You have decided about this comment; it is now “{S(to).label}”." in after
    assert "<button" not in after


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_scanner_that_follows_a_link_changes_nothing(client, held, moderator, method):
    # When
    for to in (S.PUBLISHED, S.SPAM):
        getattr(client, method)(path(held, moderator, to))
    # Then
    assert state(held) == S.HELD
    assert [event.kind for event in held.events.all()] == ["posted", "checked"]


def test_a_page_by_mail_is_never_kept_listed_or_told_to_other_sites(client, held, moderator):
    # When
    page = client.get(path(held, moderator))
    # Then
    assert "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in shown(page)
    assert '<meta name="referrer" content="same-origin">' in shown(page)


def test_neither_address_of_the_writer_is_shown(client, held, moderator):
    page = shown(client.get(path(held, moderator)))
    assert [secret for secret in ("ana@example.net", "203.0.113.9") if secret in page] == []


def test_a_second_click_is_answered_in_words(client, held, moderator):
    # Given
    address = path(held, moderator)
    press(client, address)
    # When
    again = client.post(address, {"edition": ""})
    # Then
    assert again.status_code == 409
    assert "You have decided about this comment; it is now “Published”." in shown(again)
    assert held.events.filter(kind="decided").count() == 1


def test_the_other_link_does_nothing_once_one_was_used(client, held, moderator):
    # Given
    press(client, path(held, moderator))
    # When
    answer = press(client, path(held, moderator, S.SPAM))
    # Then
    assert (answer.status_code, state(held)) == (409, S.PUBLISHED)


def test_whoever_is_slower_than_another_moderator_hears_who_decided(client, held, moderator):
    # Given
    other = PersonFactory(moderator=True, name="Mara")
    address = path(held, moderator)
    client.get(address)
    moderation.reject(held, moderator=other)
    # When
    answer = client.post(address, {"edition": ""})
    # Then
    assert answer.status_code == 409
    assert "Mara has decided about this comment; it is now “Rejected”." in shown(answer)
    assert state(held) == S.REJECTED
    assert "Mara has decided" in shown(client.get(address))


def test_what_the_site_decided_meanwhile_is_told(client, moderator):
    # Given
    comment = PostCommentFactory()
    address = path(comment, moderator)
    moderation.change_state(comment, to=S.PUBLISHED, actor=None)
    # Then
    answer = client.post(address, {"edition": ""})
    assert answer.status_code == 409
    assert "not held any more; it is now “Published”" in shown(answer)


@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_at_once_one_decides_and_the_others_hear_so(held):
    # Given
    moderators = PersonFactory.create_batch(3, moderator=True)
    links = [path(held, one, to) for one in moderators for to in (S.PUBLISHED, S.SPAM)]
    # When
    clicks = [partial(Client().post, link, {"edition": ""}) for link in links]
    answers = all_at_once(clicks)
    # Then
    assert sorted(answer.status_code for answer in answers) == [302, *[409] * 5]
    assert held.events.filter(kind="decided").count() == 1


def test_words_that_changed_since_the_page_was_drawn_are_looked_at_again(client, held, moderator):
    # Given
    address = path(held, moderator)
    client.get(address)
    PostComment.objects.filter(pk=held.pk).update(
        comment="Buy pills.", html="<p>Buy pills.</p>", edited_at=timezone.now()
    )
    # When
    answer = client.post(address, {"edition": ""})
    # Then
    assert (answer.status_code, state(held)) == (409, S.HELD)
    assert "The writer has changed the comment." in shown(answer)
    assert "Buy pills." in shown(answer)
    # When
    assert press(client, address).status_code == 302
    # Then
    assert state(held) == S.PUBLISHED


@pytest.mark.parametrize("change", [{"role": Role.AUTHOR}, {"is_active": False}])
def test_somebody_who_is_no_moderator_any_more_is_refused_and_sees_nothing(
    client, held, moderator, change
):
    # Given
    address = path(held, moderator)
    Person.objects.filter(pk=moderator.pk).update(**change)
    # When
    answers = [client.get(address), client.post(address, {"edition": ""})]
    # Then
    assert [answer.status_code for answer in answers] == [403, 403]
    for answer in answers:
        assert "you are none any more" in shown(answer)
        assert "first" not in shown(answer)
    assert state(held) == S.HELD


def test_a_person_who_left_decides_nothing(client, held, moderator):
    address = path(held, moderator)
    moderator.delete()
    assert client.post(address, {"edition": ""}).status_code == 403
    assert state(held) == S.HELD


def test_a_link_ends_after_three_days(client, held, moderator):
    # Given
    address = path(held, moderator)
    # When
    with time_machine.travel(timezone.now() + timedelta(days=2, hours=23)):
        early = client.get(address)
    with time_machine.travel(timezone.now() + timedelta(days=3, seconds=5)):
        answers = [client.get(address), client.post(address, {"edition": ""})]
    # Then
    assert early.status_code == 200
    assert [answer.status_code for answer in answers] == [410, 410]
    assert "This link has ended" in shown(answers[0])
    assert "first" not in shown(answers[0])
    assert state(held) == S.HELD


def test_a_comment_that_was_deleted_is_told_to_be_gone(client, held, moderator):
    address = path(held, moderator)
    held.delete()
    for answer in (client.get(address), client.post(address, {"edition": ""})):
        assert answer.status_code == 410
        assert "This comment has been deleted." in shown(answer)


def test_a_link_that_we_did_not_write_is_refused(client, held, moderator):
    # Given
    good = path(held, moderator)
    other_salt = f"/desk/comments/by-mail/{tickets.seal(held)}/"
    # Then
    for address in (f"{good[:-2]}/", "/desk/comments/by-mail/nothing/", other_salt):
        for answer in (client.get(address), client.post(address, {"edition": ""})):
            assert answer.status_code == 404
            assert "first" not in shown(answer)
    assert state(held) == S.HELD


def test_the_button_cannot_be_pressed_from_another_site(held, moderator):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path(held, moderator), {"edition": ""}).status_code == 403
    assert state(held) == S.HELD


def test_somebody_else_who_is_signed_in_decides_as_the_moderator_of_the_link(
    client, held, moderator, reader
):
    client.force_login(reader)
    press(client, path(held, moderator))
    assert held.events.last().actor == moderator


def test_a_link_holds_ids_only(held, moderator):
    token = path(held, moderator).split("/")[-2]
    assert by_mail.signing.loads(token, salt=by_mail.SALT) == [held.pk, moderator.pk, "published"]


def test_no_line_of_the_log_names_anybody(client, held, moderator, caplog):
    caplog.set_level(logging.DEBUG)
    address = path(held, moderator)
    press(client, address)
    client.post(address, {"edition": ""})
    secrets = ("ana@example.net", "203.0.113.9", moderator.email, "Grease")
    assert [secret for secret in secrets if secret in caplog.text] == []

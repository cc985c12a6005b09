"""The pages on which a reader reports a comment."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from blog.models import Post
from comments import tickets
from comments.browsers import COOKIE
from comments.evidence import HONEYPOT
from comments.models import Browser, Flag, PostComment
from tests.comments.stories import a_comment
from tests.comments.visitors import ANA, hidden, send, shown
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


@pytest.fixture
def comment(db: None) -> PostComment:
    return PostCommentFactory(published=True, text="Buy my oil.")


def path(comment: PostComment) -> str:
    return f"/comments/{comment.pk}/report/"


def report(
    client: Client, comment: PostComment, *, after: float = 5, **fields: str
) -> HttpResponse:
    ticket = hidden(shown(client.get(path(comment))), "ticket")
    with time_machine.travel(timezone.now() + timedelta(seconds=after)):
        return client.post(path(comment), {"ticket": ticket, "reason": "spam", **fields})


def test_every_comment_on_the_page_has_a_link_to_report_it(
    client: Client, comment: PostComment
) -> None:
    page = shown(client.get(comment.post.get_absolute_url()))
    assert f'href="{path(comment)}" rel="nofollow"' in page


def test_a_reader_reports_what_is_on_the_page(client: Client, comment: PostComment) -> None:
    # Given
    html = shown(client.get(path(comment)))
    assert "Buy my oil." in html
    assert not Flag.objects.exists()
    # When
    response = report(client, comment, reason="other", words="It is a copy.")
    # Then
    flag = Flag.objects.get()
    assert (flag.comment, flag.reason, flag.words) == (comment, "other", "It is a copy.")
    assert "Nobody is written to" in shown(client.get(response["Location"]))


def test_whoever_is_signed_in_is_known_and_not_asked(
    client: Client, comment: PostComment, reader: Person
) -> None:
    client.force_login(reader)
    html = shown(client.get(path(comment)))
    assert 'name="email"' not in html
    assert reader.email in html
    response = report(client, comment)
    assert Flag.objects.get().participant.person == reader
    assert f"We write to {reader.email}" in shown(client.get(response["Location"]))


@pytest.mark.parametrize("proved", [True, False])
def test_a_remembered_browser_is_told_only_if_it_proved_the_address(
    client: Client, comment: PostComment, post: Post, proved: bool
) -> None:
    send(client, post, remember="on")
    Browser.objects.update(proved_at=timezone.now() if proved else None)
    assert COOKIE in client.cookies
    assert (ANA["email"] in shown(client.get(path(comment)))) is proved
    report(client, comment)
    assert (Flag.objects.get().confirmed_at is not None) is proved


def test_a_typed_address_is_kept_and_not_believed(client: Client, comment: PostComment) -> None:
    response = report(client, comment, email="ana@example.net")
    flag = Flag.objects.get()
    assert (flag.participant.email, flag.confirmed_at) == ("ana@example.net", None)
    assert "ana@example.net" not in shown(client.get(response["Location"]))


@pytest.mark.parametrize("state", ["held", "spam", "rejected", "removed"])
def test_what_readers_do_not_see_has_no_page(client: Client, state: str) -> None:
    comment = a_comment(state)
    for page in ("report", "reported"):
        assert client.get(f"/comments/{comment.pk}/{page}/").status_code == 404
    assert client.post(path(comment), {"reason": "spam"}).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "This field is required."),
        ({"reason": "boring"}, "Select a valid choice."),
        ({"reason": "other", "words": " "}, "Please say in your words"),
        ({"words": "x" * 501}, "at most 500 characters"),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"ticket": "forged"}, "open for too long"),
        ({HONEYPOT: "Buy now"}, "leave the field empty"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, comment: PostComment, fields: dict[str, str], sentence: str
) -> None:
    response = report(client, comment, **{"words": "My words", **fields})
    assert response.status_code == 422
    assert sentence in shown(response)
    assert {"words": "My words", **fields}["words"].strip() in shown(response)
    assert not Flag.objects.exists()


def test_a_machine_is_too_quick_and_a_ticket_for_a_comment_opens_nothing(
    client: Client, comment: PostComment
) -> None:
    assert "very quick" in shown(report(client, comment, after=1))
    ticket = tickets.hand_out(comment.post)
    assert "too long" in shown(report(client, comment, ticket=ticket))
    assert not Flag.objects.exists()


def test_a_second_report_and_one_by_whoever_argues_are_refused_in_words(
    client: Client, comment: PostComment, reader: Person
) -> None:
    report(client, comment)
    again = report(client, comment)
    assert (again.status_code, "reported this comment already" in shown(again)) == (409, True)
    PostCommentFactory(parent=comment, by=reader, published=True)
    client.force_login(reader)
    argues = report(client, comment)
    assert argues.status_code == 403
    assert "please answer the comment instead" in shown(argues)
    assert Flag.objects.count() == 1


def test_one_network_reports_ten_comments_a_day(client: Client, post: Post) -> None:
    comments = PostCommentFactory.create_batch(11, post=post, published=True)
    statuses = [report(client, one).status_code for one in comments]
    assert statuses == [302] * 10 + [429]
    elsewhere = Client(REMOTE_ADDR="192.0.2.77")
    assert report(elsewhere, comments[-1]).status_code == 302


def test_a_report_from_another_site_is_refused(comment: PostComment) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(path(comment), {"reason": "spam"}).status_code == 403

"""Previews and tickets: a form, its time and its limits."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from blog.models import Post
from comments import tickets
from comments.models import PostComment
from tests.comments.visitors import ANA, HTMX, address, hidden, send, shown
from tests.factories.blog import PostFactory

pytestmark = pytest.mark.django_db


def test_what_machines_send_along_is_cut_and_never_an_error(client: Client, post: Post) -> None:
    # When
    ticket = tickets.hand_out(post)
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        response = client.post(
            address(post),
            {**ANA, "text": "Hello", "ticket": ticket, "subject": "a\x00b" * 100},
            headers={"User-Agent": "x" * 5_000, "Referer": "https://r.example/" + "x" * 5_000},
        )
    # Then
    assert response.status_code == 302
    comment = PostComment.objects.get()
    kept = (comment.user_agent, comment.referrer, comment.honeypot)
    assert [len(text) for text in kept] == [300, 500, 200]


def test_a_preview_shows_the_words_and_stores_nothing(client: Client, post: Post) -> None:
    response = send(client, post, preview="1", text="*Grease*", name="", email="nobody", after=0)
    html = shown(response)
    assert response.status_code == 200
    assert "<em>Grease</em>" in html
    assert 'value="nobody"' in html
    assert "errorlist" not in html
    assert PostComment.objects.count() == 0


def test_a_preview_of_nothing_says_so(client: Client, post: Post) -> None:
    assert "Please write something." in shown(send(client, post, preview="1", text=" "))


def test_what_is_previewed_can_be_sent(client: Client, post: Post) -> None:
    # Given
    preview = send(client, post, preview="1", text="*Grease*")
    ticket = hidden(preview.content.decode(), "ticket")
    # When
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        client.post(address(post), {**ANA, "text": "*Grease*", "ticket": ticket})
    # Then
    assert PostComment.objects.get().comment == "*Grease*"


def test_a_form_filled_in_faster_than_anybody_can_is_refused_and_may_be_sent_again(
    client: Client, post: Post
) -> None:
    # When
    response = send(client, post, after=1)
    # Then
    assert "That was very quick. Please send it again in a few seconds." in shown(response)
    assert PostComment.objects.count() == 0
    # When
    ticket = hidden(response.content.decode(), "ticket")
    with time_machine.travel(timezone.now() + timedelta(seconds=6)):
        client.post(address(post), {**ANA, "text": "Grease first.", "ticket": ticket})
    # Then
    assert PostComment.objects.count() == 1


def test_a_form_that_was_open_for_days_gets_a_new_ticket(client: Client, post: Post) -> None:
    # When
    response = send(client, post, after=2 * 24 * 60 * 60)
    # Then
    assert "This form was open for too long. Please send it again." in shown(response)
    # When
    ticket = hidden(response.content.decode(), "ticket")
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=10)):
        client.post(address(post), {**ANA, "text": "Grease first.", "ticket": ticket})
    # Then
    assert PostComment.objects.count() == 1


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "x" * 600])
def test_without_a_ticket_nothing_is_stored(client: Client, post: Post, ticket: str) -> None:
    assert send(client, post, ticket=ticket).status_code == 422
    assert PostComment.objects.count() == 0


def test_a_ticket_is_good_for_its_post_only(client: Client, post: Post) -> None:
    elsewhere = tickets.hand_out(PostFactory(published=True))
    assert send(client, post, ticket=elsewhere).status_code == 422


def test_sending_the_form_twice_leads_to_the_same_comment(client: Client, post: Post) -> None:
    # Given
    ticket = tickets.hand_out(post)
    # When
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        responses = [
            client.post(address(post), {**ANA, "text": "Grease first.", "ticket": ticket})
            for _ in range(2)
        ]
    # Then
    assert [response.status_code for response in responses] == [302, 302]
    assert PostComment.objects.count() == 1
    assert all("Grease first." in shown(client.get(one["Location"])) for one in responses)


def test_a_flood_and_a_repetition_are_refused_in_clear_words(client: Client, post: Post) -> None:
    send(client, post, text="One")
    flood = send(client, post, text="Two")
    assert (flood.status_code, "Please wait 15 seconds" in shown(flood)) == (429, True)
    with time_machine.travel(timezone.now() + timedelta(seconds=60)):
        again = send(client, post, text="One")
    assert (again.status_code, "You have said this here already." in shown(again)) == (409, True)
    assert "One" in shown(again)


def test_a_refusal_comes_as_a_fragment_that_htmx_swaps_in(client: Client, post: Post) -> None:
    response = client.post(address(post), {"text": ""}, headers=HTMX)
    assert (response.status_code, "<html" in shown(response)) == (200, False)


def test_a_machine_that_fills_in_everything_is_not_told(client: Client, post: Post) -> None:
    response = send(client, post, subject="cheap")
    assert response.status_code == 302
    assert PostComment.objects.get().honeypot == "cheap"


def test_a_form_sent_from_another_site_is_refused(post: Post, editor: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    response = client.post(address(post), {"text": "Hello", "ticket": tickets.hand_out(post)})
    assert response.status_code == 403
    assert PostComment.objects.count() == 0


def test_hundreds_of_previews_from_one_network_are_too_many(client: Client, post: Post) -> None:
    typed = {"preview": "1", "text": "x"}
    codes = [client.post(address(post), typed).status_code for _ in range(31)]
    assert codes == [*[200] * 30, 429]

"""Writing a comment, and finding it again."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from blog.models import Discussion, Post
from comments import moderation, tickets
from comments.models import PostComment
from tests.comments.visitors import ANA, FORM, HTMX, address, hidden, send, shown
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_comments_and_sees_the_held_comment_alone(client: Client, post: Post) -> None:
    # When
    response = send(client, post)
    # Then
    comment = PostComment.objects.get()
    assert (comment.state, comment.user_name, comment.ip_address) == ("held", "Ana", "127.0.0.1")
    assert (comment.user_agent, comment.referrer) == ("Bicycle/1.0", "https://example.net/from/")
    assert response.status_code == 302
    page = client.get(response["Location"])
    assert "Grease first." in shown(page)
    assert "Grease first." not in shown(client.get(post.get_absolute_url()))
    assert client.get(comment.get_absolute_url()).status_code == 404


def test_the_form_is_a_page_and_says_what_happens_with_the_address(
    client: Client, post: Post
) -> None:
    html = shown(client.get(address(post)))
    assert "<html" in html
    assert "Your e-mail address will not be published." in html
    assert 'href="/privacy/"' in html


def test_for_htmx_it_is_a_fragment(client: Client, post: Post) -> None:
    html = shown(client.get(address(post), headers=HTMX))
    assert "<html" not in html
    assert "<form" in html


def test_cancelling_brings_the_way_in_back(client: Client, post: Post) -> None:
    html = shown(client.get(f"{address(post)}?cancel&reply_to=", headers=HTMX))
    assert ("Leave a comment" in html, "<form" in html) == (True, False)


def test_the_form_is_never_kept_by_a_cache(client: Client, post: Post) -> None:
    assert "no-store" in client.get(address(post))["Cache-Control"]


def test_the_form_of_a_post_that_readers_cannot_see_is_not_there(client: Client) -> None:
    post = PostFactory(accepted=True)
    assert client.get(address(post)).status_code == 404
    assert client.post(address(post), ANA).status_code == 404


def test_a_closed_discussion_says_so_and_keeps_what_was_typed(client: Client, post: Post) -> None:
    # Given
    ticket = hidden(client.get(address(post)).content.decode(), "ticket")
    Post.objects.update(discussion=Discussion.CLOSED)
    # Then
    assert "The discussion of this post is closed." in shown(client.get(address(post)))
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        response = client.post(address(post), {**ANA, "text": "My long words", "ticket": ticket})
    assert response.status_code == 422
    assert "My long words" in shown(response)
    assert PostComment.objects.count() == 0


def test_the_form_shows_what_is_answered(client: Client) -> None:
    parent = PostCommentFactory(published=True, by__name="Olga", text="Oil it.")
    html = shown(client.get(f"{address(parent.post)}?reply_to={parent.pk}"))
    assert "You answer <bdi>Olga</bdi>." in html
    assert "Oil it." in html
    assert hidden(html, "reply_to") == str(parent.pk)


@pytest.mark.parametrize("state", ["held", "spam", "rejected", "removed"])
def test_the_form_never_shows_a_comment_that_is_not_published(client: Client, state: str) -> None:
    parent = PostCommentFactory(text="Secret", **({state: True} if state != "held" else {}))
    response = client.get(f"{address(parent.post)}?reply_to={parent.pk}")
    assert response.status_code == 404
    assert "Secret" not in shown(response)


@pytest.mark.parametrize("reply_to", ["4711", "-1", "99999999999999999999", "x"])
def test_a_reply_to_nothing_is_not_found_and_not_stored(
    client: Client, post: Post, reply_to: str
) -> None:
    assert client.get(f"{address(post)}?reply_to={reply_to}").status_code == 404
    ticket = tickets.hand_out(post)
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        typed = {**ANA, "text": "Hello", "ticket": ticket, "reply_to": reply_to}
        response = client.post(address(post), typed)
    assert response.status_code == 422
    assert "The comment that you answer is not here any more." in shown(response)
    assert PostComment.objects.count() == 0


def test_a_reply_to_a_comment_of_another_post_is_refused(client: Client, post: Post) -> None:
    elsewhere = PostCommentFactory(published=True)
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        typed = {**ANA, "text": "Hello", "ticket": tickets.hand_out(post)}
        response = client.post(address(post), {**typed, "reply_to": str(elsewhere.pk)})
    assert response.status_code == 422
    assert post.comments.count() == 0


def test_a_reply_goes_below_what_it_answers(client: Client) -> None:
    parent = PostCommentFactory(published=True)
    send(client, parent.post, reply_to=str(parent.pk))
    assert PostComment.objects.latest("pk").in_reply_to == parent


def test_a_reply_to_a_comment_removed_meanwhile_keeps_what_was_typed(
    client: Client, moderator: Person
) -> None:
    # Given
    parent = PostCommentFactory(published=True)
    ticket = tickets.hand_out(parent.post)
    moderation.remove(parent, moderator=moderator)
    # When
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        typed = {**ANA, "text": "My long words", "ticket": ticket, "reply_to": str(parent.pk)}
        response = client.post(address(parent.post), typed)
    # Then
    assert response.status_code == 422
    assert "My long words" in shown(response)


def test_who_is_signed_in_is_not_asked_and_cannot_pretend(
    client: Client, post: Post, reader: Person
) -> None:
    # Given
    client.force_login(reader)
    html = shown(client.get(address(post)))
    assert 'name="email"' not in html
    assert f"your comment appears as <bdi>{reader.name}</bdi>" in html
    # When
    send(client, post, name="The host", email="host@example.org")
    # Then
    comment = PostComment.objects.get()
    assert (comment.user, comment.user_name, comment.user_email) == (reader, "", "")


def test_fields_that_nobody_offered_change_nothing(client: Client, post: Post) -> None:
    send(
        client,
        post,
        state="published",
        is_public="1",
        user="1",
        voice="official",
        submit_date="2001-01-01",
        path="0000001",
        ip_address="192.0.2.1",
        post_id="99",
        html="<script>",
    )
    comment = PostComment.objects.get()
    assert (comment.state, comment.user, comment.voice) == ("held", None, "reader")
    assert (comment.ip_address, comment.post, comment.html) == (
        "127.0.0.1",
        post,
        "<p>Grease first.</p>",
    )


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("text", "", "This field is required."),
        ("text", " \n ", "Please write something."),
        ("text", "x" * 10_001, "A comment has at most 10000 characters; this has 10001."),
        ("text", "a\x00b", "Null characters are not allowed."),
        ("name", "", "This field is required."),
        ("name", "n" * 51, "Ensure this value has at most 50 characters (it has 51)."),
        ("email", "", "This field is required."),
        ("email", "nobody", "Enter a valid email address."),
        ("email", f"{'e' * 250}@example.net", "Ensure this value has at most 254 characters"),
        ("url", "javascript:alert(1)", "Enter a valid URL."),
        ("url", "ftp://a.example", "Enter a valid URL."),
        ("url", f"https://a.example/{'u' * 200}", "Ensure this value has at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_typed_text_stays(
    client: Client, post: Post, field: str, typed: str, sentence: str
) -> None:
    # When
    response = send(client, post, **{"text": "My words", field: typed})
    # Then
    html = shown(response)
    assert response.status_code == 422
    assert re.search(rf'id="comment-new-{field}_error"', html)
    assert sentence in html
    for name, value in {**ANA, "text": "My words", field: typed}.items():
        if "\x00" not in value:
            assert value in html, name
    assert PostComment.objects.count() == 0


def test_lone_surrogates_do_not_get_in(client: Client, post: Post) -> None:
    typed = {**ANA, "ticket": tickets.hand_out(post)}
    body = f"{urlencode(typed)}&text=a%ED%A0%80b"
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        response = client.post(address(post), body, content_type=FORM)
    assert response.status_code in (302, 400, 422)
    for comment in PostComment.objects.all():
        comment.comment.encode()


def test_seventy_kilobytes_are_refused_whole(client: Client, post: Post) -> None:
    response = send(client, post, text="<b>" * 24_000)
    assert response.status_code == 422
    assert "<b>" * 24_000 in shown(response)

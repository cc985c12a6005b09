"""The form: who is remembered in it by consent, house rules above it, and what is agreed to."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from blog.models import Post
from comments import house, privacy
from comments.browsers import COOKIE
from comments.models import Browser, PostComment
from tests.comments.visitors import ANA, HTMX, address, send, shown
from tests.factories.comments import PostCommentFactory

pytestmark = pytest.mark.django_db
CHECKED = 'name="remember" id="comment-new-remember" checked'


def form(client: Client, post: Post) -> str:
    return shown(client.get(address(post)))


def again(client: Client, post: Post, **fields: str) -> None:
    PostComment.objects.all().delete()
    send(client, post, **fields)


def test_nobody_is_remembered_who_did_not_ask_for_it(client: Client, post: Post) -> None:
    assert CHECKED not in form(client, post)
    send(client, post)
    assert COOKIE not in client.cookies
    assert not Browser.objects.exists()
    assert ANA["email"] not in form(client, post)


def test_whoever_asked_for_it_finds_the_form_filled_in(client: Client, post: Post) -> None:
    # When
    response = send(client, post, remember="on")
    # Then
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert ANA["email"] not in cookie.value
    for html in (form(client, post), shown(client.get(address(post), headers=HTMX))):
        assert all(f'value="{value}"' in html for value in ANA.values())
        assert CHECKED in html
        assert "forget me here" in html


def test_no_other_browser_and_no_public_page_knows_of_it(client: Client, post: Post) -> None:
    send(client, post, remember="on")
    public = [client.get(post.get_absolute_url()), Client().get(post.get_absolute_url())]
    assert public[0].content == public[1].content
    assert not public[0].cookies
    assert ANA["email"] not in form(Client(), post)


def test_a_comment_that_was_refused_makes_nobody_remembered(client: Client, post: Post) -> None:
    response = send(client, post, remember="on", text="")
    assert (response.status_code, COOKIE in response.cookies) == (422, False)
    assert CHECKED in shown(response)


@pytest.mark.parametrize("cookie", ["forged", "", "x" * 5000])
def test_a_forged_cookie_remembers_nobody(client: Client, post: Post, cookie: str) -> None:
    Browser.objects.create(participant=PostCommentFactory().participant, name="Ana")
    client.cookies[COOKIE] = cookie
    assert "forget me here" not in form(client, post)


def test_this_is_not_me_forgets_here_and_there_and_keeps_what_was_to_be_said(
    client: Client, post: Post
) -> None:
    # Given
    send(client, post, remember="on")
    # When
    response = send(client, post, forget="1", text="My long words", quote="Their words")
    # Then
    html = shown(response)
    assert ("My long words" in html, "Their words" in html) == (True, True)
    assert ANA["email"] not in html
    assert client.cookies[COOKIE].value == ""
    assert not Browser.objects.exists()
    assert PostComment.objects.count() == 1


def test_to_forget_needs_a_post(client: Client, post: Post) -> None:
    send(client, post, remember="on")
    client.get(address(post), {"forget": "1"})
    assert Browser.objects.exists()


def test_taking_the_mark_out_forgets_as_well(client: Client, post: Post) -> None:
    send(client, post, remember="on")
    again(client, post)
    assert not Browser.objects.exists()
    assert ANA["email"] not in form(client, post)


def test_another_name_is_remembered_instead(client: Client, post: Post) -> None:
    send(client, post, remember="on")
    Browser.objects.update(proved_at=timezone.now())
    again(client, post, remember="on", name="Bo", email="bo@example.net")
    browser = Browser.objects.get()
    assert (browser.name, browser.participant.email) == ("Bo", "bo@example.net")
    assert browser.proved_at is None


@pytest.mark.parametrize("proved", [True, False])
def test_what_a_browser_writes_is_theirs_only_if_it_proved_the_address(
    client: Client, post: Post, proved: bool
) -> None:
    send(client, post, remember="on")
    Browser.objects.update(proved_at=timezone.now() if proved else None)
    again(client, post, remember="on")
    assert (PostComment.objects.get().confirmed_at is not None) is proved


def test_a_proved_browser_proves_nothing_for_another_address(client: Client, post: Post) -> None:
    send(client, post, remember="on")
    Browser.objects.update(proved_at=timezone.now())
    again(client, post, email="bo@example.net")
    assert PostComment.objects.get().confirmed_at is None


def test_who_is_signed_in_is_neither_asked_nor_mistaken_for_the_browser(
    client: Client, post: Post, reader: Person
) -> None:
    send(client, post, remember="on")
    client.force_login(reader)
    html = form(client, post)
    assert ('name="remember"' in html, "forget me here" in html) == (False, False)
    again(client, post, remember="on")
    assert PostComment.objects.get().participant.person == reader
    assert Browser.objects.get().participant.email == ANA["email"]


# What is agreed to


def test_the_version_of_the_privacy_page_is_shown_and_kept_with_the_comment(
    client: Client, post: Post
) -> None:
    version = privacy.in_force().version
    assert f'<a href="/privacy/">privacy page</a> (version {version})' in form(client, post)
    assert f"Version {version} of this page." in shown(client.get("/privacy/"))
    send(client, post)
    assert PostComment.objects.get().policy == version


# House rules


def test_house_rules_stand_above_the_first_field_and_are_open_at_first(
    client: Client, post: Post, publisher: Person
) -> None:
    assert "House rules" not in form(client, post)
    house.set_rules(publisher=publisher, rules="Be *kind*. <script>")
    html = form(client, post)
    assert "<p>Be <em>kind</em>. &lt;script&gt;</p>" in client.get(address(post)).content.decode()
    assert html.index("Be <em>kind") < html.index('name="quote"') < html.index('name="text"')
    assert '<details class="comment-form__rules" open>' in html


def test_house_rules_are_folded_for_whoever_was_here_before(
    client: Client, post: Post, publisher: Person, reader: Person
) -> None:
    house.set_rules(publisher=publisher, rules="Be kind.")
    folded = '<details class="comment-form__rules">'
    assert folded in shown(send(client, post, text=""))
    send(client, post, remember="on")
    assert folded in form(client, post)
    client.force_login(reader)
    assert folded not in form(client, post)
    PostCommentFactory(by=reader)
    assert folded in form(client, post)


def test_a_browser_that_proved_nothing_never_learns_a_later_login(
    client: Client, post: Post, reader: Person
) -> None:
    # Given somebody typed an address that became a login, and the login got another address
    send(client, post, remember="on")
    browser = Browser.objects.get()
    browser.participant.person, browser.participant.guest_email = reader, ""
    browser.participant.save()
    # Then
    assert reader.email not in form(client, post)
    # When
    Browser.objects.update(proved_at=timezone.now())
    # Then
    assert reader.email in form(client, post)

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import slips
from accounts.middleware import COOKIE
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["accounts:me", "accounts:profile"])
def test_a_strangers_own_page_is_the_sign_in_page(client, name):
    response = client.get(reverse(name))
    assert response.url == f"/accounts/login/?next={reverse(name)}"


@pytest.mark.parametrize(
    ("role", "doors"),
    [
        ("reader", []),
        ("author", ["/write/", "/write/byline/"]),
        ("moderator", ["/write/", "/write/byline/", "/desk/comments/"]),
        ("editor", ["/write/", "/write/byline/", "/desk/", "/desk/comments/", "/desk/posts/"]),
        ("publisher", ["/write/", "/write/byline/", "/desk/", "/desk/site/", "/admin/"]),
    ],
)
def test_the_account_page_leads_to_what_a_person_may_do(client, request, role, doors):
    # Given
    client.force_login(request.getfixturevalue(role))
    # When
    page = client.get("/me/").content.decode()
    # Then
    everything = ["/write/", "/write/byline/", "/desk/", "/desk/comments/", "/desk/posts/"]
    everything += ["/desk/site/", "/admin/"]
    for door in doors:
        assert f'href="{door}"' in page
    if role in ("reader", "author"):
        assert [door for door in everything if f'href="{door}"' in page] == doors


def test_a_name_can_be_changed_and_errors_keep_what_was_typed(client, reader):
    # Given
    client.force_login(reader)
    # When
    refused = client.post("/me/profile/", {"name": "A" * 101})
    client.post("/me/profile/", {"name": "Ada Spoke", "role": "publisher"})
    # Then
    reader.refresh_from_db()
    assert "A" * 101 in refused.content.decode()
    assert (reader.name, reader.role) == ("Ada Spoke", "reader")


def test_the_bar_knows_who_looks(client, author):
    # Given
    stranger = client.get("/me/bar/").content.decode()
    # When
    client.force_login(author)
    bar = client.get("/me/bar/")
    # Then
    assert "/accounts/login/" in stranger
    assert author.public_name in bar.content.decode()
    assert "/write/" in bar.content.decode()
    assert "no-store" in bar["Cache-Control"]


def test_signing_in_leaves_a_readable_sign_that_opens_nothing(client, reader):
    # Given
    client.force_login(reader)
    # When
    client.get("/me/")
    # Then
    sign = client.cookies[COOKIE]
    assert (sign.value, sign["httponly"], sign["samesite"]) == ("1", "", "Lax")
    # When
    client.logout()
    client.cookies[COOKIE] = "1"
    # Then
    assert client.get("/me/").status_code == 302


def test_the_sign_goes_with_the_session(client, reader):
    # Given
    client.force_login(reader)
    client.get("/me/")
    # When
    client.post("/accounts/logout/")
    # Then
    assert client.cookies[COOKIE].value == ""


def test_a_public_page_sets_no_cookie_and_is_the_same_for_everybody(client, reader):
    # Given
    stranger = client.get("/about/")
    # When
    client.force_login(reader)
    client.get("/me/")
    person = client.get("/about/")
    # Then
    assert person.content == stranger.content
    assert (dict(stranger.cookies), dict(person.cookies)) == ({}, {})
    assert "Cookie" not in stranger.get("Vary", "")


def test_after_giving_a_name_a_person_comes_where_they_wanted_to_go(client):
    # Given
    client.force_login(PersonFactory(editor=True, name=""))
    sent = client.get("/desk/posts/?state=draft").url
    assert "Please say first what you are called" in client.get(sent).content.decode()
    # When
    response = client.post(sent, {"name": "Ada Spoke"})
    # Then
    assert response.url == "/desk/posts/?state=draft"
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_giving_a_name_leads_to_our_own_pages_only(client, reader, target):
    client.force_login(reader)
    assert client.post(f"/me/profile/?next={target}", {"name": "Ada Spoke"}).url == "/me/"


@pytest.mark.parametrize("role", ["moderator", "editor", "publisher"])
def test_moderators_choose_whether_they_get_the_daily_mail(client, request, role):
    # Given
    person = request.getfixturevalue(role)
    client.force_login(person)
    assert re.search(r'name="wants"[^>]*checked', client.get("/me/").content.decode())
    # When
    client.post("/me/digest/", {})
    person.refresh_from_db()
    without = person.wants_digest
    client.post("/me/digest/", {"wants": "on"})
    person.refresh_from_db()
    # Then
    assert (without, person.wants_digest) == (False, True)


@pytest.mark.parametrize("role", ["reader", "author"])
def test_nobody_else_is_asked_about_the_daily_mail(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert "/me/digest/" not in client.get("/me/").content.decode()
    assert client.post("/me/digest/", {"wants": "on"}).status_code == 403


def test_the_choice_about_the_daily_mail_is_made_by_a_post_of_ones_own(client, moderator):
    assert client.post("/me/digest/", {}).url == "/accounts/login/?next=/me/digest/"
    client.force_login(moderator)
    assert client.get("/me/digest/").status_code == 405
    moderator.refresh_from_db()
    assert moderator.wants_digest


def stop(person) -> str:
    return f"/me/digest/stop/{slips.stop_digest(person.pk)}/"


def test_looking_at_the_link_that_ends_the_daily_mail_ends_nothing(client, moderator):
    # When
    pages = [client.get(stop(moderator)), client.head(stop(moderator))]
    # Then
    moderator.refresh_from_db()
    assert [page.status_code for page in pages] == [200, 200]
    assert "Send me no more of these" in pages[0].content.decode()
    assert moderator.wants_digest


def test_a_mail_program_ends_the_daily_mail_without_a_cookie(moderator):
    # Given
    program = Client(enforce_csrf_checks=True)
    # When
    answers = [program.post(stop(moderator), {"List-Unsubscribe": "One-Click"}) for _ in range(2)]
    # Then
    moderator.refresh_from_db()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "You get no more of these mails." in answers[0].content.decode()
    assert not moderator.wants_digest


def test_a_link_that_ends_the_daily_mail_must_be_ours_and_of_this_season(client, moderator):
    # Given
    address = stop(moderator)
    # When
    broken = client.post(f"{address[:-3]}/")
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        old = client.post(address)
    # Then
    moderator.refresh_from_db()
    assert (broken.status_code, old.status_code) == (404, 404)
    assert moderator.wants_digest


@pytest.mark.parametrize("role", ["moderator", "editor", "publisher"])
def test_moderators_switch_single_keys_off_and_on(client, request, role):
    # Given
    person = request.getfixturevalue(role)
    client.force_login(person)
    assert 'id="id_uses_keys" checked' in client.get("/me/").content.decode()
    for sent, uses in (({}, False), ({}, False), ({"uses_keys": "on"}, True)):
        # When
        page = client.post("/me/keys/", sent, follow=True).content.decode()
        # Then
        person.refresh_from_db()
        assert person.uses_keys is uses
        assert "Your choice is saved." in page
        assert ('id="id_uses_keys" checked' in page) is uses


@pytest.mark.parametrize("role", ["reader", "author"])
def test_whoever_has_no_desk_is_not_asked_about_keys(client, request, role):
    person = request.getfixturevalue(role)
    assert "/login/" in client.post("/me/keys/")["Location"]
    client.force_login(person)
    assert "uses_keys" not in client.get("/me/").content.decode()
    assert client.post("/me/keys/").status_code == 403
    person.refresh_from_db()
    assert person.uses_keys


def test_looking_switches_no_keys(client, moderator):
    client.force_login(moderator)
    assert client.get("/me/keys/").status_code == 405

import pytest
from django.urls import reverse

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

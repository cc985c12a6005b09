import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as post_office

from accounts.models import Person
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a wheel that runs true"


@pytest.fixture
def rider() -> Person:
    """Somebody whose address has been confirmed."""
    person = PersonFactory(email="rider@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client, password: str = PASSWORD, login: str = "rider@example.org"):
    return client.post("/accounts/login/", {"login": login, "password": password})


def prove_again(client) -> None:
    """What changes the login itself asks for the password once more."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def code_in_the_mail() -> str:
    found = re.search(
        r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", post_office.outbox[-1].body, re.MULTILINE
    )
    assert found, post_office.outbox[-1].body
    return found[1]


def test_a_person_signs_in_with_address_and_password(client, rider):
    # When
    response = sign_in(client, login="Rider@Example.org")
    # Then
    assert response.url == "/me/"
    assert client.get("/me/").status_code == 200


def test_a_wrong_password_stays_outside(client, rider):
    sign_in(client, password="a wheel that wobbles")
    assert client.get("/me/").status_code == 302


def test_guessing_passwords_is_slowed_down_even_for_the_right_one(client, rider):
    # Given
    for turn in range(6):
        sign_in(client, password=f"guess number {turn}")
    # When
    sign_in(client)
    # Then
    assert client.get("/me/").status_code == 302


def test_a_code_sent_by_mail_signs_in_without_a_password(client, rider, run_tasks):
    # Given
    client.post("/accounts/login/code/", {"email": "rider@example.org"})
    run_tasks()
    # When
    response = client.post("/accounts/login/code/confirm/", {"code": code_in_the_mail()})
    # Then
    assert response.url == "/me/"


def test_a_new_person_confirms_the_address_before_coming_in(client, run_tasks):
    # Given
    client.post(
        "/accounts/signup/",
        {"email": "New@Example.org", "password1": PASSWORD, "name": "Nia Chain"},
    )
    assert client.get("/me/").status_code == 302
    run_tasks()
    # When
    client.post("/accounts/confirm-email/", {"code": code_in_the_mail()})
    # Then
    person = Person.objects.get(email="new@example.org")
    assert (person.name, person.role) == ("Nia Chain", "reader")
    assert "Nia Chain" in client.get("/me/").content.decode()


def test_nobody_signs_up_with_a_role(client):
    # When
    client.post(
        "/accounts/signup/",
        {
            "email": "new@example.org",
            "password1": PASSWORD,
            "name": "Nia",
            "role": "publisher",
            "is_superuser": "on",
        },
    )
    # Then
    person = Person.objects.get(email="new@example.org")
    assert (person.role, person.is_superuser) == ("reader", False)


def test_a_second_sign_up_does_not_tell_that_the_address_is_known(client, rider):
    # When
    known, unknown = (
        client.post(
            "/accounts/signup/", {"email": email, "password1": PASSWORD, "name": "Nia Chain"}
        )
        for email in ("rider@example.org", "unknown@example.org")
    )
    # Then
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Person.objects.filter(email="rider@example.org").count() == 1


def test_closing_a_login_ends_its_sessions_at_once(client, rider):
    # Given
    sign_in(client)
    assert client.get("/me/").status_code == 200
    # When
    Person.objects.filter(pk=rider.pk).update(is_active=False)
    # Then
    assert client.get("/me/").status_code == 302


def test_a_new_password_ends_all_other_sessions(client, rider):
    # Given
    sign_in(client)
    # When
    rider.set_password("another wheel, another day")
    rider.save()
    # Then
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_our_own_pages_only(client, rider, target):
    response = client.post(
        "/accounts/login/", {"login": rider.email, "password": PASSWORD, "next": target}
    )
    assert response.url == "/me/"


def test_signing_out_needs_a_post(client, rider):
    # Given
    sign_in(client)
    # When
    client.get("/accounts/logout/")
    # Then
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/signup/",
        "/accounts/password/reset/",
    ],
)
def test_the_pages_of_the_entrance_are_our_pages(client, address):
    page = client.get(address).content.decode()
    assert page.count("<h1") == 1
    assert 'id="main"' in page
    assert "style=" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/logout/",
    ],
)
def test_the_pages_of_the_account_are_our_pages(client, rider, address):
    # Given
    sign_in(client)
    prove_again(client)
    # When
    page = client.get(address).content.decode()
    # Then
    assert page.count("<h1") == 1
    assert 'id="main"' in page
    assert "style=" not in page


def test_a_second_step_is_set_up_only_after_proving_who_asks(client, rider):
    # Given
    sign_in(client)
    # When
    response = client.get("/accounts/2fa/totp/activate/")
    # Then
    assert response.url.startswith("/accounts/reauthenticate/")


def test_only_the_page_with_the_drawn_code_may_show_drawn_images(client, rider):
    # Given
    sign_in(client)
    prove_again(client)
    # When
    drawn = client.get("/accounts/2fa/totp/activate/")["Content-Security-Policy"]
    other = client.get("/accounts/2fa/")["Content-Security-Policy"]
    # Then
    assert ("data:" in drawn, "data:" in other) == (True, False)
    assert "unsafe" not in drawn + other


def test_the_publisher_made_on_the_command_line_confirms_the_address_at_the_first_sign_in(
    client, run_tasks
):
    # Given
    Person.objects.create_superuser("publisher@blog.example", PASSWORD)
    # When
    response = sign_in(client, login="publisher@blog.example")
    run_tasks()
    client.post(response.url, {"code": code_in_the_mail()})
    # Then
    assert "/admin/" in client.get("/me/").content.decode()
    assert client.get("/admin/").status_code == 200

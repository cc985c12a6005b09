"""The mails about signing in: in our words, in the name of the publication."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Letter, Person
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PublicationFactory

pytestmark = pytest.mark.django_db
NAME = "Hubs & Spokes"
PASSWORD = "a wheel that runs true"


@pytest.fixture
def rider() -> Person:
    """Somebody whose address has been confirmed, on a site with a name."""
    PublicationFactory(name=NAME)
    person = PersonFactory(email="rider@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def written() -> Letter:
    return Letter.objects.get()


@pytest.mark.parametrize(
    ("page", "data", "subject"),
    [
        ("login/code/", {}, f"Your code to sign in to {NAME}"),
        ("password/reset/", {}, f"Your code for a new password on {NAME}"),
        (
            "signup/",
            {"password1": PASSWORD, "name": "Nia"},
            f"You have an account on {NAME} already",
        ),
        (
            "signup/",
            {"email": "new@example.org", "password1": PASSWORD, "name": "Nia"},
            f"Please confirm your address for {NAME}",
        ),
        (
            "password/reset/",
            {"email": "nobody@example.org"},
            f"There is no account with this address on {NAME}",
        ),
    ],
)
def test_a_mail_about_signing_in_names_the_publication_and_not_the_host(
    client, rider, page, data, subject
):
    # When
    client.post(f"/accounts/{page}", {"email": rider.email} | data)
    # Then
    letter = written()
    assert letter.subject == subject
    assert letter.body.endswith(f"\n\n{NAME}\nhttp://localhost:8000\n")
    assert "Thank you for using" not in letter.body
    assert "you need to do nothing" in letter.body
    assert "&amp;" not in letter.body + letter.subject


def test_a_change_of_the_login_is_told_in_the_name_of_the_publication(client, rider):
    # Given
    client.post("/accounts/login/", {"login": rider.email, "password": PASSWORD})
    new = "another wheel, another day"
    # When
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    # Then
    body = written().body
    assert body.startswith("Your password has been changed.")
    assert "If this was not you" in body
    assert body.endswith(f"\n\n{NAME}\nhttp://localhost:8000\n")


def test_an_authenticator_shows_the_name_of_the_publication(client, rider):
    # Given
    client.post("/accounts/login/", {"login": rider.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    # When
    form = client.get("/accounts/2fa/totp/activate/").context
    # Then
    assert "issuer=Hubs%20%26%20Spokes" in form["totp_url"]
    assert "example.com" not in form["totp_url"]

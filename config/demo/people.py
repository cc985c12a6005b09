"""The people of the demo and their bylines."""

from allauth.account.models import EmailAddress

from accounts.models import Person, Profile, ProfileLink
from config.demo.content import Table, table
from config.demo.logins import LOGINS, PASSWORD


def make_people() -> None:
    """Everybody who has an account, and every byline with or without one."""
    for entry in table("people")["people"]:
        _make_person(entry)
    for entry in table("people")["profiles"]:
        _make_profile(entry)


def person(email: str) -> Person:
    return Person.objects.get(email=email)


def publisher() -> Person:
    return person("publisher@example.org")


def editor() -> Person:
    return person("editor@example.org")


def _make_person(entry: Table) -> None:
    password = PASSWORD if entry["email"] in LOGINS else None
    made = Person.objects.create_user(password=password, **entry)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)


def _make_profile(entry: Table) -> None:
    fields = {name: value for name, value in entry.items() if name not in ("person", "links")}
    fields["bio"] = entry["bio"].strip()
    owner = person(entry["person"]) if "person" in entry else None
    profile = Profile.objects.create(person=owner, **fields)
    ProfileLink.objects.bulk_create(
        ProfileLink(profile=profile, position=position, **link)
        for position, link in enumerate(entry["links"])
    )

"""What tests of guests share: an invitation, the mail it sends, and a browser of a guest."""

import re

from django.test import Client

from accounts.models import Letter, Person
from blog import guests
from blog.guests import Invitation
from blog.models import GuestLink, Post
from tests.factories.accounts import PersonFactory

GUEST = "nurse@example.org"
DOOR = re.compile(r"http://[^/\s]+(/write/guest/\S+)")


def invited(editor: Person | None = None, **facts: object) -> Post:
    """A post that somebody without an account was invited to write."""
    editor = editor or PersonFactory(editor=True)
    said = {"name": "Ana Ruiz", "email": GUEST, "title": "Ten years of night shifts"} | facts
    return guests.invite(Invitation(**said), editor=editor)


def link_to(post: Post) -> GuestLink:
    return GuestLink.objects.with_people().filter(post=post).first()


def door_in_the_mail(to: str = GUEST) -> str:
    """The path of the last personal link that was written to this address."""
    letter = Letter.objects.filter(to=to).order_by("-written_at").first()
    assert letter is not None
    found = DOOR.search(letter.body)
    assert found, letter.body
    return found[1]


def let_in(post: Post) -> Client:
    """The browser of the guest of this post, who has pressed the button."""
    client = Client()
    assert client.post(door_in_the_mail(link_to(post).person.email)).status_code == 302
    return client

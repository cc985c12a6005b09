"""Who commented, and the pages about them."""

from datetime import timedelta
from html import unescape

from django.test import Client
from django.utils import timezone

from comments.models import Participant, PostComment
from comments.words import Guest
from tests.factories.comments import PostCommentFactory

PEOPLE, LOG = "/desk/people/", "/desk/people/sanctions/"
ANA = Guest("Ana", "ana@example.net")


def said(**facts: object) -> PostComment:
    """A comment of an hour ago: the next of the same person is no flood."""
    comment = PostCommentFactory(**facts)
    PostComment.objects.update(submit_date=timezone.now() - timedelta(hours=1))
    return comment


def who_said(**facts: object) -> Participant:
    participant = said(**facts).participant
    assert participant is not None
    return participant


def shown(client: Client, address: str, **query: object) -> str:
    return unescape(client.get(address, query).content.decode())


def sent(client: Client, address: str, **fields: object) -> tuple[int, str]:
    response = client.post(address, fields, follow=True)
    return response.status_code, unescape(response.content.decode())


def sanctioned(client: Client, participant: Participant, **fields: object) -> tuple[int, str]:
    """Fill in the form on somebody's page and send it."""
    return sent(client, f"{page_of(participant)}sanction/", **{"their_comments": "keep", **fields})


def page_of(participant: Participant) -> str:
    return f"{PEOPLE}{participant.pk}/"

"""Moderators keep spam and abuse out of the reports, and judge nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from editorial.models import Dispute, DisputeState
from editorial.points import Source
from tests.factories.editorial import DisputeFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("editorial:reports")


@pytest.fixture
def moderator_s(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


def send(client: Client, dispute: Dispute, **fields: str) -> str:
    sent = {"because": "abuse", "sentence": "Please write about the statement.", **fields}
    prefix = f"keep-{dispute.public_id}"
    data = {f"{prefix}-{name}": value for name, value in (sent | {"version": "1"}).items()}
    url = reverse("editorial:keep_out", args=[dispute.public_id])
    return client.post(url, data, follow=True).content.decode()


def test_a_moderator_reads_what_waits_and_keeps_an_attack_out(moderator_s: Client):
    # Given
    dispute = DisputeFactory(statement="The author is a crook.")
    assert "The author is a crook." in moderator_s.get(PAGE).content.decode()
    # When the sentence is missing
    html = send(moderator_s, dispute, sentence=" ")
    assert "errorlist" in html
    # When
    html = send(moderator_s, dispute)
    # Then
    assert "It is kept out" in html
    dispute.refresh_from_db()
    assert (dispute.state, dispute.declined_because) == (DisputeState.NOT_ACCEPTED, "abuse")
    # When it is sent twice
    assert "cannot happen while the dispute is in the state" in send(moderator_s, dispute)


def test_a_moderator_finds_the_page_from_the_desk_and_reads_the_sources(moderator_s: Client):
    DisputeFactory(sources=(Source("https://casino.example/win", "Win now"),))
    assert f'href="{PAGE}"' in moderator_s.get(reverse("comments:desk")).content.decode()
    assert 'href="https://casino.example/win"' in moderator_s.get(PAGE).content.decode()


@pytest.mark.parametrize("because", ["unclear", "not_a_fact", "already_addressed", ""])
def test_no_other_reason_is_a_moderator_s(moderator_s: Client, because: str):
    dispute = DisputeFactory()
    assert "errorlist" in send(moderator_s, dispute, because=because)
    assert Dispute.objects.get(pk=dispute.pk).state == DisputeState.RECEIVED


def test_readers_and_authors_see_none_of_it(client: Client, author: Person):
    client.force_login(author)
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_however_much_waits(
    moderator_s: Client, django_assert_max_num_queries, number: int
):
    for _time in range(number):
        DisputeFactory()
    moderator_s.get(PAGE)
    with django_assert_max_num_queries(7):
        moderator_s.get(PAGE)

"""How many objections one person may raise, and what a burst of them does."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Letter
from editorial import disputes, limits
from editorial.models import DeclineReason, Dispute
from editorial.points import Raiser
from tests.factories.accounts import PersonFactory
from tests.factories.editorial import (
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
    objection,
    target,
)

pytestmark = pytest.mark.django_db
WORDS = "There is no extra cost for parts"


def raise_one(post, raiser):
    return disputes.raise_dispute(
        post, raiser=raiser, target=target(WORDS), objection=objection(), form_key=uuid4()
    )


def test_an_address_without_an_account_raises_one_a_day():
    # Given
    raise_one(WorkshopPostFactory(), Raiser(email="ola@example.net", network="203.0.113.1"))
    # Then
    with pytest.raises(limits.TooMany):
        raise_one(WorkshopPostFactory(), Raiser(email="OLA@example.net", network="203.0.113.2"))


def test_whoever_was_right_may_raise_more(editor):
    # Given
    raiser = Raiser(email="ola@example.net")
    dispute = raise_one(WorkshopPostFactory(), raiser)
    disputes.accept(dispute, editor=editor, summary="Are parts free?", version=dispute.version)
    decide(dispute, editor=editor, **clarified())
    # Then
    raise_one(WorkshopPostFactory(), raiser)
    with pytest.raises(limits.TooMany):
        raise_one(WorkshopPostFactory(), raiser)


def test_a_person_has_three_open_about_one_author_and_may_go_on_about_another():
    # Given
    post, raiser = WorkshopPostFactory(), Raiser(person=PersonFactory())
    made = [raise_one(post, raiser) for _number in range(limits.MOST_OPEN_ABOUT_AN_AUTHOR)]
    # Then
    with pytest.raises(limits.TooMany):
        raise_one(post, raiser)
    raise_one(WorkshopPostFactory(), raiser)
    # When one of them is declined, which is no abuse
    disputes.withdraw(made[0], version=made[0].version)
    # Then
    raise_one(post, raiser)


def test_a_burst_on_one_post_tells_each_editor_once_and_slows_nobody_elsewhere(client, editor):
    """Scenario 41."""
    # Given
    post = WorkshopPostFactory()
    before = client.get(post.get_absolute_url()).content
    # When
    for number in range(30):
        raise_one(post, Raiser(network=f"203.0.113.{number}"))
    # Then
    alerts = Letter.objects.filter(subject__startswith="Many reports", to=editor.email)
    assert alerts.count() == 1
    assert client.get(post.get_absolute_url()).content == before
    elsewhere = raise_one(WorkshopPostFactory(), Raiser(network="198.51.100.7"))
    assert Dispute.objects.received().count() == 31
    # Then the first and the one elsewhere wait in front, the rest in a list of its own
    client.force_login(editor)
    front, later = listed(client, "received"), listed(client, "later")
    assert (len(front), len(later)) == (limits.A_BURST + 1, 30 - limits.A_BURST)
    assert elsewhere.public_id in front
    assert not front & later


def listed(client, name):
    html = client.get(reverse("editorial:disputes"), {"list": name}).content.decode()
    return set(re.findall(r"/desk/disputes/([a-z0-9]{12})/", html))


def declined(editor, raiser, because):
    for _number in range(3):
        dispute = DisputeFactory(raiser=raiser)
        disputes.decline(
            dispute, editor=editor, because=because, sentence="No.", version=dispute.version
        )


@pytest.mark.parametrize(
    ("because", "waits"), [(DeclineReason.ABUSE, True), (DeclineReason.UNCLEAR, False)]
)
def test_whoever_attacked_people_three_times_of_five_waits_behind_others(
    client, editor, because, waits
):
    # Given
    raiser = Raiser(person=PersonFactory())
    declined(editor, raiser, because)
    # When
    dispute = DisputeFactory(raiser=raiser)
    # Then
    client.force_login(editor)
    assert (dispute.public_id in listed(client, "later")) == waits
    assert (dispute.public_id in listed(client, "received")) != waits


def test_four_reports_are_no_burst(editor):
    # When
    for number in range(limits.A_BURST - 1):
        DisputeFactory(post=WorkshopPostFactory(), raiser=Raiser(network=f"203.0.113.{number}"))
    # Then
    assert not Letter.objects.filter(subject__startswith="Many reports").exists()


def test_a_statement_that_calls_the_author_names_appears_nowhere_and_can_be_declined_for_it(
    client, editor
):
    """Scenario 42."""
    # Given
    words = "The author is a swindler of bicycles."
    post = WorkshopPostFactory()
    dispute = DisputeFactory(post=post, statement=words)
    with pytest.raises(Exception, match="neutral words"):
        disputes.accept(dispute, editor=editor, summary=" ", version=dispute.version)
    assert words not in client.get(post.get_absolute_url()).content.decode()
    assert client.get(dispute.get_absolute_url()).status_code == 404
    # When
    disputes.decline(
        dispute,
        editor=editor,
        because=DeclineReason.ABUSE,
        sentence="Please write about the statement.",
        version=dispute.version,
    )
    # Then
    assert not Letter.objects.filter(body__contains=words).exists()

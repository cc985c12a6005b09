"""An address typed in the form is written to once, until somebody opens the link in that mail."""

import re

import pytest
from django.urls import reverse

from accounts.models import Letter
from editorial import disputes, slips
from editorial.models import DeclineReason, Dispute
from editorial.points import Raiser
from tests.factories.editorial import DisputeFactory

pytestmark = pytest.mark.django_db
EMAIL = "ola@example.net"
NOT_YET = "Your address is not confirmed yet"


@pytest.fixture
def dispute():
    return DisputeFactory(raiser=Raiser(email=EMAIL), confirms=False)


def decline(dispute, editor):
    disputes.decline(
        Dispute.objects.get(pk=dispute.pk),
        editor=editor,
        because=DeclineReason.UNCLEAR,
        sentence="Which chain do you mean?",
        version=dispute.version,
    )


def mailed_link():
    letter = Letter.objects.get(to=EMAIL)
    return re.search(r"https?://[^/]+(/disputes/mine/\S+)", letter.body)[1]


def own_page(dispute):
    return reverse("editorial:mine", args=[slips.private_link(dispute.public_id)])


def test_before_the_link_is_opened_nothing_but_the_receipt_is_mailed(client, editor, dispute):
    # When whoever sent the form looks at the page it led to
    html = client.get(own_page(dispute)).content.decode()
    decline(dispute, editor)
    # Then
    assert NOT_YET in html
    assert Letter.objects.filter(to=EMAIL).count() == 1


def test_whoever_says_yes_at_the_mailed_link_is_written_to(client, editor, dispute):
    # When
    page = client.post(mailed_link(), follow=True)
    decline(dispute, editor)
    # Then
    assert page.redirect_chain[0][0] == own_page(dispute)
    assert NOT_YET not in page.content.decode()
    assert Letter.objects.filter(to=EMAIL).count() == 2


def test_a_scanner_that_opens_the_mailed_link_confirms_nothing(client, dispute):
    client.head(mailed_link())
    assert "Yes, write to me" in client.get(mailed_link()).content.decode()
    assert Dispute.objects.get(pk=dispute.pk).confirmed_at is None


def test_saying_yes_twice_is_saying_it_once(client, dispute):
    # Given
    client.post(mailed_link())
    # When
    again = client.get(mailed_link())
    # Then
    assert again["Location"] == own_page(dispute)
    assert client.post(mailed_link()).status_code == 302


def test_the_link_of_the_private_page_is_no_proof(client, dispute):
    # When
    url = reverse("editorial:confirm", args=[slips.private_link(dispute.public_id)])
    # Then
    assert client.get(url).status_code == 404
    assert client.get(reverse("editorial:mine", args=["x"])).status_code == 404
    assert Dispute.objects.get(pk=dispute.pk).confirmed_at is None


def test_people_with_a_login_need_no_proof(client, editor, reader):
    # When
    dispute = DisputeFactory(raiser=Raiser(person=reader), confirms=False)
    decline(dispute, editor)
    # Then
    assert NOT_YET not in client.get(own_page(dispute)).content.decode()
    assert Letter.objects.filter(to=reader.email).count() == 2

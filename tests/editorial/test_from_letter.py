"""A statement that somebody wrote a letter about, typed in by an editor."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter
from editorial import disputes
from editorial.models import Dispute, Origin
from tests.factories.editorial import PARTS, WorkshopPostFactory, decide, tell_of_decisions

pytestmark = pytest.mark.django_db
WRITER = "ola@example.net"


def type_in(client, editor, **facts):
    post = WorkshopPostFactory()
    client.force_login(editor)
    address = reverse("editorial:from_post", args=[post.pk])
    slip = client.get(address).context["form"].initial["slip"]
    typed = {"about": "body", "words": PARTS, "grounds": "error", "slip": slip}
    typed |= {"summary": "Whether parts are free.", "origin": "email"}
    typed |= {"name": "Ola Writer", "email": WRITER, **facts}
    return client.post(address, typed)


def test_whoever_wrote_a_letter_hears_the_outcome_and_only_they_know(client, editor):
    # When
    assert type_in(client, editor).status_code == 302
    # Then
    dispute = Dispute.objects.get()
    assert (dispute.origin, dispute.contact_email) == (Origin.EMAIL, WRITER)
    assert Letter.objects.filter(to=WRITER, body__contains="/disputes/mine/").exists()
    client.logout()
    for page in (dispute.claim.post, dispute):
        shown = client.get(page.get_absolute_url()).content.decode()
        assert WRITER not in shown
        assert "Ola Writer" not in shown
    # When
    decide(dispute, editor=editor)
    tell_of_decisions()
    # Then
    assert Letter.objects.filter(to=WRITER).count() == 3
    others = Letter.objects.exclude(to=WRITER)
    assert not any(WRITER in one.body or "Ola Writer" in one.body for one in others)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert disputes.forget_raisers() == 1
    dispute.refresh_from_db()
    assert (dispute.contact_email, dispute.raiser_name) == ("", "")


def test_an_address_belongs_to_a_letter_only(client, editor):
    page = type_in(client, editor, origin="editor").content.decode()
    assert "belong to a letter" in page
    assert WRITER in page
    assert not Dispute.objects.exists()

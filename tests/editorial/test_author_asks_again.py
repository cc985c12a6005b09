"""The author of a post asks to open again what was decided about it: once, in time, in words."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, Person
from accounts.refusals import NotAllowed, WrongMoment
from editorial import slips, wishes
from editorial.models import Dispute, DisputeState
from editorial.points import Raiser
from tests.editorial.authors import link, links_to, to_author
from tests.factories.accounts import ProfileFactory
from tests.factories.editorial import DisputeFactory

pytestmark = pytest.mark.django_db
RAISER = "raiser@example.net"
RECEIPT = "I found the receipt: the parts were free."


@pytest.fixture
def dispute() -> Dispute:
    return DisputeFactory(decided=True, raiser=Raiser(email=RAISER))


def author_of(dispute: Dispute) -> Person:
    return dispute.claim.post.author.person


def fresh(dispute: Dispute) -> Dispute:
    return Dispute.objects.select_related("claim__post").get(pk=dispute.pk)


def asks(client: Client, dispute: Dispute, text: str = RECEIPT) -> str:
    page = link(dispute.claim.post)
    typed = {f"again-{dispute.public_id}-text": text}
    answer = client.post(f"{page}{dispute.public_id}/again/", typed, follow=True)
    return answer.content.decode()


def raisers_page(client: Client, dispute: Dispute) -> str:
    token = slips.private_link(dispute.public_id)
    return client.get(reverse("editorial:mine", args=[token])).content.decode()


def test_an_author_asks_once_by_their_link_and_another_editor_looks(client: Client, dispute):
    # Given
    decider = dispute.decision.decided_by
    assert "Ask to open it again" in client.get(link(dispute.claim.post)).content.decode()
    # When
    asks(client, dispute)
    # Then
    asked = fresh(dispute)
    assert (asked.wish, asked.state) == ("reopen", DisputeState.RESOLVED)
    assert asked.assigned_to not in (None, decider)
    client.force_login(asked.assigned_to)
    case = client.get(reverse("editorial:case", args=[dispute.public_id])).content.decode()
    assert "The author waits for you" in case
    assert RECEIPT in case
    client.logout()
    assert "asked for already" in asks(client, dispute)
    # When
    facts = {"sentence": "The receipt is of another day.", "version": asked.version}
    wishes.leave_closed(asked, editor=asked.assigned_to, **facts)
    # Then the author alone is told, and cannot ask again
    assert to_author(dispute).filter(body__contains="of another day").count() == 1
    assert not Letter.objects.filter(to=RAISER, body__contains="of another day").exists()
    assert "You can still report the error anew" in asks(client, fresh(dispute))
    # Then the raiser learns nothing of it, and may still ask
    page = raisers_page(client, dispute)
    assert "of another day" not in page
    assert "You asked to open" not in page
    assert "Ask to open it again" in page


def test_what_the_raiser_asked_for_takes_nothing_from_the_author(client: Client, dispute):
    # Given
    wishes.ask_to_reopen(dispute, text="Here is my bill.")
    asked = fresh(dispute)
    wishes.leave_closed(
        asked, editor=asked.assigned_to, sentence="It is old.", version=asked.version
    )
    assert Letter.objects.filter(to=RAISER, body__contains="It is old.").exists()
    assert not to_author(dispute).filter(body__contains="It is old.").exists()
    # When
    asks(client, dispute)
    # Then
    assert wishes.latest(fresh(dispute)).actor == author_of(dispute)


def test_without_words_the_author_is_asked_for_them_beside_the_field(client: Client, dispute):
    assert 'aria-invalid="true"' in asks(client, dispute, " ")
    assert fresh(dispute).wish == ""


def test_after_30_days_it_is_too_late_for_the_author(client: Client, dispute):
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert "within 30 days" in asks(client, dispute)
        assert "Ask to open it again" not in client.get(link(dispute.claim.post)).content.decode()
    assert fresh(dispute).wish == ""


def test_nobody_but_the_author_asks_as_the_author(client: Client, dispute):
    # When
    for other in (ProfileFactory().person, None):
        with pytest.raises(NotAllowed):
            wishes.ask_as_author(dispute, author=other, text=RECEIPT)
    # When the link is another post's
    elsewhere = link(DisputeFactory(decided=True).claim.post)
    address = f"{elsewhere}{dispute.public_id}/again/"
    # Then
    assert client.post(address, {f"again-{dispute.public_id}-text": RECEIPT}).status_code == 404


def test_an_author_asks_only_about_what_was_decided(client: Client):
    for reach in ("under_review", "declined"):
        dispute = DisputeFactory(**{reach: True})
        with pytest.raises(WrongMoment):
            wishes.ask_as_author(dispute, author=author_of(dispute), text=RECEIPT)


def test_authors_find_the_page_where_they_write(client: Client, dispute):
    client.force_login(author_of(dispute))
    page = client.get(reverse("blog:write")).content.decode()
    assert links_to(dispute.claim.post, page)

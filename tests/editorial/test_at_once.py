"""What nobody has taken up yet can be decided at once; the record then tells both steps."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Letter, Person
from accounts.refusals import Conflict
from blog.models import Mark, Post
from editorial import disputes, undoing
from editorial.models import DeclineReason, Dispute, DisputeEventKind, DisputeState
from editorial.points import Raiser
from editorial.rulings import AtCase
from tests.factories.editorial import (
    REASON,
    DisputeFactory,
    case,
    clarified,
    decide,
    decide_all,
    tell_of_decisions,
)

pytestmark = pytest.mark.django_db
K = DisputeEventKind
RAISER = "ravi@example.org"
SUMMARY = "The workshop charges for new parts."


@pytest.fixture
def dispute() -> Dispute:
    return DisputeFactory(raiser=Raiser(name="Ravi", email=RAISER))


def subjects() -> list[str]:
    return list(Letter.objects.filter(to=RAISER).order_by("pk").values_list("subject", flat=True))


def test_one_step_writes_both_events_and_one_mail(dispute: Dispute, editor: Person):
    # When
    decide(dispute, editor=editor, summary=SUMMARY, **clarified())
    # Then
    dispute.refresh_from_db()
    assert (dispute.state, dispute.public_summary) == (DisputeState.RESOLVED, SUMMARY)
    assert dispute.taken_up_at is not None
    kinds = list(dispute.events.values_list("kind", flat=True))
    assert kinds == [K.RAISED, K.ACCEPTED, K.DECIDED]
    assert dispute.claim.passages.get().mark == Mark.CLARIFIED
    # When
    tell_of_decisions()
    # Then
    assert len(subjects()) == 2  # the receipt, the decision


def test_it_is_decided_on_the_screen_where_it_was_received(
    client: Client, dispute: Dispute, editor: Person
):
    # Given
    client.force_login(editor)
    address = reverse("editorial:decide", args=[dispute.public_id])
    head = Post.objects.select_related("head").get(pk=dispute.claim.post_id).head
    given = {"finding": "stands", "remedy": "no_change", "reason": REASON, "severity": "minor"}
    typed = {
        f"case-{dispute.public_id}-{name}": text
        for name, text in {**given, "version": dispute.version}.items()
    }
    typed |= {"title": head.title, "body": head.body_html, "base": str(head.number)}
    # When
    html = client.post(address, typed).content.decode()
    # Then
    assert "Please say in neutral words, for readers, what is questioned." in html
    assert '<details class="acts__one" open>' in html
    # When
    client.post(address, typed | {f"case-{dispute.public_id}-summary": SUMMARY})
    # Then
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.RESOLVED
    assert SUMMARY in client.get(dispute.get_absolute_url()).content.decode()


def test_without_neutral_words_nothing_is_decided(dispute: Dispute, editor: Person):
    # When
    with pytest.raises(AtCase) as refused:
        decide(dispute, editor=editor)
    # Then
    assert "neutral words" in refused.value.sentence
    dispute.refresh_from_db()
    assert (dispute.state, dispute.version) == (DisputeState.RECEIVED, 1)


def test_what_was_declined_meanwhile_is_not_decided(dispute: Dispute, editor: Person):
    # Given
    seen = case(dispute, summary=SUMMARY)
    other = Dispute.objects.get(pk=dispute.pk)
    because = DeclineReason.UNCLEAR
    disputes.decline(other, editor=editor, because=because, sentence="Unclear.", version=1)
    # Then
    with pytest.raises(Conflict):
        decide_all([seen], editor=editor)


def test_undone_it_is_under_review_and_people_hear_that(dispute: Dispute, editor: Person):
    # Given
    decision = decide(dispute, editor=editor, summary=SUMMARY)
    # When
    undoing.undo(decision, editor=editor)
    # Then
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.UNDER_REVIEW
    assert dispute.claim.passages.get().mark == Mark.DISPUTED
    assert len(subjects()) == 2  # the receipt, that it was taken up

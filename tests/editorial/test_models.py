"""What the database itself holds about disputes and decisions."""

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from editorial.models import Claim, Decision, Dispute, DisputeEvent, Evidence, FollowUp
from tests.factories.editorial import DisputeFactory

pytestmark = pytest.mark.django_db


def refused(rows: models.QuerySet, **changes: object) -> str:
    """The name of the constraint that forbids the change."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        rows.update(**changes)
    return str(error.value)


IMPOSSIBLE = [
    ("under_review", {"state": "resolved", "closed_at": timezone.now()}, "dispute_is_resolved"),
    ("received", {"state": "under_review", "taken_up_at": timezone.now()}, "neutral_summary"),
    ("received", {"state": "lost"}, "known_state"),
    ("received", {"grounds": "tone"}, "known_grounds"),
    ("received", {"origin": "nowhere"}, "known_origin"),
    ("received", {"closed_at": timezone.now()}, "closed_says_when"),
    ("received", {"declined_because": "spam"}, "declined_for_a_known_reason"),
    ("under_review", {"public_summary": ""}, "neutral_summary"),
    ("declined", {"declined_because": ""}, "declined_for_a_known_reason"),
    ("declined", {"declined_because": "wrong"}, "declined_for_a_known_reason"),
    ("decided", {"closed_at": None}, "closed_says_when"),
    ("decided", {"decision": None}, "dispute_is_resolved"),
]


def dispute_in(state):
    return DisputeFactory(**({} if state == "received" else {state: True}))


@pytest.mark.parametrize(("state", "changes", "name"), IMPOSSIBLE)
def test_a_dispute_cannot_be_in_an_impossible_state(state, changes, name):
    # Given
    dispute = dispute_in(state)
    # Then
    assert name in refused(Dispute.objects.filter(pk=dispute.pk), **changes)


def test_a_person_and_a_typed_name_are_never_kept_together(reader):
    # Given
    dispute = DisputeFactory()
    rows = Dispute.objects.filter(pk=dispute.pk)
    # Then
    assert "no_name_of_its_own" in refused(rows, raised_by=reader, raiser_name="Ola")


WRONG_DECISIONS = [
    ({"finding": "guilty"}, "known_finding"),
    ({"remedy": "shame"}, "known_remedy"),
    ({"number": 0}, "numbered_from_one"),
    ({"notice": None}, "notice_unless_nothing_changed"),
    ({"finding": "inaccurate"}, "calls_an_error_a_correction"),
    ({"finding": "already_addressed"}, "refers_to_a_notice"),
    ({"remedy": "correction", "result_revision": None}, "names_the_new_revision"),
]


@pytest.mark.parametrize(("changes", "name"), WRONG_DECISIONS)
def test_a_decision_cannot_say_what_is_not_honest(changes, name):
    # Given
    decision = DisputeFactory(decided=True).decision
    # Then
    assert name in refused(Decision.objects.filter(pk=decision.pk), **changes)


def test_changing_nothing_has_a_reason_even_in_the_database():
    # Given
    decision = DisputeFactory(unchanged=True).decision
    # Then
    rows = Decision.objects.filter(pk=decision.pk)
    assert "gives_its_reason" in refused(rows, reason_public="")


def test_a_follow_up_is_published_with_a_post_only():
    # Given
    dispute = DisputeFactory()
    promise = FollowUp.objects.create(claim=dispute.claim)
    rows = FollowUp.objects.filter(pk=promise.pk)
    # Then
    assert "has_a_post" in refused(rows, state="published")
    assert "has_a_post" in refused(rows, post=dispute.claim.post)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//example.net/", "ftp://example.net/"])
def test_a_source_is_a_web_address(url):
    # Given
    dispute = DisputeFactory()
    # Then
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(dispute=dispute, url=url)


def test_nothing_of_the_record_can_be_deleted():
    # Given
    dispute = DisputeFactory(decided=True)
    kept = [dispute, dispute.claim, dispute.decision, dispute.events.first()]
    # Then
    for row in kept:
        with pytest.raises(TypeError, match="record is kept"):
            row.delete()
    for model in (Claim, Decision, Dispute, DisputeEvent):
        with pytest.raises(TypeError, match="record is kept"):
            model.objects.all().delete()


@pytest.mark.parametrize("model", [Claim, Decision, Dispute, DisputeEvent, Evidence, FollowUp])
def test_nobody_can_be_given_the_right_to_delete(model):
    assert "delete" not in model._meta.default_permissions


def test_a_post_with_a_record_is_not_deleted():
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    with pytest.raises(models.ProtectedError):
        dispute.claim.post.delete()


def test_decisions_and_events_are_never_rewritten():
    # Given
    dispute = DisputeFactory(decided=True)
    # Then
    for row in (dispute.decision, dispute.events.first()):
        with pytest.raises(TypeError, match="cannot be written differently"):
            row.save()


def test_ids_of_disputes_do_not_tell_how_many_there_are():
    # Given
    ids = [DisputeFactory().public_id for _twice in "12"]
    # Then
    assert all(len(public_id) == 12 and not public_id.isdecimal() for public_id in ids)
    assert ids[0] != ids[1]

"""An open objection is somebody's work, readers hear how far it is, and what is late says so."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from editorial import aims, disputes, review
from editorial.models import DeclineReason, Dispute, DisputeState
from tests.factories.blog import an_editor
from tests.factories.editorial import DisputeFactory, decide

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)


def fresh(dispute: Dispute) -> Dispute:
    return Dispute.objects.get(pk=dispute.pk)


def test_an_objection_is_given_to_an_editor_and_back_to_nobody():
    # Given
    dispute, editor = DisputeFactory(), an_editor()
    # When
    review.assign(dispute, editor=an_editor(), to=editor, version=1)
    # Then
    assert fresh(dispute).assigned_to == editor
    # When
    review.assign(fresh(dispute), editor=editor, to=None, version=2)
    # Then
    assert fresh(dispute).assigned_to is None


def test_work_is_given_to_editors_only_and_by_editors_only(moderator: Person):
    dispute = DisputeFactory()
    with pytest.raises(Invalid):
        review.assign(dispute, editor=an_editor(), to=moderator, version=1)
    with pytest.raises(NotAllowed):
        review.assign(dispute, editor=moderator, to=None, version=1)
    with pytest.raises(Conflict):
        review.assign(dispute, editor=an_editor(), to=None, version=3)


def test_readers_are_told_how_far_it_is(client: Client):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    review.tell_progress(
        dispute, editor=an_editor(), text="We wrote to the workshop.", version=dispute.version
    )
    # Then
    assert "We wrote to the workshop." in client.get(dispute.get_absolute_url()).content.decode()


def test_there_is_nothing_to_tell_of_what_readers_do_not_see():
    dispute = DisputeFactory()
    with pytest.raises(WrongMoment):
        review.tell_progress(dispute, editor=an_editor(), text="Soon.", version=1)


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [
        (FRIDAY, 2, datetime(2026, 3, 10, 15, tzinfo=UTC)),
        (FRIDAY + timedelta(days=1), 2, datetime(2026, 3, 10, 15, tzinfo=UTC)),
        (FRIDAY - timedelta(days=4), 2, datetime(2026, 3, 4, 15, tzinfo=UTC)),
    ],
)
def test_saturdays_and_sundays_are_no_working_days(moment: datetime, days: int, due: datetime):
    assert aims.after_working_days(moment, days) == due


def test_what_is_unread_for_two_working_days_or_undecided_for_a_week_is_overdue(client: Client):
    # Given
    with time_machine.travel(FRIDAY, tick=False):
        unread, undecided = DisputeFactory(), DisputeFactory(under_review=True)
    # Then
    for day, late in ((3, []), (5, [unread]), (8, [unread, undecided])):
        with time_machine.travel(FRIDAY + timedelta(days=day), tick=False):
            assert list(aims.overdue().order_by("pk")) == late
            assert [one for one in (unread, undecided) if aims.is_overdue(one)] == late
            html = client.get(undecided.get_absolute_url()).content.decode()
            assert ("(we are late)" in html) == (undecided in late)


def test_after_14_days_readers_are_owed_a_word_and_after_30_an_end():
    # Given
    with time_machine.travel(FRIDAY, tick=False):
        dispute = DisputeFactory(under_review=True)
    # Then
    for day, word, end in ((13, 0, 0), (15, 1, 0), (31, 1, 1)):
        with time_machine.travel(FRIDAY + timedelta(days=day), tick=False):
            assert (aims.needs_word().count(), aims.needs_end().count()) == (word, end)
    # When
    with time_machine.travel(FRIDAY + timedelta(days=31), tick=False):
        review.tell_progress(dispute, editor=an_editor(), text="Soon.", version=dispute.version)
        # Then
        assert (aims.needs_word().count(), aims.needs_end().count()) == (0, 1)


@pytest.mark.parametrize("because", list(DeclineReason))
def test_a_moderator_keeps_out_spam_and_abuse_and_nothing_else(
    moderator: Person, because: DeclineReason
):
    # Given
    dispute = DisputeFactory()
    facts = {"because": because, "sentence": "Not like this.", "version": 1}
    # Then
    if because not in (DeclineReason.SPAM, DeclineReason.ABUSE):
        with pytest.raises(NotAllowed):
            disputes.decline(dispute, editor=moderator, **facts)
        return
    disputes.decline(dispute, editor=moderator, **facts)
    assert fresh(dispute).state == DisputeState.NOT_ACCEPTED


def own_dispute() -> tuple[Dispute, Person]:
    """About a post that an editor wrote."""
    editor = an_editor()
    return DisputeFactory(post__author=editor.profile, under_review=True), editor


def test_the_only_editor_may_and_readers_are_told_that_the_author_reviewed_it(client: Client):
    """Scenario 37."""
    # Given
    dispute, author = own_dispute()
    Person.objects.exclude(pk=author.pk).update(is_active=False)
    # When
    decide(dispute, editor=author)
    # Then
    html = client.get(dispute.get_absolute_url()).content.decode()
    assert "reviewed by the author" in html
    assert timezone.now() >= fresh(dispute).closed_at

"""A promise that nobody kept is remembered: editors hear of it, readers still read it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter
from blog.models import Post
from editorial import follow_ups, reminders
from editorial.models import FollowUp
from editorial.points import Raiser
from tests.factories.editorial import DisputeFactory, WorkshopPostFactory, decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise() -> FollowUp:
    dispute = DisputeFactory(under_review=True)
    decision = decide(dispute, editor=dispute.assigned_to, promises_follow_up=True)
    assert decision.follow_up is not None
    return decision.follow_up


def in_days(days: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days))


def reminded() -> list[str]:
    return list(Letter.objects.filter(subject__contains="promised").values_list("to", flat=True))


def test_a_kept_promise_leads_both_ways_and_the_raiser_is_told(client: Client):
    """Scenario 8."""
    # Given
    dispute = DisputeFactory(under_review=True, raiser=Raiser(email="raiser@example.net"))
    editor = dispute.assigned_to
    decision = decide(dispute, editor=editor, promises_follow_up=True)
    later = WorkshopPostFactory(title="What parts cost")
    # When
    follow_ups.keep(decision.follow_up, editor=editor, post=later)
    # Then
    first = Post.objects.get(pk=dispute.claim.post_id)
    assert later.get_absolute_url() in client.get(first.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in client.get(later.get_absolute_url()).content.decode()
    assert Letter.objects.filter(to="raiser@example.net", body__contains="What parts cost").exists()


def test_after_60_days_the_editor_is_reminded_and_readers_still_read_the_promise(
    client: Client, promise: FollowUp
):
    """Scenario 8."""
    # When
    with in_days(59):
        assert reminders.remind() == 0
    with in_days(61):
        assert (reminders.remind(), reminders.remind()) == (1, 0)
    # Then
    assert reminded() == [promise.promised_by.email]
    dispute = promise.decision.disputes.get()
    html = client.get(dispute.get_absolute_url()).content.decode()
    assert "promised on" in html
    assert Letter.objects.filter(body__contains=reverse("editorial:follow_up", args=[promise.pk]))


def test_a_named_day_counts_and_the_reminder_comes_again(promise: FollowUp):
    # Given
    FollowUp.objects.filter(pk=promise.pk).update(due_on=timezone.localdate() + timedelta(days=5))
    # Then
    for days, mails in ((5, 0), (6, 1), (30, 0), (67, 1)):
        with in_days(days):
            assert reminders.remind() == mails


def test_where_the_editor_left_all_editors_are_reminded(promise: FollowUp, publisher):
    # Given
    promise.promised_by.is_active = False
    promise.promised_by.save()
    # When
    with in_days(61):
        reminders.remind()
    # Then
    assert publisher.email in reminded()
    assert promise.promised_by.email not in reminded()


@pytest.mark.parametrize("end", ["kept", "dropped"])
def test_nobody_is_reminded_of_what_has_ended(promise: FollowUp, editor, end: str):
    # When
    if end == "kept":
        follow_ups.keep(promise, editor=editor, post=WorkshopPostFactory())
    else:
        follow_ups.drop(promise, editor=editor, reason="The workshop has closed.")
    # Then
    with in_days(61):
        assert reminders.remind() == 0

"""Whoever had read what was corrected hears of it once; nobody else does."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Letter
from blog.models import Notice, Severity
from comments import subscriptions
from comments.models import Follow, Participant, PostComment, Sanction, Scope
from editorial import recall
from editorial.models import Recalled
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
)

pytestmark = pytest.mark.django_db
SUBJECT = "A correction to"


def a_day_later(hours: float = 24.5) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(hours=hours))


def told() -> list[str]:
    return sorted(Letter.objects.filter(subject__contains=SUBJECT).values_list("to", flat=True))


@pytest.fixture
def post():
    return WorkshopPostFactory(at=timezone.now() - timedelta(days=3))


def said(post, email: str, **facts: object) -> PostComment:
    """A published comment whose writer proved the address."""
    comment = PostCommentFactory(post=post, by__email=email, published=True, **facts)
    Participant.objects.filter(pk=comment.participant_id).update(confirmed_at=timezone.now())
    return comment


def corrected(post, severity: Severity = Severity.SIGNIFICANT) -> Notice:
    dispute = DisputeFactory(post=post, words=PARTS, under_review=True)
    decision = decide(dispute, editor=dispute.assigned_to, severity=severity, **clarified())
    assert decision.notice is not None
    return decision.notice


def follows(post, **facts: object) -> Follow:
    participant = Participant.objects.create(
        guest_email="follows@example.net", confirmed_at=timezone.now()
    )
    given = {"scope": Scope.DISCUSSION, "confirmed_at": timezone.now(), **facts}
    return Follow.objects.create(participant=participant, post=post, **given)


def test_whoever_commented_before_or_follows_is_told_once_after_a_day(post):
    # Given
    said(post, "before@example.net")
    follows(post)
    notice = corrected(post)
    # When it has not stood for a day
    with a_day_later(hours=23):
        assert recall.send_due() == 0
    # When it has, twice
    with a_day_later():
        assert (recall.send_due(), recall.send_due()) == (2, 0)
    # Then
    assert told() == ["before@example.net", "follows@example.net"]
    letter = Letter.objects.filter(subject__contains=SUBJECT).first()
    for words in (notice.text, notice.before, notice.after, notice.get_absolute_url()):
        assert words in letter.body


def test_later_banned_silent_and_unproved_readers_are_not_told(post):
    # Given
    PostCommentFactory(post=post, by__email="unproved@example.net", published=True)
    banned = said(post, "banned@example.net")
    Sanction.objects.create(participant=banned.participant, kind="ban", reason="Threats")
    silent = said(post, "silent@example.net")
    subscriptions.stop(silent.participant, post=post.pk)
    deaf = said(post, "deaf@example.net")
    subscriptions.stop(deaf.participant)
    follows(post, confirmed_at=None)
    corrected(post)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        said(post, "later@example.net")
    # When
    with a_day_later():
        recall.send_due()
    # Then
    assert told() == []


def test_a_person_who_left_and_the_author_are_not_told(post):
    # Given
    gone = PersonFactory()
    PostCommentFactory(post=post, by=gone, published=True)
    PostCommentFactory(post=post, by=post.author.person, published=True)
    gone.is_active = False
    gone.save()
    corrected(post)
    # When
    with a_day_later():
        recall.send_due()
    # Then
    assert told() == []


@pytest.mark.parametrize("change", ["minor", "taken back", "withheld"])
def test_what_is_minor_or_no_longer_stands_is_not_mailed(post, change: str):
    # Given
    said(post, "before@example.net")
    notice = corrected(post, Severity.MINOR if change == "minor" else Severity.SIGNIFICANT)
    if change == "taken back":
        Notice.objects.filter(pk=notice.pk).update(state="taken_back")
    if change == "withheld":
        Notice.objects.filter(pk=notice.pk).update(withheld_at=timezone.now())
    # When
    with a_day_later():
        recall.send_due()
    # Then
    assert told() == []


def test_many_readers_are_told_over_several_runs(post):
    # Given
    for number in range(3):
        said(post, f"reader{number}@example.net")
    corrected(post)
    # When
    with a_day_later():
        assert [recall.send_due(most=2) for _run in range(3)] == [2, 1, 0]
    # Then
    assert len(told()) == 3
    assert Recalled.objects.count() == 3


def test_one_click_in_the_mail_ends_them_for_good(post, client: Client):
    # Given
    said(post, "before@example.net")
    corrected(post)
    with a_day_later():
        recall.send_due()
        letter = Letter.objects.get(subject__contains=SUBJECT)
        # When
        assert client.post(letter.unsubscribe).status_code == 200
        assert letter.unsubscribe in letter.body
    # Then the next correction reaches nobody
    with a_day_later(hours=30):
        dispute = DisputeFactory(post=post, words="decades of practice", under_review=True)
        told_again = {**clarified(), "edit": None, "note": "Two of them.", "severity": "premise"}
        decide(dispute, editor=dispute.assigned_to, **told_again)
    with a_day_later(hours=60):
        assert recall.send_due() == 0


def test_whoever_follows_again_after_stopping_hears_again(post):
    # Given
    comment = said(post, "before@example.net")
    subscriptions.stop(comment.participant)
    wish = Follow.objects.create(participant=comment.participant, post=post, scope=Scope.REPLIES)
    # When
    subscriptions.confirm_follow(wish, pace="at_once")
    corrected(post)
    # Then
    with a_day_later():
        assert recall.send_due() == 1

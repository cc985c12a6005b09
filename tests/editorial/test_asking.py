"""A question to whoever raised it: answered by private link, reminded of once, never waited for
for ever."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, Person
from accounts.refusals import Conflict, Invalid, NotAllowed, Refusal, WrongMoment
from editorial import asking, disputes, limits, slips
from editorial.models import DeclineReason, Dispute, DisputeState, Question
from editorial.points import Raiser
from tests.factories.blog import an_editor
from tests.factories.editorial import DisputeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_a_day(monkeypatch):
    """One address raises more than one here: how many it may is tried in `test_limits`."""
    monkeypatch.setattr(limits, "MOST_A_DAY_BY_ADDRESS", 5)


RAISER = "raiser@example.net"
WHY = "Which invoice do you mean?"
S = DisputeState


@pytest.fixture
def dispute() -> Dispute:
    return DisputeFactory(raiser=Raiser(email=RAISER))


def asked(dispute: Dispute) -> Question:
    return asking.ask(dispute, editor=an_editor(), text=WHY, version=dispute.version)


def in_days(days: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days))


def page(dispute: Dispute, name: str = "mine") -> str:
    return reverse(f"editorial:{name}", args=[slips.private_link(dispute.public_id)])


def test_the_raiser_is_asked_by_mail_and_answers_by_the_private_link(
    client: Client, dispute: Dispute
):
    # When
    question = asked(dispute)
    # Then
    assert Dispute.objects.get(pk=dispute.pk).state == S.NEEDS_INFORMATION
    letter = Letter.objects.get(to=RAISER, subject__contains="question")
    assert WHY in letter.body
    assert page(dispute) in letter.body
    assert WHY in client.get(page(dispute)).content.decode()
    # When nothing is written
    html = client.post(page(dispute, "answer"), {"text": "  "}).content.decode()
    assert "errorlist" in html
    # When
    client.post(page(dispute, "answer"), {"text": "The one of May."})
    # Then
    question.refresh_from_db()
    assert question.answer == "The one of May."
    assert Dispute.objects.get(pk=dispute.pk).state == S.RECEIVED
    # When it is sent twice
    html = client.post(page(dispute, "answer"), {"text": "Or June."}).content.decode()
    # Then
    assert "no longer asked" in html
    assert Question.objects.get().answer == "The one of May."


def test_asking_under_review_moves_nothing_that_readers_see(client: Client):
    # Given
    dispute = DisputeFactory(under_review=True, raiser=Raiser(email=RAISER))
    before = client.get(dispute.claim.post.get_absolute_url()).content
    # When
    asked(dispute)
    # Then
    assert Dispute.objects.get(pk=dispute.pk).state == S.UNDER_REVIEW
    assert client.get(dispute.claim.post.get_absolute_url()).content == before


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_an_editor_asks(dispute: Dispute, role: str, request: pytest.FixtureRequest):
    person: Person = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        asking.ask(dispute, editor=person, text=WHY, version=dispute.version)


@pytest.mark.parametrize(
    ("state", "text", "version", "refusal"),
    [
        ("received", " ", 1, Invalid),
        ("received", WHY, 7, Conflict),
        ("declined", WHY, 2, WrongMoment),
        ("withdrawn", WHY, 2, WrongMoment),
    ],
)
def test_a_question_is_refused_without_words_when_stale_and_once_closed(
    state: str, text: str, version: int, refusal: type[Refusal]
):
    dispute = DisputeFactory(**({state: True} if state != "received" else {}))
    with pytest.raises(refusal):
        asking.ask(dispute, editor=an_editor(), text=text, version=version)
    assert not Question.objects.exists()


def test_a_second_question_waits_for_the_first_answer(dispute: Dispute):
    asked(dispute)
    with pytest.raises(WrongMoment):
        asked(dispute)


def test_after_a_week_one_reminder_and_after_two_it_lapses(dispute: Dispute):
    # Given
    asked(dispute)
    # Then
    for day, done in ((6, 0), (7, 1), (8, 0), (13, 0), (15, 1), (30, 0)):
        with in_days(day):
            assert asking.remind_and_lapse() == done
    dispute.refresh_from_db()
    assert (dispute.state, dispute.declined_because) == (S.NOT_ACCEPTED, DeclineReason.UNANSWERED)
    subjects = list(Letter.objects.filter(to=RAISER).values_list("subject", flat=True))
    assert sum("Reminder" in subject for subject in subjects) == 1
    assert sum("did not take up" in subject for subject in subjects) == 1


def test_without_a_reminder_nothing_lapses(dispute: Dispute):
    # Given the sweep did not run for a month
    asked(dispute)
    with in_days(30):
        asking.remind_and_lapse()
        assert asking.remind_and_lapse() == 0
    # Then
    assert Dispute.objects.get(pk=dispute.pk).state == S.NEEDS_INFORMATION


def test_what_was_answered_or_is_under_review_never_lapses(dispute: Dispute):
    # Given
    asked(dispute)
    asking.answer(Dispute.objects.get(pk=dispute.pk), text="The one of May.")
    under_review = DisputeFactory(under_review=True, raiser=Raiser(email=RAISER))
    asked(under_review)
    # When
    for day in (8, 20):
        with in_days(day):
            asking.remind_and_lapse()
    # Then
    states = set(Dispute.objects.values_list("state", flat=True))
    assert states == {S.RECEIVED, S.UNDER_REVIEW}


def test_what_waits_for_an_answer_can_still_be_taken_up(dispute: Dispute):
    asked(dispute)
    dispute.refresh_from_db()
    disputes.accept(
        dispute, editor=an_editor(), summary="Parts are charged.", version=dispute.version
    )
    assert Dispute.objects.get(pk=dispute.pk).state == S.UNDER_REVIEW

"""Taking back what is under review, and opening again what was closed: asked by the raiser,
decided by an editor."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import publishing
from blog.models import EditLabel, Mark, Notice, NoticeState, Post
from editorial import measures, merging, slips, wishes
from editorial.decisions import Edit
from editorial.models import Decision, Dispute, DisputeState, Finding, Origin, Remedy
from editorial.points import Raiser
from tests.factories.blog import an_editor
from tests.factories.editorial import BODY, DisputeFactory, WorkshopPostFactory, decide

pytestmark = pytest.mark.django_db
RAISER = "raiser@example.net"
S = DisputeState


def fresh(dispute: Dispute) -> Dispute:
    return Dispute.objects.select_related("claim__post").get(pk=dispute.pk)


def in_days(days: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days))


def marks(dispute: Dispute) -> list[str]:
    return list(dispute.claim.passages.values_list("mark", flat=True))


def wishes_back(dispute: Dispute) -> Dispute:
    wishes.ask_to_withdraw(dispute)
    return fresh(dispute)


def test_withdrawn_while_received_it_ends_in_silence_and_under_review_an_editor_may_go_on(
    client: Client,
):
    """Scenario 38."""
    # Given
    dispute = wishes_back(DisputeFactory(under_review=True, raiser=Raiser(email=RAISER)))
    # When
    wishes.go_on(dispute, editor=an_editor(), version=dispute.version)
    # Then
    assert (fresh(dispute).state, fresh(dispute).origin) == (S.UNDER_REVIEW, Origin.EDITOR)
    html = client.get(dispute.get_absolute_url()).content.decode()
    assert "A reader" not in html
    assert marks(dispute) == [Mark.DISPUTED]


def test_an_editor_ends_a_review_at_the_raisers_wish(client: Client):
    # Given
    dispute = wishes_back(DisputeFactory(under_review=True, raiser=Raiser(email=RAISER)))
    author = dispute.claim.post.author.person.email
    # When
    wishes.withdraw(dispute, editor=an_editor(), version=dispute.version)
    # Then
    assert (fresh(dispute).state, fresh(dispute).wish) == (S.WITHDRAWN, "")
    assert marks(dispute) == [Mark.NONE]
    assert client.get(dispute.get_absolute_url()).status_code == 404
    assert Letter.objects.filter(to=author, subject__contains="no longer under review").exists()
    assert Letter.objects.filter(to=RAISER, subject__endswith="is taken back").exists()


@pytest.mark.parametrize("act", [wishes.withdraw, wishes.go_on])
def test_nothing_is_withdrawn_or_carried_on_that_nobody_asked_for(act):
    dispute = DisputeFactory(under_review=True)
    with pytest.raises(WrongMoment):
        act(dispute, editor=an_editor(), version=dispute.version)


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_an_editor_answers_a_wish(role: str, request: pytest.FixtureRequest):
    person: Person = request.getfixturevalue(role)
    dispute = wishes_back(DisputeFactory(under_review=True))
    for act in (wishes.withdraw, wishes.go_on):
        with pytest.raises(NotAllowed):
            act(dispute, editor=person, version=dispute.version)


def corrected_again(dispute: Dispute, editor: Person) -> Decision:
    return decide(
        dispute,
        editor=editor,
        finding=Finding.INACCURATE,
        remedy=Remedy.CORRECTION,
        notice="New parts cost money, used ones are free.",
        edit=Edit(BODY.replace("There is no extra cost for parts", "New parts cost money")),
    )


def test_a_second_decision_takes_the_place_of_the_first_which_stays_readable(client: Client):
    """Scenario 34."""
    # Given
    dispute = DisputeFactory(decided=True)
    first = Notice.objects.get()
    # When
    with in_days(3):
        wishes.reopen(
            fresh(dispute), editor=an_editor(), reason="A new invoice.", version=dispute.version
        )
        assert marks(dispute) == [Mark.DISPUTED]
        assert Notice.objects.get(pk=first.pk).state == NoticeState.PUBLISHED
    with in_days(5):
        second = corrected_again(fresh(dispute), an_editor())
    # Then
    first.refresh_from_db()
    assert second.number == 2
    assert (first.state, first.superseded_by) == (NoticeState.SUPERSEDED, second.notice)
    html = client.get(first.get_absolute_url()).content.decode()
    assert second.notice.get_absolute_url() in html
    with in_days(6):
        taken = measures.counted().to_decide
        assert taken.n == 1
        assert timedelta(days=4) < taken.median < timedelta(days=5, hours=1)
        assert measures.counted().reopened.number == 1


def test_opened_again_and_found_to_stand_the_old_notice_is_still_told(client: Client):
    # Given
    dispute = DisputeFactory(decided=True)
    notice = Notice.objects.get()
    wishes.reopen(fresh(dispute), editor=an_editor(), reason="Once more.", version=dispute.version)
    # When
    decide(fresh(dispute), editor=an_editor())
    # Then
    assert marks(dispute) == [Mark.CLARIFIED]
    assert (
        notice.get_absolute_url()
        in client.get(dispute.claim.post.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_what_readers_never_saw_needs_a_neutral_summary_to_be_opened(state: str):
    # Given
    dispute = DisputeFactory(**{state: True})
    facts = {"editor": an_editor(), "reason": "We looked again.", "version": dispute.version}
    # Then
    with pytest.raises(Invalid):
        wishes.reopen(fresh(dispute), **facts)
    # When
    wishes.reopen(fresh(dispute), **facts, summary="Parts are charged.")
    # Then
    assert fresh(dispute).state == S.UNDER_REVIEW
    assert marks(dispute) == [Mark.DISPUTED]


def again(client: Client, dispute: Dispute, text: str = "Here is the invoice."):
    address = reverse("editorial:ask_again", args=[slips.private_link(dispute.public_id)])
    return client.post(address, {"again-text": text}, follow=True)


def test_a_raiser_asks_once_within_30_days_and_another_editor_looks(client: Client, publisher):
    """Scenario 35."""
    # Given
    dispute = DisputeFactory(unchanged=True, raiser=Raiser(email=RAISER))
    decider = dispute.decision.decided_by
    # When nothing new is said
    assert "errorlist" in again(client, dispute, " ").content.decode()
    # When
    again(client, dispute)
    # Then
    dispute = fresh(dispute)
    assert (dispute.wish, dispute.state) == ("reopen", S.RESOLVED)
    assert dispute.assigned_to not in (None, decider)
    # When the decider answers
    facts = {"sentence": "The invoice is of another shop.", "version": dispute.version}
    with pytest.raises(NotAllowed):
        wishes.leave_closed(dispute, editor=decider, **facts)
    wishes.leave_closed(dispute, editor=publisher, **facts)
    # Then whoever asked is told why, and cannot ask again
    assert Letter.objects.filter(to=RAISER, body__contains="another shop").exists()
    html = again(client, fresh(dispute)).content.decode()
    assert "You can still report the error anew" in html
    assert "another shop" in html


def test_after_30_days_it_is_too_late_to_ask(client: Client):
    """Scenario 35."""
    dispute = DisputeFactory(unchanged=True)
    with in_days(31):
        html = again(client, dispute).content.decode()
    assert "within 30 days" in html
    assert fresh(dispute).wish == ""


def test_the_only_editor_answers_for_themselves():
    # Given
    dispute = DisputeFactory(unchanged=True)
    decider = dispute.decision.decided_by
    Person.objects.filter(role__in=("editor", "publisher")).exclude(pk=decider.pk).update(
        is_active=False
    )
    wishes.ask_to_reopen(fresh(dispute), text="Look at this.")
    # When
    dispute = fresh(dispute)
    wishes.leave_closed(dispute, editor=decider, sentence="We have.", version=dispute.version)
    # Then
    assert fresh(dispute).wish == ""


def test_a_wish_ends_with_the_state_it_was_about():
    # Given a raiser who asked to take back what is decided meanwhile
    dispute = wishes_back(DisputeFactory(under_review=True, raiser=Raiser(email=RAISER)))
    # When
    decide(dispute, editor=an_editor())
    # Then nobody is asked to answer that any more, and they may ask to open it again
    assert (fresh(dispute).wish, fresh(dispute).wished_at) == ("", None)
    assert wishes.may_ask_to_reopen(fresh(dispute))


def test_what_is_merged_leaves_no_wish_behind():
    # Given
    post = WorkshopPostFactory()
    into, dispute = (DisputeFactory(post=post, under_review=True) for _twice in "12")
    dispute = wishes_back(dispute)
    # When
    merging.merge(dispute, into=into, editor=an_editor(), version=dispute.version)
    # Then
    assert fresh(dispute).wish == ""


def test_what_was_decided_is_opened_again_though_its_words_are_gone(client: Client):
    # Given
    dispute = DisputeFactory(unchanged=True)
    post = Post.objects.get(pk=dispute.claim.post_id)
    without = BODY.replace("<li>There is no extra cost for parts.</li>\n", "")
    facts = {"label": EditLabel.COSMETIC, "reason": "", "base": post.head}
    publishing.reword(post, by=an_editor(), body=without, **facts)
    # When
    dispute = fresh(dispute)
    wishes.reopen(dispute, editor=an_editor(), reason="A new invoice.", version=dispute.version)
    # Then
    assert fresh(dispute).state == S.UNDER_REVIEW
    html = client.get(post.get_absolute_url()).content.decode()
    assert "The disputed words are no longer in the text:" in html

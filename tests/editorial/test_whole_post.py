"""Decisions about a post as a whole: retracted or removed because a statement was wrong."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import Invalid, Refusal, WrongMoment
from blog import removal
from blog.models import EditLabel, Notice, NoticeKind, NoticeState, Post, PostState
from editorial import aims, asking, disputes, undoing, wishes
from editorial.models import DisputeState, Finding, Remedy
from editorial.points import Raiser
from tests.factories.editorial import (
    APPOINTMENT,
    PARTS,
    DisputeFactory,
    case,
    clarified,
    decide,
    decide_all,
    point,
)

pytestmark = pytest.mark.django_db
WRONG = {"finding": Finding.INACCURATE, "is_sure": True}
WHY = "We have retracted this post because its prices were invented."
RETRACTED = {**WRONG, "remedy": Remedy.RETRACTION, "notice": WHY}
REMOVED = {**WRONG, "remedy": Remedy.REMOVAL, "notice": "We have removed this post."}


@pytest.fixture
def dispute(db):
    return DisputeFactory(under_review=True)


def post_of(dispute):
    return Post.objects.select_related("head").get(pk=dispute.claim.post_id)


def test_a_statement_that_was_wrong_may_retract_the_post(dispute, publisher, client):
    """Scenario 40."""
    base = post_of(dispute).head
    decision = decide(dispute, editor=publisher, **RETRACTED)
    post = post_of(dispute)
    assert post.state == PostState.RETRACTED
    assert decision.notice.kind == NoticeKind.RETRACTION
    assert (decision.base_revision, decision.result_revision) == (base, post.head)
    assert (post.head.label, post.head.body_html) == (EditLabel.RETRACTION, base.body_html)
    page = client.get(post.get_absolute_url()).content.decode()
    assert f"Retracted: {post.title}" in page
    assert WHY in page
    assert client.get(dispute.get_absolute_url()).status_code == 200


def test_a_statement_that_was_wrong_may_remove_the_post(dispute, publisher, client):
    decision = decide(dispute, editor=publisher, **REMOVED)
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.RESOLVED
    assert decision.notice.kind == NoticeKind.REMOVAL
    assert client.get(post_of(dispute).get_absolute_url()).status_code == 410
    assert client.get(dispute.get_absolute_url()).status_code == 404
    shown = client.get(decision.notice.get_absolute_url()).content.decode()
    assert "We have removed this post." in shown
    assert PARTS not in shown


@pytest.mark.parametrize("how", [RETRACTED, REMOVED], ids=["retracted", "removed"])
def test_taking_it_back_gives_the_post_back(dispute, publisher, editor, client, how):
    decision = decide(dispute, editor=publisher, **how)
    with pytest.raises(Refusal):
        undoing.undo(decision, editor=editor)
    undoing.undo(decision, editor=publisher)
    post = post_of(dispute)
    assert post.state == PostState.PUBLISHED
    assert Notice.objects.get().state == NoticeState.TAKEN_BACK
    page = client.get(post.get_absolute_url()).content.decode()
    assert "Retracted:" not in page
    assert f"#dispute-{dispute.public_id}" in page
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.UNDER_REVIEW


@pytest.mark.parametrize("how", [RETRACTED, REMOVED], ids=["retracted", "removed"])
@pytest.mark.parametrize(
    "changed", [{"is_sure": False}, {"note": "See below."}, {"notice": ""}, {"notice": "As […]."}]
)
def test_what_is_done_to_a_whole_post_is_meant_and_complete(dispute, publisher, how, changed):
    with pytest.raises(Refusal):
        decide(dispute, editor=publisher, **{**how, **changed})
    assert post_of(dispute).state == PostState.PUBLISHED


def test_a_retraction_outlasts_another_decision_about_its_statement(dispute, publisher, client):
    # Given
    retracted = decide(dispute, editor=publisher, **RETRACTED)
    dispute.refresh_from_db()
    wishes.reopen(
        dispute, editor=publisher, reason="The prices were found.", version=dispute.version
    )
    # When
    decide(dispute, editor=publisher, **clarified())
    # Then
    retracted.notice.refresh_from_db()
    assert retracted.notice.state == NoticeState.PUBLISHED
    assert WHY in client.get(post_of(dispute).get_absolute_url()).content.decode()


def test_a_retraction_is_decided_alone(dispute, publisher):
    other = disputes.open_dispute(post_of(dispute), editor=publisher, point=point(APPOINTMENT))
    with pytest.raises(Invalid):
        decide_all([case(dispute, **RETRACTED), case(other)], editor=publisher)


def test_only_the_publisher_is_offered_what_is_done_to_a_whole_post(
    dispute, publisher, editor, client
):
    for person, is_offered in ((editor, False), (publisher, True)):
        client.force_login(person)
        page = client.get(reverse("editorial:case", args=[dispute.public_id])).content.decode()
        assert ("Retract this post" in page) == is_offered
        assert ('value="removal"' in page) == is_offered


def test_the_publisher_retracts_at_the_desk(dispute, publisher, client):
    client.force_login(publisher)
    post, prefix = post_of(dispute), f"case-{dispute.public_id}-"
    typed = {"finding": "inaccurate", "remedy": "retraction", "notice": WHY, "severity": "minor"}
    facts = {f"{prefix}{name}": given for name, given in typed.items()}
    facts |= {f"{prefix}version": dispute.version, "base": post.head.number}
    facts |= {"title": post.head.title, "body": post.head.body_html}
    address = reverse("editorial:decide", args=[dispute.public_id])
    refused = client.post(address, facts).content.decode()
    assert "Please confirm that this is done to the whole post." in refused
    client.post(address, {**facts, f"{prefix}is_sure": "on"})
    assert post_of(dispute).state == PostState.RETRACTED


def test_no_clock_runs_for_a_dispute_while_its_post_is_unpublished(
    dispute, publisher, editor, settings
):
    """Scenario 28."""
    # Given
    asked = DisputeFactory(
        post=post_of(dispute), words=APPOINTMENT, raiser=Raiser(email="ola@example.net")
    )
    asking.ask(asked, editor=editor, text="Which workshop was it?", version=asked.version)
    post = post_of(dispute)
    removal.unpublish(post, by=publisher, version=post.version)
    began = timezone.now()
    # Then
    with time_machine.travel(began + timedelta(days=60)):
        assert asking.remind_and_lapse() == 0
        assert not aims.overdue().exists()
        assert not (aims.needs_word() | aims.needs_end()).exists()
        post = post_of(dispute)
        removal.publish_again(post, by=publisher, version=post.version)
        assert asking.remind_and_lapse() == 0
        assert aims.overdue().exists()
    with time_machine.travel(began + timedelta(days=70)):
        assert asking.remind_and_lapse() == 1
        asked.refresh_from_db()
        assert asked.state == DisputeState.NEEDS_INFORMATION


def test_disputes_of_an_unpublished_post_rest_and_the_desk_shows_since_when(
    dispute, publisher, editor, client
):
    """Scenario 28."""
    # Given
    waiting = DisputeFactory(post=post_of(dispute), words=APPOINTMENT)
    kept = DisputeFactory(post=post_of(dispute), words="A bike shop is quicker", unchanged=True)
    # When
    post = post_of(dispute)
    removal.unpublish(post, by=publisher, version=post.version)
    # Then
    for one in (dispute, kept):
        assert client.get(one.get_absolute_url()).status_code == 404
    for act in (
        lambda: decide(dispute, editor=editor),
        lambda: disputes.accept(
            waiting, editor=editor, summary="Whether one is needed.", version=waiting.version
        ),
    ):
        with pytest.raises(WrongMoment):
            act()
    client.force_login(editor)
    assert "rests since" in client.get(reverse("editorial:disputes")).content.decode()
    assert "rests since" in (
        client.get(reverse("editorial:case", args=[dispute.public_id])).content.decode()
    )
    # When
    post = post_of(dispute)
    removal.publish_again(post, by=publisher, version=post.version)
    # Then
    assert client.get(dispute.get_absolute_url()).status_code == 200
    assert f"#dispute-{dispute.public_id}" in client.get(post.get_absolute_url()).content.decode()
    decide(dispute, editor=editor)

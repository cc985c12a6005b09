"""Words that are under review already: a reader adds to that dispute, or reports another error."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Letter
from accounts.refusals import WrongMoment
from blog.models import Passage
from editorial import disputes, raisers, review, slips, telling
from editorial.models import Decision, Dispute, DisputeState
from editorial.points import Raiser
from tests.factories.editorial import (
    APPOINTMENT,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
    objection,
    target,
)

pytestmark = pytest.mark.django_db
OFFER = "This statement is under review already"
SOURCE = "https://prices.example/chains"


def send(client, post, **facts):
    with time_machine.travel(timedelta(minutes=-1)):
        slip = slips.issue(post_id=post.pk, revision=post.head.number)
    typed = {
        "about": "body",
        "words": "no extra cost for parts",
        "grounds": "error",
        "statement": "A tube cost me six euros.",
        "source": SOURCE,
        "source_stance": "disputes",
        "email": "ola@example.net",
        "slip": slip,
    }
    return client.post(reverse("editorial:report", args=[post.slug]), {**typed, **facts})


def test_before_anything_is_stored_readers_are_asked_and_keep_what_they_typed(client):
    # Given
    post = WorkshopPostFactory()
    DisputeFactory(post=post, under_review=True)
    # When
    html = send(client, post).content.decode()
    # Then
    assert OFFER in html
    assert "A tube cost me six euros." in html
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize("state", ["received", "declined", "withdrawn", "unchanged"])
def test_what_is_not_under_review_in_public_is_not_offered(client, state):
    # Given
    post = WorkshopPostFactory()
    DisputeFactory(post=post, **({} if state == "received" else {state: True}))
    # When
    response = send(client, post)
    # Then
    assert response.status_code == 302
    assert Dispute.objects.received().filter(statement__contains="tube").exists()


def test_other_words_are_not_asked_about(client):
    # Given
    post = WorkshopPostFactory()
    DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    # Then
    assert send(client, post).status_code == 302


def test_another_error_at_the_same_words_is_a_report_of_its_own(client):
    # Given
    post = WorkshopPostFactory()
    DisputeFactory(post=post, under_review=True)
    # When
    send(client, post, joins="another")
    # Then
    assert Dispute.objects.received().count() == 1


def test_who_joins_sets_no_new_mark_and_hears_the_result(client, editor):
    # Given
    post = WorkshopPostFactory()
    root = DisputeFactory(post=post, under_review=True)
    before = client.get(post.get_absolute_url()).content
    # When
    send(client, post, joins=root.public_id)
    # Then
    joined = Dispute.objects.get(statement__contains="tube")
    raisers.confirm(joined)
    assert (joined.state, joined.merged_into) == (DisputeState.MERGED, root)
    assert client.get(post.get_absolute_url()).content == before
    assert Passage.objects.exclude(mark="").count() == 1
    # When
    decide(Dispute.objects.get(pk=root.pk), editor=editor, **clarified())
    telling.write(Decision.objects.get())
    # Then
    told = Letter.objects.filter(subject__contains="decided about a statement")
    assert "ola@example.net" in told.values_list("to", flat=True)


def test_sources_of_who_joined_are_shown_once_an_editor_has_gone_on(client, editor):
    # Given
    post = WorkshopPostFactory()
    root = DisputeFactory(post=post, under_review=True)
    before = root.version
    send(client, post, joins=root.public_id)
    assert SOURCE not in client.get(root.get_absolute_url()).content.decode()
    # When
    root.refresh_from_db()
    assert root.version > before
    review.tell_progress(root, editor=editor, text="We ask for prices.", version=root.version)
    # Then
    assert SOURCE in client.get(root.get_absolute_url()).content.decode()


def test_nothing_joins_what_is_received_only_or_about_other_words():
    # Given
    post = WorkshopPostFactory()
    hidden = DisputeFactory(post=post)
    elsewhere = DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    # Then
    for root in (hidden, elsewhere):
        with pytest.raises(WrongMoment):
            disputes.raise_dispute(
                post, raiser=Raiser(), target=target(PARTS), objection=objection(), joins=root
            )
    assert Dispute.objects.count() == 2

"""What the desk does to hear an author: propose, pass on, ask again, remind."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Letter
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from editorial import disputes, replies
from editorial.models import AuthorReply, Origin
from editorial.points import Raiser
from editorial.replies import Said
from tests.editorial.authors import ANSWER, box, letters_to, link, links_to, to_author
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import an_editor
from tests.factories.editorial import (
    APPOINTMENT,
    DisputeFactory,
    WorkshopPostFactory,
    decide,
    point,
)

pytestmark = pytest.mark.django_db
RAISER = Raiser(name="Quiet Quentin", email="quentin@example.net", network="203.0.113.9")
DAY = timedelta(days=1)


@pytest.fixture
def dispute():
    return DisputeFactory(under_review=True, raiser=RAISER)


@pytest.fixture
def by_letter():
    """A dispute about the post of somebody whom no mail reaches."""
    return DisputeFactory(
        post=WorkshopPostFactory(author=ProfileFactory(guest=True)), under_review=True
    )


def test_an_author_agrees_to_a_wording_that_the_editors_propose(client, dispute):
    # Given
    editor = an_editor()
    client.force_login(editor)
    case = reverse("editorial:propose", args=[dispute.public_id])
    wording = "There is no extra cost\nfor used parts."
    sent = {"propose-wording": wording, "propose-version": dispute.version}
    # When
    client.post(case, sent)
    client.post(case, sent)
    client.logout()
    # Then
    [letter] = to_author(dispute).filter(subject__contains="propose a wording")
    assert wording in letter.body
    page = client.get(link(dispute.claim.post)).content.decode()
    assert "I agree to this wording" in page
    # When
    as_sent = wording.replace("\n", "\r\n")
    client.post(link(dispute.claim.post), box(dispute, agrees="on", wording=as_sent))
    # Then
    kept = AuthorReply.objects.get()
    assert kept.agreed_at is not None
    assert kept.replied_at is None


def test_nobody_agrees_to_a_wording_they_did_not_read(client, dispute):
    # Given
    editor = an_editor()
    replies.propose(dispute, editor=editor, wording="Used parts.", version=dispute.version)
    replies.propose(dispute, editor=editor, wording="Old parts.", version=dispute.version)
    # When
    sent = box(dispute, text=ANSWER, agrees="on", wording="Used parts.")
    page = client.post(link(dispute.claim.post), sent).content.decode()
    # Then
    assert "proposed another wording" in page
    assert "Old parts." in page
    assert ANSWER in page
    kept = AuthorReply.objects.get()
    assert (kept.agreed_at, kept.text) == (None, "")
    with pytest.raises(Conflict):
        replies.reply(dispute, author=None, said=Said(agrees_to="Used parts."))


def test_another_proposal_ends_the_agreement(dispute):
    # Given
    editor = an_editor()
    replies.propose(dispute, editor=editor, wording="Used parts.", version=dispute.version)
    replies.reply(dispute, author=None, said=Said(agrees_to="Used parts."))
    # When
    replies.propose(dispute, editor=editor, wording="Old parts.", version=dispute.version)
    # Then
    assert AuthorReply.objects.get().agreed_at is None


def test_for_an_author_without_a_mail_address_the_editor_types_the_answer_in(client, by_letter):
    # Given
    assert not AuthorReply.objects.exists()
    client.force_login(an_editor())
    url = reverse("editorial:case", args=[by_letter.public_id])
    case = client.get(url).content.decode()
    assert "There is no mail address for" in case
    assert links_to(by_letter.claim.post, case)
    # When
    sent = {"pass-on-text": ANSWER, "pass-on-version": by_letter.version}
    client.post(reverse("editorial:pass_on", args=[by_letter.public_id]), sent)
    # Then
    assert "Typed in by an editor" in client.get(url).content.decode()
    decide(by_letter, editor=an_editor())
    page = client.get(by_letter.get_absolute_url()).content.decode()
    assert ANSWER in page
    assert "passed on by an editor" in page


def test_readers_are_not_told_that_somebody_was_asked_who_was_not(client, by_letter):
    decide(by_letter, editor=an_editor())
    assert "author was asked" not in client.get(by_letter.get_absolute_url()).content.decode()


def test_the_time_begins_when_an_editor_hands_on_the_link(client, by_letter):
    # Given
    client.force_login(an_editor())
    url = reverse("editorial:ask_author", args=[by_letter.public_id])
    # When
    client.post(url, {"ask-version": by_letter.version})
    again = client.post(url, {"ask-version": by_letter.version + 1}).content.decode()
    # Then
    assert AuthorReply.objects.get().is_running
    assert "has until" in again


def test_whoever_did_not_answer_in_time_can_be_asked_again(dispute):
    # Given
    kept = dispute.author_reply
    with time_machine.travel(kept.due_at + DAY, tick=False):
        # When
        replies.invite(dispute, editor=an_editor(), version=dispute.version)
        # Then
        assert AuthorReply.objects.get().is_running
    assert to_author(dispute).count() == 2


def test_nobody_is_asked_about_what_they_raised_or_took_up_themselves():
    # Given
    own = ProfileFactory(person__role="editor")
    post = WorkshopPostFactory(author=own)
    # When
    disputes.open_dispute(post, editor=own.person, point=point())
    disputes.open_dispute(
        WorkshopPostFactory(), editor=an_editor(), point=point(origin=Origin.AUTHOR)
    )
    # Then
    assert not AuthorReply.objects.exists()


def test_an_author_is_reminded_once_when_a_day_is_left(dispute):
    # Given
    due = dispute.author_reply.due_at
    reminder = to_author(dispute).filter(subject__contains="Do you wish to answer")
    # When
    with time_machine.travel(due - DAY - timedelta(minutes=5), tick=False):
        call_command("remind_authors")
    assert not reminder.exists()
    for _time in range(2):
        with time_machine.travel(due - DAY + timedelta(minutes=5), tick=False):
            call_command("remind_authors")
    # Then
    assert links_to(dispute.claim.post, reminder.get().body)


def test_several_claims_of_one_post_are_one_reminder():
    # Given
    post = WorkshopPostFactory()
    first = DisputeFactory(post=post, under_review=True)
    DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    # When
    with time_machine.travel(first.author_reply.due_at - timedelta(hours=3), tick=False):
        call_command("remind_authors")
    # Then
    assert letters_to(post.author.person).filter(subject__contains="2 things").count() == 1


@pytest.mark.parametrize("silence", ["answered", "decided", "short"])
def test_nobody_is_reminded_who_need_not_be(settings, silence):
    # Given
    if silence == "short":
        settings.AUTHOR_REPLY_HOURS = 20
    dispute = DisputeFactory(under_review=True)
    if silence == "answered":
        replies.reply(dispute, author=None, said=Said(ANSWER))
    if silence == "decided":
        decide(dispute, editor=an_editor())
    letters = Letter.objects.count()
    # When
    with time_machine.travel(dispute.author_reply.due_at - timedelta(hours=3), tick=False):
        call_command("remind_authors")
    # Then
    assert Letter.objects.count() == letters


@pytest.mark.parametrize("person", ["reader", "author", "moderator"])
def test_only_editors_hear_authors(client, dispute, person):
    # Given
    client.force_login(PersonFactory(role=person))
    for name in ("propose", "pass_on", "ask_author"):
        # Then
        url = reverse(f"editorial:{name}", args=[dispute.public_id])
        assert client.post(url, {}).status_code == 403
    with pytest.raises(NotAllowed):
        replies.propose(dispute, editor=PersonFactory(role=person), wording="A", version=2)


def test_editors_are_bound_to_what_they_saw(dispute):
    editor = an_editor()
    with pytest.raises(Conflict):
        replies.propose(dispute, editor=editor, wording="Used.", version=dispute.version - 1)
    with pytest.raises(Conflict):
        replies.pass_on(dispute, editor=editor, said=Said(ANSWER), version=1)
    with pytest.raises(Invalid):
        replies.propose(dispute, editor=editor, wording=" ", version=dispute.version)
    with pytest.raises(Invalid):
        replies.pass_on(dispute, editor=editor, said=Said(" "), version=dispute.version)


def test_nothing_is_proposed_or_passed_on_after_the_decision():
    # Given
    dispute = DisputeFactory(unchanged=True)
    facts = {"editor": an_editor(), "version": dispute.version}
    # Then
    with pytest.raises(WrongMoment):
        replies.propose(dispute, wording="Used parts.", **facts)
    with pytest.raises(WrongMoment):
        replies.pass_on(dispute, said=Said(ANSWER), **facts)
    with pytest.raises(WrongMoment):
        replies.reply(dispute, author=None, said=Said(ANSWER))


def test_a_refused_form_of_the_desk_keeps_what_was_typed(client, dispute):
    # Given
    client.force_login(an_editor())
    sent = {"propose-wording": "Used parts only.", "propose-version": dispute.version}
    replies.reply(dispute, author=None, said=Said(ANSWER))
    # When
    url = reverse("editorial:propose", args=[dispute.public_id])
    page = client.post(url, sent).content.decode()
    # Then
    assert "Somebody else has worked on this dispute" in page
    assert "Used parts only." in page

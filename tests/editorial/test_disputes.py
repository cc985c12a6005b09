"""What can happen to an objection before it is decided, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Letter
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog.anchoring import Quote
from blog.models import Mark, Passage
from blog.models.passage import PassageField
from blog.passages import Ambiguous
from editorial import disputes, limits, raisers
from editorial.models import (
    Claim,
    DeclineReason,
    Dispute,
    DisputeEventKind,
    DisputeState,
    Evidence,
    Origin,
)
from editorial.points import Raiser, Source, Target
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import PostFactory, RevisionFactory
from tests.factories.editorial import (
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    objection,
    point,
    target,
)

pytestmark = pytest.mark.django_db
S, K = DisputeState, DisputeEventKind
RAISER = Raiser(name="Ola", email="ola@example.net", network="203.0.113.9")


def raise_one(post, **facts):
    given = {"raiser": RAISER, "target": target(PARTS), "objection": objection()}
    dispute = disputes.raise_dispute(post, **{**given, **facts})
    raisers.confirm(dispute)
    return Dispute.objects.get(pk=dispute.pk)


def kinds(dispute):
    return [event.kind for event in dispute.events.all()]


def test_a_reader_raises_an_objection_without_an_account():
    # When
    dispute = raise_one(WorkshopPostFactory())
    # Then
    assert (dispute.state, dispute.origin) == (S.RECEIVED, Origin.FORM)
    assert dispute.claim.statement == PARTS
    assert dispute.claim.passages.get().mark == Mark.NONE
    assert kinds(dispute) == [K.RAISED]


def test_whoever_leaves_an_address_gets_a_receipt_with_a_private_link():
    # When
    dispute = raise_one(WorkshopPostFactory())
    # Then
    letter = Letter.objects.get(to="ola@example.net")
    assert "/disputes/mine/" in letter.body
    assert dispute.statement not in letter.body + letter.subject


def test_whoever_leaves_no_address_is_not_written_to():
    # Given
    post = WorkshopPostFactory()
    Letter.objects.all().delete()
    # When
    raise_one(post, raiser=Raiser(name="Ola", network="203.0.113.9"))
    # Then
    assert not Letter.objects.exists()


def test_the_author_may_ask_for_a_correction_of_their_own_post(author):
    # Given
    post = WorkshopPostFactory(author=ProfileFactory(person=author))
    # When
    dispute = raise_one(post, raiser=Raiser(person=author))
    # Then
    assert dispute.origin == Origin.AUTHOR


def test_the_name_of_an_account_is_not_copied(reader):
    # When
    raiser = Raiser(person=reader, name="Copied", email="copied@example.net")
    dispute = raise_one(WorkshopPostFactory(), raiser=raiser)
    # Then
    assert (dispute.raiser_name, dispute.contact_email) == ("", "")


def test_deleting_the_account_takes_the_name_away_and_keeps_the_dispute(reader):
    # Given
    dispute = raise_one(WorkshopPostFactory(), raiser=Raiser(person=reader))
    # When
    reader.delete()
    # Then
    dispute.refresh_from_db()
    assert dispute.raised_by is None
    assert dispute.events.get().actor is None


def test_the_same_form_sent_twice_is_one_objection():
    # Given
    post, key = WorkshopPostFactory(), uuid4()
    # When
    first, second = raise_one(post, form_key=key), raise_one(post, form_key=key)
    # Then
    assert first == second
    assert Dispute.objects.count() == Claim.objects.count() == 1
    assert Letter.objects.filter(to="ola@example.net").count() == 1


@pytest.mark.parametrize("statement", ["", "  \n ", "\u200b\u202e"])
def test_an_objection_that_says_nothing_is_refused(statement):
    with pytest.raises(Invalid, match="say what is wrong"):
        raise_one(WorkshopPostFactory(), objection=objection(statement=statement))


def test_an_objection_to_a_post_that_is_not_public_is_refused():
    with pytest.raises(WrongMoment):
        raise_one(PostFactory(accepted=True, body=BODY))


def test_words_that_do_not_stand_in_the_post_are_refused():
    with pytest.raises(Invalid, match="do not stand"):
        raise_one(WorkshopPostFactory(), target=target("Everything is free of charge."))
    assert not Passage.objects.exists()


def test_words_that_stand_twice_are_asked_about():
    # Given
    post = WorkshopPostFactory(body=f"{BODY}<p>{PARTS}.</p>")
    # When
    with pytest.raises(Ambiguous) as refusal:
        raise_one(post)
    # Then
    assert len(refusal.value.choices) == 2


def test_one_objection_may_mean_all_copies_and_is_one_claim():
    # Given
    post = WorkshopPostFactory(body=f"{BODY}<p>{PARTS}.</p>")
    starts = [at for at in range(len(post.head.text)) if post.head.text.startswith(PARTS, at)]
    quotes = tuple(Quote(PARTS, start=start) for start in starts)
    # When
    dispute = raise_one(post, target=Target(quotes=quotes))
    # Then
    places = dispute.claim.passages.order_by("captured_start")
    assert [place.captured_start for place in places] == starts


@pytest.mark.parametrize("field", [PassageField.TITLE, PassageField.WHOLE])
def test_the_title_or_the_whole_post_may_be_objected_to(field):
    # When
    dispute = raise_one(WorkshopPostFactory(), target=Target(field=field))
    # Then
    assert dispute.claim.passages.get().field == field


def test_the_sixth_objection_in_a_day_from_one_network_is_refused():
    # Given
    raiser = Raiser(network="203.0.113.9")
    for _number in range(limits.MOST_A_DAY):
        raise_one(WorkshopPostFactory(), raiser=raiser)
    # Then
    with pytest.raises(limits.TooMany):
        raise_one(WorkshopPostFactory(), raiser=raiser)
    raise_one(WorkshopPostFactory(), raiser=Raiser(network="198.51.100.7"))
    assert Dispute.objects.count() == limits.MOST_A_DAY + 1


def test_what_is_refused_for_another_reason_uses_up_nothing():
    # Given
    post = WorkshopPostFactory()
    for _number in range(limits.MOST_A_DAY + 2):
        with pytest.raises(Invalid):
            raise_one(post, target=target("Everything is free of charge."))
    # Then
    raise_one(post)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/", "data:text/html,x"])
def test_a_source_that_is_no_web_address_is_refused(url):
    with pytest.raises(Invalid):
        raise_one(WorkshopPostFactory(), objection=objection(sources=[Source(url)]))
    assert not Evidence.objects.exists()


def test_taking_up_marks_the_passage_and_tells_raiser_and_author(editor):
    # Given
    dispute = raise_one(WorkshopPostFactory())
    Letter.objects.all().delete()
    # When
    disputes.accept(dispute, editor=editor, summary="New parts cost money.", version=1)
    # Then
    place = dispute.claim.passages.get()
    assert (place.mark, place.reference) == (Mark.DISPUTED, dispute.public_id)
    assert (dispute.state, dispute.assigned_to) == (S.UNDER_REVIEW, editor)
    assert set(Letter.objects.values_list("to", flat=True)) == {
        "ola@example.net",
        dispute.claim.post.author.person.email,
    }
    for letter in Letter.objects.all():
        assert "New parts cost money." in letter.body
        assert "twelve euros" not in letter.body
    assert kinds(dispute) == [K.RAISED, K.ACCEPTED]


def test_taking_up_does_not_move_the_date_of_the_post(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    assert dispute.claim.post.updated_at is None


@pytest.mark.parametrize("summary", ["", "   ", "x" * 501])
def test_nothing_is_taken_up_without_neutral_words_for_readers(editor, summary):
    # Given
    dispute = DisputeFactory()
    # Then
    with pytest.raises(Invalid):
        disputes.accept(dispute, editor=editor, summary=summary, version=1)
    dispute.refresh_from_db()
    assert dispute.is_received


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_an_editor_takes_up_or_declines_or_opens(role):
    # Given
    dispute, person = DisputeFactory(), PersonFactory(role=role)
    # Then
    with pytest.raises(NotAllowed):
        disputes.accept(dispute, editor=person, summary="Neutral.", version=1)
    with pytest.raises(NotAllowed):
        decline(dispute, person)
    with pytest.raises(NotAllowed):
        disputes.open_dispute(dispute.claim.post, editor=person, point=point())


def test_taking_up_twice_is_refused(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    with pytest.raises(WrongMoment):
        disputes.accept(dispute, editor=editor, summary="Again.", version=dispute.version)


def test_an_editor_who_saw_an_older_version_changes_nothing(editor):
    # Given
    dispute = DisputeFactory()
    stale = Dispute.objects.get(pk=dispute.pk)
    disputes.accept(dispute, editor=editor, summary="First.", version=1)
    letters = Letter.objects.count()
    # Then
    with pytest.raises(Conflict):
        decline(stale, editor)
    dispute.refresh_from_db()
    assert dispute.is_under_review
    assert Letter.objects.count() == letters
    assert kinds(dispute) == [K.RAISED, K.ACCEPTED]


def decline(dispute, editor, sentence="We could not tell which part you mean."):
    return disputes.decline(
        dispute,
        editor=editor,
        because=DeclineReason.UNCLEAR,
        sentence=sentence,
        version=dispute.version,
    )


def test_declining_tells_the_raiser_why_and_shows_nothing(editor):
    # Given
    dispute = raise_one(WorkshopPostFactory())
    # When
    decline(dispute, editor)
    # Then
    letter = Letter.objects.get(to="ola@example.net", subject__contains="did not take up")
    assert "We could not tell which part you mean." in letter.body
    assert dispute.claim.passages.get().mark == Mark.NONE
    assert (dispute.state, dispute.declined_because) == (S.NOT_ACCEPTED, DeclineReason.UNCLEAR)


def test_declining_needs_a_sentence(editor):
    with pytest.raises(Invalid):
        decline(DisputeFactory(), editor, sentence=" ")


def test_that_a_statement_is_right_is_no_reason_to_decline():
    assert not {"stands", "right", "not_upheld"} & set(DeclineReason.values)


def test_a_raiser_takes_back_what_nobody_has_taken_up():
    # Given
    dispute = raise_one(WorkshopPostFactory())
    # When
    disputes.withdraw(dispute, version=1)
    # Then
    assert dispute.state == S.WITHDRAWN
    assert kinds(dispute) == [K.RAISED, K.WITHDRAWN]


def test_a_raiser_cannot_take_back_what_is_under_review():
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    with pytest.raises(WrongMoment, match="checking"):
        disputes.withdraw(dispute, version=dispute.version)


def test_lost_words_must_be_placed_before_they_are_taken_up(editor):
    # Given
    dispute = DisputeFactory()
    moved = BODY.replace(PARTS, "Prices are on the wall.")
    RevisionFactory(post=dispute.claim.post, body=moved)
    dispute = Dispute.objects.get(pk=dispute.pk)
    # Then
    with pytest.raises(WrongMoment, match="where they stand now"):
        disputes.accept(dispute, editor=editor, summary="Parts cost money.", version=1)
    # When
    place = {"passage": dispute.claim.passages.get(), "quote": Quote("Prices are on the wall")}
    disputes.place(dispute, editor=editor, version=1, **place)
    disputes.accept(dispute, editor=editor, summary="Parts cost money.", version=2)
    # Then
    assert kinds(dispute) == [K.RAISED, K.PLACED, K.ACCEPTED]


def test_a_passage_of_another_dispute_is_not_placed(editor):
    # Given
    dispute, other = DisputeFactory(), DisputeFactory()
    # Then
    with pytest.raises(Invalid):
        disputes.place(
            dispute,
            editor=editor,
            passage=other.claim.passages.get(),
            quote=Quote(PARTS),
            version=1,
        )


def test_an_editor_opens_a_dispute_from_a_passage(editor):
    # Given
    post = WorkshopPostFactory()
    Letter.objects.all().delete()
    said = point("do not need", claim="Drop in.")
    # When
    dispute = disputes.open_dispute(post, editor=editor, point=said)
    # Then
    assert (dispute.state, dispute.origin, dispute.raised_by) == (
        S.UNDER_REVIEW,
        Origin.EDITOR,
        editor,
    )
    assert dispute.claim.statement == "Drop in."
    assert [letter.to for letter in Letter.objects.all()] == [post.author.person.email]


def test_addresses_are_forgotten_90_days_after_the_end(editor):
    # Given
    ola = Raiser(name="Ola", email="ola@example.net", network="203.0.113.9")
    thanked = Raiser(name="Greta", email="greta@example.net", wants_credit=True)
    old = [DisputeFactory(raiser=raiser, declined=True) for raiser in (ola, thanked)]
    Dispute.objects.update(closed_at=timezone.now() - disputes.KEEPS_ADDRESS - timedelta(hours=1))
    recent, waiting = (
        DisputeFactory(
            raiser=Raiser(name="Ola", email=f"ola{number}@example.net"), declined=number == 1
        )
        for number in (1, 2)
    )
    # When
    call_command("forget_raisers")
    # Then
    rows = Dispute.objects.in_bulk()
    kept = [
        (rows[one.pk].raiser_name, rows[one.pk].contact_email) for one in (*old, recent, waiting)
    ]
    assert kept == [
        ("", ""),
        ("Greta", ""),
        *[("Ola", f"ola{number}@example.net") for number in (1, 2)],
    ]

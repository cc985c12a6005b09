"""One comment, several disputes; and what becomes of them when the comment changes."""

from uuid import uuid4

import pytest

from accounts.models import Letter
from accounts.refusals import Invalid, WrongMoment
from comments import moderation
from editorial import disputes
from editorial.models import Dispute
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import APPOINTMENT, WorkshopPostFactory, point

pytestmark = pytest.mark.django_db

COMMENT = "You are wrong: new parts **are** charged, and you need an appointment."


def from_comment(comment, editor, *said, **facts):
    return disputes.open_from_comment(comment, editor=editor, said=said, **facts)


@pytest.fixture
def comment(db):
    return PostCommentFactory(post=WorkshopPostFactory(), text=COMMENT, published=True)


def test_the_words_of_a_comment_are_those_that_readers_see(comment, editor):
    # When
    [dispute] = from_comment(comment, editor, point(quote="new parts are charged"))
    # Then
    assert dispute.comment_quote == "new parts are charged"
    assert not dispute.has_lost_its_comment


@pytest.mark.parametrize("quote", ["", "nobody said this"])
def test_words_that_the_comment_does_not_say_are_refused(comment, editor, quote):
    # When
    with pytest.raises(disputes.AtPoint) as refusal:
        from_comment(
            comment, editor, point(APPOINTMENT, quote="you need an appointment"), point(quote=quote)
        )
    # Then
    assert refusal.value.index == 1
    assert not Dispute.objects.exists()


def test_the_same_form_about_a_comment_makes_its_disputes_once(comment, editor):
    # Given
    said, key = point(quote="new parts are charged"), uuid4()
    # When
    first = from_comment(comment, editor, said, form_key=key)
    letters = Letter.objects.count()
    second = from_comment(comment, editor, said, form_key=key)
    # Then
    assert first == second
    assert Letter.objects.count() == letters


def test_two_editors_do_not_make_the_same_dispute_of_the_same_words(comment, editor):
    # Given
    said = point(quote="new parts are charged")
    from_comment(comment, editor, said)
    # Then
    with pytest.raises(disputes.AtPoint, match="already"):
        from_comment(comment, PersonFactory(editor=True), said)
    assert Dispute.objects.count() == 1


def test_no_dispute_is_made_of_a_comment_that_is_not_public(editor):
    # Given
    held = PostCommentFactory(post=WorkshopPostFactory(), text=COMMENT, left_to_people=True)
    # Then
    with pytest.raises(WrongMoment):
        from_comment(held, editor, point(quote="new parts are charged"))


def test_no_dispute_is_made_of_nothing(comment, editor):
    with pytest.raises(Invalid):
        from_comment(comment, editor)


def test_a_dispute_under_review_outlives_its_comment(comment, editor, moderator):
    # Given
    [dispute] = from_comment(comment, editor, point(quote="new parts are charged"))
    # When
    moderation.mark_spam(comment, moderator=moderator)
    # Then
    dispute = Dispute.objects.get(pk=dispute.pk)
    assert dispute.is_under_review
    assert dispute.public_comment is None
    assert dispute.has_lost_its_comment
    assert dispute.comment_quote == "new parts are charged"

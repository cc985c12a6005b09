"""Whoever wrote a comment makes disputes of it; nothing of them is public."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Letter
from accounts.refusals import NotAllowed, WrongMoment
from comments import moderation, tickets
from editorial import disputes, limits
from editorial.models import Dispute, DisputeState, Origin
from editorial.points import Raiser
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import APPOINTMENT, PARTS, WorkshopPostFactory, point

pytestmark = pytest.mark.django_db

COMMENT = "You are wrong: new parts **are** charged, and you need an appointment."
FEES, BOOKING = "new parts are charged", "you need an appointment"


@pytest.fixture
def comment(db):
    return PostCommentFactory(post=WorkshopPostFactory(), text=COMMENT, published=True)


def both():
    return [point(PARTS, quote=FEES), point(APPOINTMENT, quote=BOOKING)]


def raise_from(comment, *said, key=None, **facts):
    given = {"person": comment.user, "email": comment.user_email, **facts}
    return disputes.raise_from_comment(
        comment, raiser=Raiser(**given), said=said or both(), form_key=key or uuid4()
    )


def receipts(comment):
    return Letter.objects.filter(to=comment.user_email, subject__startswith="We have received")


def by_link(comment):
    return reverse("editorial:own_comment_by_link", args=[tickets.seal(comment)])


def typed(client, address, *rows):
    slip = client.get(address).context["points"].slip
    facts = {"slip": slip, "form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    for at, (quote, words) in enumerate(rows):
        row = {"quote": quote, "words": words, "about": "body", "grounds": "error"}
        facts |= {f"form-{at}-{name}": given for name, given in row.items()}
    return facts


def test_a_commenter_makes_several_disputes_of_their_comment_and_none_shows(client, comment):
    """Scenario 1."""
    # Given
    before = client.get(comment.post.get_absolute_url()).content
    address = by_link(comment)
    mine = client.get(reverse("comments:mine", args=[tickets.seal(comment)]))
    assert address in mine.content.decode()
    # When
    answer = client.post(address, typed(client, address, (FEES, PARTS), (BOOKING, APPOINTMENT)))
    # Then
    assert answer.status_code == 302
    made = list(Dispute.objects.oldest_first())
    assert [one.comment_quote for one in made] == [FEES, BOOKING]
    assert {(one.state, one.origin) for one in made} == {(DisputeState.RECEIVED, Origin.COMMENT)}
    assert {one.source_comment for one in made} == {comment}
    assert client.get(comment.post.get_absolute_url()).content == before
    assert client.get(made[0].get_absolute_url()).status_code == 404
    letter = receipts(comment).get()
    assert PARTS in letter.body
    assert APPOINTMENT in letter.body
    assert PARTS in client.get(address).content.decode()


def test_what_is_refused_stands_beside_its_row_and_what_was_typed_stays(client, comment):
    # Given
    address = by_link(comment)
    facts = typed(client, address, (FEES, PARTS), ("nobody said this", APPOINTMENT))
    # When
    page = client.post(address, facts)
    # Then
    rows = page.context["points"].rows
    assert "do not stand in the comment" in str(rows[1].errors)
    assert FEES in page.content.decode()
    assert "nobody said this" in page.content.decode()
    assert not Dispute.objects.exists()


def test_the_same_form_makes_them_once_and_thanks_once(comment):
    # Given
    key = uuid4()
    # Then
    assert raise_from(comment, key=key) == raise_from(comment, key=key)
    assert receipts(comment).count() == 1


def test_whoever_is_signed_in_reports_with_a_comment_of_their_own_only(client):
    # Given
    person = PersonFactory()
    comment = PostCommentFactory(
        post=WorkshopPostFactory(), text=COMMENT, by=person, published=True
    )
    address = reverse("editorial:own_comment", args=[comment.pk])
    # Then
    client.force_login(PersonFactory())
    assert client.get(address).status_code == 404
    client.force_login(person)
    assert client.post(address, typed(client, address, (FEES, PARTS))).status_code == 302
    assert Dispute.objects.get().raised_by == person


def test_a_stranger_finds_nothing(client, comment):
    address = reverse("editorial:own_comment_by_link", args=["no-such-token"])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    with pytest.raises(NotAllowed):
        raise_from(comment, person=PersonFactory())


def test_nothing_is_made_of_a_comment_that_is_not_public(client, comment, moderator):
    # Given
    held = PostCommentFactory(post=WorkshopPostFactory(), text=COMMENT, left_to_people=True)
    moderation.mark_spam(comment, moderator=moderator)
    # Then
    for one in (held, comment):
        assert client.get(by_link(one)).status_code == 404
        with pytest.raises(WrongMoment):
            raise_from(one)


def test_one_form_counts_once_for_the_day_and_the_next_is_refused(client, comment):
    # Given
    raise_from(comment)
    address = by_link(comment)
    # When
    page = client.post(address, typed(client, address, (COMMENT[:13], "A bike shop is quicker")))
    # Then
    assert page.status_code == 429
    assert Dispute.objects.count() == 2


def test_one_form_holds_no_more_than_may_be_open(comment):
    said = [point(PARTS, quote=FEES[:end]) for end in range(15, 15 + limits.MOST_IN_A_FORM + 1)]
    with pytest.raises(limits.TooMany):
        raise_from(comment, *said)
    assert not Dispute.objects.exists()

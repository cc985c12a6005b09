"""Disputes follow the comment they were made from, until an editor has taken them up."""

import pytest

from accounts.models import Letter
from accounts.refusals import WrongMoment
from comments import editing, moderation
from comments.models import PostComment
from editorial import asking, disputes, merging
from editorial.models import DeclineReason, Dispute, DisputeEventKind, DisputeState, Origin
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import DisputeFactory, WorkshopPostFactory, point

pytestmark = pytest.mark.django_db
WORDS = "new parts are charged"


@pytest.fixture
def comment(db):
    writer = PersonFactory()
    post = WorkshopPostFactory()
    return PostCommentFactory(post=post, text=f"No: {WORDS}.", by=writer, published=True)


def received_from(comment):
    dispute = DisputeFactory(post=comment.post)
    Dispute.objects.filter(pk=dispute.pk).update(
        origin=Origin.COMMENT, source_comment=comment, comment_quote=WORDS
    )
    return Dispute.objects.get(pk=dispute.pk)


def as_it_is(row):
    return type(row).objects.get(pk=row.pk)


@pytest.mark.parametrize("is_asked", [False, True])
def test_a_dispute_nobody_took_up_goes_with_its_comment_and_comes_back_as_it_was(
    comment, editor, moderator, is_asked
):
    """Scenario 24."""
    # Given
    dispute = received_from(comment)
    if is_asked:
        asking.ask(dispute, editor=editor, text="Which part?", version=dispute.version)
    before = as_it_is(dispute).state
    # When
    moderation.mark_spam(comment, moderator=moderator)
    # Then
    gone = as_it_is(dispute)
    assert (gone.state, gone.declined_because) == (DisputeState.NOT_ACCEPTED, DeclineReason.SPAM)
    with pytest.raises(WrongMoment):
        disputes.accept(gone, editor=editor, summary="Neutral.", version=gone.version)
    # When
    moderation.approve(as_it_is(comment), moderator=moderator)
    # Then
    back = as_it_is(dispute)
    assert (back.state, back.closed_at, back.declined_because) == (before, None, "")
    assert back.events.last().kind == DisputeEventKind.RESTORED


def test_what_was_merged_into_one_that_goes_with_its_comment_stands_on_its_own(
    comment, editor, moderator
):
    # Given
    root, other = received_from(comment), DisputeFactory(post=comment.post)
    merging.merge(other, into=root, editor=editor, version=other.version)
    # When
    moderation.mark_spam(comment, moderator=moderator)
    # Then
    other = as_it_is(other)
    assert (other.state, other.merged_into) == (DisputeState.RECEIVED, None)
    assert as_it_is(root).state == DisputeState.NOT_ACCEPTED


def test_points_of_one_comment_that_were_merged_go_with_it_together(comment, editor, moderator):
    # Given
    older, root = received_from(comment), received_from(comment)
    merging.merge(older, into=root, editor=editor, version=older.version)
    # When
    moderation.mark_spam(comment, moderator=moderator)
    # Then
    assert {as_it_is(one).declined_because for one in (older, root)} == {DeclineReason.SPAM}


def test_what_an_editor_declined_does_not_come_back_with_the_comment(comment, editor, moderator):
    # Given
    dispute = received_from(comment)
    disputes.decline(
        dispute,
        editor=editor,
        because=DeclineReason.UNCLEAR,
        sentence="What do you mean?",
        version=dispute.version,
    )
    # When
    moderation.mark_spam(comment, moderator=moderator)
    moderation.approve(as_it_is(comment), moderator=moderator)
    # Then
    assert as_it_is(dispute).declined_because == DeclineReason.UNCLEAR


def test_what_is_under_review_stays_without_its_comment_and_the_editor_is_told(
    client, comment, editor, moderator
):
    """Scenario 24."""
    # Given
    [dispute] = disputes.open_from_comment(comment, editor=editor, said=[point(quote=WORDS)])
    Letter.objects.all().delete()
    # When
    moderation.mark_spam(comment, moderator=moderator)
    # Then
    assert as_it_is(dispute).is_under_review
    html = client.get(dispute.get_absolute_url()).content.decode()
    assert "Raised by a reader" in html
    assert f"#comment-{comment.pk}" not in html
    assert f"/comments/{comment.pk}/" not in html
    [letter] = Letter.objects.filter(to=editor.email)
    assert "The comment behind a dispute" in letter.subject


def test_a_comment_that_its_writer_takes_back_leaves_the_words_with_the_editors(
    comment, editor, moderator
):
    """Scenario 25."""
    # Given
    dispute = received_from(comment)
    # When
    editing.withdraw(comment, by=comment.user)
    # Then
    dispute = as_it_is(dispute)
    assert dispute.has_lost_its_comment
    assert dispute.comment_quote == WORDS
    assert Dispute.objects.received().get() == dispute
    disputes.accept(dispute, editor=editor, summary="Are parts charged?", version=dispute.version)


def test_a_comment_that_its_writer_changes_leaves_the_words_and_says_so_to_editors(
    client, comment, editor
):
    """Scenario 25."""
    # Given
    dispute = received_from(comment)
    # When
    editing.edit(comment, by=comment.user, text="Parts are another matter.")
    # Then
    assert as_it_is(dispute).has_lost_its_comment
    client.force_login(editor)
    html = client.get(f"/desk/disputes/{dispute.public_id}/").content.decode()
    assert "later edited, taken down or deleted" in html
    assert WORDS in html
    assert PostComment.objects.get().comment == "Parts are another matter."

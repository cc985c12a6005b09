"""Withdrawing a comment of one's own, at any time and for good."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import WrongMoment
from comments import fragments, moderation, queue, tickets
from comments.editing import SignedLink, withdraw
from comments.local_akismet import LocalAkismet
from comments.models import CommentState, House, PostComment
from comments.models.house import CACHE_KEY
from comments.moderation import change_state
from tests.comments.stories import RunTasks, a_comment, fresh, story
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


def link(comment: PostComment) -> SignedLink:
    return SignedLink(tickets.seal(comment))


def rules(**facts: object) -> None:
    House.objects.update_or_create(pk=1, defaults=facts)
    cache.delete(CACHE_KEY)


def after(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span))


def test_a_withdrawn_comment_leaves_nothing_or_a_tombstone_where_others_answered() -> None:
    # Given
    lonely = PostCommentFactory(published=True)
    answered = PostCommentFactory(published=True, post=lonely.post, text="Never oil it.")
    PostCommentFactory(parent=answered, published=True)
    # When
    for comment in (lonely, answered):
        withdraw(comment, by=link(comment))
    # Then
    assert fresh(lonely).on_page is False
    assert "This comment was withdrawn by its writer." in fresh(answered).fragment
    assert "Never oil it." not in fresh(answered).fragment
    assert story(answered)[-1] == ("withdrawn", "published", "removed")


def test_the_tombstone_goes_on_saying_whose_decision_it_was(moderator: Person) -> None:
    # Given
    withdrawn, removed = PostCommentFactory.create_batch(2, published=True)
    for comment in (withdrawn, removed):
        PostCommentFactory(parent=comment, published=True)
    withdraw(withdrawn, by=link(withdrawn))
    moderation.remove(removed, moderator=moderator)
    # When
    fragments.refresh_all()
    # Then
    assert "withdrawn by its writer" in fresh(withdrawn).fragment
    assert "removed by a moderator" in fresh(removed).fragment


def test_the_desk_does_not_offer_to_publish_what_was_withdrawn(moderator: Person) -> None:
    comment = PostCommentFactory(published=True)
    withdraw(comment, by=link(comment))
    assert queue.moves(fresh(comment)) == [CommentState.SPAM]


@pytest.mark.parametrize("state", ["held", "published", "spam"])
def test_a_writer_withdraws_what_was_not_refused_long_after_the_minutes_of_editing(
    state: str,
) -> None:
    comment = a_comment(state)
    with after(hours=20):
        withdraw(comment, by=link(comment))
    assert fresh(comment).state == "removed"


@pytest.mark.parametrize("state", ["rejected", "removed"])
def test_what_a_moderator_took_away_cannot_be_withdrawn_any_more(state: str) -> None:
    comment = a_comment(state)
    with pytest.raises(WrongMoment, match="A moderator decided"):
        withdraw(comment, by=link(comment))


def test_nothing_is_withdrawn_twice() -> None:
    comment = PostCommentFactory(published=True)
    withdraw(comment, by=link(comment))
    with pytest.raises(WrongMoment, match="already"):
        withdraw(comment, by=link(comment))
    assert [kind for kind, _from, _to in story(comment)].count("withdrawn") == 1


def test_nobody_publishes_or_restores_what_its_writer_withdrew(moderator: Person) -> None:
    # Given
    comment = PostCommentFactory()
    moderation.approve(comment, moderator=moderator)
    withdraw(comment, by=link(comment))
    # Then
    with pytest.raises(WrongMoment, match="no decision here that could be undone"):
        moderation.restore(comment, moderator=moderator)
    with pytest.raises(WrongMoment, match="withdrew"):
        moderation.approve(comment, moderator=moderator)
    # When it was called spam, for the checker to learn
    moderation.mark_spam(comment, moderator=moderator)
    with pytest.raises(WrongMoment, match="withdrew"):
        moderation.approve(comment, moderator=moderator)
    moderation.restore(comment, moderator=moderator)
    assert fresh(comment).state == "removed"


def test_a_withdrawn_comment_is_not_checked_any_more(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    comment = PostCommentFactory()
    withdraw(comment, by=link(comment))
    run_tasks()
    assert (akismet.received, fresh(comment).state) == ([], "removed")


@pytest.mark.parametrize("kind", ["edited", "withdrawn"])
@pytest.mark.parametrize("before", list(CommentState))
def test_what_writers_do_moves_a_comment_only_as_their_table_says(
    before: CommentState, kind: str
) -> None:
    table = moderation.BY_ITS_WRITER[moderation.EventKind(kind)]
    for to in CommentState:
        if to not in table.get(before, ()):
            comment = a_comment(before)
            with pytest.raises(WrongMoment):
                change_state(comment, to=to, actor=None, kind=moderation.EventKind(kind))

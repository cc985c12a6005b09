"""Writers, readers and moderators at the same comment at once, on a real database."""

import pytest

from accounts.refusals import Conflict, Refusal, WrongMoment
from comments import editing, moderation, tickets
from comments.editing import SignedLink
from comments.flagging import Reporter, raise_flag
from comments.models import Flag, PostComment
from tests.comments.stories import fresh
from tests.comments.test_concurrency import all_at_once, judge_pk
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("ham_is_published"),
]
AT_ONCE = 12


def link(comment: PostComment) -> SignedLink:
    return SignedLink(tickets.seal(comment))


def test_of_many_windows_one_changes_the_comment_and_the_others_are_told() -> None:
    # Given
    comment = PostCommentFactory(published=True)
    seen = editing.version_of(comment)
    acts = [
        lambda number=number: editing.edit(  # type: ignore[misc]
            comment, by=link(comment), text=f"Window {number}", seen=seen
        )
        for number in range(AT_ONCE)
    ]
    # When
    results = all_at_once(acts)
    # Then
    assert sum(isinstance(result, Conflict) for result in results) == AT_ONCE - 1
    assert [version.text for version in comment.versions.all()] == [comment.comment]
    assert comment.events.filter(kind="edited").count() == 1


def test_edits_and_decisions_at_once_leave_a_comment_that_fits_its_record() -> None:
    # Given
    moderator = PersonFactory(moderator=True)
    comments = [PostCommentFactory() for _ in range(4)]
    acts = []
    for comment in comments:
        acts.append(lambda one=comment: editing.edit(one, by=link(one), text="Oil first."))
        acts.append(lambda one=comment: moderation.reject(one, moderator=moderator))
        acts.append(lambda one=comment: judge_pk(one.pk))
    # When
    results = all_at_once(acts)  # type: ignore[arg-type]
    # Then
    failed = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, Refusal) for one in failed), failed
    for comment in map(fresh, comments):
        kinds = list(comment.events.values_list("kind", flat=True))
        assert ("edited" in kinds) == (comment.comment == "Oil first.")
        assert comment.versions.count() == kinds.count("edited")
        assert comment.events.last().to_state == comment.state
        assert comment.on_page == (comment.state == "published")


def test_whatever_moderators_do_at_once_a_withdrawn_comment_is_not_shown() -> None:
    # Given
    moderators = PersonFactory.create_batch(3, moderator=True)
    comment = PostCommentFactory()
    acts = [lambda: editing.withdraw(comment, by=link(comment))]
    acts += [
        lambda who=who: moderation.approve(comment, moderator=who)  # type: ignore[misc]
        for who in moderators
    ]
    # When
    results = all_at_once(acts)
    # Then
    assert isinstance(results[0], PostComment)
    assert all(isinstance(one, PostComment | WrongMoment) for one in results)
    assert (fresh(comment).state, fresh(comment).on_page) == ("removed", False)


def test_one_reader_who_presses_often_at_once_reports_once() -> None:
    # Given
    comment = PostCommentFactory(published=True)
    acts = [
        lambda: raise_flag(comment, reporter=Reporter(network="192.0.2.1"), reason="spam")
    ] * AT_ONCE
    # When
    results = all_at_once(acts)
    # Then
    assert sum(isinstance(result, Conflict) for result in results) == AT_ONCE - 1
    assert Flag.objects.get().comment == comment


def test_reports_and_the_decision_about_them_at_once_leave_none_forgotten() -> None:
    # Given
    moderator = PersonFactory(moderator=True)
    comment = PostCommentFactory(published=True)
    acts = [
        lambda number=number: raise_flag(  # type: ignore[misc]
            comment, reporter=Reporter(network=f"192.0.2.{number}"), reason="spam"
        )
        for number in range(AT_ONCE)
    ]
    acts.append(lambda: moderation.remove(comment, moderator=moderator))
    # When
    results = all_at_once(acts)
    # Then
    raised = sum(isinstance(result, Flag) for result in results)
    assert Flag.objects.filter(state="agreed", decided_by=moderator).count() == raised
    assert not Flag.objects.open().exists()

"""What moderators decide about comments, and how it is undone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Person
from accounts.refusals import Conflict, NotAllowed, WrongMoment
from blog.models import Post
from comments import moderation
from comments.local_akismet import LocalAkismet, Mood
from comments.models import CommentState, PostComment
from comments.moderation import MOVES, change_state
from tests.comments.stories import ACTS, STATES, RunTasks, a_comment, fresh, story
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


@pytest.mark.parametrize("to", [state for state in STATES if state != "held"])
@pytest.mark.parametrize("before", STATES)
def test_a_moderator_may_do_what_makes_sense_and_it_is_recorded(
    moderator: Person, before: CommentState, to: CommentState
) -> None:
    # Given
    comment = a_comment(before)
    earlier = story(comment)
    # When
    if to in MOVES[before]:
        ACTS[to](comment, moderator=moderator, reason="As we agreed.")
        # Then
        assert fresh(comment).state == to
        assert story(comment) == [*earlier, ("decided", before, to)]
        last = comment.events.last()
        assert (last.actor, last.reason) == (moderator, "As we agreed.")
    else:
        with pytest.raises(WrongMoment):
            ACTS[to](comment, moderator=moderator)
        assert story(comment) == earlier


@pytest.mark.parametrize("to", [state for state in STATES if state != "held"])
@pytest.mark.parametrize("before", STATES)
def test_every_decision_can_be_undone_once(
    moderator: Person, before: CommentState, to: CommentState
) -> None:
    if to not in MOVES[before]:
        return
    # Given
    comment = a_comment(before)
    shown = fresh(comment).fragment
    ACTS[to](comment, moderator=moderator)
    # When
    moderation.restore(comment, moderator=moderator)
    # Then
    assert (fresh(comment).state, fresh(comment).fragment) == (before, shown)
    with pytest.raises(WrongMoment):
        moderation.restore(comment, moderator=moderator)


def test_what_nobody_decided_cannot_be_undone(moderator: Person) -> None:
    with pytest.raises(WrongMoment):
        moderation.restore(PostCommentFactory(published=True), moderator=moderator)


def test_only_moderators_decide(author: Person, reader: Person) -> None:
    comment = PostCommentFactory()
    for person in (author, reader):
        for act in (*ACTS.values(), moderation.restore):
            with pytest.raises(NotAllowed):
                act(comment, moderator=person)
    assert fresh(comment).state == "held"


def test_the_second_of_two_moderators_is_told_who_was_first(moderator: Person) -> None:
    # Given
    comment = PostCommentFactory()
    first = PersonFactory(moderator=True, name="Olga")
    moderation.mark_spam(comment, moderator=first, seen="held")
    # Then
    with pytest.raises(Conflict, match="Olga moved this comment meanwhile; it is now “Spam”"):
        moderation.approve(comment, moderator=moderator, seen="held")
    assert fresh(comment).state == "spam"


def test_a_decision_stops_the_waiting_check(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    comment = PostCommentFactory()
    moderation.approve(comment, moderator=moderator)
    run_tasks()
    assert (akismet.received, fresh(comment).checks) == ([], 0)


# Telling the checker


def test_spam_that_was_missed_is_reported_with_what_was_sent(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    # Given
    comment = PostCommentFactory()
    run_tasks()
    # When
    moderation.mark_spam(comment, moderator=moderator)
    run_tasks()
    # Then
    asked, told = akismet.received
    assert (told.path, told.fields) == ("/1.1/submit-spam", asked.fields)
    assert fresh(comment).report_due == ""
    assert story(comment)[-1] == ("told", "spam", "spam")


def test_ham_that_was_caught_is_reported_with_what_was_sent_at_first(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    # Given
    akismet.behave(Mood.DOWN)
    comment = PostCommentFactory(text="A casino of wheels")
    run_tasks()
    asked = akismet.received[0]
    akismet.behave(Mood.WELL)
    with time_machine.travel(timezone.now() + timedelta(minutes=21)):
        run_tasks()
    # When
    moderation.approve(comment, moderator=moderator)
    run_tasks()
    # Then
    told = akismet.received[-1]
    assert (told.path, told.fields) == ("/1.1/submit-ham", asked.fields)


@pytest.mark.parametrize(
    ("before", "to"),
    [
        ("held", "published"),
        ("held", "rejected"),
        ("published", "removed"),
        ("rejected", "published"),
        ("removed", "published"),
        ("spam", "rejected"),
    ],
)
def test_decisions_that_say_nothing_about_spam_are_not_reported(
    moderator: Person, before: str, to: str
) -> None:
    comment = a_comment(before)
    ACTS[CommentState(to)](comment, moderator=moderator)
    assert fresh(comment).report_due == ""


def test_undoing_spam_takes_the_report_back(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    moderation.mark_spam(comment, moderator=moderator)
    # When
    moderation.restore(comment, moderator=moderator)
    run_tasks()
    # Then
    assert akismet.received[-1].path == "/1.1/submit-ham"


def test_what_the_checker_itself_decides_is_never_reported(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    PostCommentFactory(text="Our casino")
    run_tasks()
    assert [one.path for one in akismet.received] == ["/1.1/comment-check"]


def test_a_report_that_was_not_heard_is_still_owed(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    akismet.behave(Mood.DOWN)
    # When
    moderation.mark_spam(comment, moderator=moderator)
    run_tasks()
    # Then
    assert fresh(comment).report_due == "spam"
    assert story(comment)[-1][0] == "decided"


def test_our_own_rules_are_told_nothing_and_nothing_stays_owed(
    run_tasks: RunTasks, moderator: Person
) -> None:
    comment = PostCommentFactory(published=True)
    moderation.mark_spam(comment, moderator=moderator)
    run_tasks()
    assert fresh(comment).report_due == ""
    assert story(comment)[-1][0] == "decided"


# What readers see


def test_a_removed_comment_leaves_a_tombstone_only_while_it_has_published_replies(
    post: Post, moderator: Person
) -> None:
    # Given
    root = PostCommentFactory(post=post, published=True, text="A secret word")
    reply = PostCommentFactory(parent=root, published=True)
    # When
    moderation.remove(root, moderator=moderator)
    # Then
    assert fresh(root).on_page
    assert "removed by a moderator" in fresh(root).fragment
    assert "secret" not in fresh(root).fragment
    # When
    moderation.remove(reply, moderator=moderator)
    # Then
    assert not PostComment.objects.on_page(post).exists()


@pytest.mark.parametrize("act", [moderation.mark_spam, moderation.remove])
def test_replies_stay_when_what_they_answer_goes(
    post: Post, moderator: Person, act: Callable[..., PostComment]
) -> None:
    # Given
    root = PostCommentFactory(post=post, published=True)
    middle = PostCommentFactory(parent=root, published=True)
    leaf = PostCommentFactory(parent=middle, published=True)
    # When
    act(root, moderator=moderator)
    act(middle, moderator=moderator)
    # Then
    rows = PostComment.objects.on_page(post).values_list("pk", "state")
    assert [pk for pk, _state in rows] == [root.pk, middle.pk, leaf.pk]
    assert fresh(leaf).state == "published"


def test_a_reply_published_after_its_parent_went_brings_the_tombstone_back(
    post: Post, moderator: Person
) -> None:
    # Given
    root = PostCommentFactory(post=post, published=True)
    reply = PostCommentFactory(parent=root)
    moderation.mark_spam(root, moderator=moderator)
    assert not fresh(root).on_page
    # When
    moderation.approve(reply, moderator=moderator)
    # Then
    assert [one.pk for one in PostComment.objects.on_page(post)] == [root.pk, reply.pk]
    assert "This comment is not shown." in fresh(root).fragment


def test_the_site_itself_may_not_do_more_than_people() -> None:
    comment = PostCommentFactory(published=True)
    with pytest.raises(WrongMoment):
        change_state(comment, to=CommentState.REJECTED, actor=None)


def test_an_event_holds_no_more_of_a_reason_than_it_can(moderator: Person) -> None:
    comment = moderation.reject(PostCommentFactory(), moderator=moderator, reason="x" * 400)
    assert len(comment.events.last().reason) == 300


def test_a_check_is_enqueued_with_the_comment_and_not_without_it(post: Post) -> None:
    before = DBTaskResult.objects.count()
    PostCommentFactory(post=post)
    assert DBTaskResult.objects.count() == before + 1

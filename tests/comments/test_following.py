"""Who hears of what: each thing once, never the wrong person, never what is not true any more."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Person
from blog.models import Post
from comments import discussion, following, moderation, participants
from comments.following import TIME_TO_UNDO, fan_out, first_shown
from comments.models import Follow, Notification, PostComment, Sanction, Scope
from comments.moderation import Why
from comments.spam import Judgement
from comments.words import Guest
from tests.comments.stories import RunTasks, fresh
from tests.factories.comments import PostCommentFactory, judge
from tests.factories.following import FollowFactory, ParticipantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
ANA = Guest("Ana", "ana@example.net")


def told(kind: str = "") -> list[tuple[int, str]]:
    """Whom something is to be told, and of which kind."""
    rows = Notification.objects.order_by("participant", "kind")
    return list((rows.filter(kind=kind) if kind else rows).values_list("participant", "kind"))


def later(minutes: float = 5) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes))


def confirmed(comment: PostComment) -> PostComment:
    return participants.confirm_comment(comment)


# Followers


def test_followers_of_the_discussion_hear_of_a_new_comment(post: Post, run_tasks: RunTasks) -> None:
    follow = FollowFactory(post=post)
    FollowFactory()  # of another post
    PostCommentFactory(post=post)
    run_tasks()
    assert told() == [(follow.participant_id, "comment")]


def test_nobody_hears_before_the_address_is_confirmed(post: Post, run_tasks: RunTasks) -> None:
    FollowFactory(post=post, wish=True)
    FollowFactory(post=post, confirmed_at=None)  # another wish of theirs was confirmed
    PostCommentFactory(post=post)
    run_tasks()
    assert told() == []


def test_the_writer_is_never_told_of_their_own_comment(
    post: Post, reader: Person, run_tasks: RunTasks
) -> None:
    FollowFactory(post=post, participant=participants.of(reader))
    FollowFactory(post=post, participant=participants.of(ANA))
    mine = PostCommentFactory(post=post, by=reader)
    run_tasks()
    PostCommentFactory(post=post, by=ANA, published=True)
    run_tasks()
    assert [pk for pk, _kind in told()] == [
        participants.of(reader).pk,
        participants.of(ANA).pk,
    ]
    assert not Notification.objects.filter(comment=mine, participant=mine.participant).exists()


@pytest.mark.parametrize("scope", Scope.values)
def test_whoever_is_answered_hears_of_a_reply_and_of_nothing_else(
    post: Post, run_tasks: RunTasks, scope: str
) -> None:
    # Given
    parent = PostCommentFactory(post=post, by=ANA, published=True)
    FollowFactory(post=post, participant=parent.participant, scope=scope)
    # When
    reply = PostCommentFactory(parent=parent)
    run_tasks()
    fan_out.call(reply.pk)
    # Then
    assert told() == [(parent.participant_id, "reply")]


def test_replies_to_others_are_not_replies_to_me(post: Post, run_tasks: RunTasks) -> None:
    mine = PostCommentFactory(post=post, by=ANA, published=True)
    FollowFactory(post=post, participant=mine.participant, scope=Scope.REPLIES)
    other = PostCommentFactory(post=post, published=True)
    PostCommentFactory(parent=other)
    PostCommentFactory(post=post)
    run_tasks()
    assert told() == []


def test_whoever_is_answered_without_following_hears_nothing(
    post: Post, run_tasks: RunTasks
) -> None:
    parent = PostCommentFactory(post=post, by=ANA, published=True)
    PostCommentFactory(parent=parent)
    run_tasks()
    assert told() == []


def test_whoever_is_banned_hears_nothing(post: Post, run_tasks: RunTasks) -> None:
    follow = FollowFactory(post=post)
    Sanction.objects.create(participant=follow.participant, kind="ban", reason="Threats")
    heard = FollowFactory(post=post)
    Sanction.objects.create(participant=heard.participant, kind="hold", reason="Careful")
    PostCommentFactory(post=post)
    run_tasks()
    assert told() == [(heard.participant_id, "comment")]


@pytest.mark.parametrize("state", ["held", "spam", "rejected"])
def test_nobody_hears_of_what_is_not_shown(post: Post, run_tasks: RunTasks, state: str) -> None:
    FollowFactory(post=post)
    facts = {"left_to_people": True} if state == "held" else {state: True}
    comment = PostCommentFactory(post=post, **facts)
    run_tasks()
    fan_out.call(comment.pk)
    assert told("comment") == []


def test_a_comment_approved_late_notifies_followers_once_then(
    post: Post, moderator: Person, run_tasks: RunTasks
) -> None:
    # Given
    comment = PostCommentFactory(post=post, left_to_people=True)
    follow = FollowFactory(post=post)
    run_tasks()
    assert told() == []
    # When
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        moderation.approve(comment, moderator=moderator)
        run_tasks()
        moderation.remove(fresh(comment), moderator=moderator)
        moderation.approve(fresh(comment), moderator=moderator)
        run_tasks()
    # Then
    assert told() == [(follow.participant_id, "comment")]


def test_an_official_answer_is_news_at_once(
    post: Post, editor: Person, run_tasks: RunTasks
) -> None:
    parent = PostCommentFactory(post=post, by=ANA, published=True)
    FollowFactory(post=post, participant=parent.participant, scope=Scope.REPLIES)
    discussion.answer(parent, editor=editor, text="We asked our colleagues.")
    run_tasks()
    assert told() == [(parent.participant_id, "reply")]
    assert Notification.objects.due().exists() or Notification.objects.get().sent_at


def test_whoever_follows_later_does_not_hear_of_old_comments(
    post: Post, moderator: Person, run_tasks: RunTasks
) -> None:
    # Given
    comment = PostCommentFactory(post=post, published=True)
    with later():
        FollowFactory(post=post)
        moderation.remove(comment, moderator=moderator)
        moderation.restore(comment, moderator=moderator)
        # When
        run_tasks()
        fan_out.call(comment.pk)
    # Then
    assert told() == []


def test_fanning_out_twice_changes_nothing(post: Post) -> None:
    FollowFactory.create_batch(3, post=post)
    comment = PostCommentFactory(post=post, published=True)
    assert fan_out.call(comment.pk) == 3
    assert fan_out.call(comment.pk) == 0
    assert len(told()) == 3


def test_many_followers_cost_the_decision_and_the_task_no_more_queries(post: Post) -> None:
    def queries(followers: int) -> int:
        FollowFactory.create_batch(followers, post=post)
        comment = PostCommentFactory(post=post)
        with CaptureQueriesContext(connection) as deciding:
            judge(comment, Judgement.HAM)
        with CaptureQueriesContext(connection) as telling:
            fan_out.call(comment.pk)
        return len(deciding), len(telling)

    assert queries(1) == queries(30)


def test_without_followers_nothing_is_enqueued(post: Post) -> None:
    PostCommentFactory(post=post, published=True)
    assert not DBTaskResult.objects.filter(task_path__endswith="fan_out").exists()


def test_news_that_a_lost_task_left_are_found_once(post: Post) -> None:
    # Given
    parent = PostCommentFactory(post=post, by=ANA, published=True)
    FollowFactory(post=post, participant=parent.participant, scope=Scope.REPLIES)
    follows = FollowFactory.create_batch(2, post=post)
    PostCommentFactory(parent=parent, published=True)
    DBTaskResult.objects.all().delete()
    # Then
    assert following.find_lost() == 3
    assert following.find_lost() == 0
    assert sorted(told()) == sorted(
        [(parent.participant_id, "reply")]
        + [(follow.participant_id, "comment") for follow in follows]
    )


def test_news_that_are_old_are_not_dug_up(post: Post) -> None:
    FollowFactory(post=post)
    PostCommentFactory(post=post, published=True)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert following.find_lost() == 0


# Undoing


def test_an_approval_that_is_undone_leaves_no_news(
    post: Post, moderator: Person, run_tasks: RunTasks
) -> None:
    # Given
    FollowFactory(post=post)
    comment = confirmed(PostCommentFactory(post=post, left_to_people=True))
    # When
    moderation.approve(comment, moderator=moderator)
    run_tasks()
    assert len(told()) == 2
    assert not Notification.objects.due().exists()
    moderation.restore(comment, moderator=moderator)
    # Then
    assert (told(), first_shown(fresh(comment))) == ([], None)
    with later():
        run_tasks()
    assert told() == []


def test_what_was_undone_and_done_again_is_told_to_who_follows_then(
    post: Post, moderator: Person, run_tasks: RunTasks
) -> None:
    # Given
    comment = PostCommentFactory(post=post, left_to_people=True)
    moderation.approve(comment, moderator=moderator)
    moderation.restore(comment, moderator=moderator)
    follow = FollowFactory(post=post)
    # When
    moderation.approve(comment, moderator=moderator)
    run_tasks()
    # Then
    assert told() == [(follow.participant_id, "comment")]


def test_a_removal_that_is_undone_keeps_the_news(
    post: Post, moderator: Person, run_tasks: RunTasks
) -> None:
    # Given
    follow = FollowFactory(post=post, participant__pace="daily")
    comment = PostCommentFactory(post=post)
    run_tasks()
    # When
    moderation.remove(comment, moderator=moderator)
    assert told() == []
    moderation.restore(comment, moderator=moderator)
    run_tasks()
    # Then
    assert told() == [(follow.participant_id, "comment")]


# The writer


def test_the_writer_hears_that_a_person_published_their_comment(
    post: Post, moderator: Person
) -> None:
    comment = confirmed(PostCommentFactory(post=post, left_to_people=True))
    moderation.approve(comment, moderator=moderator)
    news = Notification.objects.get()
    assert (news.participant, news.kind) == (comment.participant, "approved")
    assert news.due_at == comment.events.last().at + TIME_TO_UNDO


def test_the_writer_hears_why_a_person_did_not_publish_their_comment(
    post: Post, moderator: Person
) -> None:
    # Given
    comment = confirmed(PostCommentFactory(post=post, left_to_people=True))
    why = Why(reason="Not again", because="off_topic", words="This is about wheels.")
    # When
    moderation.decide(comment, to="rejected", moderator=moderator, why=why)
    # Then what moderators tell each other is not told
    news = Notification.objects.get()
    assert (news.kind, news.because, news.words) == (
        "refused",
        "off_topic",
        "This is about wheels.",
    )


def test_an_address_that_nobody_confirmed_hears_of_no_decision(
    post: Post, moderator: Person
) -> None:
    for act in (moderation.approve, moderation.reject):
        act(PostCommentFactory(post=post, left_to_people=True), moderator=moderator)
    assert told() == []


def test_what_the_site_decided_by_itself_is_not_told(post: Post, run_tasks: RunTasks) -> None:
    confirmed(PostCommentFactory(post=post))
    run_tasks()
    confirmed(PostCommentFactory(post=post, text="casino"))
    run_tasks()
    assert told() == []


def test_a_rejection_that_is_undone_leaves_no_mail(post: Post, moderator: Person) -> None:
    comment = confirmed(PostCommentFactory(post=post, left_to_people=True))
    moderation.reject(comment, moderator=moderator)
    moderation.restore(comment, moderator=moderator)
    assert told() == []


def test_a_second_thought_is_told_instead_of_the_first(post: Post, moderator: Person) -> None:
    comment = confirmed(PostCommentFactory(post=post, left_to_people=True))
    moderation.reject(comment, moderator=moderator)
    moderation.approve(fresh(comment), moderator=moderator)
    assert [kind for _pk, kind in told()] == ["approved"]


def test_taking_down_and_spam_are_not_told(post: Post, moderator: Person) -> None:
    shown = confirmed(PostCommentFactory(post=post, published=True))
    moderation.remove(shown, moderator=moderator)
    moderation.approve(fresh(shown), moderator=moderator)
    spam = confirmed(PostCommentFactory(post=post, left_to_people=True))
    moderation.mark_spam(spam, moderator=moderator)
    moderation.reject(fresh(spam), moderator=moderator)
    assert told() == []


def test_a_moderator_who_writes_is_not_told_of_it(post: Post, moderator: Person) -> None:
    PostCommentFactory(post=post, by=moderator)
    assert told() == []


def test_one_wish_for_a_participant_and_a_post() -> None:
    follow = FollowFactory()
    participant = ParticipantFactory()
    assert Follow.objects.filter(post=follow.post).count() == 1
    assert not participant.follows.exists()

"""What moderators may do to somebody's right to comment, and what they may not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog.models import Post
from comments import moderation, participants, sanctions
from comments.discussion import post_comment
from comments.models import Batch, Participant, PostComment, Sanction
from comments.sanctions import ban, hold, lift, suspend, work_off
from comments.spam import Judgement
from comments.sweeps import finish_bans
from comments.words import Guest
from tests.comments.stories import RunTasks, a_comment, fresh
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory, TrailFactory, judge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
ANA = Guest("Ana", "ana@example.net")
Rule = Callable[..., Sanction]
EVERY_RULE: list[Rule] = [
    hold,
    lambda *args, **facts: suspend(*args, hours=3, **facts),
    lambda *args, **facts: ban(*args, their_comments="reject", **facts),
]


@pytest.fixture
def ana(post: Post) -> Participant:
    participant = PostCommentFactory(post=post, by=ANA, published=True).participant
    assert participant is not None
    return participant


def say_later(post: Post, by: Person | Guest) -> PostComment:
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        return post_comment(post, by=by, text="Again.", trail=TrailFactory())


@pytest.mark.parametrize("rule", EVERY_RULE)
@pytest.mark.parametrize("role", ["moderator", "editor", "publisher"])
def test_moderators_and_above_may_sanction_and_are_named(
    ana: Participant, request: pytest.FixtureRequest, rule: Rule, role: str
) -> None:
    person = request.getfixturevalue(role)
    sanction = rule(ana, moderator=person, reason="  Threats\r\nagain ")
    assert (sanction.set_by, sanction.reason) == (person, "Threats\nagain")
    assert list(ana.sanctions.in_force()) == [sanction]


@pytest.mark.parametrize("rule", EVERY_RULE)
@pytest.mark.parametrize("role", ["reader", "author"])
def test_nobody_else_may(
    ana: Participant, request: pytest.FixtureRequest, rule: Rule, role: str
) -> None:
    person = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        rule(ana, moderator=person, reason="I dislike her")
    sanction = hold(ana, moderator=PersonFactory(moderator=True), reason="Threats")
    with pytest.raises(NotAllowed):
        lift(sanction, moderator=person)
    assert list(ana.sanctions.in_force()) == [sanction]


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_a_login_that_was_closed_may_not(ana: Participant, moderator: Person, rule: Rule) -> None:
    moderator.is_active = False
    with pytest.raises(NotAllowed):
        rule(ana, moderator=moderator, reason="Threats")


@pytest.mark.parametrize("rule", EVERY_RULE)
@pytest.mark.parametrize("role", ["moderator", "editor", "publisher"])
@pytest.mark.parametrize("by", ["moderator", "publisher"])
def test_staff_is_not_sanctioned_by_anybody(rule: Rule, role: str, by: str) -> None:
    theirs = participants.of(PersonFactory(role=role))
    with pytest.raises(NotAllowed, match="take the role away first"):
        rule(theirs, moderator=PersonFactory(role=by), reason="Quarrel")


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_nobody_sanctions_themselves(moderator: Person, rule: Rule) -> None:
    with pytest.raises(NotAllowed, match="yourself"):
        rule(participants.of(moderator), moderator=moderator, reason="Fun")


def test_a_sanction_from_before_is_not_lifted_by_whom_it_is_against(reader: Person) -> None:
    # Given
    sanction = hold(
        participants.of(reader), moderator=PersonFactory(moderator=True), reason="Threats"
    )
    reader.role = "moderator"
    reader.save()
    # Then
    with pytest.raises(NotAllowed, match="your own"):
        lift(sanction, moderator=reader)


@pytest.mark.parametrize("rule", EVERY_RULE)
@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 301, "a\x00b"])
def test_a_reason_that_fits_is_needed(
    ana: Participant, moderator: Person, rule: Rule, reason: str
) -> None:
    with pytest.raises(Invalid):
        rule(ana, moderator=moderator, reason=reason)
    assert not ana.sanctions.exists()


@pytest.mark.parametrize("hours", [0, 2, -1, 169])
def test_a_suspension_lasts_one_of_four_times(
    ana: Participant, moderator: Person, hours: int
) -> None:
    with pytest.raises(Invalid):
        suspend(ana, moderator=moderator, hours=hours, reason="Heat")


@time_machine.travel("2026-03-01T12:00:00Z", tick=False)
@pytest.mark.parametrize("hours", [1, 3, 24, 168])
def test_a_suspension_ends_by_itself_and_may_then_be_given_again(
    ana: Participant, moderator: Person, hours: int
) -> None:
    sanction = suspend(ana, moderator=moderator, hours=hours, reason="Heat")
    assert sanction.until == timezone.now() + timedelta(hours=hours)
    with time_machine.travel(sanction.until, tick=False):
        assert not ana.sanctions.in_force().exists()
        with pytest.raises(WrongMoment):
            lift(sanction, moderator=moderator)
        suspend(ana, moderator=moderator, hours=hours, reason="Heat again")


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_only_one_of_a_kind_is_in_force(ana: Participant, moderator: Person, rule: Rule) -> None:
    first = rule(ana, moderator=moderator, reason="Threats")
    with pytest.raises(WrongMoment):
        rule(ana, moderator=moderator, reason="More threats")
    lift(first, moderator=moderator)
    rule(ana, moderator=moderator, reason="Threats again")
    assert ana.sanctions.in_force().count() == 1
    assert ana.sanctions.count() == 2


def test_kinds_do_not_hinder_each_other(ana: Participant, moderator: Person) -> None:
    for rule in EVERY_RULE:
        rule(ana, moderator=moderator, reason="Threats")
    assert ana.sanctions.in_force().count() == 3


def test_lifting_names_who_did_it_and_happens_once(ana: Participant, moderator: Person) -> None:
    other = PersonFactory(moderator=True)
    sanction = lift(ban(ana, moderator=moderator, reason="Threats"), moderator=other)
    assert (sanction.lifted_by, sanction.set_by) == (other, moderator)
    assert sanction.lifted_at is not None
    with pytest.raises(WrongMoment):
        lift(sanction, moderator=moderator)
    sanction.refresh_from_db()
    assert sanction.lifted_by == other


# What it does to comments


def test_whoever_is_banned_cannot_write_until_it_is_lifted(
    ana: Participant, post: Post, moderator: Person
) -> None:
    sanction = ban(ana, moderator=moderator, reason="Threats")
    with pytest.raises(NotAllowed):
        say_later(post, ANA)
    lift(sanction, moderator=moderator)
    assert say_later(post, ANA).pk


def test_a_new_address_is_a_new_person(ana: Participant, post: Post, moderator: Person) -> None:
    ban(ana, moderator=moderator, reason="Threats")
    assert say_later(post, Guest("Ana", "ana.two@example.net")).pk


def test_whoever_was_banned_with_a_login_is_banned_as_a_guest_of_that_address(
    post: Post, moderator: Person, reader: Person
) -> None:
    ban(participants.of(reader), moderator=moderator, reason="Threats")
    with pytest.raises(NotAllowed):
        say_later(post, reader)
    with pytest.raises(NotAllowed):
        say_later(post, Guest("Somebody", reader.email.upper()))


def test_a_sanction_of_an_address_goes_over_to_who_signs_in_with_it(
    ana: Participant, post: Post, moderator: Person
) -> None:
    ban(ana, moderator=moderator, reason="Threats")
    person = PersonFactory(email=ANA.email)
    with pytest.raises(NotAllowed):
        say_later(post, person)


@pytest.mark.parametrize("rule", [hold, ban])
def test_what_waits_for_its_check_is_not_published_after_a_sanction(
    post: Post, moderator: Person, rule: Rule
) -> None:
    comment = PostCommentFactory(post=post, by=ANA)
    rule(comment.participant, moderator=moderator, reason="Threats")
    judge(comment, Judgement.HAM)
    comment = fresh(comment)
    assert (comment.state, comment.phase, comment.check_after) == ("held", "sanctions", None)


def states(comments: list[PostComment]) -> list[str]:
    return [fresh(comment).state for comment in comments]


ALL = ["held", "published", "spam", "rejected", "removed"]


@pytest.mark.parametrize(
    ("fate", "after"),
    [
        ("keep", ALL),
        ("reject", ["rejected", "removed", "spam", "rejected", "removed"]),
        ("spam", ["spam"] * 5),
    ],
)
def test_a_ban_does_what_was_chosen_for_their_comments_by_a_task(
    moderator: Person, run_tasks: RunTasks, fate: str, after: list[str]
) -> None:
    # Given
    comments = theirs_apart(ALL)
    other = PostCommentFactory(published=True)
    DBTaskResult.objects.all().delete()  # no check decides meanwhile
    # When
    ban(comments[0].participant, moderator=moderator, reason="Ads", their_comments=fate)
    # Then
    assert states(comments) == ALL
    run_tasks()
    assert states(comments) == after
    assert fresh(other).state == "published"
    for comment, before, now in zip(comments, ALL, after, strict=True):
        if before != now:
            event = comment.events.exclude(kind="told").last()
            assert event is not None
            assert (event.actor, event.reason) == (moderator, "Banned: Ads")
            assert (event.kind, event.phase, event.from_state) == ("decided", "sanctions", before)


def theirs_apart(states: list[str]) -> list[PostComment]:
    """Comments of one guest, a minute after each other: none of them is a flood."""
    comments = []
    start = timezone.now() - timedelta(hours=1)
    for number, state in enumerate(states):
        with time_machine.travel(start + timedelta(minutes=number)):
            comments.append(a_comment(state, by=ANA, text=f"Number {number}"))
    return comments


def test_an_unknown_choice_for_their_comments_bans_nobody(
    ana: Participant, moderator: Person
) -> None:
    with pytest.raises(Invalid):
        ban(ana, moderator=moderator, reason="Ads", their_comments="burn")
    assert not ana.sanctions.exists()


def test_lifting_a_ban_does_not_bring_their_comments_back_but_each_can_be_undone(
    ana: Participant, moderator: Person, run_tasks: RunTasks
) -> None:
    # Given
    comment = PostComment.objects.get()
    sanction = ban(ana, moderator=moderator, reason="Ads", their_comments="spam")
    run_tasks()
    # When
    lift(sanction, moderator=moderator)
    run_tasks()
    # Then
    assert fresh(comment).state == "spam"
    moderation.restore(comment, moderator=moderator)
    assert fresh(comment).state == "published"


def test_many_comments_are_moved_in_slices_and_counted(
    moderator: Person, run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given
    monkeypatch.setattr(sanctions, "SLICE", 2)
    comments = theirs_apart(["published"] * 5)
    ban(comments[0].participant, moderator=moderator, reason="Ads", their_comments="reject")
    # When
    [batch] = Batch.objects.all()
    assert work_off.call(batch.pk) == "more to do"
    assert states(comments).count("removed") == 2
    moderation.remove(comments[3], moderator=moderator)
    comments[4].delete()
    run_tasks()
    # Then
    batch.refresh_from_db()
    assert (batch.total, batch.done, batch.left) == (5, 3, 2)
    assert batch.finished_at is not None
    assert states(comments[:4]) == ["removed"] * 4


def test_a_task_that_runs_again_changes_nothing(ana: Participant, moderator: Person) -> None:
    comment = PostComment.objects.get()
    ban(ana, moderator=moderator, reason="Ads", their_comments="reject")
    [batch] = Batch.objects.all()
    assert work_off.call(batch.pk) == "finished"
    moderation.restore(comment, moderator=moderator)
    assert work_off.call(batch.pk) == "finished"
    assert fresh(comment).state == "published"
    batch.refresh_from_db()
    assert (batch.done, batch.left) == (1, 0)


def test_a_decision_whose_task_was_lost_is_found_by_the_sweep(
    ana: Participant, moderator: Person
) -> None:
    comment = PostComment.objects.get()
    ban(ana, moderator=moderator, reason="Ads", their_comments="reject")
    DBTaskResult.objects.all().delete()
    assert finish_bans() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=21)):
        assert finish_bans() == 1
        assert finish_bans() == 0
    assert fresh(comment).state == "removed"


# Notes


def test_a_note_names_its_writer(ana: Participant, moderator: Person) -> None:
    note = participants.note(ana, moderator=moderator, text=" Calm after\r\na mail. ")
    assert (note.text, note.written_by) == ("Calm after\na mail.", moderator)


@pytest.mark.parametrize("role", ["reader", "author"])
def test_only_moderators_write_notes(
    ana: Participant, request: pytest.FixtureRequest, role: str
) -> None:
    with pytest.raises(NotAllowed):
        participants.note(ana, moderator=request.getfixturevalue(role), text="Hm.")


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001, "a\x00b"])
def test_a_note_says_something_that_can_be_kept(
    ana: Participant, moderator: Person, text: str
) -> None:
    with pytest.raises(Invalid):
        participants.note(ana, moderator=moderator, text=text)

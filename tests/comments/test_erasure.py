"""Nothing that says who somebody was is left, and the discussion stands."""

import threading

import pytest
from django.db import connections

from accounts.models import Letter, Person
from comments import moderation, mydata
from comments.erasure import Published, erase
from comments.models import Flag, PostComment
from editorial import asking, disputes, review, wishes
from editorial.models import Dispute, DisputeEvent
from editorial.points import Raiser
from tests.comments.my_data import (
    EMAIL,
    TRACES,
    ZDENKA,
    comment_by,
    leave_traces,
    nobody_is_known,
    traces,
)
from tests.comments.stories import RunTasks, fresh, story
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import PARTS, DisputeFactory, WorkshopPostFactory, point

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


class Collapsing:
    """A room in which the process dies."""

    def knows(self, email: str) -> bool:
        return False

    def stored(self, owner: mydata.Owner) -> mydata.Section:
        return mydata.Section("nothing", "Nothing", [])

    def forget(self, owner: mydata.Owner) -> None:
        raise KeyboardInterrupt


def zdenka() -> mydata.Owner:
    owner = mydata.owner_of(EMAIL)
    assert owner is not None
    return owner


@pytest.mark.parametrize("choice", Published)
def test_nothing_of_an_erased_person_is_left_anywhere(
    run_tasks: RunTasks, choice: Published
) -> None:
    # Given
    comments = leave_traces(WorkshopPostFactory())
    run_tasks()
    assert {word for _table, word in traces()} == set(TRACES)
    # When
    erase(zdenka(), published=choice)
    run_tasks()
    # Then
    assert traces() == []
    assert nobody_is_known()
    assert mydata.owner_of(EMAIL) is None
    left = set(PostComment.objects.values_list("pk", flat=True))
    kept = ["answered", "answer", "other"] + ["published"] * (choice == Published.ANONYMOUS)
    assert left == {comments[name].pk for name in kept}


def test_published_comments_stand_under_somebody_who_left() -> None:
    # Given
    post = WorkshopPostFactory()
    comment = comment_by(ZDENKA, post=post, text="Grease first.")
    assert "Zdenka" in fresh(comment).fragment
    # When
    done = erase(zdenka(), published=Published.ANONYMOUS)
    # Then
    comment = fresh(comment)
    assert (done.anonymous, done.emptied, done.deleted) == (1, 0, 0)
    assert (comment.state, comment.comment, comment.participant) == (
        "published",
        "Grease first.",
        None,
    )
    assert "Somebody who left" in comment.fragment
    assert story(comment)[-1] == ("erased", "published", "published")
    assert set(comment.events.values_list("reason", "words", "actor")) == {("", "", None)}


def test_comments_taken_down_leave_an_empty_place_where_they_were_answered() -> None:
    # Given
    parent = comment_by(ZDENKA, text="Grease first.")
    reply = PostCommentFactory(parent=parent, published=True)
    alone = comment_by(ZDENKA, post=parent.post)
    # When
    done = erase(zdenka(), published=Published.REMOVED)
    # Then
    assert (done.anonymous, done.emptied, done.deleted) == (0, 1, 1)
    parent = fresh(parent)
    assert (parent.state, parent.on_page) == ("removed", True)
    assert "Grease" not in parent.comment + parent.html + parent.fragment
    assert fresh(reply).in_reply_to_id == parent.pk
    assert not PostComment.objects.filter(pk=alone.pk).exists()


def test_an_erased_comment_cannot_be_brought_back_by_undoing(moderator: Person) -> None:
    parent = comment_by(ZDENKA, text="Grease first.")
    PostCommentFactory(parent=parent, published=True)
    erase(zdenka(), published=Published.REMOVED)
    with pytest.raises(moderation.WrongMoment):
        moderation.restore(fresh(parent), moderator=moderator)


def test_a_name_in_an_answer_on_the_last_level_is_drawn_again() -> None:
    # Given a comment on the last level, answered
    comment = PostCommentFactory(published=True)
    for _level in range(3):
        comment = PostCommentFactory(parent=comment, published=True)
    last = comment_by(ZDENKA, parent=comment)
    answer = PostCommentFactory(parent=last, published=True)
    assert "Zdenka" in fresh(answer).fragment
    # When
    erase(zdenka(), published=Published.ANONYMOUS)
    # Then
    assert "Zdenka" not in fresh(answer).fragment
    assert "Somebody who left" in fresh(answer).fragment


def test_respect_is_counted_anew() -> None:
    comments = leave_traces(WorkshopPostFactory())
    erase(zdenka(), published=Published.ANONYMOUS)
    assert fresh(comments["other"]).respects == 0


def test_a_report_stays_without_the_reporter() -> None:
    leave_traces(WorkshopPostFactory())
    erase(zdenka(), published=Published.ANONYMOUS)
    flag = Flag.objects.get()
    assert (flag.participant, flag.words, flag.reason) == (None, "", "other")


def test_what_an_editor_made_a_dispute_of_stays_without_a_name(editor: Person) -> None:
    # Given
    post = WorkshopPostFactory()
    comment = comment_by(ZDENKA, post=post, text="They charge for parts.")
    said = [point(PARTS, quote="They charge for parts")]
    disputes.open_from_comment(comment, editor=editor, said=said)
    Letter.objects.all().delete()
    # When
    erase(zdenka(), published=Published.REMOVED)
    # Then
    assert Dispute.objects.get().source_comment_id == comment.pk
    assert fresh(comment).state == "removed"
    assert traces() == []


def test_a_person_with_a_login_is_unlinked_and_the_login_stays(run_tasks: RunTasks) -> None:
    # Given
    person = PersonFactory(email=EMAIL, name="Zdenka Quill")
    comments = leave_traces(WorkshopPostFactory(), person)
    comment_by(ZDENKA, post=comments["other"].post)
    # When
    erase(zdenka(), published=Published.ANONYMOUS)
    run_tasks()
    # Then
    assert {table for table, _word in traces()} <= {"accounts_person", "account_emailaddress"}
    assert nobody_is_known()
    assert fresh(comments["published"]).user is None
    assert Dispute.objects.get().raised_by is None


def test_no_step_of_an_objection_leads_back_to_whoever_raised_it(editor: Person) -> None:
    # Given
    person = PersonFactory(email=EMAIL, name="Zdenka Quill")
    dispute = DisputeFactory(raiser=Raiser(person=person))
    asking.ask(dispute, editor=editor, text="When was that?", version=dispute.version)
    asking.answer(dispute, text="In May.")
    review.add_source(dispute, url="https://prices.example/", title="", stance="disputes")
    disputes.accept(dispute, editor=editor, summary="Parts cost.", version=dispute.version)
    wishes.ask_to_withdraw(dispute)
    # When
    erase(zdenka(), published=Published.ANONYMOUS)
    # Then
    assert not DisputeEvent.objects.filter(actor=person).exists()
    assert DisputeEvent.objects.filter(actor=editor).count() == 2


def test_other_people_keep_theirs() -> None:
    # Given
    theirs = PostCommentFactory(published=True)
    before = PostComment.objects.filter(pk=theirs.pk).values().get()
    leave_traces(theirs.post)
    # When
    erase(zdenka(), published=Published.REMOVED)
    # Then
    assert PostComment.objects.filter(pk=theirs.pk).values().get() == before


def test_erasing_twice_finds_nothing_more() -> None:
    comments = leave_traces(WorkshopPostFactory())
    owner = zdenka()
    erase(owner, published=Published.ANONYMOUS)
    events = fresh(comments["published"]).events.count()
    done = erase(owner, published=Published.ANONYMOUS)
    assert (done.anonymous, done.emptied, done.deleted) == (0, 0, 0)
    assert fresh(comments["published"]).events.count() == events


def test_an_interrupted_erasure_is_finished_by_beginning_again() -> None:
    # Given a process that dies in the last step
    leave_traces(WorkshopPostFactory())
    mydata.ROOMS.append(Collapsing())
    with pytest.raises(KeyboardInterrupt):
        erase(zdenka(), published=Published.ANONYMOUS)
    assert not nobody_is_known()
    # When
    mydata.ROOMS.pop()
    erase(zdenka(), published=Published.ANONYMOUS)
    # Then
    assert traces() == []
    assert nobody_is_known()


@pytest.mark.django_db(transaction=True)
def test_erasing_at_once_from_two_windows_erases_once() -> None:
    # Given
    leave_traces(WorkshopPostFactory())
    done = []

    def act() -> None:
        done.append(erase(zdenka_before, published=Published.ANONYMOUS))
        connections.close_all()

    zdenka_before = zdenka()
    # When
    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Then
    assert sum(one.anonymous for one in done) == 2
    assert traces() == []

"""Editing one's own comment for 15 minutes, and withdrawing it at any time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog.models import Discussion, Post
from comments import discussion, editing, participants, tickets
from comments.editing import SignedLink, edit, version_of, withdraw
from comments.models import Browser, House, PostComment, Sanction
from comments.models.house import CACHE_KEY
from comments.spam import Judgement
from comments.words import Guest
from tests.comments.stories import a_comment, fresh, story
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory, TrailFactory, judge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]


def link(comment: PostComment) -> SignedLink:
    return SignedLink(tickets.seal(comment))


def rules(**facts: object) -> None:
    House.objects.update_or_create(pk=1, defaults=facts)
    cache.delete(CACHE_KEY)


def after(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span))


# Who, and when


@pytest.mark.parametrize("state", ["held", "published"])
def test_the_holder_of_the_link_changes_the_words_and_the_former_ones_are_kept(state: str) -> None:
    # Given
    comment = a_comment(state, text="Grease first.")
    # When
    edit(comment, by=link(comment), text="Oil *first*.")
    # Then
    comment = fresh(comment)
    assert (comment.state, comment.comment) == (state, "Oil *first*.")
    assert comment.html == "<p>Oil <em>first</em>.</p>"
    version = comment.versions.get()
    assert (version.text, version.html) == ("Grease first.", "<p>Grease first.</p>")
    assert (version.written_at, version.replaced_at) == (comment.submit_date, comment.edited_at)
    assert story(comment)[-1] == ("edited", state, state)


def test_readers_see_the_new_words_and_that_they_are_new() -> None:
    comment = PostCommentFactory(published=True, text="Grease first.")
    assert "edited" not in comment.fragment
    edit(comment, by=link(comment), text="Oil first.")
    shown = fresh(comment).fragment
    assert ("Oil first." in shown, "Grease" in shown, "edited" in shown) == (True, False, True)


def test_whoever_is_signed_in_edits_what_they_wrote_and_it_is_recorded_as_theirs(
    reader: Person,
) -> None:
    comment = PostCommentFactory(by=reader)
    edit(comment, by=reader, text="Oil first.")
    assert comment.events.last().actor == reader


def test_a_guest_who_proved_the_address_for_this_comment_and_then_signed_in_is_its_writer() -> None:
    # Given
    guest = participants.of(Guest("Ana", "ana@example.net"))
    browser = Browser.objects.create(participant=guest, name="Ana", proved_at=timezone.now())
    by = Guest("Ana", "ana@example.net")
    proved = PostCommentFactory(by=by, trail=TrailFactory(browser=browser))
    with after(minutes=1):
        typed = PostCommentFactory(by=by, post=proved.post)
    # When
    ana = PersonFactory(email="ana@example.net")
    participants.of(ana)
    # Then
    edit(proved, by=ana, text="Oil first.")
    with pytest.raises(NotAllowed):
        edit(typed, by=ana, text="Oil first.")


def test_nobody_else_edits_or_withdraws(reader: Person, moderator: Person) -> None:
    comment, other = PostCommentFactory(by=PersonFactory()), PostCommentFactory()
    wrong = [reader, moderator, link(other), SignedLink(""), SignedLink("forged")]
    wrong.append(SignedLink(tickets.hand_out(comment.post)))
    for somebody in wrong:
        with pytest.raises(NotAllowed):
            edit(comment, by=somebody, text="I was wrong.")
        with pytest.raises(NotAllowed):
            withdraw(comment, by=somebody)
    assert (fresh(comment).comment, fresh(comment).state) == (comment.comment, "held")


def test_after_a_day_the_link_proves_nothing() -> None:
    comment = PostCommentFactory(published=True)
    by = link(comment)
    with after(hours=25), pytest.raises(NotAllowed):
        withdraw(comment, by=by)


def test_after_fifteen_minutes_the_words_stand() -> None:
    comment = PostCommentFactory(published=True)
    with after(minutes=14, seconds=58):
        assert editing.editable_until(comment) is not None
        edit(comment, by=link(comment), text="Oil first.")
    with after(minutes=15, seconds=1):
        assert editing.editable_until(fresh(comment)) is None
        with pytest.raises(WrongMoment, match="15 minutes"):
            edit(comment, by=link(comment), text="Oil last.")
    assert fresh(comment).comment == "Oil first."


@pytest.mark.parametrize("state", ["spam", "rejected", "removed"])
def test_what_was_decided_against_cannot_be_rewritten(state: str) -> None:
    comment = a_comment(state)
    assert editing.editable_until(comment) is None
    with pytest.raises(Conflict, match="decided about this comment meanwhile"):
        edit(comment, by=link(comment), text="Oil first.")
    assert fresh(comment).comment == comment.comment


def test_the_second_of_two_windows_is_told_and_nothing_is_lost() -> None:
    # Given
    comment = PostCommentFactory()
    seen = version_of(comment)
    edit(comment, by=link(comment), text="From one window.", seen=seen)
    # Then
    with pytest.raises(Conflict, match="changed meanwhile"):
        edit(comment, by=link(comment), text="From the other.", seen=seen)
    edit(comment, by=link(comment), text="From the other.", seen=version_of(fresh(comment)))
    assert [version.text for version in comment.versions.all()][1] == "From one window."


def test_being_published_meanwhile_does_not_disturb_an_edit() -> None:
    comment = PostCommentFactory()
    seen = version_of(comment)
    judge(comment, Judgement.HAM)
    edit(comment, by=link(comment), text="Oil first.", seen=seen)
    assert (fresh(comment).state, fresh(comment).comment) == ("published", "Oil first.")


@pytest.mark.parametrize("text", ["", " \n ", "x" * 10_001, "a\x00b"])
def test_words_that_cannot_be_sent_cannot_be_edited_in(text: str) -> None:
    comment = PostCommentFactory()
    with pytest.raises(Invalid):
        edit(comment, by=link(comment), text=text)
    assert not comment.versions.exists()


def test_the_same_words_make_no_version() -> None:
    comment = PostCommentFactory(text="Grease first.")
    edit(comment, by=link(comment), text=" Grease first.\r\n")
    assert (comment.versions.count(), fresh(comment).edited_at) == (0, None)


def test_a_comment_is_changed_ten_times_at_most() -> None:
    comment = PostCommentFactory()
    for number in range(editing.MOST_EDITS):
        edit(comment, by=link(comment), text=f"Version {number}")
    with pytest.raises(WrongMoment, match="10 times at most"):
        edit(comment, by=link(comment), text="One more.")
    assert comment.versions.count() == editing.MOST_EDITS


def test_a_closed_discussion_lets_words_be_mended() -> None:
    comment = PostCommentFactory(published=True)
    Post.objects.update(discussion=Discussion.CLOSED)
    edit(comment, by=link(comment), text="Oil first.")
    assert fresh(comment).comment == "Oil first."


def test_a_banned_writer_edits_nothing_and_withdraws_all_the_same(moderator: Person) -> None:
    comment = PostCommentFactory(published=True)
    Sanction.objects.create(
        participant=comment.participant, kind="ban", reason="Threats.", set_by=moderator
    )
    with pytest.raises(NotAllowed, match="you may not comment here"):
        edit(comment, by=link(comment), text="Oil first.")
    assert fresh(comment).comment == comment.comment
    withdraw(comment, by=link(comment))
    assert fresh(comment).state == "removed"


# The same words in the same place


def test_an_edit_into_words_said_before_is_refused_and_the_old_words_are_free_again() -> None:
    # Given
    by = Guest("Ana", "ana@example.net")
    first = PostCommentFactory(by=by, text="Grease first.")
    with after(minutes=1):
        second = PostCommentFactory(post=first.post, by=by, text="Oil first.")
    # Then
    with pytest.raises(Conflict, match="said this here already"):
        edit(second, by=link(second), text="Grease first.")
    assert (fresh(second).comment, second.versions.count()) == ("Oil first.", 0)
    # When
    edit(first, by=link(first), text="Wash first.")
    edit(second, by=link(second), text="Grease first.")
    # Then
    with after(minutes=2), pytest.raises(Conflict, match="said this here already"):
        PostCommentFactory(post=first.post, by=by, text="Wash first.")


def test_what_was_withdrawn_may_be_said_again() -> None:
    by = Guest("Ana", "ana@example.net")
    comment = PostCommentFactory(by=by, text="Grease first.", published=True)
    withdraw(comment, by=link(comment))
    with after(minutes=1):
        again = PostCommentFactory(post=comment.post, by=by, text="Grease first.")
    assert again.state == "held"


words = st.text(st.sampled_from("ab *_>\n"), min_size=1, max_size=6)
SOMETIMES = settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)


@pytest.mark.once
@SOMETIMES
@given(texts=st.lists(words, max_size=6))
def test_versions_and_the_digest_follow_every_sequence_of_edits(texts: list[str]) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    said = [comment.comment]
    # When
    for text in texts:
        try:
            edit(fresh(comment), by=link(comment), text=text)
        except Invalid:
            continue
        if text.strip() != said[-1]:
            said.append(text.strip())
    # Then
    comment = fresh(comment)
    kept = list(comment.versions.all())
    assert [version.text for version in kept] + [comment.comment] == said
    assert comment.said == discussion.digest(comment)
    times = [version.written_at for version in kept] + [comment.edited_at]
    if kept:
        assert times[0] == comment.submit_date
        assert times[1:] == [version.replaced_at for version in kept]
    assert comment.events.filter(kind="edited").count() == len(kept)
    assert comment.html in comment.fragment

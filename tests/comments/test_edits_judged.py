"""What is edited is judged again: by the phases, and by the spam check."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Person
from comments import evidence, moderation, pipeline, tickets
from comments.editing import SignedLink, edit
from comments.local_akismet import LocalAkismet, Mood
from comments.models import House, PostComment, Sanction
from comments.models.house import CACHE_KEY
from comments.spam import Judgement
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


def test_an_edit_meets_the_phases_that_look_at_writer_and_words_in_their_order() -> None:
    names = [step.__name__ for step in pipeline.AFTER_AN_EDIT]
    assert names == ["staff", "sanctions", "banned_words", "suspect_words", "links"]
    assert names == [one.__name__ for one in pipeline.WHILE_STORING if one.__name__ in names]


@pytest.mark.parametrize(
    ("house", "to", "phase"),
    [
        ({"banned_words": "oil"}, "rejected", "banned"),
        ({"suspect_words": "oil"}, "held", "suspect"),
        ({"most_links": 0}, "held", "links"),
    ],
)
@pytest.mark.parametrize("state", ["held", "published"])
def test_new_words_meet_the_phases_again(
    house: dict[str, object], to: str, phase: str, state: str
) -> None:
    # Given
    comment = a_comment(state)
    rules(**house)
    # When
    edit(comment, by=link(comment), text="Oil it: https://oil.example/")
    # Then
    comment = fresh(comment)
    assert (comment.state, comment.phase, comment.check_after) == (to, phase, None)
    event = comment.events.last()
    assert (event.kind, event.from_state, event.to_state) == ("edited", state, to)
    assert (event.phase, event.reason[:8]) == (phase, "It holds")
    assert comment.on_page is False
    assert comment.versions.count() == 1


def test_a_published_comment_of_somebody_who_is_always_held_is_held_again(
    moderator: Person,
) -> None:
    comment = PostCommentFactory(published=True)
    Sanction.objects.create(
        participant=comment.participant, kind="hold", reason="Shouts.", set_by=moderator
    )
    edit(comment, by=link(comment), text="Oil first.")
    assert (fresh(comment).state, fresh(comment).phase) == ("held", "sanctions")


def test_an_edit_of_staff_is_not_checked(
    moderator: Person, akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    comment = PostCommentFactory(by=moderator)
    edit(comment, by=moderator, text="Our casino.")
    run_tasks()
    assert (fresh(comment).state, akismet.received) == ("published", [])


def test_a_published_comment_stays_until_the_checker_calls_its_new_words_spam(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    # Given
    comment = PostCommentFactory(text="Grease first.")
    run_tasks()
    # When
    edit(comment, by=link(comment), text="Try our casino.")
    assert fresh(comment).state == "published"
    run_tasks()
    # Then
    first, second = akismet.received
    assert (first.one("comment_content"), first.one("recheck_reason")) == ("Grease first.", "")
    assert (second.one("comment_content"), second.one("recheck_reason")) == (
        "Try our casino.",
        "edit",
    )
    assert story(comment)[-1] == ("checked", "published", "spam")
    assert fresh(comment).sent["content"] == "Try our casino."


def test_blatant_spam_that_was_edited_in_is_kept_for_moderators(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    comment = PostCommentFactory()
    run_tasks()
    reply = PostCommentFactory(parent=fresh(comment), published=True)
    edit(comment, by=link(comment), text="Casino jackpot viagra crypto")
    run_tasks()
    assert (fresh(comment).state, fresh(reply).state) == ("spam", "published")


def test_harmless_new_words_change_nothing_more(akismet: LocalAkismet, run_tasks: RunTasks) -> None:
    comment = PostCommentFactory()
    run_tasks()
    edit(comment, by=link(comment), text="Oil first.")
    run_tasks()
    comment = fresh(comment)
    assert (comment.state, comment.check_after) == ("published", None)
    assert story(comment)[-1] == ("checked", "published", "published")


def test_a_held_comment_that_waits_for_people_goes_on_waiting(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    # Given
    rules(suspect_words="grease")
    comment = PostCommentFactory(text="Grease first.")
    assert comment.phase == "suspect"
    # When
    edit(comment, by=link(comment), text="Oil first.")
    run_tasks()
    # Then
    assert len(akismet.received) == 1
    assert (fresh(comment).state, fresh(comment).phase) == ("held", "suspect")


def test_a_comment_edited_before_its_first_check_is_published_as_if_just_sent(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    comment = PostCommentFactory()
    edit(comment, by=link(comment), text="Oil first.")
    run_tasks()
    assert [one.one("comment_content") for one in akismet.received] == ["Oil first."]
    assert fresh(comment).state == "published"


def test_a_verdict_about_former_words_says_nothing_about_the_new_ones() -> None:
    # Given
    comment = PostCommentFactory()
    facts = evidence.of(comment)
    edit(comment, by=link(comment), text="Try our casino.")
    # When
    verdict = moderation.Verdict(judgement=Judgement.HAM)
    moderation.settle(comment.pk, verdict=verdict, facts=facts)
    # Then
    comment = fresh(comment)
    assert (comment.state, comment.verdict) == ("held", "")
    assert comment.check_after is not None


def test_while_the_checker_is_down_an_edited_comment_stays_and_is_asked_about_later(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    # Given
    comment = PostCommentFactory()
    run_tasks()
    akismet.behave(Mood.DOWN)
    # When
    edit(comment, by=link(comment), text="Try our casino.")
    run_tasks()
    # Then
    assert fresh(comment).state == "published"
    assert fresh(comment).check_after > timezone.now()
    # When
    akismet.behave(Mood.WELL)
    with after(minutes=21):
        run_tasks()
    assert fresh(comment).state == "spam"


def test_when_the_checker_never_answers_an_edited_comment_is_left_as_it_is(
    akismet: LocalAkismet, run_tasks: RunTasks
) -> None:
    comment = PostCommentFactory()
    run_tasks()
    akismet.behave(Mood.DOWN)
    edit(comment, by=link(comment), text="Oil first.")
    with after(days=16):
        run_tasks()
    assert (fresh(comment).state, fresh(comment).check_after) == ("published", None)


def test_a_decision_stops_the_check_of_an_edit(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    comment = PostCommentFactory()
    run_tasks()
    edit(comment, by=link(comment), text="Try our casino.")
    moderation.remove(comment, moderator=moderator)
    run_tasks()
    assert (fresh(comment).state, len(akismet.received)) == ("removed", 1)


def test_a_report_tells_the_checker_the_words_it_was_asked_about_last(
    akismet: LocalAkismet, run_tasks: RunTasks, moderator: Person
) -> None:
    comment = PostCommentFactory()
    run_tasks()
    edit(comment, by=link(comment), text="Oil first.")
    run_tasks()
    moderation.mark_spam(comment, moderator=moderator)
    run_tasks()
    assert akismet.received[-1].one("comment_content") == "Oil first."


def test_new_words_are_unread_again(moderator: Person) -> None:
    comment = PostCommentFactory()
    moderation.approve(comment, moderator=moderator)
    assert fresh(comment).read_at is not None
    edit(comment, by=link(comment), text="Oil first.")
    assert list(PostComment.objects.unread()) == [comment]

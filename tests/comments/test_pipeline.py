"""The way of a comment: one order, the first decision wins."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import Conflict, NotAllowed, WrongMoment
from blog.models import Discussion, Post
from comments import moderation, pipeline
from comments.discussion import TooSoon, post_comment
from comments.models import AtOnce, Browser, House, PostComment, Sanction
from comments.models.house import CACHE_KEY
from comments.words import Guest
from tests.comments.stories import fresh
from tests.factories.comments import PostCommentFactory, TrailFactory

pytestmark = pytest.mark.django_db
ANA = Guest("Ana", "ana@example.net")
RunTasks = Callable[[], int]


def rules(**facts: object) -> None:
    House.objects.update_or_create(pk=1, defaults=facts)
    cache.delete(CACHE_KEY)


def later() -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=1))


def say(post: Post, by: Person | Guest = ANA, **facts: object) -> PostComment:
    said = {"text": "Grease first.", "trail": TrailFactory(), **facts}
    return post_comment(post, by=by, **said)  # type: ignore[arg-type]


def last(comment: PostComment) -> tuple[str, str, str]:
    event = comment.events.last()
    assert event is not None
    return fresh(comment).state, event.phase, event.reason


def test_the_order_is_the_documented_one() -> None:
    steps = [*pipeline.BEFORE_STORING, *pipeline.WHILE_STORING]
    assert [step.__name__ for step in steps] == [
        "limits",
        "is_open",
        "staff",
        "sanctions",
        "duplicate",
        "flood",
        "banned_words",
        "suspect_words",
        "links",
    ]


def test_a_moderator_is_asked_nothing(post: Post, moderator: Person) -> None:
    rules(banned_words="grease", at_once=AtOnce.NOBODY)
    comment = say(post, moderator)
    assert last(comment) == ("published", "staff", "Written by a moderator.")


@pytest.mark.parametrize(
    ("lists", "outcome"),
    [
        ({"banned_words": "GREASE"}, ("rejected", "banned", "It holds the banned word “GREASE”.")),
        (
            {"suspect_words": "oil\ngrease first"},
            ("held", "suspect", "It holds the suspect word “grease first”."),
        ),
        (
            {"banned_words": "grease", "suspect_words": "first"},
            ("rejected", "banned", "It holds the banned word “grease”."),
        ),
    ],
)
def test_the_first_list_that_hits_decides(post: Post, lists: dict[str, str], outcome) -> None:
    rules(**lists)
    assert last(say(post)) == outcome


def test_what_a_phase_decided_is_not_shown_to_the_spam_check(
    post: Post, run_tasks: RunTasks
) -> None:
    comment = say(post, text="https://a.example https://b.example")
    run_tasks()
    assert last(comment) == ("held", "links", "It holds 2 links.")
    assert fresh(comment).verdict == ""


def test_whoever_is_banned_hears_so(post: Post) -> None:
    first = PostCommentFactory(post=post, by=ANA)
    Sanction.objects.create(participant=first.participant, kind="ban", reason="Threats")
    with later(), pytest.raises(NotAllowed):
        say(post, text="Again.")


def test_a_suspension_ends_by_itself(post: Post) -> None:
    first = PostCommentFactory(post=post, by=ANA)
    until = timezone.now() + timedelta(hours=1)
    Sanction.objects.create(
        participant=first.participant, kind="suspension", until=until, reason="Heat"
    )
    with later(), pytest.raises(NotAllowed, match="You may comment here again from"):
        say(post, text="Again.")
    with time_machine.travel(until + timedelta(seconds=1)):
        assert say(post, text="Again.").pk


def test_whoever_is_always_held_is_held(post: Post) -> None:
    first = PostCommentFactory(post=post, by=ANA)
    Sanction.objects.create(participant=first.participant, kind="hold", reason="Careful")
    with later():
        assert last(say(post, text="Again."))[:2] == ("held", "sanctions")


def test_sanctions_come_before_a_duplicate_and_that_before_a_flood(post: Post) -> None:
    say(post)
    with pytest.raises(Conflict):
        say(post)
    with pytest.raises(TooSoon):
        say(post, text="Other words.")


@pytest.mark.parametrize(
    ("mode", "state", "reason"),
    [
        (Discussion.OPEN, "published", "Nothing in it looks like spam."),
        (Discussion.HOLD, "held", "Every comment on this post is held."),
    ],
)
def test_a_post_may_hold_every_comment(
    post: Post, run_tasks: RunTasks, mode, state, reason
) -> None:
    rules(at_once=AtOnce.HAM)
    Post.objects.update(discussion=mode)
    comment = say(post)
    run_tasks()
    assert last(comment) == (state, "newcomer", reason)


def test_a_closed_topic_closes_its_posts_but_not_one_that_an_editor_opened(post: Post) -> None:
    topic = post.topics.create(name="Wheels", slug="wheels", discussion=Discussion.CLOSED)
    with pytest.raises(WrongMoment):
        say(post)
    Post.objects.update(discussion=Discussion.OPEN)
    assert say(post).pk
    assert topic.discussion == "closed"


def guest_known_before(post: Post, moderator: Person) -> PostComment:
    comment = PostCommentFactory(post=post, by=ANA, left_to_people=True)
    PostComment.objects.filter(pk=comment.pk).update(confirmed_at=timezone.now())
    moderation.approve(comment, moderator=moderator)
    return fresh(comment)


def test_a_typed_address_is_nobody_we_know(
    post: Post, moderator: Person, run_tasks: RunTasks
) -> None:
    guest_known_before(post, moderator)
    with later():
        comment = say(post, text="It is me, believe me.")
        run_tasks()
    assert last(comment) == (
        "held",
        "newcomer",
        "Its writer has not confirmed the address.",
    )


def test_somebody_known_in_a_known_browser_is_published_at_once(
    post: Post, moderator: Person, run_tasks: RunTasks
) -> None:
    first = guest_known_before(post, moderator)
    browser = Browser.objects.create(
        participant=first.participant, name="Ana", proved_at=timezone.now()
    )
    with later():
        comment = say(post, text="Me again.", trail=TrailFactory(browser=browser))
        run_tasks()
    assert last(comment)[:2] == ("published", "newcomer")


def test_another_s_browser_proves_nothing(post: Post, moderator: Person) -> None:
    guest_known_before(post, moderator)
    eve = PostCommentFactory(post=post, by=Guest("Eve", "eve@example.net"))
    browser = Browser.objects.create(
        participant=eve.participant, name="Eve", proved_at=timezone.now()
    )
    with later():
        comment = say(post, text="Ana, honestly.", trail=TrailFactory(browser=browser))
    assert comment.confirmed_at is None


@pytest.mark.parametrize(
    ("at_once", "guest", "signed_in"),
    [
        (AtOnce.HAM, "published", "published"),
        (AtOnce.KNOWN, "held", "held"),
        (AtOnce.SIGNED_IN, "held", "published"),
        (AtOnce.NOBODY, "held", "held"),
    ],
)
def test_who_is_published_at_once_is_a_setting(
    post: Post, reader: Person, run_tasks: RunTasks, at_once, guest, signed_in
) -> None:
    rules(at_once=at_once)
    comments = say(post), say(post, reader)
    run_tasks()
    assert [fresh(comment).state for comment in comments] == [guest, signed_in]


def test_a_person_with_a_published_comment_is_known(
    post: Post, reader: Person, moderator: Person, run_tasks: RunTasks
) -> None:
    first = say(post, reader)
    run_tasks()
    moderation.approve(first, moderator=moderator)
    with later():
        second = say(post, reader, text="And again.")
        run_tasks()
    assert last(second)[:2] == ("published", "newcomer")

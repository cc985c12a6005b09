"""Whatever moderators and the spam check do, in whatever order, the record and the page agree."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Person
from accounts.refusals import Refusal
from comments import editing, moderation, tickets
from comments.models import CommentState, EventKind, PostComment
from comments.moderation import BY_ITS_WRITER, MOVES
from comments.spam import Judgement
from comments.threads import Threads
from tests.comments.stories import ACTS, rules
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory, judge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]

Step = Callable[[PostComment, Person], object]


def checked(judgement: Judgement) -> Step:
    return lambda comment, _moderator: judge(comment, judgement)


def decided(state: CommentState) -> Step:
    return lambda comment, moderator: ACTS[state](comment, moderator=moderator)


def its_writer(comment: PostComment) -> editing.SignedLink:
    return editing.SignedLink(tickets.seal(comment))


def edited(comment: PostComment, words: str) -> object:
    """No two comments here say the same."""
    return editing.edit(comment, by=its_writer(comment), text=f"{words} {comment.pk}")


STEPS: dict[str, Step] = {
    **{f"decide {state}": decided(state) for state in ACTS},
    "undo": lambda comment, moderator: moderation.restore(comment, moderator=moderator),
    "ham": checked(Judgement.HAM),
    "spam": checked(Judgement.SPAM),
    "silence": checked(Judgement.UNKNOWN),
    "edit": lambda comment, _moderator: edited(comment, "Said better."),
    "edit in a banned word": lambda comment, _moderator: edited(comment, "A forbidden thing."),
    "withdraw": lambda comment, _moderator: editing.withdraw(comment, by=its_writer(comment)),
}


def a_thread() -> list[PostComment]:
    """A comment, its reply, and the reply's reply; what is below the first is held."""
    post = PostFactory(published=True)
    first = PostCommentFactory(post=post, published=True)
    second = PostCommentFactory(parent=first, published=True)
    return [first, second, PostCommentFactory(parent=second)]


def take(comment: PostComment, name: str, moderator: Person) -> None:
    try:
        with transaction.atomic():
            STEPS[name](PostComment.objects.get(pk=comment.pk), moderator)
    except Refusal:
        return


@pytest.mark.once
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(sorted(STEPS))), max_size=14))
def test_no_order_of_steps_breaks_the_record_or_the_page(steps: list[tuple[int, str]]) -> None:
    with transaction.atomic():
        # Given
        comments, moderator = a_thread(), PersonFactory(moderator=True)
        rules(banned_words="forbidden")
        # When
        for which, name in steps:
            take(comments[which], name, moderator)
        # Then
        stored = [PostComment.objects.get(pk=comment.pk) for comment in comments]
        for comment in stored:
            assert_its_record_is_a_legal_way(comment)
            assert (comment.is_public, comment.is_removed) == (
                comment.state == CommentState.PUBLISHED,
                comment.state == CommentState.REMOVED,
            )
        assert_the_page_shows(stored)
        transaction.set_rollback(True)


def assert_its_record_is_a_legal_way(comment: PostComment) -> None:
    """Every event begins where the one before ended, and moves as the table says."""
    events = [one for one in comment.events.all() if one.kind != EventKind.TOLD]
    for before, after in pairwise(events):
        assert after.from_state == before.to_state
    for event in events[1:]:
        if event.from_state == event.to_state:
            assert event.kind in (EventKind.CHECKED, EventKind.EDITED)
        elif event.kind == EventKind.UNDONE:
            assert event.from_state in MOVES[event.to_state]
        else:
            assert event.to_state in BY_ITS_WRITER.get(event.kind, MOVES)[event.from_state]
    assert events[-1].to_state == comment.state


def assert_the_page_shows(comments: list[PostComment]) -> None:
    """Published comments, tombstones above them, nothing else; the counter equals a recount."""
    published = [comment for comment in comments if comment.state == CommentState.PUBLISHED]
    for at, comment in enumerate(comments):
        is_above = any(later.state == CommentState.PUBLISHED for later in comments[at + 1 :])
        assert comment.on_page == (comment in published or is_above)
        assert (comment.comment in comment.fragment) == (comment in published)
    assert Threads(comments[0].post).published == len(published)

"""Whatever speaks against a comment, and however much of it: the earliest phase decides."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, Refusal, WrongMoment
from blog.models import Discussion, Post
from comments.discussion import TooSoon, post_comment
from comments.models import AtOnce, PostComment, Sanction
from comments.spam import Judgement
from comments.words import Guest
from tests.comments.stories import rules
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory, TrailFactory, judge

pytestmark = pytest.mark.django_db
ANA = Guest("Ana", "ana@example.net")
IN_ORDER: dict[str, type[Refusal] | tuple[str, str]] = {
    "limits": Invalid,
    "is_open": WrongMoment,
    "staff": ("published", "staff"),
    "sanctions": NotAllowed,
    "duplicate": Conflict,
    "flood": TooSoon,
    "banned": ("rejected", "banned"),
    "suspect": ("held", "suspect"),
    "links": ("held", "links"),
    "checker": ("spam", "checker"),
    "newcomer": ("held", "newcomer"),
}


@dataclass
class Scene:
    """What stands ready before somebody speaks."""

    post: Post
    known: PostComment
    by: Person | Guest = ANA
    house: dict[str, object] = field(default_factory=dict)
    text: str = "Grease first, see https://a.example and https://b.example."

    def earlier(self, text: str) -> PostComment:
        return PostCommentFactory(post=self.post, by=ANA, text=text)


def hours_ago(hours: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() - timedelta(hours=hours))


def ban(scene: Scene) -> None:
    Sanction.objects.create(participant=scene.known.participant, kind="ban", reason="Threats")


def say_the_same(scene: Scene) -> None:
    with hours_ago(1):
        scene.earlier(scene.text)


def close(scene: Scene) -> None:
    Post.objects.filter(pk=scene.post.pk).update(discussion=Discussion.CLOSED)


BEFOREHAND: dict[str, Callable[[Scene], object]] = {
    "staff": lambda scene: setattr(scene, "by", PersonFactory(moderator=True)),
    "duplicate": say_the_same,
    "flood": lambda scene: scene.earlier("A moment ago."),
    "sanctions": ban,
    "banned": lambda scene: scene.house.update(banned_words="grease"),
    "suspect": lambda scene: scene.house.update(suspect_words="first"),
    "links": lambda scene: scene.house.update(most_links=1),
    "newcomer": lambda scene: scene.house.update(at_once=AtOnce.NOBODY),
    "is_open": close,
}


def prepared(phases: set[str]) -> Scene:
    """Earlier comments first: afterwards nobody may write."""
    rules(most_links=9, at_once=AtOnce.HAM, banned_words="", suspect_words="")
    with hours_ago(2):
        post = PostFactory(published=True)
        scene = Scene(post, PostCommentFactory(post=post, by=ANA))
    for phase, prepare in BEFOREHAND.items():
        if phase in phases and not (phase == "sanctions" and "staff" in phases):
            prepare(scene)
    rules(**scene.house)
    return scene


def outcome(scene: Scene, phases: set[str]) -> type[Refusal] | tuple[str, str]:
    text = "" if "limits" in phases else scene.text
    try:
        comment = post_comment(scene.post, by=scene.by, text=text, trail=TrailFactory())
    except Refusal as refusal:
        return type(refusal)
    judge(comment, Judgement.SPAM if "checker" in phases else Judgement.HAM)
    comment.refresh_from_db()
    decided = comment.events.exclude(phase="").last()
    assert decided is not None
    return comment.state, decided.phase


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(phases=st.sets(st.sampled_from(list(IN_ORDER)), max_size=6))
def test_the_earliest_phase_that_speaks_decides(phases: set[str]) -> None:
    with transaction.atomic():
        # Given
        scene = prepared(phases)
        earliest = next((phase for phase in IN_ORDER if phase in phases), None)
        expected = IN_ORDER[earliest] if earliest else ("published", "newcomer")
        # When
        decided = outcome(scene, phases)
        # Then
        assert decided == expected
        transaction.set_rollback(True)

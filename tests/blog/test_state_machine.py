"""Whatever people do to a post, in whatever order and role: the promises of its life are kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Letter, Person
from accounts.refusals import Refusal
from blog import proposals, publishing, removal, retraction, scheduling, workflow
from blog.models import EditLabel, Post, PostEvent, PostState, Revision
from blog.models.post import READABLE_STATES
from blog.workflow import Draft
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]
S = PostState
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)
EDITORS, PUBLISHER = {"editor", "publisher"}, {"publisher"}
WRITERS = {"author"} | EDITORS
REVIEW = {S.SUBMITTED, S.IN_REVIEW}
WRITING = {S.DRAFT, S.CHANGES_REQUESTED}
READABLE = set(READABLE_STATES)
STARTS = [S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.ACCEPTED, S.SCHEDULED, S.PUBLISHED]
ROLES = ["author", "stranger", "reader", "moderator", "editor", "publisher"]


class Verb(NamedTuple):
    """Who may do it, from which states, and where it leads; told apart from the rules."""

    roles: set[str]
    states: set[PostState]
    leads_to: set[PostState] | None  # None: the state stays
    is_sure: bool = True  # whether nothing else can stand in its way


VERBS = {
    "write": Verb(WRITERS, set(S), None),
    "submit": Verb(WRITERS, WRITING, {S.SUBMITTED}),
    "take_back": Verb({"author"}, {S.SUBMITTED}, {S.DRAFT}),
    "take_up": Verb(EDITORS, {S.SUBMITTED}, {S.IN_REVIEW}),
    "request_changes": Verb(EDITORS, REVIEW | {S.ACCEPTED, S.SCHEDULED}, {S.CHANGES_REQUESTED}),
    "decline": Verb(EDITORS, REVIEW | {S.CHANGES_REQUESTED, S.ACCEPTED}, {S.DRAFT}),
    "reopen": Verb(EDITORS, {S.ACCEPTED}, {S.IN_REVIEW}),
    "accept": Verb(EDITORS, WRITING | REVIEW, {S.ACCEPTED}),
    "schedule": Verb(EDITORS, {S.ACCEPTED, S.SCHEDULED}, {S.SCHEDULED}, is_sure=False),
    "unschedule": Verb(EDITORS, {S.SCHEDULED}, {S.ACCEPTED}),
    "publish": Verb(EDITORS, {S.ACCEPTED, S.SCHEDULED}, {S.PUBLISHED}),
    "revise": Verb(EDITORS, READABLE, None, is_sure=False),
    "drop_changes": Verb(EDITORS, READABLE, None, is_sure=False),
    "propose": Verb({"author"}, READABLE, None, is_sure=False),
    "retract": Verb(PUBLISHER, {S.PUBLISHED}, {S.RETRACTED}, is_sure=False),
    "reinstate": Verb(PUBLISHER, {S.RETRACTED}, {S.PUBLISHED}),
    "unpublish": Verb(PUBLISHER, READABLE, {S.WITHDRAWN}),
    "publish_again": Verb(PUBLISHER, {S.WITHDRAWN}, READABLE),
    "remove": Verb(PUBLISHER, READABLE | {S.WITHDRAWN}, {S.REMOVED}),
    "end": Verb(EDITORS, set(S) - {S.WITHDRAWN, S.REMOVED}, None, is_sure=False),
}


class World:
    """One post, everybody who may want something of it, and a clock."""

    def __init__(self, people: dict[str, Person], start: PostState) -> None:
        self.clock = time_machine.travel(NOW, tick=False)
        self.time = self.clock.start()
        self.people, self.words = people, 0
        at = NOW + A_DAY if start == S.SCHEDULED else None
        facts: dict[str, Any] = {"author": people["author"].profile, "editor": people["editor"]}
        self.pk = PostFactory(reach=start, at=at, **facts).pk

    @property
    def post(self) -> Post:
        return Post.objects.select_related("head", "author").get(pk=self.pk)

    def act(self, verb: str, by: Person) -> object:
        post, seen = self.post, {"version": self.post.version}
        editing: dict[str, Any] = {"by": by, "label": EditLabel.UPDATE, "reason": "So it is."}
        soon = datetime.now(tz=UTC) + (1 + post.version % 3) * A_DAY
        acts: dict[str, Callable[[], object]] = {
            "write": lambda: workflow.write(post, by=by, draft=self.draft(), **seen),
            "submit": lambda: workflow.submit(post, by=by),
            "take_back": lambda: workflow.take_back(post, by=by),
            "take_up": lambda: workflow.take_up(post, editor=by),
            "request_changes": lambda: workflow.request_changes(post, editor=by, message="More."),
            "decline": lambda: workflow.decline(post, editor=by, message="No."),
            "reopen": lambda: workflow.reopen(post, editor=by, message="Once more."),
            "accept": lambda: workflow.accept(post, editor=by),
            "schedule": lambda: scheduling.schedule(post, editor=by, at=soon),
            "unschedule": lambda: scheduling.unschedule(post, editor=by),
            "publish": lambda: publishing.publish(post, editor=by),
            "revise": lambda: publishing.revise(post, base=post.head or Revision(), **editing),
            "drop_changes": lambda: publishing.drop_changes(post, editor=by),
            "propose": lambda: proposals.propose(
                post, by=by, draft=self.draft(), base=post.head or Revision()
            ),
            "retract": lambda: retraction.retract(post, by=by, text="We erred.", **seen),
            "reinstate": lambda: retraction.reinstate(post, by=by, text="It holds.", **seen),
            "unpublish": lambda: removal.unpublish(post, by=by, note="Later.", **seen),
            "publish_again": lambda: removal.publish_again(post, by=by, **seen),
            "remove": lambda: removal.remove(post, by=by, text="It named a person.", **seen),
            "end": lambda: scheduling.expire_at(
                post, editor=by, at=soon + 3 * A_DAY, note="It is over."
            ),
        }
        return acts[verb]()

    def draft(self) -> Draft:
        self.words += 1
        return Draft(f"Title {self.words}", "", f"<p>Words number {self.words} of it.</p>")

    def let_days_pass(self, days: int) -> None:
        self.time.shift(days * A_DAY)
        scheduling.publish_due()
        scheduling.expire_due()

    def snapshot(self) -> tuple[Any, ...]:
        """Everything that a refusal must leave as it is."""
        return (
            Post.objects.filter(pk=self.pk).values_list().get(),
            list(PostEvent.objects.values_list("pk", flat=True)),
            list(Revision.objects.values_list("pk", "number", "label", "text")),
            Letter.objects.count(),
        )


def check_step(world: World, before: Post, events: set[int], letters: set[Any]) -> None:
    """What holds after every step, whoever took it."""
    post = world.post
    made = list(PostEvent.objects.exclude(pk__in=events).order_by("pk"))
    moves = [event for event in made if event.to_state]
    for event in moves:
        assert event.actor is not None
    states = [before.state, *(event.to_state for event in moves)]
    assert states[-1] == post.state
    assert [event.from_state for event in moves] == states[:-1]
    told = Letter.objects.exclude(pk__in=letters)
    mails = [(letter.to, letter.subject) for letter in told]
    assert len(set(mails)) == len(mails)


def check_world(world: World, shown: dict[int, str]) -> None:
    """What holds at any time: readers see published revisions and nothing else.

    `shown` is what they were shown before, by number: it never changes, and numbers go on by one.
    """
    post = world.post
    readable = Post.objects.published().filter(pk=world.pk).exists()
    assert readable == (post.state in READABLE)
    now = dict(post.revisions.public().order_by("number").values_list("number", "body_html"))
    public = list(now)
    assert public == list(range(1, len(public) + 1))
    assert len(public) <= len(shown) + 1
    assert {number: now[number] for number in shown} == shown
    shown |= now
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM blog_search")
        assert cursor.fetchone() == (int(readable),)
    if readable:
        assert post.head is not None
        assert post.head.label != EditLabel.DRAFT
        assert post.head.number == public[-1]
        assert not post.revisions.filter(label=EditLabel.DRAFT).exists()
    elif post.state not in (S.WITHDRAWN, S.REMOVED):
        assert public == []


def choose(chance: Random, state: PostState) -> tuple[str, str]:
    """Mostly what somebody may do now, often by the wrong person, sometimes anything."""
    luck = chance.randint(0, 5)
    possible = sorted(name for name, verb in VERBS.items() if luck == 0 or state in verb.states)
    verb = chance.choice(possible)
    roles = sorted(VERBS[verb].roles) if luck > 2 else ROLES
    return verb, chance.choice(roles)


def may(verb: str, role: str, state: PostState, *, is_public: bool) -> bool:
    """Whether this person may do it in this state, as the table says."""
    if verb == "write" and role == "author":
        return state in WRITING
    if verb == "end" and is_public:
        return role == "publisher"
    return role in VERBS[verb].roles and state in VERBS[verb].states


def everybody() -> dict[str, Person]:
    people = {role: PersonFactory(**{role: True}) for role in ("moderator", "editor", "publisher")}
    for role in ("editor", "publisher"):
        ProfileFactory(person=people[role])
    author = ProfileFactory().person
    others = {"stranger": PersonFactory(author=True), "reader": PersonFactory()}
    return people | others | {"author": author}


@pytest.mark.once
def test_any_sequence_of_acts_keeps_the_promises() -> None:
    people = everybody()

    @settings(max_examples=35, deadline=None)
    @given(st.sampled_from(STARTS), st.randoms(use_true_random=True))
    def lives(start: PostState, chance: Random) -> None:
        with transaction.atomic():
            world = World(people, start)
            try:
                live(world, chance)
            finally:
                world.clock.stop()
                transaction.set_rollback(True)

    lives()


def live(world: World, chance: Random) -> None:
    public = world.post.revisions.public()
    shown: dict[int, str] = dict(public.values_list("number", "body_html"))
    for _step in range(chance.randint(4, 9)):
        before, snapshot = world.post, world.snapshot()
        events, letters = set(snapshot[1]), set(Letter.objects.values_list("pk", flat=True))
        if not chance.randint(0, 5):
            world.let_days_pass(chance.randint(1, 4))
        else:
            step(world, chance, before, snapshot)
        check_step(world, before, events, letters)
        check_world(world, shown)


def step(world: World, chance: Random, before: Post, snapshot: tuple[Any, ...]) -> None:
    verb, role = choose(chance, PostState(before.state))
    allowed = may(verb, role, PostState(before.state), is_public=before.is_public)
    try:
        world.act(verb, world.people[role])
    except Refusal:
        assert world.snapshot() == snapshot, (verb, role)
        assert not (allowed and VERBS[verb].is_sure), (verb, role, before.state)
        return
    after, table = world.post, VERBS[verb].leads_to
    assert allowed, (verb, role, before.state)
    assert after.state in table if table else after.state == before.state
    if verb not in ("revise", "publish", "retract", "publish_again") and before.is_public:
        assert after.head_id == before.head_id  # what readers see stays as it is

"""Whatever people and time do, in whatever order: each step is one of the table, what is refused
changes nothing, and readers see a mark exactly while it is true."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Person
from accounts.refusals import Refusal
from blog.models import Mark
from editorial import asking, disputes, merging, review, undoing, wishes, withholding
from editorial.models import DeclineReason, Dispute, DisputeEventKind, DisputeState
from editorial.models.dispute import PUBLIC_STATES
from editorial.steps import TRANSITIONS
from tests.factories.accounts import PersonFactory
from tests.factories.blog import an_editor
from tests.factories.editorial import DisputeFactory, WorkshopPostFactory, decide

pytestmark = pytest.mark.django_db
S, K = DisputeState, DisputeEventKind
BEGINNINGS = (K.RAISED, K.OPENED)
Act = Callable[[Dispute, Dispute, Person], object]


def as_seen(dispute: Dispute, editor: Person) -> dict[str, object]:
    return {"editor": editor, "version": dispute.version}


def weeks_later() -> int:
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        return asking.remind_and_lapse()


ACTS: dict[str, Act] = {
    "accept": lambda one, _other, by: disputes.accept(one, summary="So.", **as_seen(one, by)),
    "decline": lambda one, _other, by: disputes.decline(
        one, because=DeclineReason.UNCLEAR, sentence="Unclear.", **as_seen(one, by)
    ),
    "ask": lambda one, _other, by: asking.ask(one, text="Why?", **as_seen(one, by)),
    "answer": lambda one, _other, _by: asking.answer(one, text="So."),
    "time": lambda _one, _other, _by: weeks_later(),
    "take back": lambda one, _other, _by: disputes.withdraw(one, version=one.version),
    "ask to withdraw": lambda one, _other, _by: wishes.ask_to_withdraw(one),
    "withdraw": lambda one, _other, by: wishes.withdraw(one, **as_seen(one, by)),
    "go on": lambda one, _other, by: wishes.go_on(one, **as_seen(one, by)),
    "merge": lambda one, other, by: merging.merge(one, into=other, **as_seen(one, by)),
    "unmerge": lambda one, _other, by: merging.unmerge(one, **as_seen(one, by)),
    "assign": lambda one, _other, by: review.assign(one, to=by, **as_seen(one, by)),
    "tell": lambda one, _other, by: review.tell_progress(one, text="Soon.", **as_seen(one, by)),
    "add a source": lambda one, _other, _by: review.add_source(
        one, url="https://prices.example/", title="", stance="disputes"
    ),
    "decide": lambda one, _other, by: decide(one, editor=by),
    "undo": lambda one, _other, by: undoing.undo(one.decision, editor=by) if one.decision else None,
    "ask to reopen": lambda one, _other, _by: wishes.ask_to_reopen(one, text="Look again."),
    "reopen": lambda one, _other, by: wishes.reopen(
        one, reason="New.", summary="So.", **as_seen(one, by)
    ),
    "leave closed": lambda one, _other, by: wishes.leave_closed(
        one, sentence="It is so.", **as_seen(one, by)
    ),
    "withhold": lambda one, _other, by: withholding.withhold(
        one, publisher=by, reason="A letter.", version=one.version
    ),
    "release": lambda one, _other, by: withholding.release(
        one, publisher=by, reason="Settled.", version=one.version
    ),
}


def fresh(pk: int) -> Dispute:
    return Dispute.objects.select_related("claim__post", "decision", "merged_into").get(pk=pk)


def take(name: str, pk: int, other: int, person: Person) -> None:
    """Try one act; a refusal leaves the row as it was."""
    before = Dispute.objects.filter(pk__in=(pk, other)).order_by("pk").values()
    seen = list(before)
    try:
        with transaction.atomic():
            ACTS[name](fresh(pk), fresh(other), person)
    except Refusal:
        assert list(before.all()) == seen


@pytest.mark.once
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 1), st.integers(0, 2)), max_size=16
    )
)
def test_no_sequence_of_acts_leaves_the_table(steps: list[tuple[str, int, int]]):
    with transaction.atomic():
        # Given
        post = WorkshopPostFactory()
        pks = [DisputeFactory(post=post).pk for _number in range(2)]
        people = [an_editor(), PersonFactory(publisher=True), PersonFactory(moderator=True)]
        # When
        for name, which, who in steps:
            take(name, pks[which], pks[1 - which], people[who])
        # Then
        for pk in pks:
            assert_its_record_is_a_legal_way(fresh(pk))
            assert_readers_see_what_is_true(fresh(pk))
        transaction.set_rollback(True)


def assert_its_record_is_a_legal_way(dispute: Dispute) -> None:
    events = list(dispute.events.all())
    assert events[0].kind in BEGINNINGS
    for before, after in pairwise(events):
        assert after.from_state in (before.to_state, "")
    for event in events[1:]:
        if event.kind in TRANSITIONS:
            ways = TRANSITIONS[DisputeEventKind(event.kind)]
            assert event.to_state in ways[DisputeState(event.from_state)]
    assert events[-1].to_state == dispute.state


def assert_readers_see_what_is_true(dispute: Dispute) -> None:
    """A mark exactly while it is under review; nothing public before an editor acted."""
    mark = dispute.claim.passages.get().mark
    assert (mark == Mark.DISPUTED) == (dispute.state == S.UNDER_REVIEW)
    if dispute.state in PUBLIC_STATES:
        assert dispute.events.filter(actor__role__in=("editor", "publisher")).exists()

"""A decision whose process is killed leaves all of it or nothing, wherever it was.

A real process decides about three disputes on the real database and is killed with SIGKILL before
each statement that changes something, one kill after another. Reading leaves nothing behind.
"""

import os
import signal
import sys
from collections.abc import Callable

import pytest
from django.db import connection, connections

from accounts.models import Letter, Person
from editorial import decisions, disputes, telling, undoing
from editorial.decisions import Edit
from editorial.models import Decision, Dispute, DisputeState, Finding, Remedy
from tests.editorial.rows import everything
from tests.factories.blog import an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    PRACTICE,
    WorkshopPostFactory,
    case,
    point,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="A kill is SIGKILL."),
]
CHANGES = ("INSERT", "UPDATE", "DELETE", "RELEASE")


def in_a_process_of_its_own(act: Callable[[], object], *, killed_before: int) -> bool:
    """Whether it ran to its end; it is killed before its change of this number (from 0 on)."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        _die_early(act, killed_before)
    _child, status = os.waitpid(child, 0)
    assert not (os.WIFEXITED(status) and os.WEXITSTATUS(status)), "it failed by itself"
    return not os.WIFSIGNALED(status)


def _die_early(act: Callable[[], object], killed_before: int) -> None:
    sent = 0

    def count(execute, sql, params, many, context) -> object:
        nonlocal sent
        if sql.startswith(CHANGES):
            if sent == killed_before:
                os.kill(os.getpid(), signal.SIGKILL)
            sent += 1
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(count):
            act()
    except BaseException:  # noqa: BLE001  the child ends here, whatever happened
        os._exit(1)
    os._exit(0)


@pytest.fixture
def three() -> list[Dispute]:
    comment = PostCommentFactory(post=WorkshopPostFactory(), published=True, text="Three things.")
    points = [point(words, quote="Three things") for words in (APPOINTMENT, PARTS, PRACTICE)]
    return disputes.open_from_comment(comment, editor=an_editor(), said=points)


def decide(three: list[Dispute], editor: Person) -> None:
    """New words, a note, a kept statement with a promise, and an answer in the discussion."""
    told = {"finding": Finding.INCOMPLETE, "remedy": Remedy.CLARIFICATION}
    decisions.decide(
        [
            case(three[0], notice="Saturdays need an appointment.", **told),
            case(three[1], notice="New parts are charged.", note="Ask for the price.", **told),
            case(three[2], promises_follow_up=True),
        ],
        editor=editor,
        base=three[0].claim.post.revisions.get(),
        edit=Edit(BODY.replace("an appointment", "an appointment, except on Saturdays")),
        answer="Thank you: two are clarified, and one stands.",
    )


def test_a_killed_decision_leaves_all_of_it_or_nothing(three: list[Dispute]):
    # Given
    editor = three[0].assigned_to
    before = everything()
    # When it is killed before every change it makes
    killed = 0
    while not in_a_process_of_its_own(lambda: decide(three, editor), killed_before=killed):
        assert everything() == before
        killed += 1
    # Then
    assert killed > 30
    states = set(Dispute.objects.values_list("state", flat=True))
    assert (states, Decision.objects.count()) == ({DisputeState.RESOLVED}, 3)


def test_a_worker_killed_while_it_tells_has_written_to_everybody_or_nobody(three: list[Dispute]):
    """Scenario 33."""
    # Given
    decide(three, three[0].assigned_to)
    Letter.objects.all().delete()
    decision, before = Decision.objects.first(), everything()
    # When
    killed = 0
    while not in_a_process_of_its_own(lambda: telling.write(decision), killed_before=killed):
        assert everything() == before
        killed += 1
    # Then
    assert killed > 3
    assert telling.write(decision) == 0
    told = list(Letter.objects.values_list("to", flat=True))
    assert len(told) == len(set(told)) == 2


def test_a_decision_killed_while_it_is_taken_back_is_taken_back_whole_or_stands(
    three: list[Dispute],
):
    # Given
    editor = three[0].assigned_to
    decide(three, editor)
    decision, before = Decision.objects.first(), everything()
    # When it is killed before every seventh change
    killed = 0
    while not in_a_process_of_its_own(
        lambda: undoing.undo(decision, editor=editor), killed_before=7 * killed
    ):
        assert everything() == before
        killed += 1
    # Then
    assert killed > 4
    assert set(Dispute.objects.values_list("state", flat=True)) == {DisputeState.UNDER_REVIEW}
    assert not Decision.objects.in_force().exists()

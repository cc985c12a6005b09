"""Two editors at once, one form many times at once: one result, and a clear answer to the rest."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from accounts.models import Letter
from accounts.refusals import Conflict, Refusal, WrongMoment
from blog import publishing, workflow
from blog.models import Notice, Post, Revision
from editorial import decisions, disputes, telling, undoing
from editorial.decisions import Edit
from editorial.models import Claim, Decision, DeclineReason, Dispute, DisputeEvent
from editorial.points import Raiser
from editorial.rulings import Case
from tests.factories.blog import an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    case,
    objection,
    point,
    target,
)

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def all_at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each act gave, or the exception that stopped it; all start together."""
    start = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            results[number] = act()
        except Refusal as refusal:
            results[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def seen(dispute: Dispute, **facts: object) -> Case:
    """What one of several editors has open: an object of their own."""
    return case(Dispute.objects.select_related("claim").get(pk=dispute.pk), **facts)


def test_of_many_editors_who_decide_at_once_one_decides():
    """Scenario 31. One decision, one notice, one mail for each recipient."""
    # Given
    raiser = Raiser(email="ola@example.net")
    dispute = DisputeFactory(under_review=True, raiser=raiser)
    base = Post.objects.select_related("head").get(pk=dispute.claim.post_id).head
    Letter.objects.all().delete()
    facts = {"finding": "inaccurate", "remedy": "correction"}
    open_forms = [
        (an_editor(), seen(dispute, **facts, notice=f"This was wrong, says {number}."), number)
        for number in range(AT_ONCE)
    ]
    # When
    results = all_at_once(
        [
            lambda editor=editor, mine=mine, number=number: decisions.decide(
                [mine],
                editor=editor,
                base=base,
                edit=Edit(BODY.replace(PARTS, f"Parts cost {number} euros")),
            )
            for editor, mine, number in open_forms
        ]
    )
    # Then
    assert sum(isinstance(one, Conflict) for one in results) == AT_ONCE - 1
    assert Decision.objects.count() == Notice.objects.count() == 1
    assert Revision.objects.filter(post=base.post_id).count() == 2
    assert Notice.objects.get().text.removesuffix(".")[-1] in Revision.objects.get(number=2).text
    assert DisputeEvent.objects.filter(dispute=dispute, kind="decided").count() == 1
    # When people are told, by several workers
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        all_at_once([lambda: telling.tell.call(Decision.objects.get().pk)] * AT_ONCE)
    # Then
    assert Letter.objects.filter(to="ola@example.net").count() == 1


def test_a_decision_taken_back_many_times_at_once_is_taken_back_once():
    # Given
    dispute = DisputeFactory(decided=True)
    decision, editors = dispute.decision, [an_editor() for _number in range(4)]
    # When
    results = all_at_once(
        [lambda editor=editor: undoing.undo(decision, editor=editor) for editor in editors]
    )
    # Then
    assert sum(isinstance(one, WrongMoment) for one in results) == len(editors) - 1
    assert Revision.objects.filter(post=dispute.claim.post).count() == 3
    assert DisputeEvent.objects.filter(dispute=dispute, kind="undone").count() == 1


def test_of_undoing_and_telling_at_once_only_one_happens():
    # Given
    dispute = DisputeFactory(decided=True, raiser=Raiser(email="ola@example.net"))
    Letter.objects.all().delete()
    decision, editor = dispute.decision, an_editor()
    # When
    undone, _told = all_at_once(
        [
            lambda: undoing.undo(decision, editor=editor),
            lambda: telling.write(Decision.objects.get(pk=decision.pk)),
        ]
    )
    # Then
    decision.refresh_from_db()
    assert (decision.undone_at is None) == isinstance(undone, WrongMoment)
    assert (decision.told_at is None) == (decision.undone_at is not None)
    letters = Letter.objects.filter(to="ola@example.net").count()
    assert letters == (0 if decision.undone_at else 1)


def test_a_decision_and_an_edit_at_once_never_mix():
    """Scenario 32."""
    # Given
    dispute = DisputeFactory(under_review=True)
    post = Post.objects.select_related("head").get(pk=dispute.claim.post_id)
    base, editor, other, mine = post.head, an_editor(), an_editor(), seen(dispute)
    draft = workflow.Draft(post.title, post.summary, f"{BODY}<p>Bring gloves.</p>")
    workflow.write(post, by=other, draft=draft, version=post.version)
    # When
    decided, revised = all_at_once(
        [
            lambda: decisions.decide([mine], editor=editor, base=base),
            lambda: publishing.revise(post, by=other, label="cosmetic", reason="", base=base),
        ]
    )
    # Then
    assert isinstance(revised, Revision)
    made = Decision.objects.first()
    assert (made is None) == isinstance(decided, Conflict)
    assert made is None or made.base_revision == base


def test_taking_up_and_declining_at_once_has_one_result():
    # Given
    dispute, editor = DisputeFactory(), an_editor()
    one, two = (Dispute.objects.select_related("claim__post").get(pk=dispute.pk) for _ in "12")
    # When
    results = all_at_once(
        [
            lambda: disputes.accept(one, editor=editor, summary="Neutral.", version=1),
            lambda: disputes.decline(
                two, editor=editor, because=DeclineReason.UNCLEAR, sentence="Why?", version=1
            ),
        ]
    )
    # Then
    assert sum(isinstance(one, Conflict) for one in results) == 1
    assert DisputeEvent.objects.filter(dispute=dispute).count() == 2


def test_a_report_sent_many_times_at_once_is_one_report():
    # Given
    post, key = WorkshopPostFactory(), uuid4()
    # When
    results = all_at_once(
        [
            lambda: disputes.raise_dispute(
                post,
                raiser=Raiser(network="203.0.113.9", email="ola@example.net"),
                target=target(PARTS),
                objection=objection(),
                form_key=key,
            )
        ]
        * AT_ONCE
    )
    # Then
    assert len({one.pk for one in results}) == 1
    assert Dispute.objects.count() == Claim.objects.count() == 1
    assert Letter.objects.filter(to="ola@example.net").count() == 1


def test_a_comment_made_into_disputes_many_times_at_once_is_made_once():
    # Given
    comment = PostCommentFactory(
        post=WorkshopPostFactory(), text="New parts are charged.", published=True
    )
    editor, key, said = an_editor(), uuid4(), [point(quote="New parts are charged.")]
    # When
    all_at_once(
        [lambda: disputes.open_from_comment(comment, editor=editor, said=said, form_key=key)]
        * AT_ONCE
    )
    # Then
    assert Dispute.objects.count() == 1
    checking = Letter.objects.filter(to=comment.user_email, subject__contains="are checking")
    assert checking.count() == 1

"""Deciding: all of it or nothing, on what the editor saw, and by the right person."""

import pytest

from blog.models import EditLabel, Mark, Notice, NoticeKind, Post, Severity
from blog.models.passage import PassageField
from editorial import disputes
from editorial.decisions import Edit
from editorial.models import Decision, DisputeEventKind, DisputeState, Finding, FollowUp, Remedy
from editorial.points import Point, Source, Target
from editorial.rulings import GAP
from tests.factories.blog import NoticeFactory
from tests.factories.editorial import (
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    decide,
)

pytestmark = pytest.mark.django_db
F, R = Finding, Remedy
PAID = "Used parts are free, new ones are charged"


def corrected(**facts):
    """A correction that puts other words in the place of the statement about parts."""
    given = {
        "finding": F.INACCURATE,
        "remedy": R.CORRECTION,
        "notice": "This post said that parts cost nothing extra. New parts are charged.",
        "edit": Edit(BODY.replace(PARTS, PAID)),
    }
    return {**given, **facts}


def noted(**facts):
    """A clarification by a note; the author's words stay."""
    given = {
        "finding": F.INCOMPLETE,
        "remedy": R.CLARIFICATION,
        "notice": "A note has been added: new parts are charged.",
        "note": "New parts are charged.",
    }
    return {**given, **facts}


def post_of(dispute):
    return Post.objects.select_related("head").get(pk=dispute.claim.post_id)


def untouched(dispute):
    """Whether nothing at all was done about it."""
    dispute.refresh_from_db()
    post = post_of(dispute)
    done = Decision.objects.exists() or Notice.objects.exists() or post.notes.exists()
    return dispute.is_under_review and post.head.number == 1 and not done


def test_a_correction_makes_a_revision_a_notice_and_a_mark(editor):
    # Given
    dispute = DisputeFactory(under_review=True, sources=(Source("https://workshop.example/p"),))
    # When
    decision = decide(dispute, editor=editor, severity=Severity.SIGNIFICANT, **corrected())
    # Then
    post = post_of(dispute)
    assert (post.head.number, post.head.label) == (2, EditLabel.CORRECTION)
    notice = decision.notice
    assert (notice.kind, notice.severity) == (NoticeKind.CORRECTION, Severity.SIGNIFICANT)
    assert (notice.before, notice.after) == (PARTS, PAID)
    assert (notice.revision_before.number, notice.revision_after.number) == (1, 2)
    assert notice.sources == [
        {"title": "https://workshop.example/p", "url": "https://workshop.example/p"}
    ]
    place = dispute.claim.passages.get()
    assert (place.mark, place.reference) == (Mark.CORRECTED, notice.public_id)
    assert post.updated_at is not None


def test_the_mark_stands_on_the_words_that_took_the_place_of_the_old_ones(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    decide(dispute, editor=editor, **corrected())
    # Then
    head = post_of(dispute).head
    place = dispute.claim.passages.get().positions.get(revision=head)
    assert head.text[place.start : place.end].startswith(PAID)


def test_a_statement_may_be_removed_and_the_notice_keeps_what_it_said(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    gone = BODY.replace(f"<li>{PARTS}.</li>\n", "")
    # When
    decision = decide(dispute, editor=editor, **corrected(edit=Edit(gone)))
    # Then
    assert (decision.notice.before, decision.notice.after) == (PARTS, "")


def test_a_note_clarifies_and_leaves_the_words_of_the_author_alone(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    decision = decide(dispute, editor=editor, **noted())
    # Then
    post = post_of(dispute)
    assert post.head.body_html == BODY
    assert post.notes.get().passage == dispute.claim.passages.get()
    assert decision.result_revision is None
    assert dispute.claim.passages.get().mark == Mark.CLARIFIED


def test_an_editors_note_takes_the_mark_away(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    decision = decide(dispute, editor=editor, **noted(remedy=R.EDITORS_NOTE))
    # Then
    assert decision.notice.kind == NoticeKind.EDITORS_NOTE
    assert dispute.claim.passages.get().mark == Mark.NONE


def test_changing_nothing_publishes_no_notice_and_takes_the_mark_away(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    decision = decide(dispute, editor=editor, promises_follow_up=True)
    # Then
    post = post_of(dispute)
    assert (post.head.number, post.updated_at) == (1, None)
    assert not Notice.objects.exists()
    assert dispute.claim.passages.get().mark == Mark.NONE
    assert decision.follow_up == FollowUp.objects.promised().get()


def test_deciding_closes_the_dispute_with_one_event(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    decision = decide(dispute, editor=editor)
    # Then
    dispute.refresh_from_db()
    assert (dispute.state, dispute.decision) == (DisputeState.RESOLVED, decision)
    assert dispute.closed_at is not None
    last = dispute.events.last()
    assert (last.kind, last.actor) == (DisputeEventKind.DECIDED, editor)


def test_the_title_can_be_corrected(editor):
    # Given
    post = WorkshopPostFactory(title="Repairs are free everywhere")
    about = Point(
        target=Target(field=PassageField.TITLE), grounds="error", summary="Not everywhere."
    )
    dispute = disputes.open_dispute(post, editor=editor, point=about)
    edit = Edit(BODY, title="Repairs are free here")
    # When
    decision = decide(dispute, editor=editor, **corrected(edit=edit))
    # Then
    assert post_of(dispute).head.title == "Repairs are free here"
    assert (decision.notice.before, decision.notice.after) == (
        "Repairs are free everywhere",
        "Repairs are free here",
    )


def test_what_was_dealt_with_before_refers_to_the_notice(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    earlier = NoticeFactory(post=post_of(dispute))
    # When
    decision = decide(dispute, editor=editor, finding=F.ALREADY_ADDRESSED, earlier_notice=earlier)
    # Then
    assert decision.earlier_notice == earlier


REFUSED = {
    "an error called a clarification": ({"finding": F.INACCURATE}, "called a correction"),
    "a correction without new words": (corrected(edit=None), "change the words"),
    "a correction of other words": (
        corrected(edit=Edit(BODY.replace("quicker", "faster"))),
        "same as before",
    ),
    "a notice without words": (corrected(notice="  "), "write the notice"),
    "a suggestion left as it is": (corrected(notice=f"It said so. {GAP}"), "complete the notice"),
    "a clarification that does nothing": (noted(note=""), "change the words, or write a note"),
    "an editor's note without a note": (
        noted(remedy=R.EDITORS_NOTE, note="", edit=Edit(BODY.replace(PARTS, PAID))),
        "write the editor's note",
    ),
    "no change without a reason": (
        {"remedy": R.NO_CHANGE, "finding": F.STANDS, "reason": "No."},
        "reason",
    ),
    "no change with a note": (
        {"remedy": R.NO_CHANGE, "finding": F.STANDS, "note": "But see below."},
        "choose the editor's note",
    ),
    "a retraction of one statement": (
        corrected(remedy=R.RETRACTION),
        "about the whole post",
    ),
    "an earlier notice that is not named": (
        {"remedy": R.NO_CHANGE, "finding": F.ALREADY_ADDRESSED},
        "earlier notice",
    ),
}

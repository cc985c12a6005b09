"""Decisions that are refused, and that nothing is half-done then."""

import pytest

from accounts.models import Letter, Role
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog import workflow
from blog.models import Mark, Notice, Post
from comments.models import PostComment
from editorial import decisions, disputes
from editorial.decisions import Edit
from editorial.models import Decision, Finding, Remedy
from editorial.rulings import GAP, AtCase
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import RevisionFactory, an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    DisputeFactory,
    WorkshopPostFactory,
    case,
    clarified,
    decide,
    point,
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
    "a retraction by an editor": (
        corrected(remedy=R.RETRACTION),
        "Only the publisher",
    ),
    "a concern with a note": (
        {"remedy": R.CONCERN, "finding": F.UNVERIFIABLE, "note": "But see below."},
        "choose the editor's note",
    ),
    "an earlier notice that is not named": (
        {"remedy": R.NO_CHANGE, "finding": F.ALREADY_ADDRESSED},
        "earlier notice",
    ),
}


@pytest.mark.parametrize(("facts", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_dishonest_or_incomplete_is_refused_and_nothing_is_done(editor, facts, sentence):
    # Given
    dispute = DisputeFactory(under_review=True)
    given = {**noted(), **facts}
    if facts.get("remedy") == R.NO_CHANGE and "note" not in facts:
        given = {**given, "note": ""}
    # Then
    with pytest.raises(AtCase, match=sentence) as refusal:
        decide(dispute, editor=editor, **given)
    assert refusal.value.index == 0
    assert untouched(dispute)


def test_new_words_without_a_remedy_are_refused(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    with pytest.raises(Invalid, match="change nothing"):
        decide(dispute, editor=editor, edit=Edit(BODY.replace(PARTS, PAID)))
    assert untouched(dispute)


def test_when_the_second_of_two_is_refused_the_first_is_not_done(editor):
    # Given
    post = WorkshopPostFactory()
    first = DisputeFactory(post=post, under_review=True)
    second = DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    facts = corrected()
    edit = facts.pop("edit")
    # When
    with pytest.raises(AtCase) as refusal:
        decisions.decide(
            [case(first, **facts), case(second, **facts)],
            editor=editor,
            base=post_of(first).head,
            edit=edit,
        )
    # Then
    assert refusal.value.index == 1
    assert untouched(first)
    assert untouched(second)
    assert first.claim.passages.get().mark == Mark.DISPUTED


def test_disputes_about_two_posts_are_not_decided_together(editor):
    # Given
    one, two = DisputeFactory(under_review=True), DisputeFactory(under_review=True)
    # Then
    with pytest.raises(Invalid):
        decisions.decide([case(one), case(two)], editor=editor, base=post_of(one).head)


@pytest.mark.parametrize("state", ["declined", "withdrawn", "decided"])
def test_what_is_not_under_review_is_not_decided(editor, state):
    # Given
    dispute = DisputeFactory(**{state: True})
    made = Decision.objects.count()
    # Then
    with pytest.raises(Conflict):
        decide(dispute, editor=editor)
    assert Decision.objects.count() == made


@pytest.mark.parametrize("role", [Role.READER, Role.AUTHOR, Role.MODERATOR])
def test_only_an_editor_decides(role):
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    with pytest.raises(NotAllowed):
        decide(dispute, editor=PersonFactory(role=role))
    assert untouched(dispute)


KEPT = [F.STANDS, F.NOT_CHECKABLE, F.NOT_IN_POST]


def own_dispute(editor):
    return DisputeFactory(
        post=WorkshopPostFactory(author=ProfileFactory(person=editor)),
        under_review=True,
        editor=editor,
    )


@pytest.mark.parametrize("finding", KEPT)
def test_nobody_alone_finds_their_own_statement_right(editor, finding):
    # Given
    an_editor()
    dispute = own_dispute(editor)
    # Then
    with pytest.raises(AtCase, match="another editor"):
        decide(dispute, editor=editor, finding=finding)
    assert untouched(dispute)


def test_the_author_may_correct_their_own_post(editor):
    """Scenario 37."""
    # Given
    an_editor()
    # When
    decision = decide(own_dispute(editor), editor=editor, **corrected())
    # Then
    assert decision.notice is not None


def test_the_only_editor_may_keep_their_own_statement(publisher):
    """Scenario 37."""
    # Given
    dispute = own_dispute(publisher)
    others = type(publisher).objects.exclude(pk=publisher.pk)
    others.filter(role__in=(Role.EDITOR, Role.PUBLISHER)).update(is_active=False)
    # Then
    assert decide(dispute, editor=publisher).finding == F.STANDS


def test_an_edit_under_the_feet_is_a_conflict(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    seen = post_of(dispute).head
    RevisionFactory(post=dispute.claim.post, body=f"{BODY}<p>See you there.</p>")
    # Then
    with pytest.raises(Conflict):
        decisions.decide([case(dispute)], editor=editor, base=seen)
    assert not Decision.objects.exists()


def test_the_second_editor_who_decides_the_same_changes_nothing(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    base, mine = post_of(dispute).head, case(dispute)
    decide(dispute, editor=an_editor())
    letters = Letter.objects.count()
    # Then
    with pytest.raises(Conflict):
        decisions.decide([mine], editor=editor, base=base)
    assert Decision.objects.count() == 1
    assert Letter.objects.count() == letters


def test_an_unpublished_edit_of_the_author_is_neither_published_nor_lost(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    post = post_of(dispute)
    draft = workflow.Draft(title=post.title, summary=post.summary, body=f"{BODY}<p>New.</p>")
    workflow.write(post, by=editor, draft=draft, version=post.version)
    # Then
    with pytest.raises(WrongMoment, match="not published yet"):
        decide(dispute, editor=editor, **corrected())
    assert Post.objects.get(pk=post.pk).body.endswith("<p>New.</p>")


def test_an_answer_stands_once_under_the_comment_of_several_disputes(editor):
    # Given
    comment = PostCommentFactory(
        post=WorkshopPostFactory(), text="Parts are charged. Come early.", published=True
    )
    made = disputes.open_from_comment(
        comment,
        editor=editor,
        said=[
            point(quote="Parts are charged."),
            point(APPOINTMENT, quote="Come early."),
        ],
    )
    # When
    decisions.decide(
        [case(one) for one in made],
        editor=editor,
        base=post_of(made[0]).head,
        answer="Thank you, we asked the workshop.",
    )
    # Then
    assert PostComment.objects.filter(in_reply_to=comment).count() == 1


def test_an_answer_needs_a_comment(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    with pytest.raises(Invalid, match="no comment"):
        decide(dispute, editor=editor, answer="Thank you.")
    assert untouched(dispute)


def test_the_dispute_page_and_notice_survive_the_decision(client):
    # Given
    dispute = DisputeFactory(decided=True)
    # Then
    html = client.get(dispute.get_absolute_url()).content.decode()
    assert dispute.decision.notice.get_absolute_url() in html
    assert client.get(dispute.decision.notice.get_absolute_url()).status_code == 200


def test_overlapping_passages_are_decided_apart(editor):
    # Given
    post = WorkshopPostFactory()
    first = DisputeFactory(post=post, words="no extra cost for parts", under_review=True)
    second = DisputeFactory(post=post, words=PARTS, under_review=True)
    # When
    decide(first, editor=editor)
    # Then
    place = second.claim.passages.get()
    assert (place.mark, place.reference) == (Mark.DISPUTED, second.public_id)


def test_clarified_words_keep_their_mark_when_the_text_is_edited_elsewhere(editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    decide(dispute, editor=editor, **clarified())
    # When
    post = post_of(dispute)
    RevisionFactory(post=post, body=f"<p>Hello.</p>{post.head.body_html}")
    # Then
    place = dispute.claim.passages.get()
    head = post_of(dispute).head
    position = place.positions.get(revision=head)
    assert "no extra cost for used parts" in head.text[position.start : position.end]

"""An edit never changes disputed words in silence: it is asked about, written down, shown."""

import re

import pytest
from django.urls import reverse

from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog import removal
from blog.models import Mark, PassagePosition, PositionStatus, Post
from editorial import rewording
from editorial.decisions import Edit
from editorial.models import Decision, DisputeEvent
from tests.editorial.edits import (
    ELSEWHERE,
    NEGATED,
    asked_in,
    case_of,
    edited,
    edits_of,
    page_of,
    place_of,
    publish,
)
from tests.factories.blog import RevisionFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    PRACTICE,
    DisputeFactory,
    clarified,
    decide,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def dispute():
    return DisputeFactory(under_review=True)


def test_a_negated_statement_keeps_its_mark_and_everybody_sees_that_its_wording_changed(
    desk, client, editor, dispute
):
    """Scenario 12."""
    # Given
    post = edited(dispute, editor, NEGATED)
    # When
    page = publish(desk, post).content.decode()
    # Then an interstitial was shown and nothing is published
    assert "Nothing is published yet" in page
    assert "Under review: " + PARTS in page
    assert post.revisions.count() == 1
    # When
    facts = {"asked": asked_in(page), "why": "The sentence was too short."}
    publish(desk, post, **facts)
    # Then
    [event] = edits_of(dispute)
    assert (event.actor, event.message) == (editor, "The sentence was too short.")
    assert place_of(dispute).status == PositionStatus.CHANGED
    html = page_of(client, dispute)
    assert "There is not always no extra cost for parts</mark>" in html
    assert "[disputed" in html
    assert "its wording was changed since" in html
    assert not rewording.unexplained().exists()


def test_the_tag_says_so_through_later_edits_until_the_words_are_back(dispute, client):
    # Given
    post = dispute.claim.post
    RevisionFactory(post=post, body=NEGATED)
    # When
    RevisionFactory(post=post, body=NEGATED.replace("on Mondays", "on Sundays"))
    # Then
    assert "its wording was changed since" in page_of(client, dispute)
    # When
    RevisionFactory(post=post, body=BODY.replace("on Mondays", "on Sundays"))
    # Then
    assert place_of(dispute).status == PositionStatus.EXACT
    assert "its wording was changed since" not in page_of(client, dispute)


def test_the_edit_becomes_the_correction_on_the_form_that_decides(desk, editor, dispute):
    # Given
    new = BODY.replace(PARTS, "Used parts are free")
    post = edited(dispute, editor, new)
    page = publish(desk, post, label="correction", reason="Parts").content.decode()
    link = re.search(r'class="button" href="([^"#]+)', page)[1]
    # When
    form = desk.get(link).context["deciding"]
    # Then it holds the text of the edit, and shows what it changes
    assert form.text["body"].value() == post.body
    assert not form.edit_waiting.is_empty
    # When
    prefix = f"case-{dispute.public_id}-"
    given = {
        "finding": "inaccurate",
        "remedy": "correction",
        "notice": "This post said that parts cost nothing extra. New parts are charged.",
        "severity": "minor",
        "version": dispute.version,
    }
    text = {name: form.text[name].value() for name in ("title", "body", "base", "waiting")}
    desk.post(case_of(dispute, "decide"), {**{prefix + k: v for k, v in given.items()}, **text})
    # Then
    assert Decision.objects.get().notice.after == "Used parts are free"
    post.refresh_from_db()
    assert not post.has_unpublished_changes
    assert edits_of(dispute) == []


def test_a_decision_made_of_an_edit_that_was_changed_meanwhile_is_refused(editor, dispute):
    # Given
    seen = edited(dispute, editor, NEGATED).version
    edited(dispute, editor, ELSEWHERE)
    # Then
    with pytest.raises(Conflict):
        decide(dispute, editor=editor, **{**clarified(), "edit": Edit(NEGATED, waiting=seen)})
    with pytest.raises(WrongMoment):
        decide(dispute, editor=editor, **clarified())
    assert Decision.objects.count() == 0


def test_cancelling_leaves_the_edit_unpublished(desk, editor, dispute):
    # Given
    post = edited(dispute, editor, NEGATED)
    page = publish(desk, post).content.decode()
    # When
    desk.get(re.search(r'href="([^"]+)">Cancel', page)[1])
    # Then
    post.refresh_from_db()
    assert post.has_unpublished_changes
    assert edits_of(dispute) == []


def test_unrelated_wording_needs_a_reason(desk, editor, dispute):
    # Given
    post = edited(dispute, editor, NEGATED)
    asked = asked_in(publish(desk, post).content.decode())
    # When
    response = publish(desk, post, asked=asked, why="  ")
    # Then
    assert "why" in response.context["form"].errors
    assert post.revisions.count() == 1


def test_what_was_taken_up_while_the_editor_was_asked_is_asked_about_as_well(desk, editor, dispute):
    # Given
    both = NEGATED.replace("decades of practice", "years of practice")
    post = edited(dispute, editor, both)
    asked = asked_in(publish(desk, post).content.decode())
    other = DisputeFactory(post=post, words=PRACTICE, under_review=True)
    # When
    page = publish(desk, post, asked=asked, why="Style.").content.decode()
    # Then
    assert post.revisions.count() == 1
    assert f"Under review: {PRACTICE}" in page
    assert 'value="Style."' in page
    # When
    publish(desk, post, asked=asked_in(page), why="Style.")
    # Then
    assert [event.message for event in edits_of(dispute) + edits_of(other)] == ["Style."] * 2


def test_nobody_is_asked_about_an_objection_that_was_not_taken_up(desk, editor):
    # Given
    received = DisputeFactory()
    # When
    response = publish(desk, edited(received, editor, NEGATED))
    # Then
    assert response.status_code == 302
    assert edits_of(received) == []


def test_an_edit_that_asked_nobody_is_written_down_and_waits_at_the_desk(desk, dispute):
    # When
    RevisionFactory(post=dispute.claim.post, body=NEGATED)
    # Then
    [event] = DisputeEvent.objects.without_notice()
    assert event.dispute == dispute
    queue = desk.get(reverse("editorial:disputes"), {"list": "reworded"}).content.decode()
    assert PARTS in queue
    # When
    dispute.refresh_from_db()
    given = {"reason": "A word for style.", "version": dispute.version}
    assert "without notice" in desk.get(case_of(dispute)).content.decode()
    desk.post(case_of(dispute, "explain"), given)
    # Then it leaves the queue and stays counted
    assert not rewording.unexplained().exists()
    assert DisputeEvent.objects.without_notice().count() == 1
    assert dispute.events.last().message == "A word for style."


def test_only_an_editor_explains_an_edit_once_and_with_words(author, editor, dispute):
    # Given
    RevisionFactory(post=dispute.claim.post, body=NEGATED)
    dispute.refresh_from_db()
    # Then
    with pytest.raises(NotAllowed):
        rewording.explain(dispute, editor=author, reason="Style.", version=dispute.version)
    with pytest.raises(Invalid):
        rewording.explain(dispute, editor=editor, reason=" ", version=dispute.version)
    with pytest.raises(Conflict):
        rewording.explain(dispute, editor=editor, reason="Style.", version=1)
    rewording.explain(dispute, editor=editor, reason="Style.", version=dispute.version)
    with pytest.raises(WrongMoment):
        rewording.explain(dispute, editor=editor, reason="Style.", version=dispute.version)


def test_a_decision_is_no_edit_without_notice_but_tells_of_others_it_reworded(editor, dispute):
    # Given
    other = DisputeFactory(post=dispute.claim.post, words=APPOINTMENT, under_review=True)
    body = NEGATED.replace("do not need</strong> an", "rarely need</strong> an")
    # When
    decide(dispute, editor=editor, **{**clarified(), "edit": Edit(body)})
    # Then
    assert edits_of(dispute) == []
    assert [event.message for event in edits_of(other)] == [""]


def test_the_page_of_an_edit_says_what_it_does_to_marks(desk, editor, dispute):
    # Given
    DisputeFactory(post=dispute.claim.post, words=APPOINTMENT, under_review=True)
    DisputeFactory(post=dispute.claim.post, words=PRACTICE, under_review=True)
    post = edited(dispute, editor, BODY.replace(f"<li>{PARTS}.</li>\n", ""))
    # When
    page = desk.get(reverse("blog:desk_revise", args=[post.pk])).content.decode()
    # Then
    assert "2 marks and notes keep their place." in page
    assert "1 will be lost, because its words are gone:" in page
    assert dispute.claim.passages.get().mark == Mark.DISPUTED
    assert PassagePosition.objects.filter(revision__post=post).count() == 3


def test_words_that_were_edited_while_a_post_was_unpublished_are_no_secret(
    editor, publisher, dispute
):
    # Given
    post = Post.objects.get(pk=dispute.claim.post_id)
    post = removal.unpublish(post, by=publisher, version=post.version)
    post = edited(dispute, editor, NEGATED)
    # When
    removal.publish_again(post, by=publisher, version=post.version)
    # Then
    assert list(rewording.unexplained()) == [dispute]
    assert place_of(dispute).status == PositionStatus.CHANGED

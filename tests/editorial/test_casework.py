"""One dispute on one screen: forms that keep what was typed, refusals with reasons, 409."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Letter
from blog import workflow
from blog.models import Mark, Notice, Post
from comments.models import PostComment
from editorial import review
from editorial.decisions import Edit
from editorial.models import Decision, Dispute, DisputeState
from editorial.points import Raiser
from editorial.rulings import GAP
from tests.factories.accounts import PersonFactory
from tests.factories.blog import RevisionFactory, an_editor
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    REASON,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
    point,
    tell_of_decisions,
)

pytestmark = pytest.mark.django_db
NEW = BODY.replace(PARTS, "Used parts are free")
NOTICE = "This post said that parts cost nothing extra. New parts are charged."


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def url_of(dispute, name="case"):
    return reverse(f"editorial:{name}", kwargs={"public_id": dispute.public_id})


def ruling(dispute, **facts):
    """What an editor types about one dispute, as the form names it."""
    given = {"finding": "stands", "remedy": "no_change", "reason": REASON, "severity": "minor"}
    given = {**given, "version": dispute.version, **facts}
    return {f"case-{dispute.public_id}-{name}": text for name, text in given.items()}


def text_of(dispute, **facts):
    post = Post.objects.select_related("head").get(pk=dispute.claim.post_id)
    given = {"title": post.head.title, "body": post.head.body_html, "base": post.head.number}
    return {**given, **facts}


def corrected(dispute, **facts):
    given = {"finding": "inaccurate", "remedy": "correction", "notice": NOTICE, "reason": ""}
    return {**ruling(dispute, **{**given, **facts}), **text_of(dispute, body=NEW)}


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_editors_enter(client, role):
    # Given
    dispute = DisputeFactory(under_review=True)
    client.force_login(PersonFactory(role=role))
    # Then
    for name in ("accept", "decline", "place", "decide"):
        assert client.post(url_of(dispute, name)).status_code == 403
    assert client.get(url_of(dispute)).status_code == 403
    assert client.get(reverse("editorial:disputes")).status_code == 403


def test_whoever_is_not_signed_in_is_sent_to_the_door(client):
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    assert "login" in client.post(url_of(dispute, "decide"))["Location"]


def test_the_screen_shows_the_passage_in_its_text_and_the_objection(desk):
    # When
    html = desk.get(url_of(DisputeFactory())).content.decode()
    # Then
    assert f"<mark>{PARTS}</mark>" in html
    assert "You do not need an appointment." in html
    assert "They charged me twelve euros" in html
    assert "Put under review and mark the passage" in html


def test_the_text_around_a_passage_is_not_cut_inside_a_word(desk):
    # Given
    long = " ".join(f"word{number}" for number in range(100))
    post = WorkshopPostFactory(body=f"<p>{long}</p>\n{BODY}\n<p>{long}</p>")
    # When
    html = desk.get(url_of(DisputeFactory(post=post))).content.decode()
    # Then
    shown = re.search(r'context__text">…(.*?)<mark>.*?</mark>(.*?)…</p>', html, re.DOTALL)
    assert len(shown[1]) > 200
    assert set(re.findall(r"\w+", shown[1] + shown[2])) <= set(re.findall(r"\w+", post.head.text))


def test_a_long_history_costs_no_query_more(desk, django_assert_num_queries):
    # Given
    dispute = DisputeFactory(under_review=True)
    page = url_of(dispute)
    desk.get(page)
    given = {"editor": an_editor(), "to": an_editor()}
    review.assign(dispute, **given, version=dispute.version)
    with CaptureQueriesContext(connection) as for_one:
        desk.get(page)
    # When
    for _time in range(29):
        given = {"editor": an_editor(), "to": an_editor()}
        review.assign(dispute, **given, version=dispute.version)
    # Then
    with django_assert_num_queries(len(for_one)):
        html = desk.get(page).content.decode()
    assert html.count("Given to an editor") == 30


def test_taking_up_from_the_screen(desk, editor):
    # Given
    dispute = DisputeFactory()
    data = {"accept-summary": "Parts are charged.", "accept-version": 1, "accept-claim": ""}
    # When
    desk.post(url_of(dispute, "accept"), data)
    # Then
    dispute.refresh_from_db()
    assert dispute.is_under_review
    assert dispute.assigned_to == editor


def test_taking_up_without_neutral_words_keeps_the_form(desk):
    # Given
    dispute = DisputeFactory()
    data = {"accept-summary": "", "accept-version": 1, "accept-claim": "Parts are free."}
    # When
    html = desk.post(url_of(dispute, "accept"), data).content.decode()
    # Then
    assert 'value="Parts are free."' in html
    assert Dispute.objects.received().exists()


def test_declining_from_the_screen(desk):
    # Given
    dispute = DisputeFactory()
    data = {
        "decline-because": "unclear",
        "decline-sentence": "Please say which parts.",
        "decline-version": 1,
    }
    # When
    desk.post(url_of(dispute, "decline"), data)
    # Then
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.NOT_ACCEPTED


def test_lost_words_are_placed_from_the_screen(desk):
    # Given
    dispute = DisputeFactory(under_review=True)
    RevisionFactory(
        post=dispute.claim.post, body=BODY.replace(PARTS, "Prices hang beside the door")
    )
    dispute.refresh_from_db()
    page = desk.get(url_of(dispute)).content.decode()
    assert "The words are no longer in the text" in page
    data = {
        "words": "Prices hang beside the door",
        "passage": dispute.claim.passages.get().pk,
        "version": dispute.version,
    }
    # When
    desk.post(url_of(dispute, "place"), data)
    # Then
    assert "<mark>Prices hang beside the door</mark>" in desk.get(url_of(dispute)).content.decode()


def test_deciding_from_the_screen(desk):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    response = desk.post(url_of(dispute, "decide"), corrected(dispute), follow=True)
    # Then
    assert response.redirect_chain == [
        (reverse("editorial:decided", args=[Decision.objects.get().pk]), 302)
    ]
    assert Notice.objects.get().after == "Used parts are free"
    assert dispute.claim.passages.get().mark == Mark.CORRECTED


def test_a_text_that_was_left_as_it_is_makes_no_version(desk):
    # Given
    dispute = DisputeFactory(under_review=True)
    body = BODY.replace("\n", "\r\n")
    # When
    desk.post(url_of(dispute, "decide"), {**ruling(dispute), **text_of(dispute, body=body)})
    # Then
    assert Decision.objects.get().result_revision is None
    assert Post.objects.get(pk=dispute.claim.post_id).revisions.count() == 1


def test_an_error_called_a_clarification_is_refused_beside_the_remedy(desk):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    response = desk.post(url_of(dispute, "decide"), corrected(dispute, remedy="clarification"))
    # Then
    [form] = response.context["deciding"].cases
    assert "called a correction" in form.errors["remedy"][0]
    html = response.content.decode()
    assert NOTICE in html
    assert "Used parts are free" in html
    assert not Decision.objects.exists()
    # When
    desk.post(url_of(dispute, "decide"), corrected(dispute))
    # Then
    assert Decision.objects.count() == 1


def test_without_scripts_an_empty_notice_comes_back_as_a_suggestion(desk):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    response = desk.post(url_of(dispute, "decide"), corrected(dispute, notice=""))
    # Then
    [form] = response.context["deciding"].cases
    assert form["notice"].value() == f"An earlier version of this post said “{PARTS}”. {GAP}"
    assert not Decision.objects.exists()


@pytest.fixture
def pair(db):
    comment = PostCommentFactory(
        post=WorkshopPostFactory(), text="Parts are charged. Come early.", published=True
    )
    from editorial import disputes

    return disputes.open_from_comment(
        comment,
        editor=an_editor(),
        said=[point(quote="Parts are charged."), point(APPOINTMENT, quote="Come early.")],
    )


def test_several_disputes_of_a_post_are_decided_together(desk, pair):
    # Given
    one, two = pair
    page = desk.get(url_of(one), {"with": two.public_id}).content.decode()
    assert f"case-{two.public_id}-finding" in page
    data = {
        **corrected(one),
        **ruling(two),
        "with": two.public_id,
        "answer": "Thank you: the first is corrected, the second we keep.",
    }
    # When
    desk.post(url_of(one, "decide"), data)
    # Then
    assert Decision.objects.count() == 2
    answer = PostComment.objects.get(in_reply_to=one.source_comment)
    assert answer.comment.startswith("Thank you: the first is corrected")


def test_a_refusal_of_the_second_is_said_at_the_second(desk, pair):
    # Given
    one, two = pair
    data = {**corrected(one), **ruling(two, reason="No."), "with": two.public_id}
    # When
    response = desk.post(url_of(one, "decide"), data)
    # Then
    first, second = response.context["deciding"].cases
    assert not first.errors
    assert second.errors.keys() == {"reason"}
    assert not Decision.objects.exists()


def test_the_same_form_sent_twice_leads_to_what_it_decided(desk):
    """Scenario 33. One decision, and one mail to each."""
    # Given
    dispute = DisputeFactory(under_review=True, raiser=Raiser(email="ola@example.net"))
    data = corrected(dispute)
    # When
    first, second = (desk.post(url_of(dispute, "decide"), data) for _time in "12")
    tell_of_decisions()
    tell_of_decisions()
    # Then
    assert first["Location"] == second["Location"]
    assert Decision.objects.count() == Notice.objects.count() == 1
    assert Letter.objects.filter(to="ola@example.net", subject__contains="decided").count() == 1
    # When the second says something else
    other = {**data, f"case-{dispute.public_id}-notice": "New parts cost twelve euros."}
    response = desk.post(url_of(dispute, "decide"), other)
    # Then
    assert response.status_code == 409


def test_the_second_editor_gets_409_with_both_decisions_and_all_that_was_typed(desk):
    """Scenario 31."""
    # Given
    dispute = DisputeFactory(under_review=True)
    mine = {**corrected(dispute), "answer": ""}
    decide(dispute, editor=an_editor(), **clarified())
    # When
    response = desk.post(url_of(dispute, "decide"), mine)
    # Then
    html = response.content.decode()
    assert response.status_code == 409
    assert "Nothing was published" in html
    assert "This post did not say that new parts are charged." in html
    assert NOTICE in html
    assert "Used parts are free" in html
    assert "<dd>It was wrong</dd>" in html
    assert "<ins>" in html
    assert Decision.objects.count() == Notice.objects.count() == 1


def test_an_edit_in_between_gives_409_and_the_editor_may_decide_on_the_new_text(desk):
    """Scenario 32."""
    # Given
    dispute = DisputeFactory(under_review=True)
    mine = {**ruling(dispute), **text_of(dispute)}
    RevisionFactory(post=dispute.claim.post, body=f"{BODY}<p>Bring your own gloves.</p>")
    # When
    response = desk.post(url_of(dispute, "decide"), mine)
    # Then
    assert response.status_code == 409
    assert not Decision.objects.exists()
    deciding = response.context["deciding"]
    assert deciding.text["base"].value() == "2"
    assert "gloves" in deciding.text["body"].value()
    # When
    again = {**mine, "base": 2, "body": deciding.text["body"].value()}
    desk.post(url_of(dispute, "decide"), again)
    # Then
    assert Decision.objects.get().base_revision.number == 2
    post = Post.objects.select_related("head").get(pk=dispute.claim.post_id)
    assert "gloves" in post.head.text


def test_words_that_were_typed_over_a_changed_text_are_shown_against_it(desk):
    """Scenario 32."""
    # Given
    dispute = DisputeFactory(under_review=True)
    mine = corrected(dispute)
    RevisionFactory(post=dispute.claim.post, body=f"{BODY}<p>Bring your own gloves.</p>")
    # When
    response = desk.post(url_of(dispute, "decide"), mine)
    # Then
    assert response.status_code == 409
    assert response.context["deciding"].text["body"].value() == NEW
    assert not response.context["clash"].mine.is_empty


def test_an_unpublished_edit_is_named_as_the_hindrance(desk, editor):
    # Given
    dispute = DisputeFactory(under_review=True)
    post = dispute.claim.post
    draft = workflow.Draft(title=post.title, summary=post.summary, body=f"{BODY}<p>New.</p>")
    workflow.write(post, by=editor, draft=draft, version=Post.objects.get(pk=post.pk).version)
    # When
    html = desk.post(url_of(dispute, "decide"), corrected(dispute)).content.decode()
    # Then
    assert "not published yet" in html
    assert not Decision.objects.exists()


def test_deciding_never_happens_by_looking(desk):
    # Given
    dispute = DisputeFactory(under_review=True)
    # Then
    assert desk.get(url_of(dispute, "decide"), corrected(dispute)).status_code == 405


def test_the_text_of_a_published_post_cannot_be_emptied(desk):
    # Given
    dispute = DisputeFactory(under_review=True)
    # When
    desk.post(url_of(dispute, "decide"), {**corrected(dispute), "body": " "})
    # Then
    assert not Decision.objects.exists()
    assert Edit(BODY).title == ""


def test_lost_words_of_a_closed_dispute_are_no_task(desk):
    # Given
    dispute = DisputeFactory(declined=True)
    RevisionFactory(post=dispute.claim.post, body=BODY.replace(PARTS, "Prices hang here"))
    # Then
    page = desk.get(url_of(dispute)).content.decode()
    assert "The words are no longer in the text" in page
    assert "Place it at these words" not in page

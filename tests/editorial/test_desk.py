"""The desk: what waits, the queue, and opening disputes."""

import re

import pytest
from django.urls import reverse

from editorial import slips
from editorial.models import Dispute, Grounds, Origin
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
    decide,
)

pytestmark = pytest.mark.django_db
COMMENT = "Not so:\n\n1. New parts are charged.\n2. On Saturdays you need an appointment.\n"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def numbers(client):
    waiting = client.get(reverse("editorial:desk")).context["waiting"]
    return {str(one.label): one.number for one in waiting}


def test_the_desk_counts_what_waits(desk, editor):
    # Given
    post = WorkshopPostFactory()
    PostFactory(submitted=True)
    PostCommentFactory(post=post, left_to_people=True)
    DisputeFactory(post=post)
    DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    decide(DisputeFactory(under_review=True), editor=editor, promises_follow_up=True)
    # Then
    assert numbers(desk) == {
        "Comments held": 1,
        "Posts to review": 1,
        "Posts that are overdue": 0,
        "Posts proposed": 0,
        "Disputes received": 1,
        "Disputes under review": 1,
        "Disputes that lost their words": 0,
        "Disputed words changed without notice": 0,
        "Corrections undone": 0,
        "Follow-ups promised": 1,
    }


def test_a_moderator_sees_comments_and_what_to_keep_out_of_reports(client, moderator):
    # Given
    client.force_login(moderator)
    DisputeFactory()
    # Then
    assert numbers(client) == {"Comments held": 0, "Disputes received": 1}
    assert client.get(reverse("editorial:disputes")).status_code == 403


@pytest.mark.parametrize("role", ["reader", "author"])
def test_the_desk_is_closed_to_others(client, role):
    # Given
    client.force_login(PersonFactory(role=role))
    # Then
    assert client.get(reverse("editorial:desk")).status_code == 403


@pytest.mark.parametrize("name", ["editorial:desk"])
def test_the_desk_costs_the_same_for_one_and_for_thirty(desk, django_assert_max_num_queries, name):
    # Given
    post = WorkshopPostFactory()
    DisputeFactory(post=post)
    DisputeFactory(post=post, words=APPOINTMENT, under_review=True)
    url = reverse(name)
    desk.get(url)
    with django_assert_max_num_queries(12) as for_one:
        desk.get(url)
    # When
    for number in range(30):
        where = {"post": post, "words": (PARTS, APPOINTMENT, PRACTICE)[number % 3]}
        DisputeFactory(**where, under_review=number % 2 == 0)
    # Then
    with django_assert_max_num_queries(len(for_one)):
        desk.get(url)


@pytest.fixture
def comment(db):
    return PostCommentFactory(post=WorkshopPostFactory(), text=COMMENT, published=True)


def make_url(comment):
    return reverse("editorial:from_comment", kwargs={"pk": comment.pk})


def row(at, **facts):
    given = {"about": "body", "grounds": Grounds.ERROR.value, "claim": "", "source": ""}
    return {f"form-{at}-{name}": text for name, text in {**given, **facts}.items()}


def rows(comment, *typed):
    form = {"form-TOTAL_FORMS": len(typed), "form-INITIAL_FORMS": 0}
    slip = slips.issue(post_id=comment.post_id, revision=1)
    merged = {name: text for at, one in enumerate(typed) for name, text in row(at, **one).items()}
    return {**form, **merged, "slip": slip}


FIRST = {"quote": "New parts are charged.", "words": PARTS, "summary": "New parts are charged."}
SECOND = {
    "quote": "On Saturdays you need an appointment.",
    "words": APPOINTMENT,
    "summary": "An appointment is needed at times.",
}


def test_each_numbered_point_of_a_comment_gets_a_row_with_its_words(desk, comment):
    # When
    points = desk.get(make_url(comment)).context["points"]
    # Then
    assert [one["quote"].value() for one in points.rows] == [FIRST["quote"], SECOND["quote"]]


def test_a_row_is_a_dispute(desk, comment):
    # When
    desk.post(make_url(comment), rows(comment, FIRST, SECOND))
    # Then
    made = Dispute.objects.order_by("pk")
    assert [one.comment_quote for one in made] == [FIRST["quote"], SECOND["quote"]]
    assert {one.origin for one in made} == {Origin.COMMENT}
    assert all(one.is_under_review for one in made)


def test_a_row_that_was_left_as_it_is_makes_no_dispute(desk, comment):
    # When
    untouched = {"quote": SECOND["quote"], "words": "", "summary": ""}
    desk.post(make_url(comment), rows(comment, FIRST, untouched))
    # Then
    assert Dispute.objects.count() == 1


def test_sending_the_rows_twice_makes_them_once(desk, comment):
    # Given
    data = rows(comment, FIRST, SECOND)
    # When
    desk.post(make_url(comment), data)
    desk.post(make_url(comment), data)
    # Then
    assert Dispute.objects.count() == 2


def test_what_is_wrong_with_one_row_is_said_there_and_none_is_made(desk, comment):
    # When
    wrong = {**SECOND, "quote": "Nobody said this."}
    response = desk.post(make_url(comment), rows(comment, FIRST, wrong))
    # Then
    first, second = response.context["points"].rows
    assert not first.errors
    assert "do not stand in the comment" in str(second.errors)
    assert not Dispute.objects.exists()


def test_words_that_stand_twice_are_asked_about_in_their_row(desk):
    # Given
    post = WorkshopPostFactory(body=f"{BODY}<p>{PARTS}.</p>")
    comment = PostCommentFactory(post=post, text=COMMENT, published=True)
    # When
    html = desk.post(make_url(comment), rows(comment, FIRST)).content.decode()
    places = re.findall(r'name="form-0-place" value="(\w+)"', html)
    desk.post(make_url(comment), rows(comment, {**FIRST, "place": places[1]}))
    # Then
    place = Dispute.objects.get().claim.passages.get()
    assert place.captured_start == int(places[1]) == post.head.text.rindex(PARTS)


def test_one_more_row_keeps_what_was_typed(desk, comment):
    # When
    data = {**rows(comment, FIRST), "more": "1"}
    points = desk.post(make_url(comment), data).context["points"]
    # Then
    assert [one["quote"].value() for one in points.rows] == [FIRST["quote"], None]
    assert not Dispute.objects.exists()


def test_there_is_nothing_to_make_of_a_comment_that_is_not_public(desk):
    # Given
    held = PostCommentFactory(post=WorkshopPostFactory(), left_to_people=True)
    # Then
    assert desk.get(make_url(held)).status_code == 404


def open_url(post):
    return reverse("editorial:from_post", kwargs={"pk": post.pk})


def test_an_editor_puts_a_statement_under_review_from_its_passage(desk, editor):
    # Given
    post = WorkshopPostFactory()
    data = {
        "about": "body",
        "words": PARTS,
        "grounds": "error",
        "summary": "New parts are charged.",
        "origin": "email",
        "slip": slips.issue(post_id=post.pk, revision=1),
    }
    # When
    for _twice in range(2):
        desk.post(open_url(post), data)
    # Then
    dispute = Dispute.objects.get()
    assert (dispute.origin, dispute.is_under_review) == (Origin.EMAIL, True)


def test_an_editor_is_told_which_words_do_not_stand_in_the_post(desk):
    # Given
    post = WorkshopPostFactory()
    data = {"about": "body", "words": "Nothing like it", "grounds": "error", "summary": "No."}
    # When
    response = desk.post(open_url(post), {**data, "origin": "editor"})
    # Then
    assert response.context["form"].errors.keys() == {"words"}


def test_the_desks_of_comments_and_posts_lead_here_for_editors_only(client, editor, moderator):
    # Given
    comment = PostCommentFactory(post=WorkshopPostFactory(), text=COMMENT, published=True)
    comments = f"{reverse('comments:desk')}?list=published"
    client.force_login(editor)
    # Then
    assert make_url(comment) in client.get(comments).content.decode()
    notes = reverse("blog:desk_post_notes", kwargs={"pk": comment.post_id})
    assert open_url(comment.post) in client.get(notes).content.decode()
    # When
    client.force_login(moderator)
    # Then
    assert make_url(comment) not in client.get(comments).content.decode()


def test_a_name_in_the_queue_says_what_it_stands_for(desk, editor):
    # Given
    DisputeFactory(under_review=True, editor=editor)
    promised = DisputeFactory(under_review=True)
    decide(promised, editor=editor, promises_follow_up=True)
    # When
    page = desk.get(reverse("editorial:disputes")).content.decode()
    # Then
    assert f"<span>taken up by {editor.public_name}</span>" in page
    page = desk.get(reverse("editorial:disputes"), {"list": "promised"}).content.decode()
    assert f"by {editor.public_name}</span>" in page


def test_an_empty_part_of_the_queue_takes_one_line(desk):
    page = desk.get(reverse("editorial:disputes")).content.decode()
    assert page.count("Nothing waits here.") == 1
    assert "Marked on the post. Decide them." not in page

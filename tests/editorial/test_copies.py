"""The same sentence elsewhere: what was corrected in one post is found in others."""

import pytest
from django.urls import reverse

from blog.models import Notice
from editorial import copies
from editorial.decisions import Edit
from tests.factories.blog import PostFactory
from tests.factories.editorial import BODY, PARTS, DisputeFactory, decide

pytestmark = pytest.mark.django_db
CURLY = "<p>Good to know: there is a catch. There\u00a0is no extra cost \u2013 for parts.</p>"


def corrected(editor, *, words=PARTS, body=BODY):
    dispute = DisputeFactory(under_review=True, words=words, post__body=body)
    return decide(
        dispute,
        editor=editor,
        finding="inaccurate",
        remedy="correction",
        notice="New parts are charged.",
        edit=Edit(body.replace(words, "Used parts are free")),
    )


def test_posts_that_say_what_was_corrected_are_listed(client, editor):
    # Given
    other = PostFactory(
        published=True, body="<p>Once more: <em>There</em> is no extra cost for parts!</p>"
    )
    PostFactory(published=True, body="<p>There is no cost for extra parts.</p>")
    PostFactory(submitted=True, body=f"<p>{PARTS}.</p>")
    decision = corrected(editor)
    # Then
    [copy] = copies.elsewhere(decision.notice)
    assert (copy.post, copy.words) == (other, PARTS)
    client.force_login(editor)
    way = f"{reverse('editorial:from_post', args=[other.pk])}?words=There%20is%20no%20extra"
    for url in (
        reverse("editorial:decided", args=[decision.pk]),
        reverse("editorial:case", args=[decision.disputes.get().public_id]),
    ):
        assert way in client.get(url).content.decode()
    # When
    form = client.get(reverse("editorial:from_post", args=[other.pk]), {"words": PARTS})
    # Then
    assert form.context["form"]["words"].value() == PARTS


def test_typography_makes_no_difference(editor):
    # Given
    body = BODY.replace(PARTS, "There is no extra cost - for parts")
    other = PostFactory(published=True, body=CURLY)
    # When
    decision = corrected(editor, words="There is no extra cost - for parts", body=body)
    # Then
    assert [copy.post for copy in copies.elsewhere(decision.notice)] == [other]


def test_where_no_words_were_changed_nothing_is_looked_for(editor, django_assert_num_queries):
    # Given
    decision = decide(DisputeFactory(under_review=True), editor=editor)
    # Then
    with django_assert_num_queries(0):
        assert copies.elsewhere(decision.notice) == []
        assert copies.elsewhere(Notice(before="Two words")) == []


def test_it_is_one_query_and_a_short_list_however_many_posts_there_are(
    editor, django_assert_num_queries
):
    # Given
    PostFactory.create_batch(12, published=True, body=f"<p>{PARTS}.</p>")
    decision = corrected(editor)
    # Then
    with django_assert_num_queries(1):
        assert len(copies.elsewhere(decision.notice)) == copies.MOST_SHOWN

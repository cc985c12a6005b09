"""Finding words in one discussion."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from blog.models import Post
from comments.found import EXCERPT, Found, excerpt
from tests.comments.test_threads import as_on_its_page, drawn
from tests.factories.comments import PostCommentFactory, fill

pytestmark = pytest.mark.django_db


def found(post: Post, words: str) -> list[str]:
    return [hit.comment.comment for hit in Found(post, words).hits]


def test_it_finds_published_comments_of_this_post_that_hold_all_words(post: Post) -> None:
    # Given
    PostCommentFactory(post=post, published=True, text="Grease the axle first.")
    PostCommentFactory(post=post, published=True, text="The axle needs no oil.")
    PostCommentFactory(post=post, text="Grease the axle, held.")
    PostCommentFactory(post=post, spam=True, text="Grease the axle, spam.")
    PostCommentFactory(published=True, text="Grease the axle elsewhere.")
    # Then
    assert found(post, "AXLE grease") == ["Grease the axle first."]
    assert found(post, "axle") == ["The axle needs no oil.", "Grease the axle first."]
    assert found(post, "chain") == []
    assert found(post, "  ") == []


def test_capitals_of_any_alphabet_do_not_matter(post: Post) -> None:
    PostCommentFactory(post=post, published=True, text="Über die Größe der ÄSTE.")
    for words in ("über", "ÜBER", "größe", "äste", "Äste"):
        assert len(found(post, words)) == 1, words


def test_percent_signs_and_underscores_are_only_characters(post: Post) -> None:
    PostCommentFactory(post=post, published=True, text="It costs 100% of a_b.")
    PostCommentFactory(post=post, published=True, text="It costs 100 of aXb.")
    assert found(post, "100%") == ["It costs 100% of a_b."]
    assert found(post, "a_b") == ["It costs 100% of a_b."]
    assert found(post, "%") == ["It costs 100% of a_b."]
    assert found(post, "\\") == []


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=150))
def test_whatever_is_asked_for_is_answered_and_never_believed(post: Post, words: str) -> None:
    html = drawn(post, {"find": f"<i>{words}"})
    assert "<i>" not in html


def test_words_are_marked_where_they_stand() -> None:
    html = "<p>Grease <em>first</em>, a &lt;b&gt; greased hub.</p>"
    marked = "<mark>Grease</mark> first, a &lt;b&gt; <mark>grease</mark>d <mark>hub</mark>."
    assert excerpt(html, ["grease", "hub"]) == marked


def test_a_long_comment_is_cut_around_the_first_word() -> None:
    html = f"<p>{'before ' * 200}needle {'after ' * 200}</p>"
    cut = excerpt(html, ["needle"])
    assert cut.startswith("… before")
    assert "<mark>needle</mark>" in cut
    assert cut.endswith(" …")
    assert len(cut) < EXCERPT + 50


def test_each_leads_to_its_place(client: Client, post: Post) -> None:
    # Given
    comment, _other = PostCommentFactory.create_batch(2, post=post, published=True, by__name="Ana")
    # When
    number = re.search(r"\d+", comment.comment)[0]
    html = drawn(post, {"find": number})
    # Then
    assert f'href="/comments/{comment.pk}/"' in html
    assert f"<mark>{number}</mark>" in html
    assert "@example.net" not in html
    assert f'name="find" value="{number}"' in html


def test_at_most_a_hundred_are_shown_and_the_page_says_so(post: Post) -> None:
    # Given
    fill(post, threads=100)
    assert "100 comments hold “said”." in drawn(post, {"find": "said"})
    # When
    fill(post, threads=1)
    # Then
    html = drawn(post, {"find": "said"})
    assert html.count("<mark>") == 100
    assert "More than 100 comments hold “said”" in html
    assert "No comment holds “nothing”." in drawn(post, {"find": "nothing"})


def test_blank_words_show_the_discussion(post: Post) -> None:
    fill(post, threads=2)
    assert drawn(post, {"find": " \t"}) == drawn(post)


@pytest.mark.parametrize("size", [1, 30, 3_000])
def test_finding_costs_two_queries(
    post: Post, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(post, threads=size)
    post = as_on_its_page(post)
    with django_assert_num_queries(2):
        drawn(post, {"find": "said many"})

"""A quote is found where it stands, or the caller is told every place it can mean."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blog.anchoring import CONTEXT, Quote, Span, context, locate, stands_in_context
from tests.blog.prose import CLAIM, COPIES, COPY, TEXT


def found(text, quote):
    return [text[span.start : span.end] for span in locate(text, quote)]


def test_words_that_stand_once_are_found_without_context():
    assert locate(TEXT, Quote(CLAIM)) == [Span(TEXT.index(CLAIM), TEXT.index(CLAIM) + len(CLAIM))]


def test_words_that_are_not_there_are_not_found():
    assert locate(TEXT, Quote("A tandem needs two chains.")) == []
    assert locate(TEXT, Quote("a NEW chain fits every")) == []
    assert locate(TEXT, Quote("  ")) == []
    assert locate("", Quote("hub")) == []


def test_typed_typography_does_not_matter():
    # Given
    text = "They say: \u201cIt\u2019s\u00a0free \u2013 al\u00adways\u2026\u201d"
    # Then
    assert found(text, Quote('"It\'s free -  always..."')) == [text[10:]]


def test_a_selection_over_two_paragraphs_is_found_with_a_space_or_a_newline():
    for glue in ("\n", " ", "\r\n\n  "):
        assert found(TEXT, Quote(f"no appointment.{glue}A new chain")) == [
            "no appointment.\nA new chain"
        ]


def test_several_equal_places_are_all_given_back():
    assert len(locate(COPIES, Quote(COPY))) == 3
    assert len(locate(COPIES, Quote(COPY, prefix="Nine.", suffix="Ten."))) == 3


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_the_surroundings_tell_which_copy_is_meant(turn):
    # Given
    start = [hit.start() for hit in re.finditer(COPY, COPIES)][turn]
    prefix, suffix = context(COPIES, start, start + len(COPY))
    # Then
    assert [span.start for span in locate(COPIES, Quote(COPY, prefix, suffix))] == [start]


def test_a_start_decides_only_between_equals():
    # Given
    starts = [hit.start() for hit in re.finditer(COPY, COPIES)]
    prefix, suffix = context(COPIES, starts[0], starts[0] + len(COPY))
    # Then
    assert locate(COPIES, Quote(COPY, start=starts[1])) == [Span(starts[1], starts[1] + len(COPY))]
    assert len(locate(COPIES, Quote(COPY, start=3))) == 3
    assert locate(COPIES, Quote(COPY, prefix, suffix, starts[2])) == [
        Span(starts[0], starts[0] + len(COPY))
    ]


def test_whole_words_come_before_parts_of_words():
    # Given
    text = "Unchained. The chain is slack. Chains, chain."
    # Then
    assert [span.start for span in locate(text, Quote("chain"))] == [15, 39]
    assert found("Unchained", Quote("chain")) == ["chain"]


def test_offsets_are_code_points():
    # Given
    text = "\U0001f6b2\U0001f6b2 \u05d0\u05d1 hub"
    # Then
    assert locate(text, Quote("hub")) == [Span(6, 9)]


def test_the_context_is_cut_between_words_and_at_the_edges_of_the_text():
    # Given
    start = TEXT.index(CLAIM)
    # When
    prefix, suffix = context(TEXT, start, start + len(CLAIM))
    # Then
    assert TEXT[:start].endswith(prefix)
    assert TEXT[start + len(CLAIM) :].startswith(suffix)
    assert CONTEXT - 15 < len(prefix) <= CONTEXT
    assert CONTEXT - 15 < len(suffix) <= CONTEXT
    assert TEXT[start - len(prefix) - 1].isspace()
    assert TEXT[start + len(CLAIM) + len(suffix)].isspace()
    assert context(TEXT, 0, len(TEXT)) == ("", "")
    assert context("\u4fee" * 200, 90, 100) == ("\u4fee" * 64, "\u4fee" * 64)


EDGES = [(word.start(), word.end()) for word in re.finditer(r"\w+", TEXT)]
edges = st.sampled_from(EDGES)


@given(edges, edges)
def test_what_was_captured_is_found_again(one, other):
    # Given
    start, end = min(one, other)[0], max(one, other)[1]
    assume(end - start < len(TEXT) - 200)
    # When
    quote = Quote(TEXT[start:end], *context(TEXT, start, end))
    # Then
    assert locate(TEXT, quote) == [Span(start, end)]
    assert stands_in_context(TEXT, Span(start, end), quote)


def test_words_that_stand_elsewhere_do_not_stand_in_their_context():
    # Given
    start = COPIES.index(COPY)
    quote = Quote(COPY, *context(COPIES, start, start + len(COPY)))
    other = COPIES.rindex(COPY)
    # Then
    assert stands_in_context(COPIES, Span(start, start + len(COPY)), quote)
    assert not stands_in_context(COPIES, Span(other, other + len(COPY)), quote)
    assert not stands_in_context(COPIES, Span(start, start + len(COPY)), Quote(COPY))

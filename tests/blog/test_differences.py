"""What changed between two texts, and that nothing is left out."""

from hypothesis import given
from hypothesis import strategies as st

from blog.differences import MOST_WORDS, Difference, compare, compare_words

TEXTS = st.lists(st.sampled_from(["chain", "wheel", "spoke", "hub", "\n"]), max_size=40).map(
    " ".join
)


def side(difference: Difference, gone: str) -> list[str]:
    """The words of one of the two texts, read back from the difference."""
    runs = (run for one in difference.paragraphs for run in one.runs if run.kind != gone)
    return " ".join(run.text for run in runs).split()


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back(old, new):
    # When
    difference = compare(old, new)
    # Then
    assert side(difference, "inserted") == old.split()
    assert side(difference, "deleted") == new.split()


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert compare(text, text).is_empty


def test_only_the_words_that_changed_are_marked():
    # When
    runs = compare_words("Oil the chain every week.", "Oil the chain every month.").runs
    # Then
    assert [(run.kind, run.text) for run in runs] == [
        ("same", "Oil the chain every"),
        ("deleted", "week."),
        ("inserted", "month."),
    ]


def test_paragraphs_far_from_a_change_are_left_out_of_the_view_of_changes():
    # Given
    old = "\n".join("abcdefg")
    # When
    shown = compare(old, old.replace("d", "x")).around_changes
    # Then
    assert [one is None for one in shown] == [True, False, False, False, True]


def test_a_very_long_paragraph_is_shown_whole_before_and_after():
    # Given
    old = "chain " * MOST_WORDS
    # When
    runs = compare_words(old, f"{old} oil").runs
    # Then
    assert [run.kind for run in runs] == ["deleted", "inserted"]

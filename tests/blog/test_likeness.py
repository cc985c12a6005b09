"""What is suggested for lost words: few places, rated by words and neighbours, never applied."""

from hypothesis import given, settings
from hypothesis import strategies as st

from blog.anchoring import Held, carry
from blog.likeness import LIKELY, nearest
from tests.blog.prose import CLAIM, PARAGRAPHS, TEXT

SLIPS = "A new chian fits evry sevn sped casette."
signs = st.text("abc ", max_size=12)


def distance(one: str, other: str) -> int:
    """Levenshtein's, by the book."""
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, there in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (sign != there))
    return row[-1]


@settings(max_examples=150, deadline=None)
@given(st.text("abc ", min_size=1, max_size=6), signs)
def test_the_nearest_part_of_a_text_has_as_few_errors_as_any_part(pattern, text):
    # When
    found = nearest(pattern, text)
    # Then
    parts = [text[a:b] for a in range(len(text) + 1) for b in range(a, len(text) + 1)]
    assert found.errors == min(distance(pattern, part) for part in parts)
    assert distance(pattern, text[found.start : found.end]) == found.errors


def test_a_long_pattern_is_found_with_its_errors():
    # Given
    pattern = PARAGRAPHS[1]
    text = TEXT.replace("a week later", "one week after that")
    # When
    found = nearest(pattern, text)
    # Then
    assert text[found.start :].startswith("Most towns of some size")
    assert text[: found.end].endswith("for twenty years.")
    assert found.errors == distance("a week later", "one week after that")


def lost(old: str, new: str, words: str):
    start = old.index(words)
    [one] = carry(old, new, [Held(1, start, start + len(words))])
    assert one.status == "orphan"
    return list(one.candidates)


def test_a_copy_with_the_old_neighbours_is_likely_and_only_suggested():
    # Given a text whose paragraphs were torn apart and retyped with slips
    old = f"Spring.\n{CLAIM} Ask the counter.\nAutumn."
    # When
    [best] = lost(old, f"Spring.\n{SLIPS} Ask the counter.\nAutumn.", CLAIM)
    # Then
    assert best.words == SLIPS
    assert best.is_likely
    assert best.score >= LIKELY


def test_a_look_alike_among_other_neighbours_is_never_likely():
    # When
    found = lost(TEXT, TEXT.replace(f"{CLAIM}\n", ""), CLAIM)
    # Then
    assert found
    assert not any(one.is_likely for one in found)
    assert found[0].score < LIKELY


def test_of_two_places_that_are_equally_likely_none_is():
    # Given
    old = f"Spring.\n{CLAIM}\nAutumn."
    # When
    found = lost(old, f"Spring.\n{SLIPS}\nAutumn.\nSpring.\n{SLIPS}\nAutumn.", CLAIM)
    # Then
    assert [one.words for one in found] == [SLIPS, SLIPS]
    assert not any(one.is_likely for one in found)

"""A passage stays on its words through every edit, or is lost and said to be lost."""

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blog.anchoring import Candidate, Carried, Held, carry
from tests.blog.prose import CLAIM, COPIES, COPY, OPPOSITE, PARAGRAPHS, TEXT

SENTENCES = [one for line in PARAGRAPHS for one in re.split(r"(?<=\.) ", line) if one.endswith(".")]
NEW_PARAGRAPH = "Last winter I also learned to lace a wheel from an old postman."


def carried(old, new, words, turn=0):
    """Carry the given words (the copy number `turn` of them) and say how and where they went."""
    start = [hit.start() for hit in re.finditer(re.escape(words), old)][turn]
    [one] = carry(old, new, [Held(7, start, start + len(words))])
    assert one.id == 7
    assert (one.start is None) == (one.end is None) == (one.status == "orphan")
    return one.status, None if one.start is None else new[one.start : one.end]


# 15 kinds of edit, each tried on every sentence of the prose: what it does, and what must come out.


def unchanged(sentence):
    return TEXT, {("exact", sentence)}


def paragraph_inserted_before(sentence):
    return TEXT.replace(sentence, f"{NEW_PARAGRAPH}\n{sentence}"), {("exact", sentence)}


def neighbours_rewritten(sentence):
    at = TEXT.index(sentence)
    before, after = TEXT[:at], TEXT[at + len(sentence) :]
    before = re.sub(r"\w+(\W+)\w+(\W*)$", r"other\1things\2", before)
    after = re.sub(r"^(\W*)\w+(\W+)\w+", r"\1more\2still", after)
    return before + sentence + after, {("exact", sentence)}


def typography_only(sentence):
    new = sentence.replace("a ", "a\xa0").replace(" ", "  ").replace("o", "o\u00ad")
    new = new.replace("-", "\u2011").replace("'", "\u2019")
    return TEXT.replace(sentence, new), {("exact", new)}


def one_word_changed_inside(sentence):
    words = sentence.split(" ")
    words[len(words) // 2] = "purple"
    new = " ".join(words)
    return TEXT.replace(sentence, new), {("changed", new)}


def negated(sentence):
    words = sentence.split(" ")
    new = " ".join([*words[:2], "not", *words[2:]])
    return TEXT.replace(sentence, new), {("changed", new)}


def first_word_replaced(sentence):
    new = "Sometimes " + sentence.split(" ", 1)[1]
    return TEXT.replace(sentence, new), {("changed", new)}


def last_word_replaced(sentence):
    kept, lost = sentence.rsplit(" ", 1)
    right = ("changed", f"{kept} Saturn.")
    is_mostly_lost = len(lost) > len(kept.replace(" ", ""))
    return TEXT.replace(sentence, right[1]), {("orphan", None) if is_mostly_lost else right}


def note_appended(sentence):
    new = f"{sentence} Ask the volunteers first, their stock varies."
    return TEXT.replace(sentence, new), {("exact", sentence)}


def mostly_rewritten(sentence):
    words = sentence.split(" ")
    keep = len(words) * 4 // 10
    new = " ".join(words[:keep] + ["purple"] * (len(words) - keep))
    return TEXT.replace(sentence, new), {
        ("orphan", None),
        *(("changed", words) for words in (new, " ".join(new.split(" ")[:keep]))),
    }


def deleted(sentence):
    return TEXT.replace(sentence, ""), {("orphan", None)}


def replaced_by_another(sentence):
    return TEXT.replace(sentence, NEW_PARAGRAPH), {("orphan", None)}


def deleted_with_a_look_alike_below(sentence):
    words = sentence.split(" ")
    look_alike = " ".join([*words[:1], "hardly", *words[1:]])
    old = f"{TEXT}\n{look_alike}"
    return (old, old.replace(sentence, "", 1)), {("orphan", None)}


def deleted_with_a_look_alike_beside(sentence):
    words = sentence.split(" ")
    look_alike = " ".join([*words[:1], "hardly", *words[1:]])
    old = TEXT.replace(sentence, f"{look_alike} {sentence} Or so they say.")
    return (old, old.replace(sentence + " ", "", 1)), {("orphan", None)}


def moved_to_the_end(sentence):
    right = "exact" if TEXT.endswith(sentence) else "moved"
    return TEXT.replace(sentence, "") + f"\n{sentence}", {(right, sentence)}


EDITS = [
    unchanged,
    paragraph_inserted_before,
    neighbours_rewritten,
    typography_only,
    one_word_changed_inside,
    negated,
    first_word_replaced,
    last_word_replaced,
    note_appended,
    mostly_rewritten,
    deleted,
    replaced_by_another,
    deleted_with_a_look_alike_below,
    deleted_with_a_look_alike_beside,
    moved_to_the_end,
]


@pytest.mark.parametrize("edit", EDITS)
def test_no_kind_of_edit_puts_a_mark_on_other_words(edit):
    wrong = []
    for sentence in SENTENCES:
        # Given
        edited, right = edit(sentence)
        old, new = edited if isinstance(edited, tuple) else (TEXT, edited)
        # When
        result = carried(old, new, sentence)
        # Then
        if result not in right:
            wrong.append((sentence, result, right))
    assert wrong == []


def test_a_deleted_claim_does_not_jump_to_the_sentence_that_says_the_opposite():
    # Given
    new = TEXT.replace(f"{CLAIM}\n", "")
    start = TEXT.index(CLAIM)
    # When
    [one] = carry(TEXT, new, [Held(1, start, start + len(CLAIM))])
    # Then
    assert (one.status, one.start, one.end) == ("orphan", None, None)
    assert one.candidates[0].words.startswith("A new chain may not fit")


def test_candidates_are_few_apart_and_best_first():
    # Given
    others = [
        OPPOSITE,
        "A new chain fits.",
        "New tyres fit every rim.",
        "A new chain fits every hub.",
    ]
    old = f"\n{NEW_PARAGRAPH}\n".join([*PARAGRAPHS[:6], *others])
    new = old.replace(CLAIM, NEW_PARAGRAPH)
    start = old.index(CLAIM)
    # When
    [one] = carry(old, new, [Held(1, start, start + len(CLAIM))])
    # Then
    assert [each.words for each in one.candidates] == [
        "A new chain fits every",
        "A new chain fits",
        "A new chain may not fit a worn cassette",
    ]
    scores = [each.score for each in one.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(new[each.start : each.end] == each.words for each in one.candidates)
    assert Candidate(3, 9, "a hub", 0.5).as_json() == {
        "start": 3,
        "end": 9,
        "words": "a hub",
        "score": 0.5,
        "is_likely": False,
    }


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_each_of_three_copies_keeps_its_own_place(turn):
    # Given
    new = f"{NEW_PARAGRAPH}\n{COPIES}"
    start = [hit.start() for hit in re.finditer(COPY, COPIES)][turn]
    # When
    [one] = carry(COPIES, new, [Held(1, start, start + len(COPY))])
    # Then
    assert one == Carried(
        1, start + len(NEW_PARAGRAPH) + 1, start + len(new) - len(COPIES) + 34, "exact"
    )


def test_when_the_first_copy_is_deleted_the_mark_on_the_second_stays():
    """Scenario 16."""
    # Given
    new = COPIES.replace(f"One.\n{COPY}\n", "One.\n", 1)
    start = COPIES.index(COPY, COPIES.index("Two."))
    # When
    [one] = carry(COPIES, new, [Held(1, start, start + len(COPY))])
    # Then
    assert (one.status, one.start) == ("exact", new.index(COPY))


def test_when_the_disputed_copy_is_deleted_it_does_not_jump_to_another():
    """Scenario 16."""
    # Given
    new = COPIES.replace(f"Two.\n{COPY}\n", "Two.\n", 1)
    # Then
    assert carried(COPIES, new, COPY, turn=1) == ("orphan", None)
    assert carried(COPIES, new, COPY, turn=0) == ("exact", COPY)
    assert carried(COPIES, new, COPY, turn=2) == ("exact", COPY)


def test_when_the_disputed_copy_is_edited_it_is_the_edited_one_that_is_marked():
    # Given
    edited = COPY.replace("appointment", "phone call")
    new = COPIES.replace(f"Two.\n{COPY}", f"Two.\n{edited}")
    # Then
    assert carried(COPIES, new, COPY, turn=1) == ("changed", edited)


def test_a_paragraph_that_is_cut_and_pasted_takes_its_marks_along():
    # Given
    paragraph = PARAGRAPHS[8]
    new = TEXT.replace(f"{paragraph}\n", "") + f"\n{paragraph}"
    # Then
    words = "Nobody is liable if your brake fails on the way home"
    assert carried(TEXT, new, words) == ("moved", words)


def test_short_words_are_never_followed_to_another_place():
    assert carried("Bolts. Grease.\nOil.", "Bolts.\nOil.\nUse grease. Grease.", "Grease") == (
        "orphan",
        None,
    )


def test_a_copy_that_was_there_before_is_no_move():
    # Given
    old = f"{TEXT}\n{CLAIM}"
    # Then
    assert carried(old, old.replace(CLAIM, "Nothing.", 1), CLAIM) == ("orphan", None)


def test_a_passage_over_two_items_is_carried_whole():
    # Given
    words = "appointment.\nA new chain fits"
    # Then
    assert carried(TEXT, f"{NEW_PARAGRAPH}\n{TEXT}", words) == ("exact", words)
    edited = TEXT.replace("chain fits every", "good chain fits every")
    assert carried(TEXT, edited, words) == ("changed", "appointment.\nA new good chain fits")


def test_words_written_beside_a_passage_are_not_taken_in():
    # Given
    words = "Nobody is liable"
    # Then
    assert carried(TEXT, TEXT.replace(words, f"Perhaps {words} at law"), words) == ("exact", words)


def test_a_heading_set_before_a_changed_first_word_is_not_taken_in():
    # Given
    new = TEXT.replace(CLAIM, "Chains\nMy new chain fits every seven speed cassette.")
    # Then
    assert carried(TEXT, new, CLAIM) == ("changed", "My new chain fits every seven speed cassette.")


def test_a_passage_that_grew_beyond_measure_is_not_called_the_same():
    # Given
    words = "Work comes with a guarantee"
    new = TEXT.replace(words, f"Work {NEW_PARAGRAPH} comes with {NEW_PARAGRAPH} a guarantee")
    # Then
    assert carried(TEXT, new, words) == ("orphan", None)


def test_a_part_of_a_word_is_carried_as_that_part():
    assert carried(TEXT, f"{NEW_PARAGRAPH}\n{TEXT}", "trued one whee") == (
        "exact",
        "trued one whee",
    )


def test_emoji_right_to_left_names_and_scripts_without_spaces_are_carried():
    # Given
    cheap = "\u4fee\u7406\u81ea\u884c\u8eca\u4e0d\u8cb4"
    old = f"\U0001f6b2 \u05d0\u05d1\u05e8\u05d4\u05dd mends it.\n{cheap}"
    new = f"\U0001f468\u200d\U0001f527 {old}".replace("\u4e0d", "\u5f88")
    # Then
    words = "\u05d0\u05d1\u05e8\u05d4\u05dd mends"
    assert carried(old, new, words) == ("exact", words)
    assert carried(old, new, "\u81ea\u884c\u8eca") == ("exact", "\u81ea\u884c\u8eca")
    assert carried(old, new, "\u8eca\u4e0d\u8cb4") == ("changed", "\u8eca\u5f88\u8cb4")


def test_all_passages_are_answered_in_their_order():
    # Given
    held = [Held(one, 3 * one, 3 * one + 40) for one in (9, 2, 5)]
    # Then
    assert [one.id for one in carry(TEXT, TEXT + " End.", held)] == [9, 2, 5]
    assert carry(TEXT, "", held) == [Carried(one, None, None, "orphan") for one in (9, 2, 5)]
    assert carry("", TEXT, [Held(1, 0, 0)]) == [Carried(1, None, None, "orphan")]
    assert carry(TEXT, TEXT, [Held(1, 4, 9)]) == [Carried(1, 4, 9, "exact")]
    assert carry(TEXT, "", []) == []


places = st.integers(0, len(TEXT))


@given(places, places, st.lists(st.tuples(places, places, st.text(max_size=9)), max_size=3))
def test_whatever_is_edited_elsewhere_the_words_keep_their_mark(one, other, edits):
    # Given
    start, end = sorted((one, other))
    assume(9 < start < end - 40 < len(TEXT) - 99)
    start, end = TEXT.rindex(" ", 0, start + 1) + 1, TEXT.index(" ", end - 1)
    before, after = TEXT[:start], TEXT[end:]
    for at, upto, words in edits:
        if at < upto < start - 20:
            before = f"{TEXT[:at]} {words} {TEXT[upto:start]}"
        elif end + 20 < at < upto:
            after = f"{TEXT[end:at]} {words} {TEXT[upto:]}"
    new = before + TEXT[start:end] + after
    # When
    [result] = carry(TEXT, new, [Held(1, start, end)])
    # Then
    assert result == Carried(1, len(before), len(before) + end - start, "exact")


@given(st.text(), st.text(), st.integers(0, 50), st.integers(0, 50))
def test_a_result_is_always_a_place_in_the_new_text_or_an_orphan(old, new, start, length):
    # Given
    held = Held(1, min(start, len(old)), min(start + length, len(old)))
    # When
    [one] = carry(old, new, [held])
    # Then
    if one.start is None or one.end is None:
        assert one.status == "orphan"
    elif old != new:
        assert 0 <= one.start < one.end <= len(new)


def test_a_hundred_thousand_characters_with_scattered_edits_are_quick():
    # Given
    old = "\n".join(f"{number}. {line}" for number in range(40) for line in PARAGRAPHS)
    words = old.split(" ")
    for at in range(100, len(words), len(words) // 25):
        words[at] = "purple"
    held = [Held(at, at, at + 90) for at in range(0, 100_000, 5_000)]
    started = time.perf_counter()
    # When
    done = carry(old, " ".join(words), held)
    # Then
    assert len(old) > 90_000
    assert {one.status for one in done} <= {"exact", "changed"}
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("glue", [" ", "\n"])
def test_a_text_turned_round_takes_bounded_time(glue):
    # Given
    old = glue.join(f"{number} {line}" for number in range(20) for line in PARAGRAPHS)
    started = time.perf_counter()
    # When
    done = carry(old, " ".join(old.split(" ")[::-1]), [Held(1, 50, 150)])
    # Then
    assert [one.status for one in done] == ["orphan"]
    assert time.perf_counter() - started < 5


def test_an_added_sentence_brings_its_own_full_stop():
    # Given
    claim = "Both have kept me rolling for twenty years."
    for added in (f"{claim} One will do.", f"Or so I found. {claim}", f"{claim} ({claim[:-1]}!)"):
        # Then
        assert carried(TEXT, TEXT.replace(claim, added), claim) == ("exact", claim)

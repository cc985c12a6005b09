"""Word lists: whole words, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.wordlists import first_hit, hits, lines


@pytest.mark.parametrize(
    ("listed", "text", "hit"),
    [
        ("casino", "The CASINO is open", "casino"),
        ("casino", "Casinos are not", ""),
        ("ass", "A class passes", ""),
        ("free money", "Get free\n  money now", "free money"),
        ("don't", "Don\u2019t do it", "don't"),
        ("école", "Une ÉCOLE ici", "école"),
        ("казино", "Лучшее казино тут", "казино"),
        ("казино", "казиношка", ""),
        ("赌场", "最好的赌场在这里", "赌场"),
        ("c++", "I write c++ all day", "c++"),
        ("", "anything", ""),
        ("\n \n", "anything", ""),
    ],
)
def test_a_word_counts_only_as_a_whole(listed: str, text: str, hit: str) -> None:
    assert first_hit(listed, text) == hit


def test_where_a_word_stands_is_told_in_the_text_as_it_was_typed() -> None:
    text = "So: “Don\u2019t”, he said."
    [(start, end, word)] = hits("don't", text)
    assert (text[start:end], word) == ("Don\u2019t", "don't")


def test_a_list_says_every_word_once() -> None:
    assert lines(" casino \n\ncasino\nfree   money") == ["casino", "free money"]


@given(st.text(max_size=40), st.text(max_size=200))
def test_no_list_and_no_text_is_too_odd(listed: str, text: str) -> None:
    assert all(0 <= start <= end <= len(text) for start, end, _word in hits(listed, text))

"""What somebody looks for, and words as they are compared: without case and without accents.

A word is folded in the same way in the index, in the question and in the excerpt, so that every
database gives the same answer. Chinese, Japanese and Korean are written without spaces: there each
character is a word, and what stands together must stand together.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SPACELESS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
_UNIT = re.compile(r'"([^"]*)"|(\S+)')
LONGEST_QUESTION = 300  # characters that are looked at
MOST_UNITS = 12
LONGEST_WORD = 60  # characters; the rest of a longer one counts for nothing
SHORTEST_BEGINNING = 2  # letters, of a word that may go on
EXCERPT_WORDS = 30
READ_CHARACTERS = 100_000  # of a text, in which an excerpt is looked for


@dataclass(frozen=True)
class Unit:
    """Words that stand together; the last one may go on, unless they were put in quotes."""

    words: tuple[str, ...]
    may_go_on: bool

    def meets(self, word: str) -> bool:
        """Whether a folded word is one of these."""
        if word in self.words:
            return True
        return self.may_go_on and word.startswith(self.words[-1])


@dataclass(frozen=True)
class Piece:
    """A piece of an excerpt, and whether it is what was looked for."""

    text: str
    is_hit: bool = False


def fold(text: str) -> str:
    """Without case, accents and the forms that only look different."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one)).casefold()


def folded_words(text: str) -> Iterator[str]:
    return (word[:LONGEST_WORD] for word in _WORD.findall(fold(text)))


def units_of(question: str) -> tuple[Unit, ...]:
    """What is asked for; anything typed is a question, and some are empty."""
    units = []
    for quoted, bare in _UNIT.findall(question[:LONGEST_QUESTION]):
        words = tuple(folded_words(quoted or bare))
        if words:
            goes_on = not quoted and len(words[-1]) >= SHORTEST_BEGINNING
            units.append(Unit(words, goes_on))
    return tuple(dict.fromkeys(units))[:MOST_UNITS]


def marked(text: str, units: tuple[Unit, ...]) -> list[Piece]:
    """The whole text in pieces: what was looked for, and what is between."""
    pieces, at = [], 0
    for start, end, is_hit in _words_in(text, units):
        if is_hit:
            pieces += [Piece(text[at:start]), Piece(text[start:end], is_hit=True)]
            at = end
    pieces.append(Piece(text[at:]))
    return [piece for piece in pieces if piece.text]


def excerpt(text: str, units: tuple[Unit, ...]) -> list[Piece]:
    """The words around the first place where most is found, or the beginning."""
    text = text[:READ_CHARACTERS]
    words = list(_words_in(text, units))
    if not words:
        return []
    first = _best_start(words)
    last = min(first + EXCERPT_WORDS, len(words)) - 1
    start, end = words[first][0], words[last][1]
    before = "… " if first else ""
    after = " …" if last < len(words) - 1 else ""
    shown = " ".join(text[start:end].split())
    return [Piece(before), *marked(shown, units), Piece(after)]


def _words_in(text: str, units: tuple[Unit, ...]) -> Iterator[tuple[int, int, bool]]:
    for found in _WORD.finditer(text):
        word = fold(found[0])[:LONGEST_WORD]
        yield found.start(), found.end(), any(unit.meets(word) for unit in units)


def _best_start(words: list[tuple[int, int, bool]]) -> int:
    """Where the window with the most hits begins, a few words before its first one."""
    hits = [number for number, word in enumerate(words) if word[2]]
    if not hits:
        return 0
    best, most, upper = hits[0], 0, 0
    for lower, first in enumerate(hits):
        while upper < len(hits) and hits[upper] < first + EXCERPT_WORDS - 5:
            upper += 1
        if upper - lower > most:
            best, most = first, upper - lower
    return max(0, best - 5)

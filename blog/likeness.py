"""Words that resemble lost ones: suggestions for an editor, and nothing else.

Windows that share most words are found first; within them the place with the fewest errors is
searched, character by character. What stood around the words counts nearly as much as the words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TypedDict

from blog.projection import normalise
from blog.wordmap import Word, words

LEAST_LIKENESS = 0.4  # share of the words that a candidate has in common with the lost ones
MOST_CANDIDATES = 3
MOST_ERRORS = 0.25  # of the length, for a place to be likely
SHORTEST_SEARCH = 20  # shorter words resemble too much
LIKELY = 0.85  # score of a place that is probably meant
LEAD = 0.1  # by which it must lead before the second

ROOM = 128  # code points beside a place that are looked at, beyond those remembered

WEIGHT_WORDS, WEIGHT_CONTEXT, WEIGHT_PLACE = 50, 40, 2


class CandidateJSON(TypedDict):
    start: int
    end: int
    words: str
    score: float
    is_likely: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that resemble a lost passage; `score` is 1 for the same words in the same place.

    A likely one has few errors, the old neighbours, and no rival.
    """

    start: int
    end: int
    words: str
    score: float
    is_likely: bool = False

    def as_json(self) -> CandidateJSON:
        return {
            "start": self.start,
            "end": self.end,
            "words": self.words,
            "score": self.score,
            "is_likely": self.is_likely,
        }


@dataclass(frozen=True, slots=True)
class Lost:
    """Words that are gone, what stood around them, and how far into the text (0 to 1)."""

    words: str
    prefix: str
    suffix: str
    place: float
    was_unique: bool


def candidates(text: str, listed: Sequence[Word], lost: Lost) -> list[Candidate]:
    """The places most like the lost words, best first, none overlapping another.

    `listed` are the words of the text.
    """
    keys = keys_of(lost.words)
    windows = [listed[first : first + len(keys)] for first in _likely_starts(listed, keys)]
    alike = [_alike(text, window, keys) for window in windows]
    alike = _apart(one for one in alike if one.score >= LEAST_LIKENESS)
    best = _apart(_rated(text, one, lost) for one in alike)
    has_rival = len(best) > 1 and best[0].score - best[1].score < LEAD
    first_rival = 0 if has_rival else 1
    return best[:first_rival] + [replace(one, is_likely=False) for one in best[first_rival:]]


def _apart(found: Iterable[Candidate]) -> list[Candidate]:
    """The best, none of which overlaps a better one."""
    chosen: list[Candidate] = []
    for one in sorted(found, key=lambda one: (-one.score, one.start - one.end)):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return chosen[:MOST_CANDIDATES]


def _alike(text: str, window: Sequence[Word], keys: Sequence[str]) -> Candidate:
    """What the window holds from its first to its last word that stands in the quote."""
    there = [word.key for word in window]
    likeness = SequenceMatcher(None, keys, there, autojunk=False).ratio()
    shared = [word for word in window if word.key in keys and word.key.isalnum()] or window
    start, end = shared[0].start, shared[-1].end
    return Candidate(start, end, text[start:end], likeness)


def _rated(text: str, alike: Candidate, lost: Lost) -> Candidate:
    """The place with the fewest errors in and around words that are alike, if there are few."""
    length, start, end, quote = len(lost.words), alike.start, alike.end, alike.score
    is_near = False
    if lost.was_unique and length >= SHORTEST_SEARCH:
        first = max(0, start - length)
        near = nearest(lost.words, text[first : end + length])
        is_near = near.errors <= MOST_ERRORS * length
        if is_near:
            start, end = _to_words(text, first + near.start, first + near.end)
            quote = 1 - near.errors / length
    score = (
        WEIGHT_WORDS * quote
        + WEIGHT_CONTEXT * shared_context(text, start, end, lost.prefix, lost.suffix)
        + WEIGHT_PLACE * (1 - abs(start / max(1, len(text)) - lost.place))
    ) / (WEIGHT_WORDS + WEIGHT_CONTEXT + WEIGHT_PLACE)
    is_likely = is_near and score >= LIKELY
    return Candidate(start, end, text[start:end], round(score, 3), is_likely)


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of the first word to the end of the last."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end - 1 and text[start].isspace():
        start += 1
    return start, end


@dataclass(frozen=True, slots=True)
class Near:
    start: int
    end: int
    errors: int  # signs that were added, left out or replaced


def nearest(pattern: str, text: str) -> Near:
    """The part of the text that becomes the pattern with the fewest errors; the first of equals.

    Sellers' search by Myers' bit vectors: a sign of the text costs one step, whatever the pattern.
    """
    errors, end = min(
        ((found, at) for at, found in enumerate(_distances(pattern, text))),
        default=(len(pattern), 0),
    )
    there = text[max(0, end - len(pattern) - errors) : end]
    back = enumerate(_distances(pattern[::-1], there[::-1], from_start=True))
    _errors, _off, size = min((found, abs(at - len(pattern)), at) for at, found in back)
    return Near(end - size, end, errors)


def _distances(pattern: str, text: str, *, from_start: bool = False) -> Iterator[int]:
    """After each sign of the text, and before the first: the errors of the best match ending there.

    With `from_start` a match begins where the text begins.
    """
    whole, last = (1 << len(pattern)) - 1, 1 << max(0, len(pattern) - 1)
    places: dict[str, int] = {}
    for at, sign in enumerate(pattern):
        places[sign] = places.get(sign, 0) | 1 << at
    more, less, errors = whole, 0, len(pattern)
    yield errors
    for sign in text:
        here = places.get(sign, 0)
        up = here | less
        across = (((here & more) + more) ^ more) | here
        worse, better = less | whole & ~(across | more), more & across
        errors += bool(worse & last) - bool(better & last)
        worse, better = (worse << 1 | from_start) & whole, better << 1 & whole
        more, less = better | whole & ~(up | worse), worse & up
        yield errors


def keys_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [word.key for word in words(normalise(text))]


def shared_context(text: str, start: int, end: int, prefix: str, suffix: str) -> float:
    """The share of the remembered surroundings that stands, word by word, beside a place."""
    earlier, later = keys_of(prefix)[::-1], keys_of(suffix)
    room = ROOM + max(len(prefix), len(suffix))
    before = keys_of(text[max(0, start - room) : start])[::-1]
    after = keys_of(text[end : end + room])
    shared = _shared(before, earlier) + _shared(after, later)
    return shared / max(1, sum(map(len, earlier + later)))


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters of words two texts have in common from their beginning."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(len(word) for word, _other in same)


def _likely_starts(listed: Sequence[Word], keys: Sequence[str]) -> list[int]:
    """Where windows as long as the quote begin that share most of its words; a bounded number."""
    missing = Counter(keys)
    shared = 0
    scores: list[tuple[int, int]] = []
    for at, word in enumerate(listed):
        missing[word.key] -= 1
        shared += missing[word.key] >= 0
        if at >= len(keys):
            gone = listed[at - len(keys)].key
            shared -= missing[gone] >= 0
            missing[gone] += 1
        scores.append((-shared, max(0, at - len(keys) + 1)))
    return [first for score, first in sorted(scores)[: 20 * MOST_CANDIDATES] if score < 0]

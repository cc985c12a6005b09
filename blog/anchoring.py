"""Hold a passage on its words: find it once, then carry it from revision to revision.

Positions are code points in the projected text (`blog.projection`). A passage is carried through
the diff of two revisions, never searched for again, because the words most like a corrected
sentence are often another sentence that says the opposite. What can not be carried is an orphan;
candidates are suggestions for an editor and nothing else.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, takewhile
from typing import Literal, TypedDict

from blog.projection import Normalised, normalise
from blog.wordmap import Mapped, Word, WordMap, words

CONTEXT = 64  # code points kept on each side of a captured passage
CONTEXT_MARGIN = 0.1  # a best place must lead by this share of the context, else we ask
SURE_CONTEXT = 0.9  # share of the context that must stand around words that came back
LEAST_KEPT = 0.5  # of the non-space characters, or the passage is gone
MOST_GROWTH = 1.8  # times the old length, or the passage is gone
SHORTEST_MOVE = 12  # shorter words are not followed to another place
LEAST_LIKENESS = 0.4  # of a candidate
MOST_CANDIDATES = 3
MOST_HITS = 200  # of the same words in one text; more are never looked at

Status = Literal["exact", "changed", "moved", "orphan"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words somebody points at, and what stood around them; `start` only decides between equals."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of projected text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Held:
    """Where a known passage stands in the old text."""

    id: int
    start: int
    end: int


class CandidateJSON(TypedDict):
    start: int
    end: int
    words: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words in the new text that resemble a lost passage; `score` is 1 for the same words."""

    start: int
    end: int
    words: str
    score: float

    def as_json(self) -> CandidateJSON:
        return {"start": self.start, "end": self.end, "words": self.words, "score": self.score}


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a passage stands in the new text; an orphan has no position."""

    id: int
    start: int | None
    end: int | None
    status: Status
    candidates: tuple[Candidate, ...] = ()


def locate(text: str, quote: Quote) -> list[Span]:
    """Every place the quote can mean: one if it is clear, several if the caller must ask.

    Words count as they stand, or else with typography levelled. Between several places the
    surroundings decide, if they do so clearly, and then a given start.
    """
    spans = _whole_words(text, _raw_hits(text, quote.exact.strip()))
    spans = spans or _whole_words(text, _level_hits(normalise(text), quote.exact))
    if len(spans) < 2:
        return spans
    scores = [_context_score(text, span, quote) for span in spans]
    enough = max(scores) - CONTEXT_MARGIN
    best = [span for span, score in zip(spans, scores, strict=True) if score > enough]
    return [span for span in best if span.start == quote.start] or best


def stands_in_context(text: str, span: Span, quote: Quote) -> bool:
    """True if what was captured around the words still stands right beside them."""
    return _context_score(text, span, quote) >= SURE_CONTEXT


def reads_alike(one: str, other: str) -> bool:
    """True for the same words, whatever their typography."""
    return _level(one) == _level(other)


def context(text: str, start: int, end: int, *, width: int = CONTEXT) -> tuple[str, str]:
    """Up to `width` code points before and after a passage, cut between words."""
    before, after = text[max(0, start - width) : start], text[end : end + width]
    if start > width and not text[start - width - 1].isspace():
        before = _from_space(before)
    if end + width < len(text) and not text[end + width].isspace():
        after = _from_space(after[::-1])[::-1]
    return before, after


def carry(old_text: str, new_text: str, held: Sequence[Held]) -> list[Carried]:
    """Follow passages from one revision to the next, in the order they are given.

    Same words in the same place are exact; a passage of which at least half is left has changed;
    words that were unique and now stand, once, elsewhere have moved; all others are orphans.
    """
    if old_text == new_text:
        return [Carried(one.id, one.start, one.end, "exact") for one in held]
    if not held:
        return []
    word_map = WordMap(old_text, new_text)
    return [_carry(word_map, one) for one in held]


def _carry(word_map: WordMap, one: Held) -> Carried:
    words_before = word_map.old_text[one.start : one.end]
    place = _place(word_map, one)
    if place is not None:
        same = reads_alike(word_map.new_text[place.start : place.end], words_before)
        return Carried(one.id, place.start, place.end, "exact" if same else "changed")
    moved = _moved(word_map, words_before)
    if moved is not None:
        return Carried(one.id, moved.start, moved.end, "moved")
    candidates = _candidates(word_map.new_text, word_map.new, words_before)
    return Carried(one.id, None, None, "orphan", tuple(candidates))


def _place(word_map: WordMap, one: Held) -> Mapped | None:
    longest = MOST_GROWTH * (one.end - one.start)
    for place in word_map.places(one.start, one.end):
        if place.end - place.start <= longest and place.kept >= LEAST_KEPT:
            return place
    return None


def _moved(word_map: WordMap, words_before: str) -> Span | None:
    """Words that stood once and stand once may be followed; a copy is never jumped to."""
    if len(words_before.strip()) < SHORTEST_MOVE:
        return None
    there = _whole_words(word_map.new_text, _level_hits(word_map.new_level, words_before))
    before = _whole_words(word_map.old_text, _level_hits(word_map.old_level, words_before))
    return there[0] if len(there) == 1 and len(before) == 1 else None


def _raw_hits(text: str, exact: str) -> Iterator[Span]:
    at = text.find(exact) if exact else -1
    while at >= 0:
        yield Span(at, at + len(exact))
        at = text.find(exact, at + 1)


def _level_hits(text: Normalised, exact: str) -> Iterator[Span]:
    for hit in _raw_hits(text.text, _level(exact)):
        yield Span(*text.span(hit.start, hit.end))


def _level(text: str) -> str:
    return normalise(text).text.strip()


def _whole_words(text: str, hits: Iterator[Span]) -> list[Span]:
    """Hits that begin and end between words; if there are none, all of them."""
    spans = list(islice(hits, MOST_HITS))
    return [span for span in spans if _is_whole(text, span)] or spans


def _is_whole(text: str, span: Span) -> bool:
    return not any(
        0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
        for at in (span.start, span.end)
    )


def _context_score(text: str, span: Span, quote: Quote) -> float:
    """The share of the quote's surroundings that stands, word by word, beside the span."""
    prefix, suffix = _keys(quote.prefix)[::-1], _keys(quote.suffix)
    room = 2 * CONTEXT + max(len(quote.prefix), len(quote.suffix))
    before = _keys(text[max(0, span.start - room) : span.start])[::-1]
    after = _keys(text[span.end : span.end + room])
    shared = _shared(before, prefix) + _shared(after, suffix)
    return shared / max(1, sum(map(len, prefix + suffix)))


def _keys(text: str) -> list[str]:
    return [word.key for word in words(normalise(text))]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters of words two texts have in common from their beginning."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(len(word) for word, _other in same)


def _from_space(text: str) -> str:
    """The text from its first whole word on; a text without spaces stays as it is."""
    parts = text.split(maxsplit=1)
    return text[text.index(parts[0]) + len(parts[0]) :].lstrip() if len(parts) > 1 else text


def _candidates(text: str, listed: Sequence[Word], lost: str) -> list[Candidate]:
    """The places most like the lost words, best first, none overlapping another."""
    keys = _keys(lost)
    windows = (listed[first : first + len(keys)] for first in _likely(listed, keys))
    found = [_candidate(text, window, keys) for window in windows]
    chosen: list[Candidate] = []
    for one in sorted(found, key=lambda one: (-one.score, one.start - one.end)):
        is_apart = all(one.end <= other.start or other.end <= one.start for other in chosen)
        if is_apart and one.score >= LEAST_LIKENESS:
            chosen.append(one)
    return chosen[:MOST_CANDIDATES]


def _likely(listed: Sequence[Word], keys: Sequence[str]) -> list[int]:
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


def _candidate(text: str, window: Sequence[Word], keys: Sequence[str]) -> Candidate:
    """What the window holds from its first to its last word that stands in the quote."""
    there = [word.key for word in window]
    likeness = SequenceMatcher(None, keys, there, autojunk=False).ratio()
    shared = [word for word in window if word.key in keys and word.key.isalnum()] or window
    start, end = shared[0].start, shared[-1].end
    return Candidate(start, end, text[start:end], round(likeness, 3))

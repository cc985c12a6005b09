"""Hold a passage on its words: find it once, then carry it from revision to revision.

Positions are code points in the projected text (`blog.projection`). A passage is carried through
the diff of two revisions, never searched for again, because the words most like a corrected
sentence are often another sentence that says the opposite. What can not be carried is an orphan;
candidates are suggestions for an editor and nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from blog import likeness
from blog.likeness import Candidate, Lost, shared_context
from blog.projection import Normalised, normalise
from blog.wordmap import Mapped, WordMap

CONTEXT = 64  # code points kept on each side of a captured passage
CONTEXT_MARGIN = 0.1  # a best place must lead by this share of the context, else we ask
SURE_CONTEXT = 0.9  # share of the context that must stand around words that came back
LEAST_KEPT = 0.5  # of the non-space characters, or the passage is gone
MOST_GROWTH = 1.8  # times the old length, or the passage is gone
SHORTEST_MOVE = 12  # shorter words are not followed to another place
MOST_SUGGESTED = 40  # lost passages of one edit; where more are lost, nothing resembles anything
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
    carried = [_carry(word_map, one) for one in held]
    lost = [at for at, one in enumerate(carried) if one.start is None]
    for at in lost[:MOST_SUGGESTED]:
        carried[at] = replace(carried[at], candidates=_candidates(word_map, held[at]))
    return carried


def _carry(word_map: WordMap, one: Held) -> Carried:
    words_before = word_map.old_text[one.start : one.end]
    place = _place(word_map, one)
    if place is not None:
        same = reads_alike(word_map.new_text[place.start : place.end], words_before)
        return Carried(one.id, place.start, place.end, "exact" if same else "changed")
    moved = _moved(word_map, words_before)
    if moved is not None:
        return Carried(one.id, moved.start, moved.end, "moved")
    return Carried(one.id, None, None, "orphan")


def _candidates(word_map: WordMap, one: Held) -> tuple[Candidate, ...]:
    text = word_map.old_text
    prefix, suffix = context(text, one.start, one.end)
    gone = text[one.start : one.end]
    copies = list(islice(_level_hits(word_map.old_level, gone), 2))
    place = one.start / max(1, len(text))
    lost = Lost(gone, prefix, suffix, place, was_unique=len(copies) < 2)
    return tuple(likeness.candidates(word_map.new_text, word_map.new, lost))


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
    return shared_context(text, span.start, span.end, quote.prefix, quote.suffix)


def _from_space(text: str) -> str:
    """The text from its first whole word on; a text without spaces stays as it is."""
    parts = text.split(maxsplit=1)
    return text[text.index(parts[0]) + len(parts[0]) :].lstrip() if len(parts) > 1 else text

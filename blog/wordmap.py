"""Which words of an old text are still there in a new one: one diff, made once for all passages.

Paragraphs are compared first, then the words of paragraphs that changed. Typography is levelled
before comparing, so a curly quote or a soft hyphen is no change.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from blog.projection import Normalised, normalise
from blog.worddiff import Run, Side, compare_words, equal_runs, joined, settled

SENTENCE_ENDS = frozenset(".!?\u3002\uff01\uff1f\u06d4\u0964")
CLOSING = frozenset("\"')]")  # may stand between the end of a sentence and the next

_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"  # scripts that set no spaces between words
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of punctuation at `start` to `end` of the text; equal keys read alike."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """Where a passage went, and the share of its non-space characters that is still there."""

    start: int
    end: int
    kept: float


def words(level: Normalised) -> list[Word]:
    """The words of a text in order; scripts without spaces give one word for each sign."""
    return [Word(*level.span(*word.span()), word[0]) for word in _WORD.finditer(level.text)]


class WordMap:
    """The words of both texts, and for each old word the place of the new one it became."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old_text = old_text
        self.new_text = new_text
        self.old_level = normalise(old_text)
        self.new_level = normalise(new_text)
        self.old = words(self.old_level)
        self.new = words(self.new_level)
        self.partner: dict[int, int] = {}
        for run in settled(joined(self._runs()), *self._sides()):
            self.partner.update((run.old + at, run.new + at) for at in range(run.size))

    def places(self, start: int, end: int) -> list[Mapped]:
        """Where `old_text[start:end]` may have gone, the widest reading first.

        The narrow reading spans the words that are still there. The wide one also takes in the
        words that replaced the first or last of them, if it is sure that they did: the old word
        beside the passage must still stand, and a line break is never crossed.
        """
        first, last = self._within(start, end)
        kept = [at for at in range(first, last) if at in self.partner]
        if not kept:
            return []
        whole = sum(len(word.key) for word in self.old[first:last])
        share = sum(len(self.old[at].key) for at in kept) / whole
        narrow = self._left(kept[0], start), self._right(kept[-1], end)
        wide = self._far_left(first, narrow[0]), self._far_right(last, narrow[1])
        return [Mapped(*wide, share), Mapped(*narrow, share)]

    def _runs(self) -> Iterator[Run]:
        """Equal words in a row: whole paragraphs, then what is equal between those."""
        old = _paragraphs(self.old_text, self.old)
        new = _paragraphs(self.new_text, self.new)
        same = equal_runs([one.keys for one in old], [one.keys for one in new])
        done_old = done_new = 0
        for run in [*same, Run(len(old), len(new), 0)]:
            upto_old, upto_new = _first(old, run.old, self.old), _first(new, run.new, self.new)
            yield from self._between(done_old, upto_old, done_new, upto_new)
            done_old = _first(old, run.old + run.size, self.old)
            done_new = _first(new, run.new + run.size, self.new)
            yield Run(upto_old, upto_new, done_old - upto_old)

    def _between(self, old_from: int, old_to: int, new_from: int, new_to: int) -> Iterator[Run]:
        old = [word.key for word in self.old[old_from:old_to]]
        new = [word.key for word in self.new[new_from:new_to]]
        for run in compare_words(old, new):
            yield Run(run.old + old_from, run.new + new_from, run.size)

    def _sides(self) -> tuple[Side, Side]:
        return _side(self.old_text, self.old), _side(self.new_text, self.new)

    def _within(self, start: int, end: int) -> tuple[int, int]:
        first = bisect_left(self.old, start + 1, key=lambda word: word.end)
        last = bisect_left(self.old, end, key=lambda word: word.start)
        return first, max(first, last)

    def _left(self, at: int, start: int) -> int:
        """The start of a kept word, or as far into it as the passage began in the old one."""
        word = self.new[self.partner[at]]
        return min(word.start + max(0, start - self.old[at].start), word.end - 1)

    def _right(self, at: int, end: int) -> int:
        word = self.new[self.partner[at]]
        return max(word.end - max(0, self.old[at].end - end), word.start + 1)

    def _far_left(self, first: int, otherwise: int) -> int:
        if first in self.partner or (first > 0 and first - 1 not in self.partner):
            return otherwise
        at = self.partner[first - 1] + 1 if first > 0 else 0
        beside = self.new_text.rfind("\n", 0, otherwise) + 1
        return min(otherwise, max(self.new[at].start, beside))

    def _far_right(self, last: int, otherwise: int) -> int:
        if last - 1 in self.partner or (last < len(self.old) and last not in self.partner):
            return otherwise
        at = self.partner[last] if last < len(self.old) else len(self.new)
        beside = self.new_text.find("\n", otherwise)
        return max(
            otherwise, min(self.new[at - 1].end, beside if beside >= 0 else len(self.new_text))
        )


@dataclass(frozen=True, slots=True)
class _Paragraph:
    first: int  # its first word
    keys: tuple[str, ...]


def _paragraphs(text: str, listed: Sequence[Word]) -> list[_Paragraph]:
    breaks = [at for at, sign in enumerate(text) if sign == "\n"]
    by_line = groupby(enumerate(listed), key=lambda one: bisect_left(breaks, one[1].start))
    groups = [list(group) for _line, group in by_line]
    return [_Paragraph(group[0][0], tuple(word.key for _at, word in group)) for group in groups]


def _side(text: str, listed: Sequence[Word]) -> Side:
    """A text cuts best between paragraphs, then between sentences."""

    def cut(at: int) -> int:
        if at in (0, len(listed)) or "\n" in text[listed[at - 1].end : listed[at].start]:
            return 2
        while at > 1 and listed[at - 1].key in CLOSING:
            at -= 1
        return int(listed[at - 1].key in SENTENCE_ENDS)

    return Side([word.key for word in listed], cut)


def _first(paragraphs: Sequence[_Paragraph], at: int, listed: Sequence[Word]) -> int:
    return paragraphs[at].first if at < len(paragraphs) else len(listed)

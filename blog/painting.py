"""Draw marks and notes into the HTML of a body, without ever changing the body.

Painting only inserts: marks around words, and what the caller wants to stand after them. Every
insertion can be told from the text, so `unpaint` gives the body back byte for byte, and the painted
HTML projects to the same words. Nothing painted is ever stored in a post.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import accumulate, pairwise
from typing import Literal

from blog.markup import BLOCKS, INJECTED, MARKS, Kind, Token, tokens
from blog.projection import Segment, project

PaintKind = Literal["disputed", "corrected", "clarified", "updated", "note"]
WEIGHT: tuple[PaintKind, ...] = ("disputed", "corrected", "clarified", "updated", "note")
CLOSED = frozenset({"a", "code", "pre", "sub", "sup"})  # nothing is set after words inside these
CLOSED_TO_NOTES = CLOSED | {"h2", "h3", "h4"}  # a note is no part of a heading, a reference may be


@dataclass(frozen=True, slots=True)
class Paint:
    """Mark `start` to `end` of the projected text as `kind`.

    `after` is HTML that may stand inside a paragraph: the caller's own, balanced, already escaped.
    It follows the last of the marked words. A paint without words to mark is left out.
    """

    id: str
    start: int
    end: int
    kind: PaintKind
    after: str = ""


@dataclass(frozen=True, slots=True, order=True)
class _Insertion:
    """At one place marks are closed first, then notes are set, then marks are opened."""

    at: int
    rank: Literal[0, 1, 2]
    turn: int
    html: str


def paint(html: str, paints: Sequence[Paint]) -> str:
    """Return sanitised HTML with the marks drawn; where paints overlap, a mark carries all ids."""
    body = _Body(html)
    shown = [one for one in paints if body.has_words(one.start, one.end)]
    insertions = sorted([*_marks(body, shown), *_notes(body, shown)])
    parts: list[str] = []
    done = 0
    for insertion in insertions:
        parts += html[done : insertion.at], insertion.html
        done = insertion.at
    return "".join([*parts, html[done:]])


def beside_image(html: str, *, src: str, after: str) -> str:
    """Set something after the first image with this address, outside a link that it stands in."""
    found = is_in_link = False
    for token in tokens(html):
        if token.name == "a" and token.kind in (Kind.OPEN, Kind.CLOSE):
            is_in_link = token.kind is Kind.OPEN
        if token.name == "img" and unescape(token.values().get("src", "")) == src:
            found = True
        if found and not is_in_link:
            return f"{html[: token.end]}<span {INJECTED}>{after}</span>{html[token.end :]}"
    return html


def stretches(html: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of the source that hold `text[start:end]` of its projection, cut at every tag."""
    return list(_Body(html).pieces(start, end))


def unpaint(html: str) -> str:
    """Take out everything that `paint` put in, and nothing else."""
    parts: list[str] = []
    inside: list[str] = []  # elements open within an injected one, itself first
    marks: list[bool] = []
    for token in tokens(html):
        if inside or (token.kind is Kind.OPEN and token.has(INJECTED)):
            _step(inside, token)
        elif not _is_ours(token, marks):
            parts.append(html[token.start : token.end])
    return "".join(parts)


def _step(inside: list[str], token: Token) -> None:
    if token.kind is Kind.OPEN:
        inside.append(token.name)
    elif token.kind is Kind.CLOSE:
        inside.pop()


def _is_ours(token: Token, marks: list[bool]) -> bool:
    """True for our own marks and their ends; `marks` remembers which are open."""
    if token.name != "mark":
        return False
    if token.kind is Kind.OPEN:
        marks.append(token.has(MARKS))
        return marks[-1]
    return bool(marks) and marks.pop()


def _marks(body: "_Body", paints: Sequence[Paint]) -> Iterator[_Insertion]:
    borders = sorted({border for one in paints for border in (one.start, one.end)})
    for start, end in pairwise(borders):
        here = [one for one in paints if one.start <= start and end <= one.end]
        for source_start, source_end in body.pieces(start, end) if here else ():
            yield _Insertion(source_start, 2, 0, _opening(here))
            yield _Insertion(source_end, 0, 0, "</mark>")


def _opening(here: Sequence[Paint]) -> str:
    ids = escape(" ".join(dict.fromkeys(one.id for one in here)))
    state = min((one.kind for one in here), key=WEIGHT.index)
    return f'<mark class="mark" {MARKS}="{ids}" data-state="{state}">'


def _notes(body: "_Body", paints: Sequence[Paint]) -> Iterator[_Insertion]:
    in_order = sorted(paints, key=lambda one: (one.end, one.start))
    for turn, one in enumerate(in_order):
        if one.after:
            note = f"<span {INJECTED}>{one.after}</span>"
            yield _Insertion(body.place_after(one), 1, turn, note)


class _Body:
    """Sanitised HTML with its words, and the way from one to the other."""

    def __init__(self, html: str) -> None:
        self.segments = project(html).segments
        self.starts = [segment.start for segment in self.segments]
        self.listed = list(tokens(html))
        self.token_starts = [token.start for token in self.listed]
        self.closed = self._depths(CLOSED)
        self.closed_to_notes = self._depths(CLOSED_TO_NOTES)

    def has_words(self, start: int, end: int) -> bool:
        return any(True for _piece in self.pieces(start, end))

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of source that hold `text[start:end]`, none of them crossing a tag."""
        piece: tuple[int, int] | None = None
        for segment in self._segments(start, end):
            source = _source(segment, start), _source(segment, end)
            if piece is not None and piece[1] == source[0]:
                piece = piece[0], source[1]
                continue
            if piece is not None and piece[0] < piece[1]:
                yield piece
            piece = source
        if piece is not None and piece[0] < piece[1]:
            yield piece

    def place_after(self, one: Paint) -> int:
        """Where that which follows the words may stand: as near as HTML allows.

        Out of a link, code and small print, and out of a phrase that ends with the words.
        """
        last = self.segments[bisect_right(self.starts, one.end - 1) - 1]
        place = _source(last, one.end)
        at = bisect_right(self.token_starts, place - 1) - 1
        closed = self.closed_to_notes if one.kind == "note" else self.closed
        if closed[at]:
            at = next(later for later in range(at, len(self.listed)) if not closed[later])
            place = self.listed[at].end
        while place == self.listed[at].end and self._closes_phrase(at + 1):
            at += 1
            place = self.listed[at].end
        return place

    def _closes_phrase(self, at: int) -> bool:
        if at >= len(self.listed):
            return False
        return self.listed[at].kind is Kind.CLOSE and self.listed[at].name not in BLOCKS

    def _depths(self, names: frozenset[str]) -> list[int]:
        """For each token, in how many elements of these names it stands."""
        steps = (_step_of(token) if token.name in names else 0 for token in self.listed)
        return list(accumulate(steps))

    def _segments(self, start: int, end: int) -> Iterator[Segment]:
        first = max(0, bisect_right(self.starts, start) - 1)
        for segment in self.segments[first:]:
            if segment.start >= end:
                return
            if segment.end > start:
                yield segment


def _step_of(token: Token) -> int:
    return 1 if token.kind is Kind.OPEN else -1


def _source(segment: Segment, offset: int) -> int:
    """The place in the source; a unit that cannot be divided is taken whole or not at all."""
    if offset <= segment.start:
        return segment.source_start
    if offset >= segment.end or not segment.is_verbatim:
        return segment.source_end
    return segment.source_start + offset - segment.start

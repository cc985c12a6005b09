"""The words of a text as a reader meets them, and where each of them stands in its HTML.

Passages are positions in this projected text, counted in Unicode code points. The same HTML always
gives the same text; a change of these rules needs a new `PROJECTION_VERSION`, and every stored
position must then be carried over from the old text to the new.

What is projected: the words of a sanitised body, one newline between blocks and for `<br>`, runs of
white space as one space (kept as they are in `<pre>`). What is not: text alternatives of images,
`<del>`, and whatever the platform paints into a body.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

from blog.markup import BLOCKS, INJECTED, Kind, Token, tokens

PROJECTION_VERSION = 1

SKIPPED = frozenset({"del", "script", "style", "template", "noscript"})

_SPACES = " \t\n\r\f"
_FLOWING = re.compile(
    r"(?P<space>[ \t\n\r\f]+)|(?P<entity>&[^\s;&<]{1,32};)|[^&\s]+(?: [^& \t\n\r\f]+)*|."
)
_VERBATIM = re.compile(r"(?P<entity>&[^\s;&<]{1,32};)|[^&]+|&")


@dataclass(frozen=True, slots=True)
class Segment:
    """`text[start:end]` comes from `html[source_start:source_end]`.

    Both are equally long and map one to one, or the source is a single unit (an entity, a run of
    white space) that can not be divided.
    """

    start: int
    end: int
    source_start: int
    source_end: int

    @property
    def is_verbatim(self) -> bool:
        return self.end - self.start == self.source_end - self.source_start


@dataclass(frozen=True, slots=True)
class Projection:
    """`text` and, in order, the `segments` of it that stand in the HTML; newlines may be ours."""

    text: str
    segments: tuple[Segment, ...]


def project(html: str) -> Projection:
    """Read the words of sanitised HTML, painted or not: painting never changes the result."""
    reader = _Reader(html)
    for token in tokens(html):
        reader.take(token)
    return Projection("".join(reader.parts), tuple(Segment(*part) for part in reader.segments))


class _Reader:
    def __init__(self, html: str) -> None:
        self.html = html
        self.parts: list[str] = []
        self.length = 0
        self.segments: list[tuple[int, int, int, int]] = []
        self.owes_newline = False
        self.owed_space: tuple[int, int] | None = None  # where the run stands in the source
        self.verbatim = 0
        self.skipping: list[str] = []

    def take(self, token: Token) -> None:
        if self.skipping:
            self.skip(token)
        elif token.kind is Kind.TEXT:
            self.read(token)
        elif token.kind is Kind.OPEN and (token.name in SKIPPED or token.has(INJECTED)):
            self.skipping.append(token.name)
        elif token.name in BLOCKS or token.name == "br":
            self.part()
            self.verbatim += _step(token) if token.name == "pre" else 0

    def skip(self, token: Token) -> None:
        if token.kind is Kind.OPEN:
            self.skipping.append(token.name)
        elif token.kind is Kind.CLOSE:
            self.skipping.pop()

    def read(self, token: Token) -> None:
        pattern = _VERBATIM if self.verbatim else _FLOWING
        for unit in pattern.finditer(self.html, token.start, token.end):
            words = unit[0]
            if unit.lastgroup == "entity":
                words = unescape(words)
            if not self.verbatim and not words.strip(_SPACES):
                self.owe_space(unit)
            elif words:
                self.add(words, unit.start(), unit.end())

    def owe_space(self, unit: re.Match[str]) -> None:
        """A space counts only when words follow it in the same block."""
        if self.parts and not self.owes_newline and self.owed_space is None:
            self.owed_space = unit.span()

    def part(self) -> None:
        self.owes_newline = True
        self.owed_space = None

    def add(self, words: str, source_start: int, source_end: int) -> None:
        if self.owes_newline and self.parts:
            self.parts.append("\n")
            self.length += 1
        self.owes_newline = False
        if self.owed_space is not None:
            self.place(" ", *self.owed_space)
            self.owed_space = None
        self.place(words, source_start, source_end)

    def place(self, words: str, source_start: int, source_end: int) -> None:
        start, self.length = self.length, self.length + len(words)
        self.parts.append(words)
        if self.segments and len(words) == source_end - source_start:
            before = self.segments[-1]
            touches = before[1] == start and before[3] == source_start
            if touches and before[1] - before[0] == before[3] - before[2]:
                self.segments[-1] = (before[0], self.length, before[2], source_end)
                return
        self.segments.append((start, self.length, source_start, source_end))


def _step(token: Token) -> int:
    return 1 if token.kind is Kind.OPEN else -1


@dataclass(frozen=True, slots=True)
class Normalised:
    """Text made comparable; `text[i]` stands for the original from `index_map[i]` to `ends[i]`.

    `index_map` has one entry more than the text: the length of the original.
    """

    text: str
    index_map: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` (not empty) stands in the original."""
        return self.index_map[start], self.ends[end - 1]


_SPACE = "\t\n\x0b\x0c\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN = "\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_COMBINING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u1160-\u11ff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
_CLUSTERS = re.compile(
    f"(?P<space>[{_SPACE}][{_SPACE}{_UNSEEN}]*)|(?P<unseen>[{_UNSEEN}]+)"
    f"|(?P<plain>[!-_a-~]+(?: [!-_a-~]+)*(?![{_COMBINING}]))|(?s:.)[{_COMBINING}]*"
)
_APOSTROPHES = "\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u00b4\u2039\u203a\uff07`"
_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SAME = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | {"\u2026": "..."}
)


def normalise(text: str) -> Normalised:
    """Level out typography, never meaning: letters, case, accents and punctuation stay.

    Compatibility forms are composed (NFKC, cluster by cluster), runs of white space become one
    space, soft hyphens, zero-width and direction marks go, quotes, primes and dashes become ASCII.
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTERS.finditer(text):
        start, end = cluster.span()
        if cluster.lastgroup == "plain":
            parts.append(cluster[0])
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        elif cluster.lastgroup != "unseen":
            level = " " if cluster.lastgroup == "space" else _level(cluster[0])
            parts.append(level)
            starts.extend([start] * len(level))
            ends.extend([end] * len(level))
    return Normalised("".join(parts), (*starts, len(text)), tuple(ends))


def _level(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster.translate(_SAME)).translate(_SAME)

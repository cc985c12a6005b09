"""Read HTML as a flat list of tokens that know where they stand in the string.

Made for sanitised HTML (what `richtext.clean` returns, before or after painting): tags are
balanced, attribute values stand in double quotes, and every other `<` is escaped. Nothing is ever
built back from a tree, so whatever is not touched stays the same byte for byte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

INJECTED = "data-injected"  # on every element that is ours and holds no words of the text
MARKS = "data-marks"  # on every <mark> that we set around words of the text
VOID = frozenset({"br", "hr", "img"})

_SECTIONS = {"address", "article", "aside", "footer", "header", "hgroup", "main", "nav", "section"}
_TABLES = {"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
_LISTS = {"dd", "dir", "dl", "dt", "li", "ol", "ul"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_GROUPS = {"blockquote", "center", "details", "div", "fieldset", "figcaption", "figure", "form"}
_OTHERS = {"hr", "p", "pre", "summary"}
BLOCKS = frozenset(_SECTIONS | _TABLES | _LISTS | _HEADINGS | _GROUPS | _OTHERS)

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*+)((?:"[^"]*+"|'[^']*+'|[^'"<>]++)*+)>|<!--.*?-->""", re.DOTALL
)
_VALUE = re.compile(r'"[^"]*"')
_ATTRIBUTE = re.compile(r'([^\s"=<>/]+)(?:="([^"]*)")?')


class Kind(Enum):
    TEXT = auto()
    OPEN = auto()
    CLOSE = auto()
    VOID = auto()
    COMMENT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One tag or run of text, `html[start:end]`; `attributes` is what stands after the name."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: str = ""

    def has(self, attribute: str) -> bool:
        """True if the tag has the attribute; the words inside other values do not count."""
        return attribute in _VALUE.sub("", self.attributes).replace("=", " ").split()

    def values(self) -> dict[str, str]:
        """The attributes by name, values still escaped as they stand in the HTML."""
        return dict(_ATTRIBUTE.findall(self.attributes))


def tokens(html: str) -> Iterator[Token]:
    """Yield every token in order; together they cover the whole string without a gap."""
    done = 0
    for tag in _TAG.finditer(html):
        if tag.start() > done:
            yield Token(Kind.TEXT, done, tag.start())
        yield _token(tag)
        done = tag.end()
    if done < len(html):
        yield Token(Kind.TEXT, done, len(html))


def _token(tag: re.Match[str]) -> Token:
    if tag[2] is None:
        return Token(Kind.COMMENT, tag.start(), tag.end())
    name = tag[2].lower()
    if tag[1]:
        return Token(Kind.CLOSE, tag.start(), tag.end(), name)
    kind = Kind.VOID if name in VOID else Kind.OPEN
    return Token(kind, tag.start(), tag.end(), name, tag[3])

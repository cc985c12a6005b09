"""Put sanitised HTML in order: paragraphs around loose text, no block where only words may stand.

The sanitiser takes forbidden tags away and leaves their words, so `<div>one</div><div>two</div>`
would read "onetwo". Here a block that is not allowed still parts what it stood between.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from blog.markup import BLOCKS, Kind, Token, tokens

WORDS_ONLY = frozenset({"p", "h2", "h3", "h4", "pre"})
LISTS = frozenset({"ul", "ol"})
PARENTS = {
    "li": LISTS,
    "figcaption": frozenset({"figure"}),
}

BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_BLANK = re.compile(r"(?:[ \t\n]|&nbsp;|<br>)*")


def arrange(html: str, *, allowed: frozenset[str], renamed: Mapping[str, str]) -> str:
    """Return the same words in the same order, in markup made of `allowed` tags only."""
    page = _Page(html, allowed, renamed)
    for token, holds_block in _with_contents(html):
        page.take(token, holds_block)
    return page.finish()


def _with_contents(html: str) -> list[tuple[Token, bool]]:
    """Each token with whether a block stands inside it (asked of opening tags)."""
    listed = list(tokens(html))
    holds = [False] * len(listed)
    open_tags: list[int] = []
    for at, token in enumerate(listed):
        if token.kind is Kind.OPEN:
            open_tags.append(at)
            continue
        is_block = token.kind is not Kind.TEXT and token.name in BLOCKS
        if token.kind is Kind.CLOSE and open_tags:
            is_block = is_block or holds[open_tags.pop()]
        if is_block and open_tags:
            holds[open_tags[-1]] = True
    return list(zip(listed, holds, strict=True))


@dataclass(frozen=True, slots=True)
class _Open:
    """An element of the source that is not closed yet; without a name it was left out."""

    name: str
    is_block: bool
    at: int = 0  # where its opening tag stands in what is written
    end: str = ""


class _Page:
    """What is written so far, which elements are open, and the loose words not yet written."""

    def __init__(self, html: str, allowed: frozenset[str], renamed: Mapping[str, str]) -> None:
        self.html = html
        self.allowed = allowed
        self.renamed = renamed
        self.written: list[str] = []
        self.loose: list[str] = []
        self.loose_depth = 0  # phrases open among the loose words
        self.open: list[_Open] = []
        self.blocks: list[str] = []  # the blocks among them that were kept

    @property
    def sealed(self) -> bool:
        """True where no block may begin."""
        return bool(self.blocks) and self.blocks[-1] in WORDS_ONLY

    @property
    def is_loose(self) -> bool:
        """True where words may not stand by themselves: at the top, and in a list but no item."""
        return not self.blocks or self.blocks[-1] in LISTS

    def take(self, token: Token, holds_block: bool) -> None:
        source = self.html[token.start : token.end]
        if token.kind is Kind.TEXT:
            self.add_words(source)
        elif token.kind is Kind.OPEN:
            self.start(token, source, holds_block)
        elif token.kind is Kind.CLOSE:
            self.end()
        elif token.kind is Kind.VOID:
            self.add_void(token, source)

    def finish(self) -> str:
        self.flush()
        return "".join(self.written)

    def start(self, token: Token, source: str, holds_block: bool) -> None:
        name = self.renamed.get(token.name, token.name)
        source = source.replace(token.name, name, 1)
        if token.name in BLOCKS:
            self.start_block(name, source)
        elif name not in self.allowed or holds_block or (name == "a" and not token.has("href")):
            self.open.append(_Open("", is_block=False))
        else:
            self.open.append(_Open(name, is_block=False, at=len(self.line())))
            self.add_phrase(source, depth=1)

    def start_block(self, name: str, source: str) -> None:
        if self.sealed or name not in self.allowed or not self.has_place(name):
            self.part()
            self.open.append(_Open("", is_block=True))
            return
        self.flush()
        in_list = name in LISTS and self.is_loose and bool(self.blocks)
        end = f"</{name}></li>" if in_list else f"</{name}>"
        self.open.append(_Open(name, is_block=True, at=len(self.written), end=end))
        self.blocks.append(name)
        self.written.append(f"<li>{source}" if in_list else source)

    def has_place(self, name: str) -> bool:
        parent = self.blocks[-1] if self.blocks else ""
        if parent in LISTS:
            return name == "li" or name in LISTS
        return name not in PARENTS or parent in PARENTS[name]

    def end(self) -> None:
        element = self.open.pop()
        if element.name and element.is_block:
            self.end_block(element)
        elif element.name:
            self.end_phrase(element)
        elif element.is_block:
            self.part()

    def end_block(self, block: _Open) -> None:
        self.flush()
        self.blocks.pop()
        if block.name in WORDS_ONLY and _is_blank(self.written[block.at + 1 :]):
            del self.written[block.at :]
        else:
            self.written.append(block.end)

    def end_phrase(self, phrase: _Open) -> None:
        if phrase.at == len(self.line()) - 1:
            self.line().pop()
            self.add_phrase("", depth=-1)
        else:
            self.add_phrase(f"</{phrase.name}>", depth=-1)

    def add_void(self, token: Token, source: str) -> None:
        if token.name == "hr":
            self.add_rule()
        elif token.name in self.allowed and token.name != "img":
            self.add_phrase(source)
        elif token.name in self.allowed and token.values().get("src"):
            self.add_phrase(source if token.has("alt") else source[:-1] + ' alt="">')

    def add_rule(self) -> None:
        if self.sealed or "hr" not in self.allowed or not self.has_place("hr"):
            self.part()
            return
        self.flush()
        self.written.append("<hr>")

    def add_words(self, words: str) -> None:
        if self.blocks or self.loose_depth:
            self.add_phrase(words)
            return
        first, *others = BLANK_LINE.split(words)
        self.loose.append(first)
        for other in others:
            self.flush()
            self.loose.append(other)

    def line(self) -> list[str]:
        """Where phrases go at this point."""
        return self.loose if self.is_loose else self.written

    def add_phrase(self, source: str, depth: int = 0) -> None:
        if source:
            self.line().append(source)
        if self.is_loose:
            self.loose_depth += depth

    def part(self) -> None:
        """Keep the words before and after a dropped block apart."""
        if self.is_loose and not self.loose_depth:
            self.flush()
        else:
            self.add_phrase("\n")

    def flush(self) -> None:
        """Close the paragraph, or the list item, of loose words, if there is one."""
        words = "".join(self.loose)
        self.loose.clear()
        if not _is_blank([words]):
            name = "li" if self.blocks else "p"
            self.written += f"<{name}>", words.strip(" \t\n"), f"</{name}>"
        elif words or (self.written and not self.blocks and self.written[-1] != "\n"):
            self.written.append("\n")


def _is_blank(parts: list[str]) -> bool:
    return bool(_BLANK.fullmatch("".join(parts)))

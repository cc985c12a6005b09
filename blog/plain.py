"""Plain text as people type it, set as HTML: paragraphs, line breaks, and lists of marked lines.

Only what is surely a list becomes one: at least two lines with a sign before them, or numbered from
one on. Everything else stays the text it is, with its signs and numbers.
"""

import re
from dataclasses import dataclass, field

from blog import richtext

_ITEM = re.compile(r"\s*(?:[-*•◦▪‣·]|(?P<number>\d{1,3})[.)])[ \t]+(?P<words>\S.*)")
FEWEST_ITEMS = 2


@dataclass
class _Run:
    """Lines that belong together; `tag` is empty for a paragraph, `items` are a list's words."""

    tag: str
    is_apart: bool  # an empty line stands before it
    lines: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    def takes(self, tag: str, number: int) -> bool:
        """Whether a marked line goes on with this list; empty lines between items do not end it."""
        return self.tag == tag and (tag == "ul" or number == len(self.items) + 1)

    def html(self) -> str:
        if not self.tag:
            return richtext.plain_paragraphs("\n".join(self.lines))
        items = "".join(f"<li>{richtext.plain_line(words)}</li>" for words in self.items)
        return f"<{self.tag}>{items}</{self.tag}>"


def set_text(text: str) -> str:
    """Set plain text as HTML; what has no lists is what `richtext.plain_paragraphs` makes of it."""
    return "\n".join(html for run in _settled(_runs(text)) if (html := run.html()))


def _runs(text: str) -> list[_Run]:
    runs = [_Run("", is_apart=True)]
    is_apart = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.strip():
            _add(line, runs, is_apart=is_apart)
        is_apart = not line.strip()
    return runs


def _add(line: str, runs: list[_Run], *, is_apart: bool) -> None:
    """Put a line to those before it, or begin a paragraph or a list with it."""
    item = _ITEM.fullmatch(line)
    number = int(item["number"] or 0) if item else 0
    tag = ("ol" if item["number"] else "ul") if item else ""
    last = runs[-1]
    if item and (last.takes(tag, number) or tag == "ul" or number == 1):
        if not last.takes(tag, number):
            last = _Run(tag, is_apart=is_apart)
            runs.append(last)
        last.items.append(item["words"])
    elif last.tag and line[0].isspace() and not is_apart:
        last.items[-1] += f" {line.strip()}"
    elif last.tag or is_apart:
        last = _Run("", is_apart=is_apart)
        runs.append(last)
    last.lines.append(line)


def _settled(runs: list[_Run]) -> list[_Run]:
    """Too short a list becomes text again, in one paragraph with the lines around it."""
    settled: list[_Run] = []
    for run in runs:
        if len(run.items) < FEWEST_ITEMS:
            run.tag = ""
        if settled and not run.tag and not settled[-1].tag and not run.is_apart:
            settled[-1].lines += run.lines
        else:
            settled.append(run)
    return settled

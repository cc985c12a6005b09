"""Words that people typed, made fit to be kept: nothing in them is invisible."""

import re

from blog.projection import normalise, project

# Control signs, lone surrogates, and the signs that turn the direction of writing around: they
# make text read differently from what is stored, and some may not stand in a feed at all.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BLANK_LINES = re.compile(r"\n{3,}")


def paragraphs(text: str) -> str:
    """Several lines of plain text, without what cannot be seen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("\n\n", _UNPRINTABLE.sub("", text)).strip()


def line(text: str) -> str:
    """One line of plain text."""
    return " ".join(paragraphs(text).split())


def shortened(text: str, characters: int) -> str:
    """At most so many characters, cut between words and with an ellipsis where it was cut."""
    text = line(text)
    if len(text) <= characters:
        return text
    return text[: characters - 1].rsplit(" ", 1)[0].rstrip() + "…"


def stands_in(quote: str, html: str) -> bool:
    """Whether the words can be read in sanitised HTML, whatever their typography."""
    return _level(quote) in _level(project(html).text)


def _level(text: str) -> str:
    return " ".join(normalise(text).text.split())

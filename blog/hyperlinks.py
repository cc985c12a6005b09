"""The links of a text, and what is wrong with them on sight: nothing is asked of anybody here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from html import unescape

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from blog.markup import Kind, Token, tokens

BARE = re.compile(r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)\]']", re.IGNORECASE)
WEB = ("http://", "https://")
_VERBATIM = {"a", "code", "pre"}
_SAYS_NOTHING = {
    *("click", "click here", "click this link", "details", "here", "info", "learn more", "link"),
    *("more", "more info", "page", "read", "read here", "read more", "read on", "see here", "site"),
    *("source", "this", "this article", "this link", "this page", "this post", "website"),
}


class Flaw(Enum):
    """What is wrong with a link; `sentence` says so to whoever wrote it."""

    BARE = "bare"
    EMPTY = "empty"
    NAMELESS = "nameless"
    WORDLESS = "wordless"

    @property
    def sentence(self) -> str | Promise:
        return _SENTENCES[self]


_SENTENCES = {
    Flaw.BARE: _("This address is typed as text: select words and make them a link to it."),
    Flaw.EMPTY: _("This link leads nowhere: give it an address, or remove it."),
    Flaw.NAMELESS: _("This link has no words: those who listen to the page cannot know it."),
    Flaw.WORDLESS: _("These words do not say where the link leads: name what is behind it."),
}


@dataclass(frozen=True)
class Link:
    """A link as it stands in the text, and its flaw if it has one."""

    words: str
    address: str
    flaw: Flaw | None = None


def links_in(html: str) -> list[Link]:
    """Every link of sanitised HTML and every address typed as text, in order."""
    return list(_read(html))


def addresses_in(html: str) -> list[str]:
    """Where the links lead on the web, each once, in order."""
    found = [link.address for link in links_in(html) if link.address.startswith(WEB)]
    return list(dict.fromkeys(found))


def _read(html: str) -> Iterator[Link]:
    inside: list[Token] = []
    said: list[str] = []
    for token in tokens(html):
        if token.kind is Kind.TEXT:
            text = unescape(html[token.start : token.end])
            said.append(text)
            if not inside:
                yield from (Link(one, one, Flaw.BARE) for one in BARE.findall(text))
        elif token.kind is Kind.VOID and token.name == "img":
            said.append(unescape(token.values().get("alt", "")))
        elif token.kind is Kind.OPEN and token.name in _VERBATIM:
            inside.append(token)
            said = [] if token.name == "a" else said
        elif token.kind is Kind.CLOSE and token.name in _VERBATIM and inside:
            opened = inside.pop()
            if opened.name == "a":
                yield _link(opened, "".join(said))


def _link(opened: Token, said: str) -> Link:
    words = " ".join(said.split())
    address = unescape(opened.values().get("href", "")).strip()
    return Link(words, address, _flaw(words, address))


def _flaw(words: str, address: str) -> Flaw | None:
    if address in {"", "#", "http://", "https://"}:
        return Flaw.EMPTY
    if not words:
        return Flaw.NAMELESS
    plain = words.strip(" .,;:!?…→»>[]()").casefold()
    if plain in _SAYS_NOTHING or BARE.fullmatch(words):
        return Flaw.WORDLESS
    return None

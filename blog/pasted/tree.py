"""Pasted HTML as a tree: read by a real parser, changed from the leaves up, written out again.

Only for text on its way in. What is stored is never taken apart into a tree (`blog.markup`).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

import nh3

from blog.markup import BLOCKS, Kind, tokens

_PHRASES = {"a", "abbr", "b", "big", "br", "cite", "code", "del", "em", "font", "i", "img", "ins"}
_MORE_PHRASES = {"kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub"}
_LAST_PHRASES = {"sup", "tt", "u", "var", "picture"}
_NOT_WORDS = {
    "button",
    "iframe",
    "noscript",
    "script",
    "select",
    "style",
    "svg",
    "title",
    "template",
}
_EVERYWHERE = {"align", "aria-hidden", "aria-level", "class", "data-aria-level", "data-style", "id"}
_MORE_EVERYWHERE = {"hidden", "role", "style", "type"}
_IMAGES = {"alt", "data-lazy-src", "data-src", "height", "src", "width"}
_READER = nh3.Cleaner(
    tags=BLOCKS | _PHRASES | _MORE_PHRASES | _LAST_PHRASES,
    clean_content_tags=_NOT_WORDS,
    attributes={
        "*": _EVERYWHERE | _MORE_EVERYWHERE,
        "a": {"href", "title"},
        "del": {"cite"},
        "ins": {"cite"},
        "img": _IMAGES,
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_STYLE = re.compile(r"\s*([\w-]+)\s*:\s*([^;]+)")


@dataclass(eq=False, slots=True)
class Element:
    """A tag with what stands in it; texts are plain words, not escaped."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        return self.name in BLOCKS

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def style(self) -> dict[str, str]:
        """What the style attribute says (or said, before the browser's editor hid it)."""
        said = self.attributes.get("style") or self.attributes.get("data-style", "")
        return {name.lower(): words.strip().lower() for name, words in _STYLE.findall(said)}

    def elements(self) -> Iterator["Element"]:
        """All that stand in it, at any depth, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()

    def has(self, *names: str) -> bool:
        return any(one.name in names for one in self.elements())


Nodes = list["Element | str"]
Change = Callable[[Element], Iterable["Element | str"]]


def read(html: str) -> Element:
    """The tree of any HTML; what can act or cannot be shown is gone already."""
    html = _READER.clean(html)
    root = Element("")
    open_elements = [root]
    for token in tokens(html):
        if token.kind is Kind.TEXT:
            open_elements[-1].children.append(unescape(html[token.start : token.end]))
        elif token.kind is Kind.CLOSE:
            open_elements[1:] = open_elements[1:-1]
        elif token.kind in {Kind.OPEN, Kind.VOID}:
            values = {name: unescape(value) for name, value in token.values().items()}
            element = Element(token.name, values)
            open_elements[-1].children.append(element)
            if token.kind is Kind.OPEN and token.name != "col":
                open_elements.append(element)
    return root


def write(nodes: Iterable["Element | str"]) -> str:
    return "".join(escape(one, quote=False) if isinstance(one, str) else _tag(one) for one in nodes)


def _tag(element: Element) -> str:
    values = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
    if element.name in {"br", "hr", "img", "col"}:
        return f"<{element.name}{values}>"
    return f"<{element.name}{values}>{write(element.children)}</{element.name}>"


def replace(parent: Element, change: Change) -> None:
    """Put in the place of every element, the inner ones first, what `change` makes of it."""
    children: Nodes = []
    for child in parent.children:
        if isinstance(child, Element):
            replace(child, change)
            children += change(child)
        else:
            children.append(child)
    parent.children = children


def words(node: "Element | str") -> str:
    """What a reader reads in it."""
    return node if isinstance(node, str) else "".join(words(child) for child in node.children)


def is_blank(node: "Element | str") -> bool:
    """Whether there is nothing to see: no words, no image, no dividing line."""
    if isinstance(node, str):
        return not node.strip(" \t\n\r\f\xa0\u200b\ufeff")
    if node.name in {"img", "hr"}:
        return False
    return all(is_blank(child) for child in node.children)


def is_phrase(node: "Element | str") -> bool:
    """Whether it may stand in a line of words."""
    return isinstance(node, str) or not (node.is_block or node.has(*BLOCKS))


def as_(name: str, element: Element) -> list["Element | str"]:
    """The same content under another name, without its attributes."""
    return [Element(name, {}, element.children)]

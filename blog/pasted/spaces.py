"""Spaces that only a program needed: doubled, at the ends of lines, not breaking for no reason."""

import re

from blog.pasted.tree import Element, replace

_CONVERTED = {"Apple-converted-space", "Apple-tab-span"}
_UNSEEN = re.compile("[\u200b\ufeff]")
_RUN = re.compile("[ \t\n\r\f\xa0]+")
_BETWEEN_WORDS = re.compile("(?<=[^\\W\\d_]{2})[.,;:!?)]?\xa0(?=[^\\W\\d_]{2})")
_AFTER_NUMBER = re.compile(r"(?<=\d\])\xa0")
_BLOCKS = {"blockquote", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th"}
_EDGES = " \t\n\r\f\xa0"


def converted(root: Element) -> None:
    """Spaces that a program turned into others to keep them apart."""
    replace(root, lambda one: [" "] if one.classes & _CONVERTED else [one])


def read(root: Element) -> None:
    _level(root, verbatim=False)
    for element in root.elements():
        if element.name in _BLOCKS:
            _trim(element)


def _level(element: Element, *, verbatim: bool) -> None:
    for at, child in enumerate(element.children):
        if isinstance(child, str):
            element.children[at] = _verbatim(child) if verbatim else _flowing(child)
        else:
            _level(child, verbatim=verbatim or child.name == "pre")


def _verbatim(text: str) -> str:
    return text.replace("\xa0", " ")


def _flowing(text: str) -> str:
    text = _RUN.sub(_one, _UNSEEN.sub("", text))
    text = _AFTER_NUMBER.sub(" ", text)
    return _BETWEEN_WORDS.sub(lambda found: found[0].replace("\xa0", " "), text)


def _one(run: re.Match[str]) -> str:
    return "\xa0" if run[0] == "\xa0" else " "


def _trim(block: Element) -> None:
    """No space at the ends of a line, however deep in phrases it stands."""
    line = _places(block)
    for at, (parent, index) in enumerate(line):
        text = parent.children[index]
        if not isinstance(text, str):
            continue
        before, after = _text_at(line, at - 1), _text_at(line, at + 1)
        if before is None:
            text = text.lstrip(_EDGES)
        elif before.endswith((" ", "\xa0")):
            text = text.lstrip(" ")
        parent.children[index] = text.rstrip(_EDGES) if after is None else text


def _places(element: Element) -> list[tuple[Element, int]]:
    """Where the texts and the breaks of a line stand, in order."""
    found: list[tuple[Element, int]] = []
    for index, child in enumerate(element.children):
        if isinstance(child, str):
            if child:
                found.append((element, index))
        elif child.name in {"br", "img", "hr"} or child.is_block:
            found.append((element, index))
        else:
            found += _places(child)
    return found


def _text_at(line: list[tuple[Element, int]], at: int) -> str | None:
    """The text there; None where the line begins or ends, "" beside a picture."""
    if not 0 <= at < len(line):
        return None
    parent, index = line[at]
    node = parent.children[index]
    if isinstance(node, str):
        return node
    return "" if node.name == "img" else None

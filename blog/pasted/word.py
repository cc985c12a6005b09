"""What Word puts on the clipboard, from the desktop and from the web."""

import re
from collections.abc import Iterator

from blog.pasted.lists import Item, gathered
from blog.pasted.tree import Element, Nodes, as_, is_blank, replace, words

_LEVEL = re.compile(r"(l\d+)\s+level(\d+)")
_NUMBER = re.compile(r"\(?(?:\d+|[a-zA-Z]|[ivxlcdmIVXLCDM]+)[.)]")
_MARKER = re.compile(r"\s*(?:[·•▪§●○‣\u2013-]|o(?=\s{2,}|\xa0)|\(?\d+[.)]|[a-z][.)])[\s\xa0]+")
_HEADING = re.compile(r"MsoHeading([1-9])")
_COMMENTS = {"msocomanchor", "msocomoff", "msocomtxt", "MsoCommentReference", "MsoCommentText"}
_QUOTES = {"MsoQuote", "MsoIntenseQuote", "MsoBlockText"}
_QUOTE = "MsoQuote"
_TITLES = {"MsoTitle": "h1", "MsoSubtitle": "p"}


def read(root: Element) -> None:
    replace(root, _without_review)
    replace(root, _named)
    replace(root, _with_whole_quotes)
    _with_whole_quotes(root)
    _make_lists(root)
    replace(root, _from_the_web)
    _from_the_web(root)


def _without_review(element: Element) -> Nodes:
    """Comments and deleted words of a review are no part of the text; inserted ones are."""
    is_change = "cite" in element.attributes
    if is_change and element.name == "ins":
        return element.children
    is_deleted = is_change and element.name == "del"
    if is_deleted or element.classes & _COMMENTS or "msoDel" in element.classes:
        return []
    return [element]


def _named(element: Element) -> Nodes:
    """Titles, headings and quotes that only a class tells."""
    level = element.attributes.get("aria-level", "")
    if element.attributes.get("role") == "heading" and level.isdigit():
        return as_(f"h{min(max(int(level), 1), 6)}", element)
    if element.name != "p":
        return [element]
    for name in element.classes:
        if name in _TITLES:
            return as_(_TITLES[name], element)
        if found := _HEADING.fullmatch(name):
            return as_(f"h{found[1]}", element)
        if name in _QUOTES:
            return [Element("blockquote", {"class": _QUOTE}, as_("p", element))]
    return [element]


def _with_whole_quotes(element: Element) -> Nodes:
    """Word says of each paragraph that it is quoted; neighbours are one quote."""
    children: Nodes = []
    for child in element.children:
        last = next((one for one in reversed(children) if not is_blank(one)), None)
        if _is_quote(child) and _is_quote(last):
            last.children += child.children  # type: ignore[union-attr]
        else:
            children.append(child)
    element.children = children
    return [element]


def _is_quote(node: "Element | str | None") -> bool:
    return isinstance(node, Element) and _QUOTE in node.classes and node.name == "blockquote"


def _make_lists(parent: Element) -> None:
    for child in parent.elements():
        if any(_is_item(one) for one in child.children):
            gathered(child, _items)
    gathered(parent, _items)


def _is_item(node: "Element | str") -> bool:
    return isinstance(node, Element) and node.is_block and "mso-list" in node.style


def _items(element: Element) -> Iterator[Item]:
    """A paragraph (or heading) of a list: its level is in the style, its sign in the text."""
    if not element.is_block or element.name in {"li", "ul", "ol", "td", "div"}:
        return
    said = _LEVEL.search(element.style.get("mso-list", ""))
    is_list = any(name.startswith("MsoListParagraph") for name in element.classes)
    if not said and not is_list:
        return
    sign = _take_marker(element)
    if not sign:
        return
    tag = "ol" if _NUMBER.fullmatch(sign) and sign != "o" else "ul"
    of = f"{said[1]}{tag}" if said else tag
    yield Item(int(said[2]) if said else 1, tag, element.children, of)


def _take_marker(element: Element) -> str:
    """Take the drawn sign out of a paragraph and say what it was."""
    found: list[str] = []

    def without(one: Element) -> Nodes:
        if one.style.get("mso-list") == "ignore":
            found.append(words(one).strip())
            return []
        return [] if found and one.name == "span" and is_blank(one) else [one]

    replace(element, without)
    return found[0] if found else _take_typed_marker(element)


def _take_typed_marker(element: Element) -> str:
    text = words(element)
    sign = _MARKER.match(text)
    if not sign:
        return ""
    _cut(element, sign.end())
    return sign[0].strip()


def _cut(element: Element, count: int) -> int:
    """Take that many characters from the beginning; says how many are still to be taken."""
    for at, child in enumerate(element.children):
        if count <= 0:
            break
        if isinstance(child, str):
            element.children[at] = child[count:]
            count -= min(count, len(child))
        else:
            count = _cut(child, count)
    return count


def _from_the_web(element: Element) -> Nodes:
    """Word on the web writes each item as a list of its own, and its level beside it."""
    is_wrapper = "ListContainerWrapper" in element.classes
    if not is_wrapper and any(
        isinstance(one, Element) and _is_wrapped(one) for one in element.children
    ):
        gathered(element, _web_items)
    return [element]


def _is_wrapped(element: Element) -> bool:
    return "ListContainerWrapper" in element.classes or any(_web_items(element))


def _web_items(element: Element) -> Iterator[Item]:
    lists = [element] if element.name in {"ul", "ol"} else []
    if "ListContainerWrapper" in element.classes:
        lists = [one for one in element.elements() if one.name in {"ul", "ol"}]
    for one in lists:
        for item in one.children:
            level = item.attributes.get("data-aria-level", "") if isinstance(item, Element) else ""
            if isinstance(item, Element) and level.isdigit():
                yield Item(int(level), one.name, item.children)

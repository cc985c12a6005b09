"""Emphasis that other programs say in styles, and the wrappers that say nothing."""

import re

from blog.pasted.tree import Element, Nodes, as_, is_blank, replace

_SAME = {"b": "strong", "i": "em", "strike": "s", "kbd": "code", "samp": "code", "tt": "code"}
_WRAPPERS = {"span", "font", "big", "small", "abbr", "cite", "mark", "var", "picture"}
_HEAVY = re.compile(r"bold(er)?|[6-9]00")
_LIGHT = re.compile(r"normal|lighter|[1-4]00")
_SHIFTS = {"super": "sup", "sub": "sub"}
_CHANGES = {"strong", "em", "u", "s", "sub", "sup", "code"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HIDDEN = {"screen-reader-text", "sr-only", "visually-hidden", "anchor", "headerlink"}
_GUID = "docs-internal-guid"


def read(root: Element) -> None:
    replace(root, _without_unseen)
    replace(root, _spoken)
    replace(root, _once)
    replace(root, _plain_headings)
    replace(root, _joined)
    root.children = _together(root.children)


def _without_unseen(element: Element) -> Nodes:
    """What the page did not show to those who look is no part of what they copied."""
    if element.name == "nav":
        return []
    style, said = element.style, element.attributes
    is_unseen = style.get("display") == "none" or style.get("mso-hide") == "all"
    if is_unseen or "hidden" in said or said.get("aria-hidden") == "true":
        return [] if element.name != "img" else [element]
    return [] if element.classes & _HIDDEN and element.name in {"a", "span"} else [element]


def _spoken(element: Element) -> Nodes:
    """Emphasis as an element, whatever said it."""
    name = _SAME.get(element.name, element.name)
    if name in {"td", "th"}:
        return _cell(element)
    if name == "strong" and (_says(element, "font-weight", _LIGHT) or _is_wrapper_of_docs(element)):
        return element.children
    if name == "em" and element.style.get("font-style") == "normal":
        return element.children
    if name in _WRAPPERS:
        return _wrapped(element)
    if name == "q":
        return ["\u201c", *element.children, "\u201d"]
    return as_(name, element) if name != element.name else [element]


def _cell(element: Element) -> Nodes:
    """Spreadsheets say of the whole cell that it is strong."""
    if _says(element, "font-weight", _HEAVY) and not any(
        isinstance(one, Element) and one.is_block for one in element.children
    ):
        element.children = as_("strong", element)
    return [element]


def _says(element: Element, name: str, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.fullmatch(element.style.get(name, "")))


def _is_wrapper_of_docs(element: Element) -> bool:
    return element.attributes.get("id", "").startswith(_GUID)


def _wrapped(element: Element) -> Nodes:
    """The content of a wrapper in the elements that its style asks for."""
    style, nodes = element.style, element.children
    lines = style.get("text-decoration", "") + " " + style.get("text-decoration-line", "")
    asked = {
        "strong": _says(element, "font-weight", _HEAVY),
        "em": style.get("font-style") == "italic",
        "s": "line-through" in lines,
        "u": "underline" in lines,
    }
    shift = _SHIFTS.get(style.get("vertical-align", ""))
    names = [name for name, is_asked in asked.items() if is_asked] + ([shift] if shift else [])
    if all(isinstance(one, Element) and one.is_block for one in nodes) or not any(nodes):
        return nodes
    for name in reversed(names):
        nodes = [Element(name, {}, nodes)]
    return nodes


def _once(element: Element) -> Nodes:
    """Nothing is emphasised twice, links are not underlined, empty emphasis is none."""
    if element.name == "a":
        replace(element, lambda one: one.children if one.name == "u" else [one])
    if element.name not in _CHANGES:
        return [element]
    name = element.name
    replace(element, lambda one: one.children if one.name == name else [one])
    is_link = len(element.children) == 1 and getattr(element.children[0], "name", "") == "a"
    if is_blank(element) or (name == "u" and is_link):
        return element.children
    return [element]


def _plain_headings(element: Element) -> Nodes:
    """A heading that is strong as a whole is strong enough; its size is not its author's wish."""
    if element.name in _HEADINGS:
        seen = [one for one in element.children if not is_blank(one)]
        while len(seen) == 1 and getattr(seen[0], "name", "") in {"strong", "u", "em"}:
            element.children = seen = seen[0].children  # type: ignore[union-attr]
        replace(element, lambda one: one.children if one.name == "strong" else [one])
    return [element]


def _joined(element: Element) -> Nodes:
    element.children = _together(element.children)
    return [element]


def _together(nodes: Nodes) -> Nodes:
    """Neighbours that say the same are one: programs cut a bold phrase wherever the cursor was."""
    done: Nodes = []
    for node in nodes:
        last = done[-1] if done else None
        if isinstance(node, str) and isinstance(last, str):
            done[-1] = last + node
        elif isinstance(node, Element) and isinstance(last, Element) and _are_one(last, node):
            last.children = _together([*last.children, *node.children])
        else:
            done.append(node)
    return done


def _are_one(one: Element, other: Element) -> bool:
    if one.name != other.name or one.name not in _CHANGES | {"a", "blockquote"}:
        return False
    return one.name != "a" or one.attributes.get("href") == other.attributes.get("href")

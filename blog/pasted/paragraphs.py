"""Paragraphs, whatever a program uses instead of them: divisions, line breaks, blank lines."""

from blog.blocks import BLANK_LINE
from blog.pasted.tree import Element, Nodes, is_blank, is_phrase, replace

_KEPT = {"blockquote", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li"}
_MORE_KEPT = {"ol", "p", "pre", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
_TERMS = {"dt", "dd", "summary"}
_BARE = {"figcaption", "li", "td", "th"}  # a single paragraph in them needs no element
_TABLES = {"table", "tbody", "tfoot", "thead", "tr", "ul", "ol", "figure", "pre"}
_BREAK = "br"


def read(root: Element) -> None:
    replace(root, _settled)
    if _is_classic(root):
        root.children = [part for one in root.children for part in _lines(one)]
    root.children = _parted(root.children)
    _demote(root)


def _settled(element: Element) -> Nodes:
    """The element with real paragraphs in it, or the paragraphs that it stood for."""
    name = element.name
    if name == "p" and not is_phrase(element):
        return _parted(element.children)
    if name in {"p", "h1", "h2", "h3", "h4", "h5", "h6"}:
        return _split(element)
    if name in _TABLES:
        return _without_blanks(element)
    if name in _TERMS:
        return _term(element)
    if name in _KEPT | _MORE_KEPT:
        return _filled(element)
    return _parted(element.children) if element.is_block else [element]


def _without_blanks(element: Element) -> Nodes:
    if element.name != "pre":
        children = element.children
        element.children = [one for one in children if not isinstance(one, str) or one.strip()]
    return [element]


def _term(element: Element) -> Nodes:
    if element.name != "dd" and all(is_phrase(one) for one in element.children):
        return [Element("p", {}, [Element("strong", {}, element.children)])]
    return _parted(element.children)


def _filled(element: Element) -> Nodes:
    if all(is_phrase(one) for one in element.children) and element.name in _BARE:
        element.children = _trimmed(element.children)
        return [element]
    blocks = _parted(element.children)
    names = [getattr(one, "name", "") for one in blocks]
    if element.name in _BARE and names[:1] == ["p"] and "p" not in names[1:]:
        first = blocks[0]
        blocks = [*(first.children if isinstance(first, Element) else []), *blocks[1:]]
    element.children = blocks
    return [] if element.name == "blockquote" and is_blank(element) else [element]


def _parted(nodes: Nodes) -> Nodes:
    """Blocks, with the words between them in paragraphs."""
    blocks: Nodes = []
    line: Nodes = []
    for node in [*nodes, Element("hr")]:
        if is_phrase(node):
            line.append(node)
            continue
        blocks += _split(Element("p", {}, line))
        blocks.append(node)
        line = []
    return blocks[:-1]


def _split(element: Element) -> Nodes:
    """One block for each part between two line breaks in a row; nothing for a blank one."""
    parts: list[Nodes] = [[]]
    breaks = 0
    for node in element.children:
        is_break = isinstance(node, Element) and node.name == _BREAK
        if not is_break and not (breaks and is_blank(node)):
            if breaks > 1:
                parts.append([])
            parts[-1] += [Element(_BREAK)] if breaks == 1 else []
            breaks = 0
            parts[-1].append(node)
        breaks += is_break
    trimmed = [_trimmed(part) for part in parts]
    return [Element(element.name, {}, part) for part in trimmed if not _is_empty(part)]


def _is_empty(nodes: Nodes) -> bool:
    return all(is_blank(node) for node in nodes)


def _trimmed(nodes: Nodes) -> Nodes:
    """Without line breaks and blanks at its ends."""
    while nodes and is_blank(nodes[0]):
        nodes = nodes[1:]
    while nodes and is_blank(nodes[-1]):
        nodes = nodes[:-1]
    return nodes


def _is_classic(root: Element) -> bool:
    """Whether this is text of WordPress' classic editor: blank lines part its paragraphs."""
    loose = [one for one in root.children if isinstance(one, str)]
    names = {one.name for one in root.children if isinstance(one, Element)}
    is_parted = any(BLANK_LINE.search(one) for one in loose)
    return is_parted and any(one.strip() for one in loose) and not names & {"p", "div"}


def _lines(node: "Element | str") -> Nodes:
    if not isinstance(node, str):
        return [node]
    made: Nodes = []
    for at, line in enumerate(node.replace("\r\n", "\n").split("\n")):
        made += [Element(_BREAK), line] if at else [line]
    return made


def _demote(root: Element) -> None:
    """The title of the post is the only heading of the first level: all others step down by one."""
    if root.has("h1"):
        lower = {"h1": "h2", "h2": "h3", "h3": "h4"}
        for one in root.elements():
            one.name = lower.get(one.name, one.name)

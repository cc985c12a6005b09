"""Tables: those that set a page are taken away, those with a strong first row have a head."""

from blog.pasted.tree import Element, Nodes, is_blank, replace

_ROWS = {"tbody", "thead", "tfoot"}


def read(root: Element) -> None:
    replace(root, _table)


def _table(element: Element) -> Nodes:
    if element.name in {"col", "colgroup", "caption"}:
        return [] if element.name != "caption" or is_blank(element) else [element]
    if element.name != "table":
        return [element]
    captions = [one for one in element.elements() if one.name == "caption"]
    replace(element, lambda one: [] if one.name == "caption" else [one])
    before: Nodes = [Element("p", {}, one.children) for one in captions]
    rows = [one for one in element.elements() if one.name == "tr"]
    cells = [one for row in rows for one in _cells(row)]
    if element.has("table") or len(cells) <= 1:
        return [*before, *(part for cell in cells for part in cell.children)]
    if len(rows) > 1:
        _make_head(rows[0])
    element.attributes = {}
    return [*before, element]


def _cells(row: Element) -> list[Element]:
    found = [one for one in row.children if isinstance(one, Element)]
    return [one for one in found if one.name in {"td", "th"}]


def _make_head(row: Element) -> None:
    cells = _cells(row)
    if not cells or not all(_is_strong(cell) or cell.name == "th" for cell in cells):
        return
    for cell in cells:
        cell.name = "th"
        replace(cell, lambda one: one.children if one.name == "strong" else [one])


def _is_strong(cell: Element) -> bool:
    """Whether all that it says is strong: then the row is a head."""
    seen = [one for one in cell.children if not is_blank(one)]
    while len(seen) == 1 and isinstance(seen[0], Element) and seen[0].name == "p":
        seen = [one for one in seen[0].children if not is_blank(one)]
    return len(seen) == 1 and isinstance(seen[0], Element) and seen[0].name == "strong"

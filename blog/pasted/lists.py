"""Lists that other programs write in their own way: by level, not by nesting."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from blog.pasted.tree import Element, Nodes, is_blank, replace


@dataclass(slots=True)
class Item:
    """What stands at one level (1 is the outermost) of a list that has a sign or a number."""

    level: int
    tag: str
    content: Nodes = field(default_factory=list)
    of: str = ""  # which list of the document


ItemsOf = Callable[[Element], Iterator[Item]]


def nested(items: Iterable[Item]) -> list[Element]:
    """Real lists in each other; a new one begins where the kind of the outermost changes."""
    made: list[Element] = []
    open_lists: list[Element] = []
    last_of = ""
    for item in items:
        level = min(max(item.level, 1), len(open_lists) + 1)
        open_lists = open_lists[:level]
        is_other = level == 1 and item.of != last_of
        if len(open_lists) == level and (open_lists[-1].name != item.tag or is_other):
            open_lists.pop()
        if len(open_lists) < level:
            _open(item.tag, made, open_lists)
        open_lists[-1].children.append(Element("li", {}, item.content))
        last_of = item.of if level == 1 else last_of
    return made


def _open(tag: str, made: list[Element], open_lists: list[Element]) -> None:
    fresh = Element(tag)
    if not open_lists:
        made.append(fresh)
    else:
        last = open_lists[-1].children[-1]
        (last if isinstance(last, Element) else open_lists[-1]).children.append(fresh)
    open_lists.append(fresh)


def gathered(parent: Element, items_of: ItemsOf) -> None:
    """Make lists of the neighbours among the children that are items; blanks may part them."""
    children: Nodes = []
    waiting: list[Item] = []
    for child in parent.children:
        found = list(items_of(child)) if isinstance(child, Element) else []
        if found:
            waiting += found
        elif not (waiting and is_blank(child) and not _ends_a_list(child)):
            children += [*nested(waiting), child]
            waiting = []
    parent.children = [*children, *nested(waiting)]


def _ends_a_list(node: "Element | str") -> bool:
    return isinstance(node, Element) and node.name == "p"


def put_in_place(root: Element) -> None:
    """A list that stands between items, as Google Docs writes it, belongs to the item before."""
    replace(root, _at_home)


def _at_home(element: Element) -> Nodes:
    if element.name in {"ul", "ol"}:
        children: Nodes = []
        for child in element.children:
            before = children[-1] if children else None
            is_list = isinstance(child, Element) and child.name in {"ul", "ol"}
            if is_list and isinstance(before, Element) and before.name == "li":
                before.children.append(child)
            elif not is_blank(child):
                children.append(child)
        element.children = children
    return [element]

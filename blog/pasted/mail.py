"""What mail programs put around the words: signatures, the lines that say who wrote when."""

import re

from blog.pasted.tree import Element, Nodes, is_blank, replace

_LEFT_OUT = {"gmail_signature", "gmail_signature_prefix", "gmail_attr", "moz-cite-prefix"}
_MORE_LEFT_OUT = {"moz-signature", "gmail_chip", "gmail-adL", "adL", "OutlookMessageHeader"}
_LEFT_OUT_BY_ID = {"AppleMailSignature", "Signature", "appendonsend", "divRplyFwdMsg"}


_DASHES = re.compile(r"--\s*$")


def read(root: Element) -> None:
    replace(root, _without_dashes)
    _without_dashes(root)
    replace(root, _without_frame)


def _without_dashes(element: Element) -> Nodes:
    """The two dashes before a signature belong to it."""
    for at, child in enumerate(element.children):
        if not (isinstance(child, Element) and _is_frame(child)):
            continue
        before = [index for index in range(at) if not is_blank(element.children[index])]
        text = element.children[before[-1]] if before else None
        if isinstance(text, str):
            element.children[before[-1]] = _DASHES.sub("", text)
    return [element]


def _without_frame(element: Element) -> Nodes:
    return [] if _is_frame(element) else [element]


def _is_frame(element: Element) -> bool:
    names = {name.removeprefix("m_").split("gmail-")[-1] for name in element.classes}
    is_named = bool((element.classes | names) & (_LEFT_OUT | _MORE_LEFT_OUT))
    return is_named or element.attributes.get("id") in _LEFT_OUT_BY_ID

"""Where pasted links lead: straight there, without what follows people around."""

import re
from urllib.parse import parse_qs, urlsplit, urlunsplit

from blog.pasted.tree import Element, Nodes, is_blank, replace, words

_REDIRECTS = {
    ("google.com", "/url"): ("q", "url"),
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("l.instagram.com", "/"): ("u",),
    ("medium.com", "/r/"): ("url",),
    ("slack-redir.net", "/link"): ("url",),
    ("youtube.com", "/redirect"): ("q",),
    ("linkedin.com", "/redir/redirect"): ("url",),
}
_SAFELINKS = ".safelinks.protection.outlook.com"
_NAMES = "dclid|fbclid|gbraid|gclid|gclsrc|igshid|mc_cid|mc_eid|mkt_tok|msclkid|oly_anon_id|srsltid"
_MORE_NAMES = (
    "oly_enc_id|ref_src|s_cid|twclid|ttclid|vero_id|wbraid|yclid|_hsenc|_hsmi|__hs\\w+|_ga"
)
_TRACKS = re.compile(rf"(?:utm_\w+|{_NAMES}|{_MORE_NAMES})(?:=.*)?", re.IGNORECASE | re.DOTALL)
_NOTE = re.compile(r"#_?(?:ftn|edn|ftnt|sdfootnote|sdendnote|fn|note)-?\d+\w*(?:sym)?")
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|webp)$", re.IGNORECASE)
_BACK = {"↩", "↑", "^", "⤴", "↵"}
MOST_HOPS = 3


def read(root: Element) -> None:
    replace(root, _link)


def _link(element: Element) -> Nodes:
    if element.name != "a":
        return [element]
    href = element.attributes.get("href", "").strip()
    if href.startswith("#"):
        return _reference(element, href)
    if not href or is_blank(element):
        return element.children
    straight = straightened(href)
    if _shows_only_itself(element, straight):
        return element.children
    if words(element).strip() == href:
        element.children = [straight]
    title = element.attributes.get("title", "")
    element.attributes = {"href": straight} | ({"title": title} if title else {})
    return [element]


def _reference(element: Element, href: str) -> Nodes:
    """A link into the page it came from leads nowhere here; the number of a footnote is kept."""
    number = words(element).strip(" []\xa0")
    if number.strip("\ufe0e\ufe0f") in _BACK:
        return []
    if _NOTE.fullmatch(href) and number and len(number) <= 4:
        return [Element("sup", {}, [f"[{number}]"])]
    return element.children


def _shows_only_itself(element: Element, href: str) -> bool:
    seen = [one for one in element.children if not is_blank(one)]
    is_image = len(seen) == 1 and isinstance(seen[0], Element) and seen[0].name == "img"
    return is_image and bool(_PICTURE.search(href.partition("?")[0]))


def straightened(address: str) -> str:
    """The address that a redirect names, without parameters that only count and follow people."""
    for _hop in range(MOST_HOPS):
        target = _target(address)
        if not target:
            break
        address = target
    return _untracked(address)


def _target(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    names = _REDIRECTS.get((host, parts.path), ())
    if host.endswith(_SAFELINKS):
        names = ("url",)
    given = parse_qs(parts.query)
    found = next((given[name][0] for name in names if name in given), "")
    return found if found.startswith(("https://", "http://")) else ""


def _untracked(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in {"http", "https"} or not (parts.query or parts.fragment):
        return address
    kept = [one for one in parts.query.split("&") if not _TRACKS.fullmatch(one)]
    fragment = "" if _TRACKS.fullmatch(parts.fragment.split("&")[0]) else parts.fragment
    query = "&".join(kept)
    if (query, fragment) == (parts.query, parts.fragment):
        return address
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment))

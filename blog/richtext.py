"""The one place where HTML from outside becomes HTML that we publish.

Editor, importer and renderer share `clean`; comments have a smaller list. What comes out holds no
script, style, class, id or event attribute, links only to http, https, mailto or our own pages, is
balanced, and cleaning it again changes nothing.
"""

import re
from collections import Counter
from html import escape, unescape
from urllib.parse import urlsplit

import nh3

from blog.blocks import BLANK_LINE, arrange
from blog.markup import BLOCKS, VOID, Kind, Token, tokens
from blog.pictures import DECORATIVE

_WORDS = {"p", "br", "em", "strong", "a", "code", "pre", "blockquote", "ul", "ol", "li"}
_STYLES = {"b", "i", "u", "s", "sub", "sup", "del", "ins", "h2", "h3", "h4", "hr"}
_FRAMES = {"table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"}
POST_TAGS = frozenset(_WORDS | _STYLES | _FRAMES)
COMMENT_TAGS = frozenset(_WORDS)
RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "strike": "s"}
LINK_SCHEMES = {"http", "https", "mailto"}
NO_ATTRIBUTES: dict[str, set[str]] = {"*": set()}  # else the sanitiser lets lang and title pass
POST_ATTRIBUTES = NO_ATTRIBUTES | {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
COUNTS = frozenset({"width", "height", "colspan", "rowspan"})
ONLY_THESE_VALUES = {
    "th": {"scope": {"row", "col", "rowgroup", "colgroup"}},
    "img": {"role": {DECORATIVE}},
}
DEEPEST = 200  # elements within each other; the parser's time grows with the square of it
MOST_PASSES = 8  # two or three are enough for all markup we have met

_COUNT = re.compile(r"[1-9][0-9]{0,3}")
_UNFIT_FOR_URL = re.compile(r'[\x00-\x20"<>`^{|}]')
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEVER_OPEN = {"area", "base", "col", "embed", "input", "link", "meta", "param", "source", "wbr"}
_CLOSED_BY_THE_NEXT = (
    frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option"}) | VOID | _NEVER_OPEN
)
_FIRST_LINE_BREAK = re.compile(r"<pre>\n+")


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in COUNTS:
        return value if _COUNT.fullmatch(value) else None
    if name == "src" and value.strip().lower().startswith("mailto:"):
        return None
    return _UNFIT_FOR_URL.sub(_percent, value.strip()) if name in {"href", "src"} else value


def _percent(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}"


_POST = nh3.Cleaner(
    tags=POST_TAGS | BLOCKS | RENAMED.keys(),
    attributes=POST_ATTRIBUTES,
    attribute_filter=_attribute,
    tag_attribute_values=ONLY_THESE_VALUES,
    url_schemes=LINK_SCHEMES,
    link_rel="noopener",
)
_COMMENT = nh3.Cleaner(
    tags=COMMENT_TAGS | BLOCKS,
    attributes=NO_ATTRIBUTES | {"a": {"href"}},
    attribute_filter=_attribute,
    url_schemes=LINK_SCHEMES,
    link_rel="ugc nofollow noopener",
)


def clean(html: str) -> str:
    """Make the body of a post safe; loose text becomes paragraphs, an empty body becomes ""."""
    return _settle(html, _POST, POST_TAGS)


def clean_comment(html: str) -> str:
    """Make the rendered text of a comment safe; its links say that a reader set them."""
    return _settle(html, _COMMENT, COMMENT_TAGS)


def plain_paragraphs(text: str) -> str:
    """Set plain text as HTML: blank lines part paragraphs, single line breaks stay line breaks."""
    return "\n".join(f"<p>{_lines(part)}</p>" for part in _parts(text))


def plain_line(text: str) -> str:
    """Set plain text as HTML that may stand inside a paragraph: line breaks only."""
    return "<br><br>".join(_lines(part) for part in _parts(text))


def mark_affiliate_links(html: str, hosts: frozenset[str]) -> tuple[str, bool]:
    """Name the links that are paid for, and say whether there are any.

    Takes cleaned HTML. A link counts if its host is one of `hosts` or stands under one of them.
    """
    parts: list[str] = []
    found = False
    for token in tokens(html):
        paid = token.name == "a" and token.kind is Kind.OPEN and _leads_to(token, hosts)
        found = found or paid
        parts.append(_sponsored(token) if paid else html[token.start : token.end])
    return "".join(parts), found


def _settle(html: str, cleaner: nh3.Cleaner, allowed: frozenset[str]) -> str:
    """Clean until nothing moves: taking a tag away can change how its neighbours are parsed.

    Markup that nests absurdly deep is shown as the text it is.
    """
    html = whole(html)
    if is_too_deep(html):
        return _pass(plain_paragraphs(html), cleaner, allowed)
    for _ in range(MOST_PASSES):
        before, html = html, _pass(html, cleaner, allowed)
        if html == before:
            return html
    return _pass(plain_paragraphs(_text(html)), cleaner, allowed)


def whole(html: str) -> str:
    """Text that every encoding can hold: without halves of characters."""
    return _LONE_SURROGATE.sub("\ufffd", html)


def is_too_deep(html: str) -> bool:
    """Whether elements nest so deep that the parser's time would grow out of bounds."""
    open_tags: Counter[str] = Counter()
    for closes, name in _TAG.findall(html):
        if name.lower() not in _CLOSED_BY_THE_NEXT:
            open_tags[name.lower()] += -bool(open_tags[name.lower()]) if closes else 1
            if open_tags.total() > DEEPEST:
                return True
    return False


def _pass(html: str, cleaner: nh3.Cleaner, allowed: frozenset[str]) -> str:
    html = _UNPRINTABLE.sub("", cleaner.clean(html))
    html = arrange(html, allowed=allowed, renamed=RENAMED)
    html = _FIRST_LINE_BREAK.sub("<pre>", html).strip(" \t\n")
    return html if _says_something(html) else ""


def _says_something(html: str) -> bool:
    return "<img " in html or "<hr>" in html or bool(_text(html).strip())


def _text(html: str) -> str:
    return "".join(
        unescape(html[token.start : token.end]) if token.kind is Kind.TEXT else "\n"
        for token in tokens(html)
        if token.kind is Kind.TEXT or token.name in BLOCKS
    )


def _parts(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNPRINTABLE.sub("", _LONE_SURROGATE.sub("\ufffd", text))
    return BLANK_LINE.split(text.strip()) if text.strip() else []


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _leads_to(link: Token, hosts: frozenset[str]) -> bool:
    try:
        host = urlsplit(unescape(link.values().get("href", "")).strip()).hostname
    except ValueError:
        return False
    labels = (host or "").rstrip(".").split(".")
    return any(".".join(labels[at:]) in hosts for at in range(len(labels)))


def _sponsored(link: Token) -> str:
    kept = "".join(f' {name}="{value}"' for name, value in link.values().items() if name != "rel")
    return f'<a{kept} rel="sponsored noopener">'

"""Pictures and what stands around them, as WordPress, Medium and other pages write it."""

import re

from blog.pasted.tree import Element, Nodes, is_blank, replace, words

_EMOJI = {"emoji", "wp-smiley", "emojione", "twemoji"}
_CAPTIONS = {"wp-caption-text", "wp-element-caption", "imageCaption", "image-caption"}
_NO_TEXT = {"sharedaddy", "jp-relatedposts", "wp-block-spacer", "post-meta-inline", "sr-rm"}
_SHORTCODE = re.compile(r"\[caption\b[^\]]*\](.*?)\[/caption\]", re.DOTALL)
_MORE = re.compile(r"<!--\s*(?:more\b|nextpage|/?wp:).*?-->", re.DOTALL)
_PLAYER = re.compile(r"https://www\.youtube(?:-nocookie)?\.com/embed/([\w-]+)")
_FRAME = re.compile(r"""<iframe\b[^>]*?\ssrc=["'](https?://[^"'<>]*)["'][^>]*>""", re.IGNORECASE)
_HINT = re.compile(r"Press enter or click to view image in full size", re.IGNORECASE)
_IMAGE_WITH_LINK = re.compile(r"\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*)", re.DOTALL)


def spell_out(html: str) -> str:
    """Figures kept as shortcodes and films in frames, before anything is parsed."""
    return _FRAME.sub(_player, _SHORTCODE.sub(_figure, _MORE.sub("", html)))


def _player(frame: re.Match[str]) -> str:
    """A film cannot play in a post; a link says where it is."""
    address = _PLAYER.sub(r"https://www.youtube.com/watch?v=\1", frame[1])
    address = address.partition("?feature=")[0]
    return f'<p><a href="{address}">{address}</a></p>'


def _figure(shortcode: re.Match[str]) -> str:
    found = _IMAGE_WITH_LINK.fullmatch(shortcode[1])
    if not found:
        return shortcode[1]
    return f"<figure>{found[1]}<figcaption>{found[2].strip()}</figcaption></figure>"


def read(root: Element) -> None:
    replace(root, _seen)
    replace(root, _framed)


def _seen(element: Element) -> Nodes:
    if element.classes & _NO_TEXT:
        return []
    return _image(element) if element.name == "img" else [element]


def _image(element: Element) -> Nodes:
    """A picture that can be shown; small signs become the sign that they stand for."""
    said = element.attributes
    lazy = said.get("data-src") or said.get("data-lazy-src")
    if element.classes & _EMOJI or "/images/core/emoji/" in said.get("src", ""):
        return [said.get("alt", "")]
    is_pixel = said.get("width") in {"0", "1"} or said.get("height") in {"0", "1"}
    source = lazy or said.get("src", "")
    if is_pixel or not source:
        return []
    kept = {name: said[name] for name in ("alt", "role", "width", "height") if name in said}
    element.attributes = {"src": source} | kept
    return [element]


def _framed(element: Element) -> Nodes:
    """A figure holds one picture and its caption; a frame around other things is taken away."""
    if element.classes & _CAPTIONS and element.name in {"p", "div", "dd", "span"}:
        return [Element("figcaption", {}, element.children)]
    is_caption = element.name == "figcaption"
    if is_caption and (is_blank(element) or _HINT.search(words(element))):
        return []
    if element.name == "div" and "wp-caption" in element.classes:
        element.name = "figure"
    return _one_figure(element) if element.name == "figure" else [element]


def _one_figure(element: Element) -> Nodes:
    images = [one for one in element.elements() if one.name == "img"]
    captions = [one for one in element.elements() if one.name == "figcaption"]
    if element.has("figure") or element.has("table", "blockquote", "pre", "ul", "ol"):
        return _loose(element)
    if not images:
        return _loose(element)
    linked = [one for one in element.elements() if one.name == "a" and one.has("img")]
    return [Element("figure", {}, [(linked or images)[0], *captions[:1]])]


def _loose(element: Element) -> Nodes:
    return [
        Element("p", {}, one.children)
        if isinstance(one, Element) and one.name == "figcaption"
        else one
        for one in element.children
    ]

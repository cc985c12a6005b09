"""Images as a page shows them: in the size and format that suits the reader's screen.

A text holds the address of an image and nothing that could change; sizes, copies and what stands in
the place of a removed image are put in whenever it is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from blog.markup import INJECTED, Token, tokens
from blog.pictures import Picture, key_of, picture_of

SIZES = "(min-width: 40em) 36rem, 100vw"  # the column of a text, or the whole of a small screen


@dataclass(frozen=True)
class Copies:
    """The smaller copies in one format."""

    type: str
    srcset: str


@dataclass(frozen=True)
class ShownImage:
    """What is known of one image that is kept here."""

    width: int
    height: int
    newer: tuple[Copies, ...] = ()  # in formats that not every browser knows, the best first
    same: str = ""  # the copies in the format of the image itself
    is_removed: bool = False


Images = Mapping[str, ShownImage]
Gone = Callable[[str], str]  # the words in place of a removed image, with its description in them


def responsive(html: str, images: Images, *, gone: Gone) -> str:
    """Sanitised HTML, painted or not, with its images made ready for a page."""
    parts: list[str] = []
    is_first = True
    for token in tokens(html):
        source = html[token.start : token.end]
        if token.name == "img":
            source, is_first = _on_page(token, images, gone, is_first), False
        parts.append(source)
    return "".join(parts)


def plain(html: str, images: Images, *, gone: Gone) -> str:
    """The same for a feed, whose readers know `img` alone."""
    return "".join(
        _in_feed(token, images, gone) if token.name == "img" else html[token.start : token.end]
        for token in tokens(html)
    )


def _on_page(token: Token, images: Images, gone: Gone, is_first: bool) -> str:
    picture, image = picture_of(token), images.get(key_of(token.values().get("src", "")) or "")
    later = [] if is_first else [("loading", "lazy")]  # the first one is often what is seen first
    if image is None:
        return _tag(token, [*later, ("decoding", "async")])
    if image.is_removed:
        return _in_place(picture, gone)
    copies = [("srcset", image.same), ("sizes", SIZES)] if image.same else []
    size = [("width", str(image.width)), ("height", str(image.height))]
    tag = _tag(token, [*size, *copies, *later, ("decoding", "async")])
    sources = "".join(
        f'<source type="{one.type}" srcset="{one.srcset}" sizes="{SIZES}">' for one in image.newer
    )
    return f"<picture>{sources}{tag}</picture>" if sources else tag


def _in_feed(token: Token, images: Images, gone: Gone) -> str:
    image = images.get(key_of(token.values().get("src", "")) or "")
    if image is None:
        return _tag(token, [])
    if image.is_removed:
        return _in_place(picture_of(token), gone)
    return _tag(token, [("width", str(image.width)), ("height", str(image.height))])


def _in_place(picture: Picture, gone: Gone) -> str:
    """Nothing where the image only decorated."""
    if picture.is_decorative:
        return ""
    return f'<span class="picture-gone" {INJECTED}>{escape(gone(picture.description))}</span>'


def _tag(token: Token, facts: list[tuple[str, str]]) -> str:
    """The same image with these facts; an empty description says already that it decorates."""
    kept = {name: value for name, value in token.values().items() if name != "role"}
    given = kept | {"alt": kept.get("alt", "")} | dict(facts)
    return "<img" + "".join(f' {name}="{value}"' for name, value in given.items()) + ">"

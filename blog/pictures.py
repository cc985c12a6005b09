"""The images of a text, as they stand in it.

Each use says what it shows, or that there is nothing to say: an image that only decorates has an
empty description and the role "presentation". Without either, the question is still open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

from blog.markup import Token, tokens

DECORATIVE = "presentation"  # the role of an image that has nothing to say
_OURS = re.compile(r"/images/([A-Za-z0-9_-]{22})/")


@dataclass(frozen=True)
class Picture:
    """An image: its address as it stands in the text, and its description, which may be empty."""

    src: str
    description: str
    end: int  # where its tag ends in the HTML
    is_decorative: bool = False

    @property
    def is_described(self) -> bool:
        return self.is_decorative or bool(self.description.strip())


def pictures_in(html: str) -> list[Picture]:
    """The images of sanitised HTML in reading order, each address once."""
    found: dict[str, Picture] = {}
    for picture in uses_in(html):
        found.setdefault(picture.src, picture)
    return list(found.values())


def uses_in(html: str) -> Iterator[Picture]:
    """Every image of sanitised HTML in reading order, as often as it stands there."""
    for token in tokens(html):
        if token.name == "img" and token.values().get("src"):
            yield picture_of(token)


def undescribed(html: str) -> list[Picture]:
    """The uses of images that neither say what is shown nor that they only decorate."""
    return [picture for picture in uses_in(html) if not picture.is_described]


@dataclass(frozen=True)
class Said:
    """What somebody said of one use of an image."""

    description: str
    is_decorative: bool = False
    caption: str = ""  # of a new figure


def with_descriptions(html: str, said: Sequence[Said]) -> str:
    """The same text with its images described anew, one for each use in reading order."""
    parts: list[str] = []
    waiting = iter(said)
    for token in tokens(html):
        is_use = token.name == "img" and bool(token.values().get("src"))
        about = next(waiting, None) if is_use else None
        parts.append(_described(token, about) if about else html[token.start : token.end])
    return "".join(parts)


def figure(src: str, said: Said) -> str:
    """An image with its caption, as it stands in a text; clean it with the text."""
    role = f' role="{DECORATIVE}"' if said.is_decorative else ""
    alt = "" if said.is_decorative else escape(said.description)
    caption = escape(said.caption, quote=False)
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(src)}" alt="{alt}"{role}>{words}</figure>'


def _described(token: Token, said: Said) -> str:
    kept = {name: value for name, value in token.values().items() if name not in ("alt", "role")}
    kept["alt"] = "" if said.is_decorative else escape(said.description)
    if said.is_decorative:
        kept["role"] = DECORATIVE
    return "<img" + "".join(f' {name}="{value}"' for name, value in kept.items()) + ">"


def key_of(src: str) -> str | None:
    """The key of an image that is kept here; None for one from elsewhere."""
    found = _OURS.fullmatch(src)
    return found[1] if found else None


def keys_in(html: str) -> set[str]:
    """The keys of the images of a text that are kept here."""
    return {key for picture in uses_in(html) if (key := key_of(picture.src))}


def picture_of(token: Token) -> Picture:
    """What the tag of an image says."""
    values = token.values()
    return Picture(
        src=unescape(values.get("src", "")),
        description=unescape(values.get("alt", "")),
        end=token.end,
        is_decorative=values.get("role") == DECORATIVE and not values.get("alt", ""),
    )

"""The images of a text, as they stand in it."""

from dataclasses import dataclass
from html import unescape

from blog.markup import tokens


@dataclass(frozen=True)
class Picture:
    """An image: its address as it stands in the text, and its description, which may be empty."""

    src: str
    description: str
    end: int  # where its tag ends in the HTML


def pictures_in(html: str) -> list[Picture]:
    """The images of sanitised HTML in reading order, each address once."""
    found: dict[str, Picture] = {}
    for token in tokens(html):
        values = token.values() if token.name == "img" else {}
        if src := unescape(values.get("src", "")):
            found.setdefault(src, Picture(src, unescape(values.get("alt", "")), token.end))
    return list(found.values())

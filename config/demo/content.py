"""The words of the demo, as they lie in `config/demo/content/`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

Table = dict[str, Any]

CONTENT = Path(__file__).parent / "content"


@cache
def table(name: str) -> Table:
    """One of the `.toml` files, by its name without the ending."""
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def post_body(slug: str) -> str:
    """The text of a post, as HTML."""
    return (CONTENT / "posts" / f"{slug}.html").read_text(encoding="utf-8")


def page(name: str, ending: str = "html") -> str:
    """A text of the publication, as HTML unless another ending says otherwise."""
    return (CONTENT / "pages" / f"{name}.{ending}").read_text(encoding="utf-8")

"""Texts to edit: the posts of the demo and of the tests, as a reader meets their words."""

from pathlib import Path

from blog.projection import project
from tests.blog.prose import PARAGRAPHS

DEMO = Path(__file__).resolve().parent.parent / "config" / "demo" / "content"
SHORTEST = 1_500  # characters of a text that is worth editing


def documents() -> list[list[str]]:
    """Each text as its paragraphs."""
    stored = [project(path.read_text()).text for path in sorted(DEMO.rglob("*.html"))]
    long = [text.split("\n") for text in stored if len(text) >= SHORTEST]
    return [list(PARAGRAPHS), *long]

"""How long a text is, for whoever writes it."""

from typing import NamedTuple

from blog.projection import project

WORDS_A_MINUTE = 230  # of English prose, read silently


class Length(NamedTuple):
    words: int
    minutes: int  # at least one, unless there is nothing to read


def length_of(html: str) -> Length:
    """The words of sanitised HTML, and the minutes that reading them takes."""
    words = len(project(html).text.split())
    return Length(words, -(-words // WORDS_A_MINUTE))

"""Word lists of a house: one word or phrase a line, found as whole words in any script."""

import re
from functools import lru_cache

from blog.projection import normalise

_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"  # scripts that set no spaces between words
LISTS_REMEMBERED = 16


def first_hit(listed: str, text: str) -> str:
    """The first listed word that stands in the text, as it is listed; "" if there is none."""
    found = next(iter(hits(listed, text)), None)
    return found[2] if found else ""


def hits(listed: str, text: str) -> list[tuple[int, int, str]]:
    """Where listed words stand in the text: start, end, and the word as it is listed.

    Case and typography do not matter. A word counts only as a whole, except in scripts that set no
    spaces between words.
    """
    pattern, words = _compiled(listed)
    if pattern is None:
        return []
    level = normalise(text)
    lowered = level.text.lower()
    if len(lowered) != len(level.text):  # a few letters have longer small forms
        return [(0, 0, words[found[0]]) for found in pattern.finditer(lowered)]
    return [
        (*level.span(found.start(), found.end()), words[found[0]])
        for found in pattern.finditer(lowered)
    ]


def lines(listed: str) -> list[str]:
    """The words of a list in order, each once, without blank lines."""
    return list(dict.fromkeys(line for raw in listed.splitlines() if (line := _line(raw))))


def _line(raw: str) -> str:
    return " ".join(raw.split())


@lru_cache(LISTS_REMEMBERED)
def _compiled(listed: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    words = {normalise(line).text.lower(): line for line in lines(listed)}
    if not words:
        return None, {}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(_whole(word) for word in longest_first)), words


def _whole(word: str) -> str:
    before = rf"(?<![^\W{_UNSPACED}])" if _needs_border(word[0]) else ""
    after = rf"(?![^\W{_UNSPACED}])" if _needs_border(word[-1]) else ""
    return f"{before}{re.escape(word)}{after}"


def _needs_border(sign: str) -> bool:
    return bool(re.match(rf"[^\W{_UNSPACED}]", sign))

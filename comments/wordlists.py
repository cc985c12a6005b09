"""Word lists of a house: one word or phrase a line, found as whole words in any script."""

import re
import unicodedata
from functools import lru_cache

from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from blog.projection import normalise

MOST_WORDS, MOST_IN_WORD = 1_000, 100
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


def tidy(listed: str) -> str:
    """A list as it is kept: each word once, whatever its case and typography.

    Refuses what would hit nothing or nearly everything (a line of punctuation alone), and sizes
    that nobody types.
    """
    words: dict[str, str] = {}
    for line in lines(listed):
        if len(line) > MOST_IN_WORD:
            facts = {"word": f"{line[:30]}…", "most": MOST_IN_WORD}
            raise Invalid(_("“%(word)s” is longer than %(most)d characters.") % facts)
        if not any(map(_is_distinct, normalise(line).text)):
            raise Invalid(_("“%(word)s” holds no letter, digit or symbol.") % {"word": line})
        words.setdefault(_key(line), line)
    if len(words) > MOST_WORDS:
        facts = {"count": len(words), "most": MOST_WORDS}
        raise Invalid(_("A list has at most %(most)d words; this has %(count)d.") % facts)
    return "\n".join(words.values())


def _is_distinct(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNS"


def _key(line: str) -> str:
    return normalise(line).text.strip().lower()


def _line(raw: str) -> str:
    return " ".join(raw.split())


@lru_cache(LISTS_REMEMBERED)
def _compiled(listed: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    words = {key: line for line in lines(listed) if (key := _key(line))}
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

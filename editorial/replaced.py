"""Which words took the place of a passage, when the edit that replaced them is known to be its own.

Carrying a passage never guesses. Here there is nothing to guess: an editor decided about these
words and changed them in the same step, so what stands between their old neighbours is the result.
"""

from blog.anchoring import Span
from blog.wordmap import WordMap

MOST_GROWTH = 4  # times the old length; more is no replacement but a new text
ALWAYS_ROOM = 200  # code points that even a short passage may grow to


def replacement(old_text: str, new_text: str, place: Span) -> Span | None:
    """The words between the nearest neighbours that survived; None where there is nothing."""
    words = WordMap(old_text, new_text)
    inside = [
        at for at, word in enumerate(words.old) if word.end > place.start and word.start < place.end
    ]
    if not inside:
        return None
    earlier, later = range(inside[0] - 1, -1, -1), range(inside[-1] + 1, len(words.old))
    first = next((words.partner[at] for at in earlier if at in words.partner), -1) + 1
    last = next((words.partner[at] for at in later if at in words.partner), len(words.new))
    between = words.new[first:last]
    if not between:
        return None
    span = Span(between[0].start, between[-1].end)
    old, new = old_text[place.start : place.end], new_text[span.start : span.end]
    return span if _is_likely(old, new) else None


def _is_likely(old: str, new: str) -> bool:
    stays_in_its_block = "\n" in old or "\n" not in new
    return stays_in_its_block and len(new) <= max(ALWAYS_ROOM, MOST_GROWTH * len(old))

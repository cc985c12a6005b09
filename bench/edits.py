"""Fifteen kinds of edits around a passage, with the truth about where it must be afterwards.

Look-alikes are made on purpose: they are what a search would fall for.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

Must = Literal["stay", "go", "either"]
NEW_PARAGRAPH = "Since last spring the shed has a second stand, a gift of the bakery next door."
SHORTEST = 6  # words of a sentence that is disputed


@dataclass(frozen=True)
class Edit:
    """A passage between what is before and after it, in the old text and in the new.

    Of a passage that must go, `now` is empty.
    """

    before: str
    words: str
    after: str
    new_before: str
    now: str
    new_after: str
    must: Must = "stay"

    @property
    def old(self) -> str:
        return self.before + self.words + self.after

    @property
    def new(self) -> str:
        return self.new_before + self.now + self.new_after

    @property
    def held(self) -> tuple[int, int]:
        return len(self.before), len(self.before) + len(self.words)

    @property
    def truth(self) -> tuple[int, int]:
        """Where it may stand in the new text, and nowhere else."""
        return len(self.new_before), len(self.new_before) + len(self.now)


def start(random: Random, paragraphs: list[str]) -> Edit:
    """A sentence of the text that stands in it once, and no edit yet."""
    text = "\n".join(paragraphs)
    while True:
        paragraph = random.choice(paragraphs)
        words = random.choice(re.split(r"(?<=[.!?]) ", paragraph))
        is_sentence = words.endswith((".", "!", "?")) and len(words.split()) >= SHORTEST
        if is_sentence and text.count(words) == 1:
            before, after = text.split(words)
            return Edit(before, words, after, before, words, after)


def _other_words(random: Random, words: str, share: float) -> str:
    """The sentence with this share of its words (at least two) replaced by words of others."""
    listed = words.split(" ")
    number = max(2, round(share * len(listed)))
    for at in random.sample(range(len(listed)), number):
        listed[at] = random.choice(("purple", "Tuesday", "lantern", "seldom", "marble"))
    return " ".join(listed)


def _look_alike(random: Random, words: str) -> str:
    """A sentence that says nearly the same, or the opposite."""
    listed = words.split(" ")
    listed.insert(random.randrange(1, len(listed)), random.choice(("hardly", "not", "always")))
    return " ".join(listed)


def unchanged(_random: Random, one: Edit) -> Edit:
    return one


def paragraph_before(_random: Random, one: Edit) -> Edit:
    return replace(one, new_before=f"{NEW_PARAGRAPH}\n{one.before}")


def neighbours_rewritten(_random: Random, one: Edit) -> Edit:
    before = re.sub(r"\w+(\W+)\w+(\W*)$", r"other\1things\2", one.before)
    after = re.sub(r"^(\W*)\w+(\W+)\w+", r"\1more\2still", one.after)
    return replace(one, new_before=before, new_after=after)


def two_words_changed(random: Random, one: Edit) -> Edit:
    return replace(one, now=_other_words(random, one.words, 0))


def negated(random: Random, one: Edit) -> Edit:
    listed = one.words.split(" ")
    listed.insert(random.randrange(1, len(listed)), "not")
    return replace(one, now=" ".join(listed))


def note_appended(_random: Random, one: Edit) -> Edit:
    return replace(one, new_after=f" (Ask the volunteers first.){one.after}")


def mostly_rewritten(random: Random, one: Edit) -> Edit:
    return replace(one, now=_other_words(random, one.words, 0.6), must="either")


def deleted(_random: Random, one: Edit) -> Edit:
    return replace(one, now="", must="go")


def deleted_look_alike_below(random: Random, one: Edit) -> Edit:
    below = f"{one.after}\n{_look_alike(random, one.words)}"
    return replace(one, after=below, now="", new_after=below, must="go")


def deleted_look_alike_beside(random: Random, one: Edit) -> Edit:
    before = f"{one.before}{_look_alike(random, one.words)} "
    after = f" Or so they say.{one.after}"
    edit = replace(one, before=before, after=after, new_before=before)
    return replace(edit, now="", new_after=after[1:], must="go")


def paragraph_moved(_random: Random, one: Edit) -> Edit:
    """Cut out with its whole paragraph, and pasted at the end."""
    head, _break, first = one.before.rpartition("\n")
    last, _break, tail = one.after.partition("\n")
    return replace(one, new_before=f"{head}\n{tail}\n{first}", new_after=last)


def _copies(random: Random, one: Edit) -> tuple[list[str], list[int]]:
    """Paragraphs among which the sentence stands three times, and where."""
    paragraphs = (one.before + one.after).split("\n")
    places = sorted(random.sample(range(1, len(paragraphs)), 3))
    for offset, place in enumerate(places):
        paragraphs.insert(place + offset, one.words)
    return paragraphs, [place + offset for offset, place in enumerate(places)]


def _among(paragraphs: list[str], at: int, words: str) -> Edit:
    before = "".join(f"{line}\n" for line in paragraphs[:at])
    after = "".join(f"\n{line}" for line in paragraphs[at + 1 :])
    return Edit(before, words, after, before, words, after)


def copies_insert_before(random: Random, one: Edit) -> Edit:
    paragraphs, places = _copies(random, one)
    return paragraph_before(random, _among(paragraphs, random.choice(places), one.words))


def copies_first_deleted(random: Random, one: Edit) -> Edit:
    paragraphs, places = _copies(random, one)
    disputed = _among(paragraphs, random.choice(places[1:]), one.words)
    gone = "".join(f"{line}\n" for line in paragraphs[: places[0]])
    rest = disputed.before[len(gone) + len(one.words) + 1 :]
    return replace(disputed, new_before=gone + rest)


def copies_disputed_edited(random: Random, one: Edit) -> Edit:
    paragraphs, places = _copies(random, one)
    return two_words_changed(random, _among(paragraphs, random.choice(places), one.words))


def copies_disputed_deleted(random: Random, one: Edit) -> Edit:
    paragraphs, places = _copies(random, one)
    disputed = _among(paragraphs, random.choice(places), one.words)
    return replace(disputed, now="", new_after=disputed.after[1:], must="go")


KINDS: dict[str, Callable[[Random, Edit], Edit]] = {
    "unchanged": unchanged,
    "a paragraph inserted before": paragraph_before,
    "the words just before and after rewritten": neighbours_rewritten,
    "two words changed inside": two_words_changed,
    "“not” inserted": negated,
    "a note appended": note_appended,
    "60 % of the words rewritten": mostly_rewritten,
    "deleted": deleted,
    "deleted, a look-alike below": deleted_look_alike_below,
    "deleted, a look-alike beside it": deleted_look_alike_beside,
    "its paragraph moved to the end": paragraph_moved,
    "3 copies: a paragraph inserted before": copies_insert_before,
    "3 copies: the first deleted": copies_first_deleted,
    "3 copies: the disputed one edited": copies_disputed_edited,
    "3 copies: the disputed one deleted": copies_disputed_deleted,
}

"""What changed between two texts, for people to read: paragraph by paragraph, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

MOST_WORDS = 3_000  # in a changed paragraph; a longer one is shown whole, before and after

Kind = Literal["same", "deleted", "inserted"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what happened to it; one that stayed as it was is a single run."""

    runs: tuple[Run, ...]

    @property
    def is_same(self) -> bool:
        return all(run.kind == "same" for run in self.runs)


@dataclass(frozen=True, slots=True)
class Difference:
    """A text as it was and as it is."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def is_empty(self) -> bool:
        return all(paragraph.is_same for paragraph in self.paragraphs)

    @property
    def around_changes(self) -> list[Paragraph | None]:
        """Changed paragraphs with one unchanged neighbour each; None where others are left out."""
        shown: list[Paragraph | None] = []
        changed = {at for at, one in enumerate(self.paragraphs) if not one.is_same}
        for at, paragraph in enumerate(self.paragraphs):
            if changed & {at - 1, at, at + 1}:
                shown.append(paragraph)
            elif not shown or shown[-1] is not None:
                shown.append(None)
        return shown


def compare(old: str, new: str) -> Difference:
    """The difference of two projected texts, one line a paragraph; nothing is left out."""
    before, after = old.split("\n") if old else [], new.split("\n") if new else []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Paragraph] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.extend(Paragraph((Run("same", line),)) for line in before[i1:i2])
        else:
            found.extend(_changed(before[i1:i2], after[j1:j2]))
    return Difference(tuple(found))


def compare_words(old: str, new: str) -> Paragraph:
    """The difference of two short texts, word by word."""
    return Paragraph(tuple(_runs(old, new)))


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs that stand in each other's place are compared; the rest went or came."""
    for old, new in zip_longest(before, after):
        if old is None:
            yield Paragraph((Run("inserted", new),))
        elif new is None:
            yield Paragraph((Run("deleted", old),))
        else:
            yield Paragraph(tuple(_runs(old, new)))


def _runs(old: str, new: str) -> Iterator[Run]:
    before, after = old.split(), new.split()
    if len(before) + len(after) > MOST_WORDS:
        yield from (Run("deleted", old), Run("inserted", new))
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run("same", " ".join(before[i1:i2]))
        else:
            yield from _run("deleted", before[i1:i2])
            yield from _run("inserted", after[j1:j2])


def _run(kind: Kind, words: Sequence[str]) -> Iterator[Run]:
    if words:
        yield Run(kind, " ".join(words))

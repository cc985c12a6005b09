"""What two lists of words have in common, in order: longest runs first, in bounded time.

Stretches that would cost too much to compare count as replaced; that loses a mark in a text that
was turned inside out, and never puts one on other words.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SHINGLE = 4  # words in a row that make a safe landmark when they stand once on both sides
MOST_COMPARISONS = 40_000  # pairs of equal words in one stretch; about 1,500 words of prose


@dataclass(frozen=True, slots=True)
class Run:
    """`size` equal items in a row, from `old` on one side and from `new` on the other."""

    old: int
    new: int
    size: int


def equal_runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """The longest run first, then what is equal left and right of it; [] if that costs too much."""
    if _comparisons(old, new) > MOST_COMPARISONS:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [Run(*block) for block in matcher.get_matching_blocks() if block.size]


def compare_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Equal words in order; a long stretch is first divided at landmarks that stand once."""
    if not old or not new:
        return
    if _comparisons(old, new) <= MOST_COMPARISONS:
        yield from equal_runs(old, new)
        return
    done_old = done_new = 0
    for run in [*_landmarks(old, new), Run(len(old), len(new), 0)]:
        for inner in equal_runs(old[done_old : run.old], new[done_new : run.new]):
            yield Run(inner.old + done_old, inner.new + done_new, inner.size)
        yield run
        done_old, done_new = run.old + run.size, run.new + run.size


def _comparisons(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    often = Counter(new)
    return sum(often[item] for item in old)


def _landmarks(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Shingles that stand once on both sides, in an order that both sides share."""
    there = _once(new)
    pairs = [(at, there[shingle]) for shingle, at in _once(old).items() if shingle in there]
    runs: list[Run] = []
    for at_old, at_new in _rising(pairs):
        last = runs[-1] if runs else Run(0, 0, 0)
        if at_old >= last.old + last.size and at_new >= last.new + last.size:
            runs.append(Run(at_old, at_new, SHINGLE))
        elif at_old - last.old == at_new - last.new:
            runs[-1] = Run(last.old, last.new, at_old - last.old + SHINGLE)
    return runs


def _once(listed: Sequence[str]) -> dict[tuple[str, ...], int]:
    shingles = [tuple(listed[at : at + SHINGLE]) for at in range(len(listed) - SHINGLE + 1)]
    often = Counter(shingles)
    return {shingle: at for at, shingle in enumerate(shingles) if often[shingle] == 1}


def _rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of the pairs, sorted by the first, in which the second rises too."""
    ends: list[int] = []
    ranked: list[tuple[int, tuple[int, int]]] = []
    for pair in pairs:
        rank = bisect_left(ends, pair[1])
        ends[rank : rank + 1] = [pair[1]]
        ranked.append((rank, pair))
    chosen: list[tuple[int, int]] = []
    for rank, pair in reversed(ranked):
        if rank == len(ends) - 1 - len(chosen) and (not chosen or pair[1] < chosen[-1][1]):
            chosen.append(pair)
    return chosen[::-1]


def joined(runs: Iterable[Run]) -> list[Run]:
    """The same runs in order, those that touch made one."""
    done: list[Run] = []
    for run in runs:
        last = done[-1] if done else Run(0, 0, 0)
        if (run.old, run.new) == (last.old + last.size, last.new + last.size) and done:
            done[-1] = Run(last.old, last.new, last.size + run.size)
        elif run.size:
            done.append(run)
    return done


def settled(runs: list[Run], old: "Side", new: "Side") -> list[Run]:
    """Move what was only added, or only taken out, to the end of a sentence where that is equal.

    Whoever adds a sentence adds its own full stop, not the one of the sentence before.
    """
    runs = [Run(0, 0, 0), *runs, Run(len(old.keys), len(new.keys), 0)]
    for at in range(len(runs) - 1):
        before, after = runs[at], runs[at + 1]
        old_gap = before.old + before.size, after.old
        new_gap = before.new + before.size, after.new
        if old_gap[0] == old_gap[1]:
            shift = new.best_shift(*new_gap, before.size, after.size)
        elif new_gap[0] == new_gap[1]:
            shift = old.best_shift(*old_gap, before.size, after.size)
        else:
            continue
        runs[at] = Run(before.old, before.new, before.size + shift)
        runs[at + 1] = Run(after.old + shift, after.new + shift, after.size - shift)
    return [run for run in runs if run.size]


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one text, and how good a place to cut it is before each of them."""

    keys: Sequence[str]
    cut: Callable[[int], int]

    def best_shift(self, start: int, end: int, most_left: int, most_right: int) -> int:
        """How far to move the gap `start` to `end`, words staying the same, to cut it best."""
        left = self._equal(start - 1, end - 1, -1, most_left)
        right = self._equal(start, end, 1, most_right)
        shifts = sorted(range(-left, right + 1), key=abs)
        return max(shifts, key=lambda shift: self.cut(start + shift) + self.cut(end + shift))

    def _equal(self, one: int, other: int, step: int, most: int) -> int:
        """How many words from both places on are the same."""
        count = 0
        while count < most and self.keys[one + step * count] == self.keys[other + step * count]:
            count += 1
        return count

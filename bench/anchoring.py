"""Edit texts in fifteen ways and count where their marks end up: right, lost, or on other words.

    python -m bench.anchoring [--runs 60]

Ends with an error if any mark is on other words, or if more than 1 % of those whose words are
still there are lost. Then a long post with many marks is edited in many places; CPU is printed.
"""

import argparse
import sys
import time
from dataclasses import dataclass
from random import Random

from bench.edits import KINDS, Edit, start
from bench.prose import documents
from blog.anchoring import Carried, Held, carry

MOST_LOST = 0.01
LONG, PASSAGES, EDITS = 100_000, 200, 100
ROW = "{name:<44}{right:>8}{lost:>8}{wrong:>8}"


@dataclass
class Tally:
    """How often a kind of edit came out how; `survived` counts passages whose words are left."""

    right: int = 0
    lost: int = 0
    wrong: int = 0
    survived: int = 0

    def add(self, edit: Edit) -> None:
        start, end = edit.held
        [found] = carry(edit.old, edit.new, [Held(1, start, end)])
        verdict = judge(edit, found)
        setattr(self, verdict, getattr(self, verdict) + 1)
        self.survived += edit.must == "stay"

    def include(self, other: "Tally") -> None:
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)


def judge(edit: Edit, found: Carried) -> str:
    """Whether the mark is where it must be, is missing, or stands on other words."""
    if found.start is None or found.end is None:
        return "lost" if edit.must == "stay" else "right"
    first, last = edit.truth
    is_inside = first <= found.start < found.end <= last
    return "right" if is_inside and edit.must != "go" else "wrong"


def measure(runs: int) -> dict[str, Tally]:
    """Every kind of edit on so many sentences; the same ones each time."""
    texts = documents()
    tallies = {}
    for name, make in KINDS.items():
        tallies[name] = Tally()
        for run in range(runs):
            random = Random(f"{name} {run}")  # noqa: S311  not for secrets
            tallies[name].add(make(random, start(random, texts[run % len(texts)])))
    return tallies


def long_text(random: Random) -> list[str]:
    """Sentences of all texts, shuffled to paragraphs of about 500 characters."""
    sentences = [line for text in documents() for line in text if len(line.split()) > 5]
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < LONG:
        words = " ".join(random.choices(sentences, k=2)).split()
        random.shuffle(words)
        paragraphs.append(" ".join(words))
    return paragraphs


def cpu_of_a_long_post() -> tuple[float, int]:
    """Seconds to carry 200 passages over 100 scattered edits, and how many were lost."""
    random = Random("a long post")  # noqa: S311  not for secrets
    paragraphs = long_text(random)
    old = "\n".join(paragraphs)
    places = random.sample(range(len(old) - 80), PASSAGES)
    held = [Held(one, place, place + 80) for one, place in enumerate(places)]
    for at in random.choices(range(len(paragraphs)), k=EDITS):
        words = paragraphs[at].split(" ")
        words[random.randrange(len(words))] = "purple"
        paragraphs[at] = " ".join(words)
    begun = time.process_time()
    carried = carry(old, "\n".join(paragraphs), held)
    return time.process_time() - begun, sum(one.start is None for one in carried)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=60)
    tallies = measure(options.parse_args().runs)
    print(ROW.format(name="edit", right="right", lost="lost", wrong="wrong"))
    total = Tally()
    for name, tally in tallies.items():
        print(ROW.format(name=name, right=tally.right, lost=tally.lost, wrong=tally.wrong))
        total.include(tally)
    print(ROW.format(name="total", right=total.right, lost=total.lost, wrong=total.wrong))
    seconds, lost = cpu_of_a_long_post()
    print(f"{PASSAGES} passages, {LONG:,} characters, {EDITS} edits: {seconds:.2f} s, {lost} lost")
    sys.exit(total.wrong > 0 or total.lost > MOST_LOST * total.survived)


if __name__ == "__main__":
    main()

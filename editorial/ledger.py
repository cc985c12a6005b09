"""The ledger of a post: how many of its statements were questioned, and what became of each.

Made of the items that the record of the post has read already.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from blog.models import NoticeState
from editorial.models import Decision, Finding, Remedy
from editorial.record import Item

OPEN = "open"

# What became of a statement, in the order in which a ledger says it: the gravest first.
WORDS: Mapping[str, str | Promise] = {
    Remedy.RETRACTION: pgettext_lazy("a statement", "Retracted"),
    Remedy.REMOVAL: pgettext_lazy("a statement", "Removed"),
    Remedy.CORRECTION: pgettext_lazy("a statement", "Corrected"),
    Remedy.CLARIFICATION: pgettext_lazy("a statement", "Clarified"),
    Remedy.UPDATE: pgettext_lazy("a statement", "Updated"),
    Remedy.EDITORS_NOTE: _("Answered by an editor's note"),
    Remedy.CONCERN: _("Not established: see our expression of concern"),
    Finding.STANDS: pgettext_lazy("a statement", "Stands"),
    Finding.NOT_CHECKABLE: _("Opinion, not a statement of fact"),
    Finding.NOT_IN_POST: _("Not said in this post"),
    Finding.UNVERIFIABLE: _("Could not be established"),
    Finding.ALREADY_ADDRESSED: _("Dealt with before"),
    OPEN: _("Under review"),
}
COUNTED: Mapping[str, Any] = {
    Remedy.RETRACTION: ngettext_lazy("%(n)d retracted", "%(n)d retracted", "n"),
    Remedy.REMOVAL: ngettext_lazy("%(n)d removed", "%(n)d removed", "n"),
    Remedy.CORRECTION: ngettext_lazy("%(n)d corrected", "%(n)d corrected", "n"),
    Remedy.CLARIFICATION: ngettext_lazy("%(n)d clarified", "%(n)d clarified", "n"),
    Remedy.UPDATE: ngettext_lazy("%(n)d updated", "%(n)d updated", "n"),
    Remedy.EDITORS_NOTE: ngettext_lazy(
        "%(n)d answered by an editor's note", "%(n)d answered by editor's notes", "n"
    ),
    Remedy.CONCERN: ngettext_lazy(
        "%(n)d under an expression of concern", "%(n)d under an expression of concern", "n"
    ),
    Finding.STANDS: ngettext_lazy("%(n)d stands", "%(n)d stand", "n"),
    Finding.NOT_CHECKABLE: ngettext_lazy("%(n)d is opinion", "%(n)d are opinion", "n"),
    Finding.NOT_IN_POST: ngettext_lazy(
        "%(n)d is not said in this post", "%(n)d are not said in this post", "n"
    ),
    Finding.UNVERIFIABLE: ngettext_lazy(
        "%(n)d could not be established", "%(n)d could not be established", "n"
    ),
    Finding.ALREADY_ADDRESSED: ngettext_lazy(
        "%(n)d was dealt with before", "%(n)d were dealt with before", "n"
    ),
    OPEN: ngettext_lazy("%(n)d under review", "%(n)d under review", "n"),
}


@dataclass(frozen=True)
class Line:
    """One statement, what became of it, and where on the page or off it that is told."""

    statement: str
    outcome: str
    href: str

    @property
    def word(self) -> str | Promise:
        return WORDS[self.outcome]


@dataclass(frozen=True)
class Ledger:
    lines: list[Line]

    @property
    def has_decisions(self) -> bool:
        """Whether it says more than that something is under review."""
        return any(line.outcome != OPEN for line in self.lines)

    @property
    def parts(self) -> list[str]:
        """How many were questioned, then how many came to each end."""
        n = len(self.lines)
        questioned = ngettext("%(n)d statement questioned", "%(n)d statements questioned", n)
        ends = [line.outcome for line in self.lines]
        told = [COUNTED[end] % {"n": ends.count(end)} for end in WORDS if end in ends]
        return [questioned % {"n": n}, *told]


def of(items: Iterable[Item]) -> Ledger:
    """One line for each statement: under review if anybody questions it still, else as decided."""
    last: dict[int, Item] = {}
    for item in sorted(items, key=_weight):
        last[item.claim_id] = item
    return Ledger([_line(item) for item in sorted(last.values(), key=_since)])


def _weight(item: Item) -> tuple[bool, float]:
    decision = item.decision
    return decision is None, decision.decided_at.timestamp() if decision else 0


def _since(item: Item) -> float:
    return item.taken_up_at.timestamp() if item.taken_up_at else 0


def _line(item: Item) -> Line:
    if item.decision is None:
        return Line(item.statement, OPEN, f"#dispute-{item.public_id}")
    return Line(item.statement, _outcome(item.decision), _href(item, item.decision))


def _outcome(decision: Decision) -> str:
    return decision.finding if decision.remedy == Remedy.NO_CHANGE else decision.remedy


def _href(item: Item, decision: Decision) -> str:
    """The notice where it stands on the page, or else the page of the dispute."""
    notice = decision.notice
    if notice is not None and notice.state == NoticeState.PUBLISHED:
        return f"#notice-{notice.public_id}"
    return item.url

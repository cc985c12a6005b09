"""The steps that an editor may take with a dispute as it is, each with its form and its name."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from editorial.forms.lifecycle import (
    AskForm,
    AssignForm,
    GatherForm,
    LeaveClosedForm,
    MergeForm,
    OnlyForm,
    ProgressForm,
    ReopenForm,
    StepForm,
    mergeable,
)
from editorial.models import Dispute, DisputeState, Wish
from editorial.models.dispute import CLOSED_STATES, OPEN_STATES

S = DisputeState


class Folded(NamedTuple):
    """A step that is folded away until it is wanted."""

    name: str
    form: StepForm
    title: str | Promise
    button: str | Promise


OFFERED: tuple[tuple[str, type[StepForm], str | Promise, str | Promise], ...] = (
    ("ask", AskForm, _("Ask whoever raised it"), _("Send the question")),
    ("progress", ProgressForm, _("Tell readers how far we are"), _("Show this line to readers")),
    ("assign", AssignForm, _("Give it to somebody"), _("Write it down")),
    ("merge", MergeForm, _("Merge it with another"), _("Merge them")),
    ("gather", GatherForm, _("Merge others into this one"), _("Merge these into it")),
    ("reopen", ReopenForm, _("Open it again"), _("Put it under review again")),
    ("leave-closed", LeaveClosedForm, _("Leave it closed"), _("Tell whoever asked")),
)


class Acts:
    """Forms for a dispute; `acting` are those that were sent and refused."""

    def __init__(self, dispute: Dispute, acting: dict[str, StepForm] | None = None) -> None:
        self.dispute, self.acting = dispute, acting or {}

    def _form(self, name: str, form_class: type[StepForm]) -> StepForm:
        return self.acting.get(name) or form_class(dispute=self.dispute)

    @property
    def withdraw(self) -> StepForm:
        return self._form("withdraw", OnlyForm)

    @property
    def go_on(self) -> StepForm:
        return self._form("go-on", OnlyForm)

    @property
    def unmerge(self) -> StepForm:
        return self._form("unmerge", OnlyForm)

    @property
    def answer_wish(self) -> tuple[str, ...]:
        """The steps that stand open, since somebody waits for one of them."""
        return ("reopen", "leave-closed") if self.dispute.wish == Wish.REOPEN else ()

    @cached_property
    def has_others(self) -> bool:
        """Whether there is anything to merge it with."""
        return self.dispute.state in OPEN_STATES and bool(mergeable(self.dispute))

    @property
    def folded(self) -> Iterator[Folded]:
        """What may be done now, in the order of the day."""
        for name, form_class, title, button in OFFERED:
            if name in self.acting or self._is_possible(name):
                yield Folded(name, self._form(name, form_class), title, button)

    def _is_possible(self, name: str) -> bool:
        state, wish = self.dispute.state, self.dispute.wish
        can: dict[str, Any] = {
            "ask": state in (S.RECEIVED, S.UNDER_REVIEW) and self.dispute.is_raised_by_reader,
            "progress": state == S.UNDER_REVIEW,
            "assign": state in OPEN_STATES,
            "merge": self.has_others,
            "gather": self.has_others,
            "reopen": state in CLOSED_STATES,
            "leave-closed": wish == Wish.REOPEN,
        }
        return bool(can[name])

"""What is said of a post while one of its statements is checked, and what the law takes away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial import suggestions
from editorial.forms.fields import LineField, PlainField
from editorial.models import Dispute


class ConcernForm(forms.Form):
    text = PlainField(
        label=_("The expression of concern, for readers"),
        rows=4,
        help_text=_("What is questioned, what it rests on, and until when you will report."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dispute: Dispute, words: str) -> None:
        initial = {"text": suggestions.concern(dispute, words), "version": dispute.version}
        super().__init__(data, initial=initial, prefix="concern")


class LiftForm(forms.Form):
    reason = LineField(
        label=_("Why it is lifted, for readers"),
        max_length=500,
        help_text=_("The notice stays in the log, with this reason."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="lift")


class HoldForm(forms.Form):
    reason = PlainField(
        label=_("The reason, for the desk"), rows=2, help_text=_("Not public: readers see the day.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        super().__init__(data, initial={"version": dispute.version}, prefix="hold")

"""What an editor says about an edit of disputed words about which nobody was asked."""

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.forms.fields import LineField
from editorial.models import Dispute
from editorial.rewording import LONGEST_REASON, is_unexplained


class ExplainForm(forms.Form):
    reason = LineField(
        label=_("Why did these words change?"),
        max_length=LONGEST_REASON,
        help_text=_("Kept at the desk. The dispute stays open."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, dispute: Dispute) -> Self | None:
        """The form, if there is something to explain."""
        is_needed = is_unexplained(dispute)
        return cls(initial={"version": dispute.version}) if is_needed else None

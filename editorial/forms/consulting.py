"""Asking colleagues, and what they answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.consultations import Colleague
from editorial.forms.fields import LineField, PlainField
from editorial.models import Consultation, Dispute
from editorial.models.dispute import OPEN_STATES


class ConsultForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of the colleague"),
        help_text=_("Forgotten 90 days after the dispute is closed. A login is known by it."),
    )
    name = LineField(label=_("Name"), required=False, max_length=100)
    question = PlainField(
        label=_("What do you want to know?"),
        rows=3,
        most=2_000,
        help_text=_("The mail names the post and the statement; it does not say who raised it."),
    )
    note = PlainField(
        label=_("A note for the desk"),
        rows=2,
        required=False,
        most=1_000,
        help_text=_("Kept in the history; the colleague does not see it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def colleague(self) -> Colleague:
        return Colleague.at(self.cleaned_data["email"], name=self.cleaned_data["name"])


class AdviseForm(forms.Form):
    text = PlainField(
        label=_("Your answer"),
        rows=8,
        help_text=_("Only the editors read it. You can change it until the dispute is closed."),
    )


class Consulting:
    """All that the screen of a dispute shows of colleagues who were asked."""

    def __init__(self, dispute: Dispute) -> None:
        self.is_open = dispute.state in OPEN_STATES
        asked = Consultation.objects.filter(dispute=dispute)
        self.asked = list(asked.select_related("person", "asked_by"))
        self.form = ConsultForm(initial={"version": dispute.version}, prefix="consult")

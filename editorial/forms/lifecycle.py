"""What editors and raisers fill in while an objection is open, and once it is closed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Role
from editorial.asking import LONGEST
from editorial.forms.fields import LineField, PlainField, SourceField
from editorial.forms.triage import SummaryField
from editorial.models import Dispute, Stance
from editorial.models.dispute import OPEN_STATES
from editorial.review import LONGEST_LINE


class StepForm(forms.Form):
    """One step about a dispute as an editor saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        initial = {"version": dispute.version}
        super().__init__(data, initial=initial, prefix=type(self).__name__.lower())
        self.dispute = dispute


class AskForm(StepForm):
    text = PlainField(
        label=_("A question to whoever raised it"),
        rows=3,
        most=LONGEST,
        help_text=_("Sent by mail with their private link; not public."),
    )


class AssignForm(StepForm):
    to = forms.ModelChoiceField(
        label=_("Who works on it?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        super().__init__(data, dispute=dispute)
        editors = Person.objects.filter(role__in=(Role.EDITOR, Role.PUBLISHER), is_active=True)
        field = self.fields["to"]
        field.queryset = editors.order_by("name", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = lambda person: person.public_name  # type: ignore[attr-defined]
        self.initial["to"] = dispute.assigned_to_id


class ProgressForm(StepForm):
    text = LineField(
        label=_("How far are we? A line for readers"),
        max_length=LONGEST_LINE,
        help_text=_("Shown on the page of the dispute, with the day."),
    )


class ReopenForm(StepForm):
    reason = PlainField(label=_("Why is it opened again? For the desk"), rows=2, most=1_000)

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        super().__init__(data, dispute=dispute)
        if not dispute.public_summary:
            self.fields["summary"] = SummaryField()


class LeaveClosedForm(StepForm):
    sentence = PlainField(
        label=_("A sentence for whoever asked"),
        rows=2,
        most=1_000,
        help_text=_("Sent by mail, and shown on their private page."),
    )


class MergeForm(StepForm):
    into = forms.ModelChoiceField(
        label=_("Into which one?"), queryset=Dispute.objects.none(), empty_label=None
    )

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        super().__init__(data, dispute=dispute)
        others = Dispute.objects.filter(claim__post=dispute.claim.post_id, state__in=OPEN_STATES)
        others = others.exclude(pk=dispute.pk).select_related("claim").oldest_first()
        field = self.fields["into"]
        field.queryset = others  # type: ignore[attr-defined]
        field.label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.claim.statement} ({one.get_state_display()})"
        )


class OnlyForm(StepForm):
    """A step that needs no words."""


class AnswerForm(forms.Form):
    """The raiser answers what an editor asked."""

    text = PlainField(label=_("Your answer"), rows=4, most=LONGEST)


class SourceForm(forms.Form):
    """The raiser adds a source that anyone can check."""

    url = SourceField()
    title = LineField(label=_("What it is"), required=False, max_length=200)
    stance = forms.ChoiceField(
        label=_("What does it say?"), choices=Stance.choices, initial=Stance.DISPUTES
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="source")
        self.fields["url"].required = True


class AgainForm(forms.Form):
    """The raiser asks to open it again."""

    text = PlainField(
        label=_("What is new?"),
        rows=4,
        help_text=_("Once, within 30 days. Another editor looks at it, if there is one."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="again")

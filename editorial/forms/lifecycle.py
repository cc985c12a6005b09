"""What editors and raisers fill in while an objection is open, and once it is closed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.roles import editors
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
        field = self.fields["to"]
        field.queryset = editors().order_by("name", "pk")  # type: ignore[attr-defined]
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


def mergeable(dispute: Dispute) -> list[Dispute]:
    """Other open disputes about the same post."""
    others = Dispute.objects.filter(claim__post=dispute.claim.post_id, state__in=OPEN_STATES)
    return list(others.exclude(pk=dispute.pk).select_related("claim").oldest_first())


def _named(dispute: Dispute) -> str:
    return f"{dispute.claim.statement} ({dispute.get_state_display()})"


class MergeForm(StepForm):
    into = forms.TypedChoiceField(label=_("Into which one?"))

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        super().__init__(data, dispute=dispute)
        others = {one.public_id: one for one in mergeable(dispute)}
        field = self.fields["into"]
        field.choices = [(key, _named(one)) for key, one in others.items()]  # type: ignore[attr-defined]
        field.coerce = others.__getitem__  # type: ignore[attr-defined]


class GatherForm(StepForm):
    """Each choice carries the version that the editor saw."""

    others = forms.MultipleChoiceField(
        label=_("Which ones?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of these has changed since: please look again.")},
    )

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        super().__init__(data, dispute=dispute)
        self.known = {one.public_id: one for one in mergeable(dispute)}
        choices = [(f"{key}:{one.version}", _named(one)) for key, one in self.known.items()]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]

    def clean_others(self) -> list[tuple[Dispute, int]]:
        given = (choice.split(":") for choice in self.cleaned_data["others"])
        return [(self.known[public_id], int(version)) for public_id, version in given]


class OnlyForm(StepForm):
    """A step that needs no words."""


class AnswerForm(forms.Form):
    """The raiser answers what an editor asked."""

    text = PlainField(label=_("Your answer"), rows=4, most=LONGEST)


class SourceForm(forms.Form):
    """The raiser adds a source that anyone can check."""

    url = SourceField()
    title = LineField(label=_("Its title"), required=False, max_length=200)
    stance = forms.ChoiceField(
        label=_("What does it say?"), choices=Stance.choices, initial=Stance.DISPUTES
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="source")
        self.fields["url"].required = True


class AgainForm(forms.Form):
    """The raiser, or the author, asks to open it again."""

    text = PlainField(
        label=_("What is new?"),
        rows=4,
        help_text=_("Once, within 30 days. Another editor looks at it, if there is one."),
    )

    def __init__(self, data: Any = None, *, prefix: str = "again") -> None:
        super().__init__(data, prefix=prefix)

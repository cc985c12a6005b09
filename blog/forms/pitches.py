"""A proposal for a post, and an editor's answer to it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from blog import slips
from blog.forms.fields import LineField, WordsField
from blog.guests import LONGEST_DAYS
from blog.pitches import Answer, Proposal


class PitchForm(forms.Form):
    """`homepage` is a trap that people never see; the slip says when the form was handed out."""

    name = LineField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You get a link there that confirms your proposal. It is not published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    title = LineField(label=_("A title for the post"), max_length=200)
    about = WordsField(
        label=_("What it is about"),
        rows=8,
        help_text=_("What readers would learn from it, and what you would leave out."),
    )
    who = WordsField(
        label=_("Who you are"),
        required=False,
        help_text=_("What you do, and why you are the one to write this."),
    )
    homepage = forms.CharField(label=_("Leave this field empty"), required=False)
    slip = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, person: Person | None = None
    ) -> None:
        known = {"name": person.name, "email": person.email} if person else {}
        super().__init__(data, initial=known | {"slip": slips.hand_out()})
        self.key: UUID | None = None

    def clean(self) -> None:
        if self.cleaned_data.get("homepage"):
            raise forms.ValidationError(gettext("Please leave the field empty that says so."))
        slip = slips.read(self.cleaned_data.get("slip", ""))
        if slip is None or slip.is_old:
            self.data = {**dict(self.data.items()), "slip": slips.hand_out()}
            raise forms.ValidationError(
                gettext("This form was open for too long. Please send it again.")
            )
        if slip.was_quick:
            raise forms.ValidationError(
                gettext("That was very quick. Please send it again in a few seconds.")
            )
        self.key = slip.key

    def proposal(self) -> Proposal:
        names = ("name", "email", "title", "about", "who")
        return Proposal(**{name: self.cleaned_data[name] for name in names})


class AcceptForm(forms.Form):
    message = WordsField(
        label=_("A message"), required=False, help_text=_("Stands in the mail that invites them.")
    )
    due = forms.DateField(
        label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    days = forms.IntegerField(
        label=_("Days that the link works"), min_value=1, max_value=LONGEST_DAYS
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"days": settings.GUEST_LINK_DAYS}, prefix="accept")

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise forms.ValidationError(gettext("This day has passed."))
        return due

    def answer(self) -> Answer:
        return Answer(**self.cleaned_data)


class DeclineForm(forms.Form):
    message = WordsField(label=_("What we write to them"))

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="decline")

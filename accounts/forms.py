"""What people say about themselves."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import people
from accounts.models import Person, Role
from accounts.staff import STAFF_ROLES


class NameForm(forms.Form):
    """The name under which readers know somebody."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("Readers see it beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class DigestForm(forms.Form):
    """Whether somebody gets the daily mail of the desk."""

    wants = forms.BooleanField(
        label=_("Once a day, while something waits for a decision, send me a mail about it"),
        required=False,
    )


class KeysForm(forms.Form):
    """Whether single keys act at the desk."""

    uses_keys = forms.BooleanField(
        label=_("Single keys at the desk"),
        required=False,
        help_text=_(
            "One key decides about the comment that is chosen. Switch it off when you dictate, or"
            " when keys are pressed by mistake."
        ),
    )


class SignupForm(NameForm):
    """What is asked of a new person beyond address and password; allauth adds those."""

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Called by allauth with the new person, who is stored but has no name yet."""
        people.rename(person, name=self.cleaned_data["name"], by=person)


class StaffForm(forms.Form):
    """Whom to invite to the staff, in which role."""

    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in STAFF_ROLES],
        help_text=_("Each role may do all that those named before it may."),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

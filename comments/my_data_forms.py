"""Asking for one's own data, and having it erased."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.erasure import Published
from comments.words import MOST_IN_EMAIL


class AddressForm(forms.Form):
    """Whose data."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=MOST_IN_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The one you gave with your comments. The link goes there and nowhere else."),
    )


class ErasureForm(forms.Form):
    """A clear choice, and one more look before it is done."""

    published = forms.ChoiceField(
        label=_("What shall become of your published comments?"),
        choices=Published.choices,
        initial=Published.ANONYMOUS,
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label=_("Erase it. I know that nobody can undo this."))

"""Asking an author for approval, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.fields import WordsField


class AskApprovalForm(forms.Form):
    message = WordsField(
        label=_("A message to the author"),
        rows=3,
        required=False,
        help_text=_("They see what was changed since they last saved the text."),
    )


class ApproveForm(forms.Form):
    """The version that the author sees on the page."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class DeclineForm(ApproveForm):
    message = WordsField(label=_("What should be otherwise?"))

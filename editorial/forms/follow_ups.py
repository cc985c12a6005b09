"""What an editor fills in to keep a promise, or to take it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.review import RelatedField
from editorial.follow_ups import LONGEST_REASON
from editorial.forms.fields import LineField


class PublishedPostField(RelatedField):
    """The address of a published post, or the last part of it."""

    def __init__(self) -> None:
        super().__init__(1)
        self.label, self.required = _("The post that keeps the promise"), True


class KeepForm(forms.Form):
    post = PublishedPostField()


class DropForm(forms.Form):
    reason = LineField(
        label=_("Why there will be none"),
        max_length=LONGEST_REASON,
        help_text=_("Readers see it where the post was promised."),
    )

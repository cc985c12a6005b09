"""What an editor says beside another person's text, and where."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.anchoring import Quote
from blog.forms.fields import WordsField
from blog.models import Post
from blog.passages import Choice


class NoteForm(forms.Form):
    text = WordsField(
        label=_("Your note"),
        rows=5,
        help_text=_("Plain paragraphs, parted by an empty line. It is signed with your name."),
    )


class WhereForm(forms.Form):
    """Words that stand in the post; `place` tells which of several equal places is meant.

    `before` and `after` are filled by a script from what was selected; `place` is a position in
    the revision that the form was shown with, and means nothing in another one.
    """

    words = forms.CharField(
        label=_("The words it is about"),
        max_length=2_000,
        help_text=_("Copy them from the text, or select them in it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    place = forms.IntegerField(
        label=_("Which of these places?"), required=False, widget=forms.RadioSelect
    )
    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: Post) -> None:
        self.post = post
        super().__init__(data, initial={"revision": self.seen()})
        self.is_asking = False

    def seen(self) -> int | None:
        """Which text the form is shown with."""
        return self.post.head_id

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("place") is not None and given.get("revision") != self.seen():
            raise forms.ValidationError(
                gettext("The text has changed meanwhile. Please choose the place again.")
            )

    def quote(self) -> Quote:
        given = self.cleaned_data
        return Quote(given["words"], given["before"], given["after"], given["place"])

    def ask(self, choices: Sequence[Choice]) -> None:
        """Let the editor say which of these places is meant."""
        self.is_asking = True
        place = self.fields["place"]
        place.required = True
        place.widget.choices = [(choice.start, _shown(choice)) for choice in choices]


class InlineNoteForm(WhereForm):
    text = WordsField(
        label=_("Your note"),
        rows=3,
        help_text=_("At most 1,000 characters. It stands beside these words, signed."),
    )


def _shown(choice: Choice) -> SafeString:
    return format_html(
        "<span>…{}<mark>{}</mark>{}…</span>", choice.before, choice.words, choice.after
    )

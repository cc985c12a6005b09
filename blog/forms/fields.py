"""Fields that several forms share."""

import re
from typing import TYPE_CHECKING

from django import forms

from blog import pasting, plain

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Label

LONGEST_TEXT = 400_000  # characters of HTML: about sixty thousand words
_TAG = re.compile(r"<[a-z/!]", re.IGNORECASE)


class RichTextarea(forms.Textarea):
    """A text area that becomes a rich-text editor where scripts run."""

    template_name = "blog/write/_editor.html"


class RichTextField(forms.CharField):
    """Gives sanitised HTML for HTML or for plain text with its paragraphs and lists."""

    widget = RichTextarea

    def __init__(self, *, label: "Label", rows: int = 24, help_text: "Label" = "") -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=LONGEST_TEXT,
            help_text=help_text,
            widget=RichTextarea(attrs={"rows": rows}),
        )

    def clean(self, value: object) -> str:
        text: str = super().clean(value)
        return pasting.clean(text if _TAG.search(text) else plain.set_text(text))


class LineField(forms.CharField):
    """One line of text: line breaks and doubled spaces become single spaces."""

    def to_python(self, value: object) -> str:
        return " ".join((super().to_python(value) or "").split())


class WordsField(forms.CharField):
    """Plain paragraphs."""

    def __init__(
        self,
        *,
        label: "Label",
        rows: int = 4,
        required: bool = True,
        help_text: "Label" = "",
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            max_length=10_000,
            help_text=help_text,
            widget=forms.Textarea(attrs={"rows": rows}),
        )


class AddressField(forms.URLField):
    """An address as people type it, often without https://: a browser's field would refuse that."""

    def __init__(self, *, label: "Label") -> None:
        attrs = {"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(
            label=label,
            required=False,
            assume_scheme="https",
            widget=forms.TextInput(attrs=attrs),
        )

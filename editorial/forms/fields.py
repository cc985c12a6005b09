"""Fields and their parts that the forms of this package share."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.core.validators import URLValidator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from blog.passages import Choice
from blog.pictures import Picture
from editorial import plain
from editorial.pointing import ALL

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Label


class PlainField(forms.CharField):
    """Several lines of plain text, without what cannot be seen."""

    def __init__(
        self,
        *,
        label: "Label",
        rows: int = 4,
        required: bool = True,
        most: int = 4_000,
        help_text: "Label" = "",
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            max_length=most,
            help_text=help_text,
            widget=forms.Textarea(attrs={"rows": rows}),
        )

    def clean(self, value: object) -> str:
        return plain.paragraphs(super().clean(value))


class LineField(forms.CharField):
    """One line of plain text, without what cannot be seen."""

    def clean(self, value: object) -> str:
        return plain.line(super().clean(value))


class SourceField(forms.URLField):
    """A web address that anyone can check; nothing is ever fetched from it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("A source"),
            required=False,
            max_length=1_000,
            assume_scheme="https",
            help_text=_("The address of a page that anyone can check."),
        )
        self.validators = [URLValidator(schemes=["http", "https"])]


def shown(choice: Choice) -> SafeString:
    """One of several places with the words around it."""
    parts = choice.before, choice.words, choice.after
    return format_html("<span>…{}<mark>{}</mark>{}…</span>", *parts)


def places(choices: Sequence[Choice], *, with_all: bool) -> list[tuple[str, SafeString | str]]:
    """What to choose from when words stand more than once."""
    listed: list[tuple[str, SafeString | str]] = [(str(one.start), shown(one)) for one in choices]
    return [*listed, (ALL, str(_("All of these places")))] if with_all else listed


def shown_picture(picture: Picture) -> SafeString:
    """An image to choose: small, with its description in words."""
    words = picture.description or _("An image without a description")
    return format_html('<img class="report__image" src="{}" alt=""> {}', picture.src, words)

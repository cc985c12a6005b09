"""What a writer says of a picture."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.fields import LineField
from blog.images import LONGEST_ALT, Given
from blog.models import Post
from blog.pictures import Picture, Said, uses_in

ACCEPTED = "image/jpeg,image/png,image/gif,image/webp,image/avif"
ALT_HELP = _("What the picture shows, for those who cannot see it. It is asked for each use again.")


class FileForm(forms.Form):
    """A file, whose type is found out by its content."""

    file = forms.FileField(
        label=_("Picture from your device"),
        help_text=_("JPEG, PNG, GIF, WebP or AVIF. Where and when it was taken is not kept."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,  # refused with a better sentence
    )

    def facts(self) -> dict[str, Any]:
        """What the rule is told."""
        file = self.cleaned_data.pop("file")
        return {"given": Given(file, file.size, file.name), **self.cleaned_data}


class UploadForm(FileForm):
    alt = LineField(
        label=_("Description"), max_length=LONGEST_ALT, required=False, help_text=ALT_HELP
    )


class AltForm(forms.Form):
    alt = LineField(
        label=_("Description"), max_length=LONGEST_ALT, required=False, help_text=ALT_HELP
    )


class PutForm(forms.Form):
    """What is said of one use, and the version of the text that the writer saw."""

    needed_at_times = ("alt",)

    alt = LineField(
        label=_("What does the picture show?"),
        max_length=LONGEST_ALT,
        required=False,
        help_text=_("For those who cannot see it, and for everybody when it does not load."),
    )
    is_decorative = forms.BooleanField(
        label=_("It only decorates: there is nothing to say"), required=False
    )
    caption = LineField(label=_("Caption"), max_length=LONGEST_ALT, required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def facts(self) -> dict[str, Any]:
        """What the rule is told."""
        told = self.cleaned_data
        said = Said(told["alt"], told["is_decorative"], told["caption"])
        return {"said": said, "version": told["version"]}


class UsesForm(forms.Form):
    """Each use of a picture in a text, with its description; `rows` are what a page shows."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: Post) -> None:
        super().__init__(data, initial={"version": post.version}, prefix="uses")
        self.uses = list(uses_in(post.body))
        self.needed_at_times = tuple(f"alt_{place}" for place in range(len(self.uses)))
        for place, use in enumerate(self.uses):
            self._ask(place, use)

    def _ask(self, place: int, use: Picture) -> None:
        self.fields[f"alt_{place}"] = LineField(
            label=_("What does it show?"),
            max_length=max(LONGEST_ALT, len(use.description)),
            required=False,
            initial=use.description,
        )
        self.fields[f"decorative_{place}"] = forms.BooleanField(
            label=_("It only decorates"), required=False, initial=use.is_decorative
        )

    def rows(self) -> list[dict[str, object]]:
        return [
            {"use": use, "alt": self[f"alt_{place}"], "decorative": self[f"decorative_{place}"]}
            for place, use in enumerate(self.uses)
        ]

    def facts(self) -> dict[str, Any]:
        """What the rule is told."""
        told = self.cleaned_data
        said = [
            Said(told[f"alt_{place}"], told[f"decorative_{place}"])
            for place in range(len(self.uses))
        ]
        return {"said": said, "version": told["version"]}

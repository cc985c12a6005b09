"""Series: what they are called, and which posts they are made of."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.forms.fields import LineField
from blog.models import Post, Series
from blog.series import SeriesFacts

EMPTY_ROWS = 3  # always; saving gives new ones


class SeriesForm(forms.Form):
    name = LineField(label=_("Name"), max_length=100)
    slug = forms.SlugField(
        label=_("Address"), max_length=110, required=False, help_text=_("Empty: made of the name.")
    )
    about = LineField(label=_("What it is about"), max_length=300, required=False)

    def facts(self) -> SeriesFacts:
        return SeriesFacts(**self.cleaned_data)


def facts_of(series: Series) -> dict[str, object]:
    return {"name": series.name, "slug": series.slug, "about": series.about}


class PartField(forms.CharField):
    """The address of a post, or the last part of it, whether readers see it yet or not."""

    def clean(self, value: object) -> Post | None:
        address: str = super().clean(value)
        slug = address.strip().rstrip("/").rpartition("/")[2]
        if not slug:
            return None
        post = Post.objects.filter(slug=slug).first()
        if post is None:
            raise forms.ValidationError(gettext("No post has this address."))
        return post


class PartsForm(forms.Form):
    """A row for each post; numbers put them in order."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, series: Series) -> None:
        super().__init__(data)
        parts = list(series.parts.select_related("post"))
        self.rows = range(1, len(parts) + EMPTY_ROWS + 1)
        for row in self.rows:
            self._add_row(row)
        for row, part in enumerate(parts, start=1):
            self.initial[f"post_{row}"] = part.post.slug
            self.fields[f"post_{row}"].help_text = part.post.title

    def _add_row(self, row: int) -> None:
        self.fields[f"post_{row}"] = PartField(
            label=_("Post %(row)d") % {"row": row},
            required=False,
            max_length=300,
            widget=forms.TextInput(attrs={"list": "all-posts", "autocomplete": "off"}),
        )
        self.fields[f"place_{row}"] = forms.IntegerField(
            label=_("Place of post %(row)d") % {"row": row},
            required=False,
            min_value=1,
            max_value=10_000,
            initial=row,
        )

    def posts(self) -> list[Post]:
        given = self.cleaned_data
        rows = [
            (given.get(f"place_{row}") or row, row, post)
            for row in self.rows
            if (post := given.get(f"post_{row}")) is not None
        ]
        return [post for _place, _row, post in sorted(rows, key=lambda one: one[:2])]

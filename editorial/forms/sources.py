"""A few sources in one form: an address, what it is, and for which side it speaks."""

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from editorial.forms.fields import LineField, SourceField
from editorial.models import Stance
from editorial.points import Source

MOST_SOURCES = 4
PARTS = ("source", "source_title", "source_stance")


class SourcesForm(forms.Form):
    """A form that has rows for sources; one without an address is none."""

    needed_at_times: tuple[str, ...] = ()

    def add_rows_for_sources(self) -> None:
        """Add the fields of all rows; the names of the first have no number."""
        for row in range(MOST_SOURCES):
            address, title, stance = _names(row)
            self.fields[address] = SourceField()
            self.fields[title] = LineField(label=_("Its title"), required=False, max_length=200)
            self.fields[stance] = forms.ChoiceField(
                label=_("What does it say?"),
                choices=Stance.choices,
                initial=Stance.DISPUTES,
                required=False,
            )

    @property
    def first_source(self) -> list[BoundField]:
        return [self[name] for name in _names(0)]

    @property
    def more_sources(self) -> list[list[BoundField]]:
        return [[self[name] for name in _names(row)] for row in range(1, MOST_SOURCES)]

    @property
    def has_more_sources(self) -> bool:
        """Whether something stands in the rows that are folded away."""
        return any(row[0].value() or row[0].errors for row in self.more_sources)

    def sources(self) -> tuple[Source, ...]:
        rows = [
            [self.cleaned_data.get(name) for name in _names(row)] for row in range(MOST_SOURCES)
        ]
        return tuple(
            Source(url, title or "", Stance(stance or Stance.DISPUTES))
            for url, title, stance in rows
            if url
        )


def _names(row: int) -> list[str]:
    return [name if row == 0 else f"{name}_{row + 1}" for name in PARTS]

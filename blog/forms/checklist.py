"""How much each item of the checklist is needed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from blog.models import CheckItem, Need


class ChecklistForm(forms.Form):
    """One choice for each item."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, needs: Mapping[CheckItem, Need]
    ) -> None:
        super().__init__(data)
        for item, need in needs.items():
            self.fields[item.value] = forms.ChoiceField(
                label=item.label, choices=Need.choices, initial=need, widget=forms.RadioSelect
            )

    def needs(self) -> dict[CheckItem, Need]:
        return {item: Need(self.cleaned_data[item.value]) for item in CheckItem}

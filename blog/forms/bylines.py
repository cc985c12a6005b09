"""Who signs a post beside its first author."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from blog.bylines import Signature
from blog.models import BylineRole, Post

EMPTY_ROWS = 2  # always; saving gives new ones


class BylinesForm(forms.Form):
    """A row for each name: saved in this order, and without those left empty."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: Post) -> None:
        super().__init__(data)
        signed = list(post.bylines.all())
        self.rows = range(1, len(signed) + EMPTY_ROWS + 1)
        others = Profile.objects.exclude(pk=post.author_id)
        for row in self.rows:
            self.fields[f"profile_{row}"] = forms.ModelChoiceField(
                others, label=_("Name %(row)d") % {"row": row}, required=False
            )
            self.fields[f"role_{row}"] = forms.ChoiceField(
                label=_("Role of name %(row)d") % {"row": row},
                choices=BylineRole.choices,
                required=False,
            )
        for row, byline in enumerate(signed, start=1):
            self.initial[f"profile_{row}"] = byline.profile_id
            self.initial[f"role_{row}"] = byline.role

    def signatures(self) -> list[Signature]:
        given = self.cleaned_data
        rows = [(given.get(f"profile_{row}"), given.get(f"role_{row}")) for row in self.rows]
        return [
            Signature(profile, BylineRole(role or BylineRole.CO_AUTHOR))
            for profile, role in rows
            if profile is not None
        ]

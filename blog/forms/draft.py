"""What is said beside a draft."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.draft_comments import LONGEST
from blog.draft_suggestions import LONGEST as LONGEST_PROPOSED
from blog.forms.fields import LineField
from blog.forms.notes import WhereForm
from blog.models import Post


class SayForm(WhereForm):
    """Something about words of the working text, or about the whole; editors may propose others."""

    text = forms.CharField(
        label=_("Your comment"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    proposed = LineField(
        label=_("Propose other words in their place"),
        required=False,
        max_length=LONGEST_PROPOSED,
        help_text=_("The author accepts or declines them. For words within one paragraph."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, post: Post, may_propose: bool
    ) -> None:
        super().__init__(data, post=post)
        words = self.fields["words"]
        words.required = False
        words.help_text = gettext("Select them in the text. Empty: it is about the whole text.")
        if not may_propose:
            del self.fields["proposed"]

    def seen(self) -> int | None:
        return self.post.version

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if not given.get("text") and not given.get("proposed"):
            raise forms.ValidationError(gettext("Please write a comment, or propose other words."))
        if given.get("proposed") and not given.get("words"):
            self.add_error("words", gettext("Which words should be replaced?"))

    @property
    def wording(self) -> str:
        words: str = self.cleaned_data.get("proposed", "")
        return words

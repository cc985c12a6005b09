"""What the publisher fills in to do something to a post as a whole; each form names its result."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog import sentences
from blog.forms.fields import LineField, WordsField
from blog.forms.review import EDIT_CHOICES
from blog.models import EditLabel, Post

GAP = "[…]"  # stands in suggested texts where only the publisher knows what belongs


class WholePostForm(forms.Form):
    """Bound to the version of the post that was on the screen, and confirmed by a tick."""

    is_sure = forms.BooleanField(label=_("This is done to the whole post, and I mean it"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("text", "note", "label", "reason", "is_sure", "version")

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: Post) -> None:
        super().__init__(data, initial={"version": post.version}, prefix=self.default_prefix)

    default_prefix = ""

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if GAP in text:
            raise forms.ValidationError(gettext("Please complete the text where it says […]."))
        return text

    def facts(self) -> dict[str, Any]:
        """What the rule is told."""
        return {name: told for name, told in self.cleaned_data.items() if name != "is_sure"}


class RetractForm(WholePostForm):
    default_prefix = "retract"
    text = WordsField(
        label=_("The retraction, for readers"),
        help_text=_("Why the post cannot be relied on. Do not name whom to blame."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: Post) -> None:
        super().__init__(data, post=post)
        self.initial["text"] = sentences.reasons_to_retract()


class ReinstateForm(WholePostForm):
    default_prefix = "reinstate"
    text = WordsField(
        label=_("The editor's note, for readers"),
        help_text=_("Why they may rely on the post again. It takes the place of the retraction."),
    )


class UnpublishForm(WholePostForm):
    default_prefix = "unpublish"
    note = WordsField(
        label=_("A note at its address, for readers"),
        required=False,
        help_text=_("Left empty, nothing stands there: as if there were no such page."),
    )


class PublishAgainForm(WholePostForm):
    """What changed meanwhile is asked only where something did."""

    default_prefix = "again"
    label = forms.ChoiceField(
        label=_("What kind of edit was made meanwhile?"),
        choices=EDIT_CHOICES,
        widget=forms.RadioSelect,
    )
    reason = LineField(label=_("What changed, in a few words"), max_length=300, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: Post) -> None:
        super().__init__(data, post=post)
        if not post.has_unpublished_changes:
            del self.fields["label"], self.fields["reason"]

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        return facts | ({"label": EditLabel(facts["label"])} if "label" in facts else {})


class RemoveForm(WholePostForm):
    default_prefix = "remove"
    text = WordsField(
        label=_("The notice that stands in its place"),
        help_text=_("Why it was removed, without the words that had to go. It stays for good."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: Post) -> None:
        super().__init__(data, post=post)
        self.initial["text"] = sentences.reasons_to_remove()

"""What an author fills in."""

from secrets import token_hex

from django import forms
from django.utils.translation import gettext_lazy as _

from blog import autosaves
from blog.forms.fields import LONGEST_TEXT, LineField, RichTextField, WordsField
from blog.models import Autosave, Post
from blog.workflow import Draft


class SittingField(forms.RegexField):
    """Which opened page the words come from."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(r"^[0-9a-f]{16}$", required=required, widget=forms.HiddenInput)


class BeginForm(forms.Form):
    """The title a post begins with."""

    title = LineField(label=_("Title of a new post"), max_length=200)


class PostForm(forms.Form):
    """The words of a post, and the version that the writer saw when they began to type."""

    needed_at_times = ("body",)

    title = LineField(label=_("Title"), max_length=200)
    summary = LineField(
        label=_("Summary"),
        max_length=300,
        required=False,
        help_text=_("One or two sentences that stand in lists of posts and in search results."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    body = RichTextField(label=_("Text"))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    sitting = SittingField()
    is_over = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def draft(self) -> Draft:
        return Draft(
            title=self.cleaned_data["title"],
            summary=self.cleaned_data["summary"],
            body=self.cleaned_data["body"],
        )

    def is_stale(self, post: Post) -> bool:
        """Whether the post was saved by somebody else after the writer opened it."""
        given = getattr(self, "cleaned_data", {}).get("version")
        return given is not None and given != post.version

    def catch_up_with(self, post: Post) -> None:
        """Keep what was typed, but let the next save replace the text as it is now."""
        typed = {name: self.data[name] for name in self.data}
        self.data = typed | {"version": str(post.version), "is_over": "on"}


def words_of(post: Post) -> dict[str, object]:
    """What a writer finds in the form."""
    return {
        "title": post.title,
        "summary": post.summary,
        "body": post.body,
        "version": post.version,
        "sitting": token_hex(8),
    }


def kept_words_of(kept: Autosave) -> dict[str, object]:
    """What was typed before, on top of the version that was open then."""
    words = autosaves.words_of(kept)
    return {
        "title": words.title,
        "summary": words.summary,
        "body": words.body,
        "version": kept.base_version,
        "sitting": kept.sitting,
    }


class KeepForm(forms.Form):
    """Words in the middle of being typed: they may still be anything but too long."""

    title = LineField(max_length=200, required=False)
    summary = LineField(max_length=300, required=False)
    body = forms.CharField(max_length=LONGEST_TEXT, required=False, strip=False)
    version = forms.IntegerField(min_value=0)
    sitting = SittingField(required=True)

    def draft(self) -> Draft:
        words = self.cleaned_data
        body = words["body"].replace("\r\n", "\n")
        return Draft(title=words["title"], summary=words["summary"], body=body)


class TakeBackForm(forms.Form):
    message = WordsField(label=_("A message to the editors"), required=False, rows=3)


class SubmitForm(forms.Form):
    message = WordsField(
        label=_("A message to the editors"),
        required=False,
        help_text=_("For example what you would like a second pair of eyes on."),
    )

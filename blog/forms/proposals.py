"""An edit that an author proposes, and what editors answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.fields import LineField, RichTextField, WordsField
from blog.models import EditProposal, Post
from blog.workflow import Draft


class ProposalForm(forms.Form):
    """The whole text as its author would have it; `base` is the version they began with."""

    title = LineField(label=_("Title"), max_length=200)
    summary = LineField(
        label=_("Summary"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    body = RichTextField(label=_("Text"))
    message = WordsField(
        label=_("What should change, and why?"),
        required=False,
        help_text=_("For the editors: they decide, and tell readers what changed."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def draft(self) -> Draft:
        given = self.cleaned_data
        return Draft(given["title"], given["summary"], given["body"])


def begun_with(post: Post, proposal: EditProposal | None) -> dict[str, object]:
    """One's open proposal, if it is about the version that readers see; else that version."""
    head = post.head
    if proposal is not None and proposal.base_id == post.head_id:
        said = {name: getattr(proposal, name) for name in ("title", "summary", "body", "message")}
        return {**said, "base": post.head_id}
    if head is None:
        return {}
    texts = {"title": head.title, "summary": head.summary, "body": head.body_html}
    return {**texts, "base": post.head_id}


class AnswerForm(forms.Form):
    message = WordsField(label=_("Why it stays as it is"), help_text=_("The author is told."))

"""What an author fills in who is heard before a decision, and what editors do to hear them."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal
from blog.models.passage import PassageField
from editorial.forms.fields import PlainField
from editorial.mail import author_url
from editorial.models import AuthorReply, Dispute
from editorial.replies import Said

LONGEST_REPLY = 2_000


class ReplyForm(forms.Form):
    """The author's box for one dispute; one page may hold several."""

    needed_at_times = ("text",)

    text = PlainField(
        label=_("Your answer"),
        rows=5,
        required=False,
        most=LONGEST_REPLY,
        help_text=_("Published with the decision. You can change it until then."),
    )
    has_no_comment = forms.BooleanField(label=_("I do not wish to comment"), required=False)
    agrees = forms.BooleanField(label=_("I agree to this wording"), required=False)
    wording = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, dispute: Dispute, kept: AuthorReply | None) -> None:
        self.dispute, self.kept = dispute, kept
        initial: dict[str, object] = {}
        if kept is not None:
            initial = {
                "text": kept.text,
                "has_no_comment": kept.is_without_comment,
                "agrees": kept.agreed_at is not None,
                "wording": kept.proposed,
            }
        super().__init__(data, initial=initial, prefix=dispute.public_id)
        if kept is None or not kept.proposed:
            del self.fields["agrees"], self.fields["wording"]

    @property
    def quotes(self) -> list[str]:
        """The words that were questioned, where the statement does not repeat them."""
        claim = self.dispute.claim
        words = [one.exact for one in claim.passages.all() if one.field == PassageField.BODY]
        return [exact for exact in words if exact != claim.statement]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("text") and given.get("has_no_comment"):
            sentence = gettext("Please either answer, or say that you do not wish to comment.")
            self.add_error("has_no_comment", sentence)
        return given

    @property
    def says_nothing(self) -> bool:
        """Whether the box was sent empty, and was empty before."""
        was_empty = self.kept is None or not (self.kept.replied_at or self.kept.agreed_at)
        given = self.cleaned_data
        return was_empty and not any(
            given.get(name) for name in ("text", "has_no_comment", "agrees")
        )

    def ask_for_words(self) -> None:
        self.add_error("text", gettext("Please answer, or say that you do not wish to comment."))

    def said(self) -> Said:
        given = self.cleaned_data
        agrees_to = given.get("wording", "") if given.get("agrees") else ""
        return Said(given["text"], given["has_no_comment"], agrees_to.replace("\r\n", "\n"))

    def take(self, refusal: Refusal) -> None:
        """Say why it was refused, and show the wording that is proposed now."""
        self.add_error(None, refusal.sentence)
        self.kept = AuthorReply.objects.filter(dispute=self.dispute).first()
        if "wording" in self.fields and self.kept is not None:
            typed = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            typed[self.add_prefix("wording")] = self.kept.proposed
            typed.pop(self.add_prefix("agrees"), None)
            self.data = typed


class ProposeForm(forms.Form):
    """The wording that editors offer the author."""

    wording = PlainField(
        label=_("The wording that you propose"),
        rows=3,
        most=LONGEST_REPLY,
        help_text=_("The author gets it by mail and can agree to it. Nobody else sees it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PassOnForm(forms.Form):
    """What the author told the editors another way."""

    needed_at_times = ("text",)

    text = PlainField(
        label=_("What the author answered"),
        rows=3,
        required=False,
        most=LONGEST_REPLY,
        help_text=_("In the author's words. Readers see that an editor passed it on."),
    )
    has_no_comment = forms.BooleanField(
        label=_("The author does not wish to comment"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        version = said.pop("version")
        return {"said": Said(**said), "version": version}


class AskForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class Hearing:
    """All that the screen of a dispute shows of the author's right of reply."""

    def __init__(self, dispute: Dispute) -> None:
        self.dispute = dispute
        self.author = dispute.claim.post.author
        self.link = author_url(dispute.claim.post)
        self.kept = AuthorReply.objects.filter(dispute=dispute).first()
        seen = {"version": dispute.version}
        proposed = self.kept.proposed if self.kept else ""
        self.propose = ProposeForm(initial={**seen, "wording": proposed}, prefix="propose")
        self.pass_on = PassOnForm(initial=seen, prefix="pass-on")
        self.ask = AskForm(initial=seen, prefix="ask")

    @property
    def may_be_asked(self) -> bool:
        """Whether nothing was heard, and no time for it is running."""
        kept = self.kept
        return kept is None or not (kept.replied_at or kept.is_running)

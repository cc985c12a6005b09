"""What an editor fills in to decide: a case for each dispute, and what they share."""

import json
import re
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.refusals import Refusal
from accounts.roles import is_publisher
from blog import richtext
from blog.forms.fields import RichTextField
from blog.models import Notice, Post, Revision, Severity
from editorial import consultations, honesty, suggestions
from editorial.decisions import Edit
from editorial.forms import taken_back
from editorial.forms.fields import LineField, PlainField
from editorial.forms.triage import SummaryField
from editorial.models import Dispute, Finding, Remedy
from editorial.rulings import GAP, Case, faults, offered_to

_BETWEEN_TAGS = re.compile(r">\s+<")


class CaseForm(forms.Form):
    """Finding and remedy about one dispute, and what readers are told."""

    needed_at_times = ("summary", "reason", "notice", "note", "earlier_notice", "is_sure")

    finding = forms.ChoiceField(
        label=_("What did you find?"), choices=Finding.choices, widget=forms.RadioSelect
    )
    remedy = forms.ChoiceField(
        label=_("What is done about it?"),
        choices=Remedy.choices,
        widget=forms.RadioSelect,
    )
    reason = PlainField(
        label=_("The reason, for readers"),
        rows=3,
        required=False,
        most=2_000,
        help_text=_("Needed when nothing is changed: at least a sentence."),
    )
    notice = PlainField(
        label=_("The notice, for readers"),
        rows=4,
        required=False,
        help_text=_(
            "What was said, as far as needed to understand, and what is right. Its kind and the "
            "date are put before it. Do not name whom to blame."
        ),
    )
    severity = forms.ChoiceField(
        label=_("How grave is it?"), choices=Severity.choices, initial=Severity.MINOR
    )
    note = PlainField(
        label=_("An editor's note beside the passage"),
        rows=2,
        required=False,
        most=1_000,
        help_text=_("Signed with your name. The author's words stay as they are."),
    )
    earlier_notice = forms.ModelChoiceField(
        label=_("The earlier notice"),
        queryset=Notice.objects.none(),
        required=False,
        help_text=_("Only if it was dealt with before."),
    )
    promises_follow_up = forms.BooleanField(label=_("We promise a follow-up post"), required=False)
    due_on = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    is_sure = forms.BooleanField(
        label=_("This is done to the whole post, and I mean it"), required=False
    )
    tells_consulted = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dispute: Dispute, words: str, editor: Person) -> None:
        prefix = f"case-{dispute.public_id}"
        initial = taken_back.typed(dispute) if data is None else {}
        super().__init__(data, initial={**initial, "version": dispute.version}, prefix=prefix)
        self.dispute, self.words, self.offered = dispute, words, offered_to(editor)
        if dispute.is_unseen:
            self.fields["summary"] = SummaryField()
            self.fields["summary"].required = False
        offered = [(remedy, remedy.label) for remedy in self.offered]
        self.fields["remedy"].choices = offered  # type: ignore[attr-defined]
        if not is_publisher(editor):
            del self.fields["is_sure"]
        notices = Notice.objects.told().filter(post=dispute.claim.post_id).newest_first()
        self.fields["earlier_notice"].queryset = notices  # type: ignore[attr-defined]
        self._offer_to_tell(consultations.number_asked(dispute))

    def _offer_to_tell(self, colleagues: int) -> None:
        """Readers hear that colleagues were asked only where an editor wants it."""
        if not colleagues:
            del self.fields["tells_consulted"]
            return
        sentence = ngettext(
            "Tell readers that we asked a colleague",
            "Tell readers that we asked %(number)d colleagues",
            colleagues,
        )
        self.fields["tells_consulted"].label = sentence % {"number": colleagues}

    def judge(self, *, is_edited: bool) -> None:
        """Say at once all that the rules would refuse, beside the fields where it is mended."""
        if not {"finding", "remedy", "severity", "version"} <= self.cleaned_data.keys():
            return
        for field, sentence in faults(self.case(), is_edited=is_edited):
            if field == "notice" and not self.cleaned_data.get("notice"):
                self._suggest(Remedy(self.cleaned_data["remedy"]))
            elif field not in self.errors:
                self.add_error(field, sentence)

    def _suggest(self, remedy: Remedy) -> None:
        if "notice" in self.errors:
            return
        typed = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        typed[self.add_prefix("notice")] = suggestions.notice(remedy, self.dispute, self.words)
        self.data = typed
        sentence = gettext("Please complete this suggestion where it says %(gap)s.")
        self.add_error("notice", sentence % {"gap": GAP})

    @property
    def allowed(self) -> str:
        """The honesty table for a script, which only helps to choose: the server decides."""
        return json.dumps({finding: honesty.ALLOWED[finding] for finding in Finding})

    @property
    def suggested(self) -> list[tuple[Remedy, str]]:
        return suggestions.notices(self.dispute, self.words)

    @property
    def buttons(self) -> list[tuple[Remedy, str]]:
        return [(remedy, suggestions.button(remedy)) for remedy in self.offered]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Label and words of every field that holds any, for somebody who came too late."""
        filled = ((field, field.value()) for field in self.visible_fields())
        return [(str(field.label), _in_words(field, given)) for field, given in filled if given]

    def case(self) -> Case:
        given = dict(self.cleaned_data)
        return Case(
            dispute=self.dispute,
            finding=Finding(given.pop("finding")),
            remedy=Remedy(given.pop("remedy")),
            severity=Severity(given.pop("severity")),
            **given,
        )


class TextForm(forms.Form):
    """The words of the post, and what is said in the discussion; bound to the revision seen."""

    needed_at_times = ("body",)

    title = LineField(label=_("Title"), max_length=200)
    body = RichTextField(
        label=_("The text of the post"),
        rows=14,
        help_text=_("Change the words here; left as it is, no new version is made."),
    )
    answer = PlainField(
        label=_("Official answer in the discussion"),
        rows=4,
        required=False,
        help_text=_("Published at once under the comment, in the name of the publication."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput)
    waiting = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        head: Revision,
        has_comment: bool,
        edit: Post | None = None,
        again: Revision | None = None,
    ) -> None:
        """The text to start from is that of `edit`, a post with an unpublished edit, or `again`,
        of a decision that was taken back; else what readers see."""
        text = again or head
        initial = {"title": text.title, "body": text.body_html, "base": head.number}
        if edit is not None:
            initial |= {"title": edit.title, "body": edit.body, "waiting": edit.version}
        super().__init__(data, initial=initial)
        self.head = head
        if not has_comment:
            del self.fields["answer"]

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if not body:
            raise forms.ValidationError(gettext("The text of a published post cannot be emptied."))
        return body

    def edit(self, base: Revision) -> Edit | None:
        """The new words; None where the editor left everything as it was."""
        given = self.cleaned_data
        was = (base.title, _level(richtext.clean(base.body_html)))
        if (given["title"], _level(given["body"])) == was:
            return None
        return Edit(body=given["body"], title=given["title"], waiting=given["waiting"])

    def take(self, refusal: Refusal) -> None:
        self.add_error(None, refusal.sentence)


def _in_words(field: forms.BoundField, given: object) -> str:
    """A choice by its label, anything else as it was typed."""
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(given, given))


def _level(html: str) -> str:
    """Markup without the white space between tags, which editors set as they like."""
    return _BETWEEN_TAGS.sub("><", html.strip())

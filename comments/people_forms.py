"""What a moderator fills in about a participant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from comments import participants, sanctions
from comments.forms import or_say
from comments.models import Participant, Sanction
from comments.words import fit

SANCTIONS = (
    ("hold", _("Hold every comment of theirs")),
    ("1", _("Suspend for an hour")),
    ("3", _("Suspend for three hours")),
    ("24", _("Suspend for a day")),
    ("168", _("Suspend for a week")),
    ("ban", _("Ban until it is lifted")),
)
FATES = (
    ("keep", _("Leave them as they are")),
    ("reject", _("Take them down and reject those that wait")),
    ("spam", _("Call them all spam, and tell the spam check so")),
)


class SanctionForm(forms.Form):
    """Which sanction, why, and with a ban what becomes of their comments."""

    kind = forms.ChoiceField(label=_("Sanction"), choices=SANCTIONS, widget=forms.RadioSelect)
    their_comments = forms.ChoiceField(
        label=_("Their comments"),
        choices=FATES,
        initial="keep",
        help_text=_("Only with a ban. Lifting it later does not bring comments back."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=sanctions.MOST_IN_REASON,
        help_text=_("Moderators read it; the person does not."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_reason(self) -> str:
        return or_say(fit, self.cleaned_data["reason"])

    def act(self, participant: Participant, *, moderator: Person) -> Sanction:
        """Ask the rule for what was chosen."""
        given: dict[str, Any] = {"moderator": moderator, "reason": self.cleaned_data["reason"]}
        kind = self.cleaned_data["kind"]
        if kind == "hold":
            return sanctions.hold(participant, **given)
        if kind == "ban":
            given["their_comments"] = self.cleaned_data["their_comments"]
            return sanctions.ban(participant, **given)
        return sanctions.suspend(participant, hours=int(kind), **given)


class NoteForm(forms.Form):
    """What the other moderators should know."""

    text = forms.CharField(
        label=_("A note for moderators"),
        max_length=participants.MOST_IN_NOTE,
        help_text=_("Nobody else ever sees it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_text(self) -> str:
        return or_say(fit, self.cleaned_data["text"])

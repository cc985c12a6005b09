"""Words that are under review already: a reader may add to that dispute instead of a new one."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.models import Dispute
from editorial.models.dispute import DisputeQuerySet

ANOTHER = "another"


class JoiningForm(forms.Form):
    """Asks once, before anything is stored; `joined` is the public dispute that was chosen."""

    joins = forms.CharField(
        label=_("This statement is under review already"),
        required=False,
        widget=forms.RadioSelect,
    )
    joined: Dispute | None = None

    def ask_to_join(self, public: DisputeQuerySet) -> None:
        """Take the answer, or ask for one when there is something to join."""
        known = {one.public_id: one for one in public}
        answer = self.cleaned_data.get("joins", "")
        self.joined = known.get(answer)
        if not known or self.joined or answer == ANOTHER:
            return
        add = gettext("Add my words and sources to the open dispute: “%(summary)s”")
        choices = [(key, add % {"summary": one.public_summary}) for key, one in known.items()]
        choices.append((ANOTHER, gettext("What I report is another error")))
        field = self.fields["joins"]
        field.widget.choices = choices
        self.add_error("joins", gettext("Please choose what to do with your report."))

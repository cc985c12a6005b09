"""What an editor says to the author with each step of a review."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.forms.fields import WordsField
from blog.forms.review import DayField


class MoveForm(forms.Form):
    """Words to the author; needed or not. `gets_mail` says whether somebody will read them."""

    message = WordsField(label=_("A message to the author"), required=False, rows=3)

    def __init__(self, data: Mapping[str, Any] | None = None, *, gets_mail: bool) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s")
        self.fields["message"].help_text = (
            gettext("The author gets these words by mail.")
            if gets_mail
            else gettext("Nobody gets a mail: these words are kept with the post for editors.")
        )


class TakeUpForm(MoveForm):
    pass


class AcceptForm(MoveForm):
    pass


class RequestChangesForm(MoveForm):
    message = WordsField(label=_("What should change?"))
    author_due_on = DayField(label=_("By when?"))


class DeclineForm(MoveForm):
    message = WordsField(label=_("Why do you not take it?"))


class ReopenForm(MoveForm):
    message = WordsField(label=_("Why do you look at it again?"), rows=3)

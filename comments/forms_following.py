"""What somebody fills in to hear of a discussion, or to stop hearing of it."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from comments.models import Follow, Pace, Scope
from comments.words import MOST_IN_EMAIL

NOTHING = "nothing"


class AddressForm(forms.Form):
    """An address that a mail may go to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=MOST_IN_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only used for these mails; never shown."),
    )


class PaceForm(forms.Form):
    """How often somebody wants to hear of all that they follow."""

    pace = forms.ChoiceField(
        label=_("How often?"),
        choices=Pace.choices,
        initial=Pace.AT_ONCE,
        widget=forms.RadioSelect,
        help_text=_("This holds for all discussions that you follow."),
    )


class FollowForm(AddressForm, PaceForm):
    """Following one discussion without saying anything in it."""

    scope = forms.ChoiceField(
        label=_("Tell me about"),
        choices=[
            (Scope.DISCUSSION.value, Scope.DISCUSSION.label),
            (Scope.REPLIES.value, Scope.REPLIES.label),
            (NOTHING, _("Nothing any more")),
        ],
        initial=Scope.DISCUSSION,
        widget=forms.RadioSelect,
    )
    field_order = ("email", "scope", "pace")

    def __init__(self, *args: Any, person: Person | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(person, Person):
            del self.fields["email"]

    def clean_scope(self) -> str:
        """What to hear of, "" for nothing."""
        scope: str = self.cleaned_data["scope"]
        return "" if scope == NOTHING else scope


class ScopeForm(forms.Form):
    """One line of the page of all subscriptions."""

    scope = forms.ChoiceField(label=_("What"), choices=Scope.choices)

    def __init__(self, follow: Follow) -> None:
        super().__init__(initial={"scope": follow.scope}, auto_id=f"follow-{follow.pk}-%s")
        self.follow = follow

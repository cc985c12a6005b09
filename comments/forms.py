"""The comment form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Person
from accounts.refusals import Refusal
from blog.models import Post
from comments import markdown, tickets
from comments.discussion import parent_in
from comments.models import PostComment, Scope
from comments.words import (
    MOST_IN_EMAIL,
    MOST_IN_NAME,
    MOST_IN_URL,
    SCHEMES,
    Guest,
    fit,
    fit_comment,
)

SHORTEST = 3.0  # seconds in which nobody reads a form and fills it in


class CommentForm(forms.Form):
    """What somebody wants to say; who is signed in is not asked for a name."""

    text = forms.CharField(
        label=_lazy("Comment"),
        widget=forms.Textarea(attrs={"rows": 8}),
        strip=False,
        help_text=_lazy("*emphasis*, > quotes, lists, `code` and links work."),
    )
    name = forms.CharField(
        label=_lazy("Name"),
        max_length=MOST_IN_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_lazy("E-mail address"),
        max_length=MOST_IN_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_lazy("Your e-mail address will not be published."),
    )
    url = forms.URLField(
        label=_lazy("Website"),
        max_length=MOST_IN_URL,
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
        validators=[URLValidator(schemes=SCHEMES)],
    )
    follow = forms.ChoiceField(
        label=_lazy("Tell me by mail about"),
        required=False,
        choices=[("", _lazy("Nothing")), *Scope.choices],
    )
    reply_to = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    ticket = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, post: Post, person: Person | AnonymousUser, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.post, self.person = post, person
        self.parent: PostComment | None = None
        self.key: UUID | None = None
        self.auto_id = f"comment-{self['reply_to'].value() or 'new'}-%s"
        if isinstance(person, Person):
            for name in ("name", "email", "url"):
                del self.fields[name]

    @property
    def by(self) -> Person | Guest:
        """Who speaks: the account, whatever else was sent."""
        if isinstance(self.person, Person):
            return self.person
        return Guest(*(self.cleaned_data[name] for name in ("name", "email", "url")))

    def preview(self) -> str:
        """The words as they would look, "" if they cannot be sent; no other field is judged."""
        html = "" if "text" in self.errors else markdown.render(self.cleaned_data["text"])
        for name in [name for name in self.errors if name != "text"]:
            del self.errors[name]
        return html

    def clean_text(self) -> str:
        return _or_say(fit_comment, self.cleaned_data["text"])

    def clean_name(self) -> str:
        return _or_say(fit, self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Look at the parent and at the ticket; a new ticket replaces one that is of no use."""
        facts = super().clean() or self.cleaned_data
        try:
            self.parent = parent_in(self.post, facts.get("reply_to", ""))
        except Refusal as refusal:
            self.add_error(None, refusal.sentence)
        ticket = tickets.read(facts.get("ticket", ""), post=self.post)
        if ticket is None:
            self.data = {**dict(self.data.items()), "ticket": tickets.hand_out(self.post)}
            self.add_error(None, _("This form was open for too long. Please send it again."))
        elif ticket.age < SHORTEST:
            self.add_error(None, _("That was very quick. Please send it again in a few seconds."))
        else:
            self.key = ticket.key
        return facts


def _or_say(check: Callable[[str], str], text: str) -> str:
    """What the rule makes of the text, or its sentence beside the field."""
    try:
        return check(text)
    except Refusal as refusal:
        raise ValidationError(refusal.sentence) from None

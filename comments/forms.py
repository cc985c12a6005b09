"""What visitors fill in: a comment, an edit of one, a report on one."""

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
from comments.flagging import MOST_IN_WORDS
from comments.models import FlagReason, PostComment, Scope
from comments.words import (
    MOST_IN_EMAIL,
    MOST_IN_NAME,
    MOST_IN_QUOTE,
    MOST_IN_URL,
    SCHEMES,
    Guest,
    fit,
    fit_comment,
    fit_quote,
    with_quote,
)

SHORTEST = 3.0  # seconds in which nobody reads a form and fills it in


class TicketForm(forms.Form):
    """A form that was handed out for one thing, and not a moment ago; `key` says which one it is.

    A new ticket replaces one that is of no use.
    """

    ticket = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: Post | PostComment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.key: UUID | None = None

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        ticket = tickets.read(facts.get("ticket", ""), about=self.about)
        if ticket is None:
            self.data = {**dict(self.data.items()), "ticket": tickets.hand_out(self.about)}
            self.add_error(None, _("This form was open for too long. Please send it again."))
        elif ticket.age < SHORTEST:
            self.add_error(None, _("That was very quick. Please send it again in a few seconds."))
        else:
            self.key = ticket.key
        return facts


class CommentForm(TicketForm):
    """What somebody wants to say; who is signed in is not asked for a name."""

    quote = forms.CharField(
        label=_lazy("Quote"),
        max_length=MOST_IN_QUOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        strip=False,
        help_text=_lazy("Words of the post or of a comment; they are set above what you say."),
    )
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
    remember = forms.BooleanField(
        label=_lazy("Remember my name and address in this browser"), required=False
    )
    reply_to = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, post: Post, person: Person | AnonymousUser, **kwargs: Any
    ) -> None:
        super().__init__(*args, about=post, **kwargs)
        self.post, self.person = post, person
        self.parent: PostComment | None = None
        self.auto_id = f"comment-{self['reply_to'].value() or 'new'}-%s"
        if isinstance(person, Person):
            for name in ("name", "email", "url", "remember"):
                del self.fields[name]

    def begin_at(self) -> None:
        """Put the cursor where something is to be written: into what was refused, or the words."""
        refused = [field.name for field in self.visible_fields() if field.errors]
        self.fields[refused[0] if refused else "text"].widget.attrs["autofocus"] = True

    @property
    def by(self) -> Person | Guest:
        """Who speaks: the account, whatever else was sent."""
        if isinstance(self.person, Person):
            return self.person
        return Guest(*(self.cleaned_data[name] for name in ("name", "email", "url")))

    @property
    def words(self) -> str:
        """What is said: the quote, if there is one, and the text below it."""
        return with_quote(self.cleaned_data["quote"], self.cleaned_data["text"])

    @property
    def has_quote(self) -> bool:
        """Whether there is something to see in the field for a quote."""
        return bool(self["quote"].value() or self["quote"].errors)

    def preview(self) -> str:
        """The words as they would look, "" if they cannot be sent; no other field is judged."""
        html = "" if {"quote", "text"} & set(self.errors) else markdown.render(self.words)
        for name in [name for name in self.errors if name not in ("quote", "text")]:
            del self.errors[name]
        return html

    def clean_quote(self) -> str:
        return or_say(fit_quote, self.cleaned_data["quote"])

    def clean_text(self) -> str:
        return or_say(fit_comment, self.cleaned_data["text"])

    def clean_name(self) -> str:
        return or_say(fit, self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Look at the parent too."""
        facts = super().clean()
        try:
            self.parent = parent_in(self.post, facts.get("reply_to", ""))
        except Refusal as refusal:
            self.add_error(None, refusal.sentence)
        return facts


class EditForm(forms.Form):
    """One's own words, to be said differently; `seen` is the version that was looked at."""

    text = forms.CharField(
        label=_lazy("Comment"),
        widget=forms.Textarea(attrs={"rows": 10}),
        strip=False,
        help_text=_lazy("*emphasis*, > quotes, lists, `code` and links work."),
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return or_say(fit_comment, self.cleaned_data["text"])


class FlagForm(TicketForm):
    """Why a moderator should look at a comment; who is known is not asked for an address."""

    reason = forms.ChoiceField(
        label=_lazy("What is wrong with it?"), choices=FlagReason, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_lazy("In your words"),
        max_length=MOST_IN_WORDS,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("Needed if you choose another reason."),
    )
    email = forms.EmailField(
        label=_lazy("E-mail address"),
        max_length=MOST_IN_EMAIL,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_lazy("Nothing is sent to an address that we do not know to be yours."),
    )

    def __init__(self, *args: Any, about: PostComment, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        if is_known:
            del self.fields["email"]

    def clean_words(self) -> str:
        return or_say(fit, self.cleaned_data["words"])

    def clean(self) -> dict[str, Any]:
        """Another reason needs words, which is said beside them."""
        facts = super().clean()
        if facts.get("reason") == FlagReason.OTHER and not facts.get("words"):
            self.add_error("words", _("Please say in your words what is wrong with the comment."))
        return facts


def or_say(check: Callable[[str], str], text: str) -> str:
    """What the rule makes of the text, or its sentence beside the field."""
    try:
        return check(text)
    except Refusal as refusal:
        raise ValidationError(refusal.sentence) from None

"""How an editor invites somebody to write."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog import steps
from blog.forms.fields import LineField, WordsField
from blog.guests import LONGEST_DAYS, Invitation
from blog.models import Post
from blog.models.post import PostQuerySet


def waiting_for_an_author() -> PostQuerySet:
    """Posts that nobody can write who signs them: no login, or one that was never used."""
    unsigned = Q(author__person=None) | Q(author__person__last_login=None)
    return Post.objects.filter(unsigned, state__in=steps.UNSEEN).order_by("-pk")


class InviteForm(forms.Form):
    name = LineField(
        label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    title = LineField(
        label=_("Title of the post"),
        max_length=200,
        required=False,
        help_text=_("A proposal; the author can change it."),
    )
    post = forms.ModelChoiceField(
        Post.objects.none(),
        label=_("Or a post that was begun already"),
        required=False,
        empty_label=_("A new post"),
        help_text=_("Posts whose author cannot sign in, or never has."),
    )
    message = WordsField(
        label=_("A message"),
        rows=6,
        required=False,
        help_text=_("Stands in the mail: what you would like to read about, for whom, how long."),
    )
    due = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    days = forms.IntegerField(
        label=_("Days that the link works"),
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("Whoever has an account gets no link: they sign in."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: str = "") -> None:
        initial = {"days": settings.GUEST_LINK_DAYS, "post": post}
        super().__init__(data, initial=initial)
        self.fields["post"].queryset = waiting_for_an_author()  # type: ignore[attr-defined]

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise forms.ValidationError(gettext("This day has passed."))
        return due

    def clean(self) -> None:
        given = self.cleaned_data
        if not given.get("title") and not given.get("post") and "post" not in self.errors:
            self.add_error("title", gettext("What shall it be about? Please give it a title."))

    def invitation(self) -> Invitation:
        return Invitation(**self.cleaned_data)

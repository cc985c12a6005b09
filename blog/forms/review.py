"""What an editor decides about a post."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from accounts.roles import editors
from blog.forms.fields import LineField
from blog.models import Discussion, EditLabel, Post, Shown, Topic
from blog.planning import Plan
from blog.workflow import Details

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Label

RELATED_PLACES = 4
EDIT_CHOICES = (
    (EditLabel.COSMETIC, _("Cosmetic: spelling or layout. Readers are not told.")),
    (EditLabel.UPDATE, _("Update: something new happened. Readers are told.")),
    (EditLabel.CLARIFICATION, _("Clarification: it could be misunderstood. Readers are told.")),
    (EditLabel.CORRECTION, _("Correction: it was wrong. Readers are told.")),
)


class DayField(forms.DateField):
    """A day, picked from the browser's calendar; none is allowed."""

    def __init__(self, *, label: "Label") -> None:
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=False, widget=day)


class BeginForForm(forms.Form):
    """A new post under any byline."""

    title = LineField(label=_("Title of a new post"), max_length=200)
    author = forms.ModelChoiceField(Profile.objects.all(), label=_("Author"))


class PlanForm(forms.Form):
    """The editor in charge, and who should be done by when."""

    editor = forms.ModelChoiceField(
        editors(), label=_("Editor in charge"), required=False, empty_label=_("nobody")
    )
    author_due_on = DayField(label=_("The author is done by"))
    editor_due_on = DayField(label=_("The editor is done by"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: Post) -> None:
        names = ("author_due_on", "editor_due_on")
        known = {name: getattr(post, name) for name in names} | {"editor": post.assigned_to_id}
        super().__init__(data, initial=known)

    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class ReviseForm(forms.Form):
    """Which edit this is; `base` is the revision that the editor looked at."""

    needed_at_times = ("reason",)

    label = forms.ChoiceField(
        label=_("What kind of edit is it?"), choices=EDIT_CHOICES, widget=forms.RadioSelect
    )
    reason = LineField(
        label=_("What changed, in a few words"),
        max_length=300,
        required=False,
        help_text=_("Readers see it in the history of the post. Needed unless it is cosmetic."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput)


class UnrelatedForm(forms.Form):
    """The same edit, after its editor was asked about words that it changes.

    `asked` holds the keys of what they were asked about, so that nothing else counts as answered.
    """

    why = LineField(
        label=_("Why do these words change?"),
        max_length=300,
        help_text=_(
            "Kept at the desk with each of them. Readers see that the wording was changed."
        ),
    )
    label = forms.ChoiceField(choices=EDIT_CHOICES, widget=forms.HiddenInput)
    reason = LineField(max_length=300, required=False, widget=forms.HiddenInput)
    base = forms.IntegerField(widget=forms.HiddenInput)
    asked = forms.CharField(widget=forms.HiddenInput)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(str(self["asked"].value() or "").split())


class DetailsForm(forms.Form):
    """Address, topics, the rules for texts that are kept once, and what to read next."""

    slug = forms.SlugField(
        label=_("Address"), max_length=120, help_text=_("The last part of /posts/…/")
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(),
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    disclosure = forms.ChoiceField(
        label=_("Show the disclosure"),
        choices=Shown.choices,
        help_text=_("By rule: when a topic asks for it, or the text links to an affiliate host."),
    )
    disclaimer = forms.ChoiceField(
        label=_("Show the disclaimer"),
        choices=Shown.choices,
        help_text=_("By rule: when a topic asks for it."),
    )
    discussion = forms.ChoiceField(
        label=_("Discussion"),
        choices=Discussion.choices,
        help_text=_(
            "By rule: it closes when the site says so, and its topics may hold or close it. Any"
            " other choice wins over both, for good."
        ),
    )
    invitation = LineField(
        label=_("Invitation to comment"),
        max_length=300,
        required=False,
        help_text=_("Empty: the one of the site."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, post: Post) -> None:
        super().__init__(data, initial=_details_of(post))
        self.post = post
        for place in range(1, RELATED_PLACES + 1):
            self.fields[f"related_{place}"] = RelatedField(place)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Post.objects.filter(slug=slug).exclude(pk=self.post.pk).exists():
            raise forms.ValidationError(gettext("Another post has this address."))
        return slug

    def clean(self) -> None:
        for name, other in self._picks():
            if other == self.post:
                self.add_error(name, gettext("A post cannot be related to itself."))

    def _picks(self) -> list[tuple[str, Post]]:
        names = (f"related_{place}" for place in range(1, RELATED_PLACES + 1))
        found = ((name, self.cleaned_data.get(name)) for name in names)
        return [(name, other) for name, other in found if other is not None]

    def details(self) -> Details:
        facts = self.cleaned_data
        return Details(
            slug=facts["slug"],
            topics=tuple(facts["topics"]),
            disclosure=Shown(facts["disclosure"]),
            disclaimer=Shown(facts["disclaimer"]),
            discussion=Discussion(facts["discussion"]),
            invitation=facts["invitation"],
            related=tuple(other for _name, other in self._picks()),
        )


class RelatedField(forms.CharField):
    """The address of a published post, or the last part of it."""

    def __init__(self, place: int) -> None:
        super().__init__(
            label=_("Related post %(place)d") % {"place": place},
            required=False,
            max_length=300,
            help_text=_("Type a title to find it, or paste an address.") if place == 1 else "",
            widget=forms.TextInput(attrs={"list": "published-posts", "autocomplete": "off"}),
        )

    def clean(self, value: object) -> Post | None:
        address: str = super().clean(value)
        slug = address.strip().rstrip("/").rpartition("/")[2]
        if not slug:
            return None
        post = Post.objects.published().filter(slug=slug).first()
        if post is None:
            raise forms.ValidationError(gettext("No published post has this address."))
        return post


def _details_of(post: Post) -> dict[str, object]:
    picks = post.picks.select_related("other")
    related = {f"related_{place}": pick.other.slug for place, pick in enumerate(picks, start=1)}
    plain = ("slug", "disclosure", "disclaimer", "discussion", "invitation")
    return {
        **{name: getattr(post, name) for name in plain},
        "topics": list(post.topics.all()),
        **related,
    }

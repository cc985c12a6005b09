"""What an editor fills in before a decision: taking up, declining, placing, making disputes."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal
from blog.anchoring import Quote
from blog.models import Revision
from blog.models.passage import PassageField
from blog.passages import Ambiguous
from blog.pictures import Picture, pictures_in
from editorial import plain
from editorial.disputes import KEPT_OUT
from editorial.forms.fields import LineField, PlainField, SourceField, places
from editorial.models import DeclineReason, Dispute, Grounds, Origin
from editorial.pointing import point_at
from editorial.points import LONGEST_CLAIM, LONGEST_SUMMARY, Point, Raiser, Source, Target

ABOUT = (
    (PassageField.BODY, _("These words")),
    (PassageField.TITLE, _("The title")),
    (PassageField.SUMMARY, _("The summary")),
    (PassageField.WHOLE, _("The whole post")),
)
OF_IMAGE = "image:"  # before the address of one
OPENED_AS = (
    (Origin.EDITOR, Origin.EDITOR.label),
    (Origin.AUTHOR, Origin.AUTHOR.label),
    (Origin.EMAIL, Origin.EMAIL.label),
)


class SummaryField(PlainField):
    """The neutral words that readers will see."""

    def __init__(self) -> None:
        super().__init__(
            label=_("What is questioned, for readers"),
            rows=3,
            most=LONGEST_SUMMARY,
            help_text=_("Neutral, about the statement, never about a person. This is public."),
        )


class ClaimField(LineField):
    def __init__(self) -> None:
        super().__init__(
            label=_("The statement in one line"),
            required=False,
            max_length=LONGEST_CLAIM,
            help_text=_("Public. Left empty, it is the words of the passage."),
        )


class AcceptForm(forms.Form):
    summary = SummaryField()
    claim = ClaimField()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        initial = {"claim": dispute.claim.statement, "version": dispute.version}
        super().__init__(data, initial=initial, prefix="accept")


class DeclineForm(forms.Form):
    because = forms.ChoiceField(label=_("Reason"), choices=DeclineReason.choices)
    sentence = PlainField(
        label=_("A sentence for whoever raised it"),
        rows=3,
        most=1_000,
        help_text=_("Not public. That a statement is right is a finding: take it up and say so."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        super().__init__(data, initial={"version": dispute.version}, prefix="decline")


class KeepOutForm(forms.Form):
    """What a moderator may decline."""

    because = forms.TypedChoiceField(
        label=_("Reason"),
        choices=[(reason, reason.label) for reason in KEPT_OUT],
        coerce=DeclineReason,
        widget=forms.RadioSelect,
    )
    sentence = PlainField(label=_("A sentence for whoever raised it"), rows=2, most=1_000)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dispute: Dispute) -> None:
        initial = {"version": dispute.version}
        super().__init__(data, initial=initial, prefix=f"keep-{dispute.public_id}")
        self.dispute = dispute


class PointingForm(forms.Form):
    """Words of a text; asks which of several places when they stand more than once."""

    may_mean_all = True
    needed_at_times = ("words", "place")

    words = PlainField(
        label=_("The words in the post"),
        rows=2,
        required=False,
        most=2_000,
        help_text=_("Copy them from the text, or select them in it."),
    )
    place = forms.CharField(
        label=_("Which of these places?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, head: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.head = head
        self.quotes: tuple[Quote, ...] = ()
        self.fields["words"].widget.attrs["data-words"] = ""

    @property
    def needs_words(self) -> bool:
        return True

    def clean(self) -> None:
        if not self.needs_words or self.errors.keys() & {"words"}:
            return
        given = self.cleaned_data
        try:
            self.quotes = point_at(self.head, words=given["words"], place=given.get("place", ""))
        except Refusal as refusal:
            self.take(refusal)

    def take(self, refusal: Refusal) -> None:
        """Say beside the right field why it was refused, and ask what has to be asked."""
        if isinstance(refusal, Ambiguous):
            place = self.fields["place"]
            place.widget.choices = places(refusal.choices, with_all=self.may_mean_all)
            place.required = True
            self.add_error("place", refusal.sentence)
        else:
            self.add_error("words" if not self.quotes else None, refusal.sentence)


class PlaceForm(PointingForm):
    """Where the words of a lost passage stand now: one place."""

    passage = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    may_mean_all = False


class PointForm(PointingForm):
    """One objection as an editor reads it: where, why, and neutral words for readers."""

    about = forms.ChoiceField(label=_("About"), choices=ABOUT, initial=PassageField.BODY)
    grounds = forms.ChoiceField(label=_("Grounds"), choices=Grounds.choices, initial=Grounds.ERROR)
    summary = SummaryField()
    claim = ClaimField()
    source = SourceField()
    field_order = ("quote", "about", "words", "place", "grounds", "summary", "claim", "source")

    def __init__(self, *args: Any, head: Revision, **kwargs: Any) -> None:
        super().__init__(*args, head=head, **kwargs)
        pictures = [(f"{OF_IMAGE}{one.src}", _of(one)) for one in pictures_in(head.body_html)]
        self.fields["about"].choices = [*ABOUT, *pictures]  # type: ignore[attr-defined]

    @property
    def image(self) -> str:
        """The address of the image that it is about; empty where it is about something else."""
        about: str = self.cleaned_data.get("about") or ""
        return about.removeprefix(OF_IMAGE) if about.startswith(OF_IMAGE) else ""

    @property
    def field(self) -> PassageField:
        if self.image:
            return PassageField.IMAGE
        return PassageField(self.cleaned_data.get("about") or PassageField.BODY)

    @property
    def needs_words(self) -> bool:
        return self.field == PassageField.BODY

    def target(self) -> Target:
        return Target(quotes=self.quotes, field=self.field, image=self.image, is_sure=True)

    def point(self) -> Point:
        given = self.cleaned_data
        return Point(
            target=self.target(),
            grounds=Grounds(given["grounds"]),
            summary=given.get("summary", ""),
            quote=given.get("quote", ""),
            claim=given.get("claim", ""),
            sources=(Source(given["source"]),) if given["source"] else (),
            origin=Origin(given.get("origin") or Origin.EDITOR),
        )


def _of(picture: Picture) -> str:
    words = picture.description or gettext("without a description")
    return gettext("The image “%(words)s”") % {"words": plain.shortened(words, 60)}


class OpenForm(PointForm):
    """A statement taken under review from its passage."""

    origin = forms.ChoiceField(label=_("Where it comes from"), choices=OPENED_AS)
    slip = forms.CharField(widget=forms.HiddenInput, required=False)
    name = LineField(label=_("Name of whoever wrote the letter"), required=False, max_length=100)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("Private: only to tell them the outcome. Forgotten 90 days after the end."),
    )
    wants_credit = forms.BooleanField(
        label=_("They want to be thanked by name for a correction"), required=False
    )
    field_order = ("about", "words", "place", "grounds", "summary", "claim", "source", "origin")

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if given.get("origin") != Origin.EMAIL and (given.get("name") or given.get("email")):
            self.add_error("origin", gettext("A name and an address belong to a letter."))

    def point(self) -> Point:
        given = self.cleaned_data
        if not (given["name"] or given["email"]):
            return super().point()
        writer = Raiser(
            name=given["name"], email=given["email"], wants_credit=given["wants_credit"]
        )
        return replace(super().point(), writer=writer)


class CommentPointForm(PointForm):
    """One point of a comment, in the comment's own words."""

    quote = PlainField(
        label=_("The words of the comment"),
        rows=2,
        most=2_000,
        help_text=_("Copy this point from the comment."),
    )


class OwnPointForm(CommentPointForm):
    """One point of a comment as its writer sets it apart; the words for readers are an editor's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["summary"], self.fields["claim"]

    def target(self) -> Target:
        return replace(super().target(), is_sure=False)

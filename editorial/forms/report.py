"""What a reader fills in to dispute a statement; no account, no script, no selection needed."""

from dataclasses import replace
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.refusals import Invalid, Refusal
from blog.models import Post, Revision
from blog.models.passage import PassageField
from blog.passages import LONGEST_CHARACTERS, Ambiguous
from editorial import slips
from editorial.forms.fields import LineField, PlainField, SourceField, places
from editorial.models import Grounds
from editorial.pointing import lines_of, point_at
from editorial.points import Objection, Raiser, Source, Target

ABOUT = (
    (PassageField.BODY, _("Words or a sentence in the text")),
    (PassageField.TITLE, _("The title")),
    (PassageField.WHOLE, _("The post as a whole")),
)


class ReportForm(forms.Form):
    """An objection to what a post says, bound to the revision that the reader had before them.

    Whatever is refused, what was typed stays. `lost` are the words that were pointed at, when the
    text was changed meanwhile and they are gone.
    """

    needed_at_times = ("paragraph", "words", "place")

    about = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ABOUT,
        widget=forms.RadioSelect,
        initial=PassageField.BODY,
    )
    paragraph = forms.ChoiceField(
        label=_("Which paragraph?"),
        required=False,
        help_text=_("Choose one here, or copy the words into the next field, or both."),
    )
    words = PlainField(
        label=_("The words"),
        rows=3,
        required=False,
        most=LONGEST_CHARACTERS,
        help_text=_("Paste or type them as they stand in the post."),
    )
    place = forms.CharField(
        label=_("Which of these places do you mean?"), required=False, widget=forms.RadioSelect
    )
    grounds = forms.ChoiceField(label=_("Why?"), choices=Grounds.choices, widget=forms.RadioSelect)
    statement = PlainField(
        label=_("What is wrong, and how do you know?"),
        rows=5,
        help_text=_(
            "Tell us what is inaccurate and how you know. "
            "Write about the statement, not about the person."
        ),
    )
    wanted = PlainField(label=_("What would be right?"), rows=2, required=False)
    source = SourceField()
    name = LineField(label=_("Your name"), required=False, max_length=100)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("Only needed if you want to be told what becomes of it. Never shown."),
    )
    wants_credit = forms.BooleanField(
        label=_("If it leads to a correction, thank me by name"), required=False
    )
    homepage = forms.CharField(label=_("Please leave this empty"), required=False)
    slip = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        post: Post,
        head: Revision,
        person: Person | None = None,
        words: str = "",
    ) -> None:
        super().__init__(data, initial={"words": words})
        self.post, self.head, self.person = post, head, person
        self.lost = ""
        self.paper = slips.read(self.data.get("slip", ""), post_id=post.pk)
        self.seen = self._seen()
        self._offer_paragraphs(self.seen)
        self.initial["slip"] = slips.issue(post_id=post.pk, revision=head.number)
        if person is not None:
            for name in ("name", "email"):
                del self.fields[name]

    @property
    def is_stale(self) -> bool:
        """Whether the text was changed after the reader had opened the form."""
        return self.seen.pk != self.head.pk

    def _seen(self) -> Revision:
        if self.paper is None or self.paper.revision == self.head.number:
            return self.head
        return self.post.revisions.public().filter(number=self.paper.revision).first() or self.head

    def _offer_paragraphs(self, revision: Revision) -> None:
        blank = ("", gettext("I give the words below"))
        offered = [(str(line.number), line.label) for line in lines_of(revision)]
        self.fields["paragraph"].choices = [blank, *offered]  # type: ignore[attr-defined]

    def clean_homepage(self) -> str:
        """A field that people do not see: whatever fills it in is no person."""
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(gettext("Please leave this field empty."))
        return ""

    def clean(self) -> None:
        self._require_a_good_slip()
        given = self.cleaned_data
        if given.get("about") == PassageField.BODY and not self.errors.keys() & {"words"}:
            try:
                self._point()
            except Refusal as refusal:
                self.take(refusal)

    def _require_a_good_slip(self) -> None:
        if self.paper is None or self.paper.is_old:
            self._renew()
            self.add_error(None, gettext("This page was open for long. Please send it once more."))
        elif self.paper.was_quick:
            self.add_error(None, gettext("That was very quick. Please send it once more."))

    def _point(self) -> None:
        """Find what is meant in the text that the reader saw."""
        given = self.cleaned_data
        number = given.get("paragraph", "")
        line = next((one for one in lines_of(self.seen) if str(one.number) == number), None)
        self.quotes = point_at(
            self.seen, words=given.get("words", ""), line=line, place=given.get("place", "")
        )

    def take(self, refusal: Refusal) -> None:
        """Say beside the right field why it was refused, and ask what has to be asked."""
        if self.is_stale:
            self._catch_up()
            self.add_error(None, gettext("The post was changed while you were writing."))
        elif isinstance(refusal, Ambiguous):
            self.fields["place"].widget.choices = places(refusal.choices, with_all=True)
            self.fields["place"].required = True
            self.add_error("place", refusal.sentence)
        elif isinstance(refusal, Invalid) and self.cleaned_data.get("about") == PassageField.BODY:
            self.add_error("words", refusal.sentence)
        else:
            self.add_error(None, refusal.sentence)

    def _catch_up(self) -> None:
        """Keep what was typed and go on with the text as it is now."""
        quotes = getattr(self, "quotes", ())
        self.lost = quotes[0].exact if quotes else self.cleaned_data.get("words", "")
        self.seen = self.head
        self._offer_paragraphs(self.head)
        self._renew(paragraph="", words=self.cleaned_data.get("words") or self.lost)

    def _renew(self, **changes: str) -> None:
        slip = slips.issue(post_id=self.post.pk, revision=self.seen.number)
        typed = cast(QueryDict, self.data).copy()
        for name, text in {"slip": slip, **changes}.items():
            typed[name] = text
        self.data = typed

    def target(self) -> Target:
        """Where it is; positions count only in the text that readers see now."""
        about = PassageField(self.cleaned_data["about"])
        if about != PassageField.BODY:
            return Target(field=about)
        quotes = self.quotes
        if self.is_stale:
            quotes = tuple(replace(quote, start=None) for quote in quotes)
        return Target(quotes=quotes, is_sure=not self.cleaned_data["words"])

    def objection(self) -> Objection:
        given = self.cleaned_data
        return Objection(
            grounds=Grounds(given["grounds"]),
            statement=given["statement"],
            wanted=given["wanted"],
            sources=(Source(given["source"]),) if given["source"] else (),
        )

    def raiser(self, network: str) -> Raiser:
        given = self.cleaned_data
        return Raiser(
            person=self.person,
            name=given.get("name", ""),
            email=given.get("email", ""),
            wants_credit=given["wants_credit"],
            network=network,
        )

"""What a reader fills in to dispute a statement; no account, no script, no selection needed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.refusals import Invalid, Refusal
from blog.anchoring import Quote
from blog.models import Post, Revision
from blog.models.passage import PassageField
from blog.passages import LONGEST_CHARACTERS, Ambiguous
from blog.pictures import pictures_in
from editorial import merging, slips
from editorial.forms.fields import LineField, PlainField, places, shown_picture
from editorial.forms.joining import JoiningForm
from editorial.forms.sources import SourcesForm
from editorial.models import Grounds
from editorial.pointing import line_of, lines_of, point_at
from editorial.points import Objection, Raiser, Target

ABOUT = (
    (PassageField.BODY, _("Words or a sentence in the text")),
    (PassageField.TITLE, _("The title")),
    (PassageField.SUMMARY, _("The summary below the title")),
    (PassageField.IMAGE, _("An image")),
    (PassageField.WHOLE, _("The post as a whole")),
)


@dataclass(frozen=True)
class Pointed:
    """What a link to the form carries: words of a version, and what stands around them."""

    words: str = ""
    before: str = ""
    after: str = ""
    version: str = ""

    @classmethod
    def by(cls, asked: QueryDict) -> "Pointed":
        given = {name: asked.get(name, "") for name in ("words", "before", "after", "version")}
        return cls(**given)

    @property
    def quote(self) -> Quote:
        return Quote(self.words, self.before, self.after)


NOWHERE = Pointed()


class ReportForm(JoiningForm, SourcesForm):
    """An objection to what a post says, bound to the revision that the reader had before them.

    Whatever is refused, what was typed stays. `lost` are the words that were pointed at, when the
    text was changed meanwhile and they are gone. `found` are those of a link that stand in the
    text: whoever came by it need not choose them once more.
    """

    needed_at_times = ("paragraph", "words", "place", "image", "joins")

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
    image = forms.ChoiceField(label=_("Which image?"), required=False, widget=forms.RadioSelect)
    before = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    after = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    grounds = forms.ChoiceField(label=_("Why?"), choices=Grounds.choices, widget=forms.RadioSelect)
    statement = PlainField(
        label=_("What is wrong, and how do you know?"),
        rows=5,
        help_text=_("Write about the statement, not about the person."),
    )
    wanted = PlainField(label=_("What would be right?"), rows=2, required=False)
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
        pointed: Pointed = NOWHERE,
    ) -> None:
        super().__init__(data, initial=_initial(pointed))
        self.add_rows_for_sources()
        self.post, self.head, self.person = post, head, person
        self.lost = self.found = ""
        self.paper = slips.read(self.data.get("slip", ""), post_id=post.pk)
        self.seen = self._seen(pointed)
        self._offer(self.seen)
        self._begin_with(pointed)
        if person is not None:
            for name in ("name", "email"):
                del self.fields[name]

    @property
    def is_stale(self) -> bool:
        """Whether the text was changed after the reader had opened the form."""
        return self.seen.pk != self.head.pk

    def _seen(self, pointed: Pointed) -> Revision:
        """The text that the reader had before them: of the form, or of the page that led here."""
        number = str(self.paper.revision) if self.paper else pointed.version
        if not number.isdecimal() or len(number) > 6 or int(number) == self.head.number:
            return self.head
        return self.post.revisions.public().filter(number=int(number)).first() or self.head

    def _offer(self, revision: Revision) -> None:
        """What of this text can be pointed at."""
        blank = ("", gettext("I give the words below"))
        offered = [(str(line.number), line.label) for line in lines_of(revision)]
        self.pictures = pictures_in(revision.body_html)
        none = {PassageField.SUMMARY} if not revision.summary else set()
        none |= {PassageField.IMAGE} if not self.pictures else set()
        self._choose("paragraph", [blank, *offered])
        self._choose("image", [(one.src, shown_picture(one)) for one in self.pictures])
        self._choose("about", [choice for choice in ABOUT if choice[0] not in none])

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def _begin_with(self, pointed: Pointed) -> None:
        """Choose the paragraph that was pointed at; a long one is chosen without its words."""
        self.initial["slip"] = slips.issue(post_id=self.post.pk, revision=self.seen.number)
        if self.is_bound or not pointed.words:
            return
        if line := line_of(self.seen, pointed.quote):
            self.initial["paragraph"] = str(line.number)
            self.found = pointed.words
        if len(pointed.words) > LONGEST_CHARACTERS and line:
            self.initial["words"] = ""

    def clean_homepage(self) -> str:
        """A field that people do not see: whatever fills it in is no person."""
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(gettext("Please leave this field empty."))
        return ""

    def clean(self) -> None:
        self._require_a_good_slip()
        given = self.cleaned_data
        if given.get("about") == PassageField.IMAGE and not given.get("image"):
            self.add_error("image", gettext("Please choose one of the images."))
        if given.get("about") == PassageField.BODY and not self.errors.keys() & {"words"}:
            try:
                self._point()
            except Refusal as refusal:
                self.take(refusal)
        if not self.errors:
            self._ask_to_join()

    def _ask_to_join(self) -> None:
        """Only when all else is well; words that are lost meanwhile are refused by the rule."""
        with suppress(Refusal):
            self.ask_to_join(merging.under_review_at(self.post, self.target()))

    def _require_a_good_slip(self) -> None:
        if self.paper is None or self.paper.is_old:
            self._renew()
            self.add_error(None, gettext("This page was open for long. Please send it once more."))
        elif self.paper.was_quick:
            self._renew(has_waited=True)
            self.add_error(None, gettext("That was very quick. Please send it once more."))

    def _point(self) -> None:
        """Find what is meant in the text that the reader saw."""
        given = self.cleaned_data
        number = given.get("paragraph", "")
        line = next((one for one in lines_of(self.seen) if str(one.number) == number), None)
        self.quotes = point_at(
            self.seen, words=self._words(), line=line, place=given.get("place", "")
        )

    def _words(self) -> Quote:
        given = self.cleaned_data
        return Quote(given.get("words", ""), given.get("before", ""), given.get("after", ""))

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
        self._offer(self.head)
        words = self.cleaned_data.get("words") or self.lost
        self._renew(paragraph="", words=words, has_waited=True)

    def _renew(self, *, has_waited: bool = False, **changes: str) -> None:
        number = self.seen.number
        slip = slips.issue(post_id=self.post.pk, revision=number, has_waited=has_waited)
        typed = cast(QueryDict, self.data).copy()
        for name, text in {"slip": slip, **changes}.items():
            typed[name] = text
        self.data = typed

    def target(self) -> Target:
        """Where it is; positions count only in the text that readers see now."""
        about = PassageField(self.cleaned_data["about"])
        if about != PassageField.BODY:
            image = self.cleaned_data["image"] if about == PassageField.IMAGE else ""
            return Target(field=about, image=image)
        quotes = self.quotes
        if self.is_stale:
            quotes = tuple(replace(quote, start=None) for quote in quotes)
        given = self.cleaned_data
        return Target(
            quotes=quotes,
            is_selected=bool(given["before"] or given["after"]),
            is_sure=not given["words"],
        )

    def objection(self) -> Objection:
        given = self.cleaned_data
        return Objection(
            grounds=Grounds(given["grounds"]),
            statement=given["statement"],
            wanted=given["wanted"],
            sources=self.sources(),
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


def _initial(pointed: Pointed) -> dict[str, str]:
    given = {"words": pointed.words, "before": pointed.before, "after": pointed.after}
    return {name: text for name, text in given.items() if text}

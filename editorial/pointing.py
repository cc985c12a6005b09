"""How somebody points at words of a text without selecting them: a paragraph, words, or both."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from blog import passages
from blog.anchoring import Quote, context
from blog.models import Revision
from blog.passages import LONGEST_CHARACTERS, Ambiguous, Choice

ALL = "all"
LABEL = 90  # characters of a paragraph in a list


@dataclass(frozen=True)
class Line:
    """A paragraph of the projected text; `start` counts code points."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def label(self) -> str:
        if len(self.text) <= LABEL:
            return self.text
        return self.text[:LABEL].rsplit(" ", 1)[0] + " …"


def lines_of(revision: Revision) -> list[Line]:
    """The paragraphs of a revision in reading order, without empty ones."""
    listed: list[Line] = []
    start = 0
    for number, text in enumerate(revision.text.split("\n")):
        if text.strip():
            listed.append(Line(number, start, text))
        start += len(text) + 1
    return listed


def point_at(
    revision: Revision, *, words: str | Quote, line: Line | None = None, place: str = ""
) -> tuple[Quote, ...]:
    """The quotes that somebody means in a revision: one, or all copies if they say so.

    Words that were selected come with what stands around them, as a quote.

    `place` is the start of one of several copies, or `ALL`. Refuses with `Ambiguous`, whose
    choices are the places, when the words stand more than once and no place is given.
    """
    quote = words if isinstance(words, Quote) else Quote(words)
    choices = _found(revision, quote, line) if quote.exact else [_whole(line)]
    chosen = [one for one in choices if place in (ALL, str(one.start))]
    if not chosen and len(choices) > 1:
        raise Ambiguous(choices)
    return tuple(_quote(revision, one) for one in chosen or choices)


def line_of(revision: Revision, quote: Quote) -> Line | None:
    """The paragraph that a quote stands in, if it is one place in one paragraph."""
    try:
        span = passages.find(revision, quote)
    except Invalid:
        return None
    inside = (one for one in lines_of(revision) if one.start <= span.start and span.end <= one.end)
    return next(inside, None)


def _found(revision: Revision, quote: Quote, line: Line | None) -> list[Choice]:
    try:
        span = passages.find(revision, quote)
        choices: Sequence[Choice] = [Choice(span.start, span.end, "", quote.exact, "")]
    except Ambiguous as several:
        choices = several.choices
    if line is None:
        return list(choices)
    inside = [one for one in choices if line.start <= one.start and one.end <= line.end]
    if not inside:
        raise Invalid(_("These words do not stand in the paragraph that you chose."))
    return inside


def _whole(line: Line | None) -> Choice:
    if line is None:
        raise Invalid(_("Please choose a paragraph, or give the words."))
    if len(line.text) > LONGEST_CHARACTERS:
        raise Invalid(_("This paragraph is long: please copy the words that you mean."))
    return Choice(line.start, line.end, "", line.text, "")


def _quote(revision: Revision, place: Choice) -> Quote:
    prefix, suffix = context(revision.text, place.start, place.end)
    return Quote(revision.text[place.start : place.end], prefix, suffix, place.start)

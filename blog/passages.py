"""What can happen to a passage: captured, carried to the next revision, placed, marked.

Positions are code points in the projected text of a revision. A passage that cannot be found
again becomes an orphan: it is shown and asked about, and never jumps to words that look alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import is_editor
from blog import anchoring
from blog.models import Mark, Passage, PassagePosition, PositionStatus, Post, Revision
from blog.models.passage import PassageField
from blog.pictures import pictures_in

SHORTEST_CHARACTERS = 12
SHORTEST_WORDS = 3
LONGEST_CHARACTERS = 600
CHOICE_CONTEXT = 60  # code points shown on each side when words stand more than once


@dataclass(frozen=True)
class Choice:
    """One of several places where the same words stand; offsets are code points."""

    start: int
    end: int
    before: str
    words: str
    after: str


class Ambiguous(Invalid):
    """The words stand more than once; `choices` are the places, in reading order."""

    def __init__(self, choices: list[Choice]) -> None:
        super().__init__(_("These words stand more than once. Please choose which of them."))
        self.choices = choices


def _choices(text: str, spans: Iterable[anchoring.Span]) -> list[Choice]:
    return [_choice(text, span) for span in spans]


def _choice(text: str, span: anchoring.Span) -> Choice:
    before, after = anchoring.context(text, span.start, span.end, width=CHOICE_CONTEXT)
    words = text[span.start : span.end]
    return Choice(start=span.start, end=span.end, before=before, words=words, after=after)


def _check_length(exact: str) -> None:
    words = exact.split()
    if len(words) < SHORTEST_WORDS or len(exact.strip()) < SHORTEST_CHARACTERS:
        raise Invalid(_("Please give at least three words, so that the place can be found."))
    if len(exact) > LONGEST_CHARACTERS:
        raise Invalid(_("Please give fewer words: at most 600 characters."))


def _head(post: Post) -> Revision:
    """What readers see at this moment; the post stays as it is until the transaction ends."""
    now = Post.objects.select_for_update(of=("self",)).select_related("head").get(pk=post.pk)
    if now.head is None:
        raise WrongMoment(_("A note is set at words once the text is with the editors."))
    return now.head


def find(revision: Revision, quote: anchoring.Quote) -> anchoring.Span:
    """The one place of the quote in a revision.

    Refuses with `Invalid` when the words are not there and with `Ambiguous` when they stand
    more than once and neither context nor position tells which are meant.
    """
    return find_in(revision.text, quote)


def find_in(text: str, quote: anchoring.Quote) -> anchoring.Span:
    """The one place of the quote in a projected text; refuses as `find` does."""
    spans = anchoring.locate(text, quote)
    if not spans:
        raise Invalid(_("These words do not stand in the post as it is now."))
    if len(spans) > 1:
        raise Ambiguous(_choices(text, spans))
    return spans[0]


@transaction.atomic
def capture(post: Post, *, quote: anchoring.Quote, by_editor: bool = False) -> Passage:
    """Keep a place in the text that readers see now.

    An editor may name fewer than three words; more than 600 characters are refused.
    """
    if not by_editor or len(quote.exact) > LONGEST_CHARACTERS or not quote.exact.strip():
        _check_length(quote.exact)
    head = _head(post)
    span = find(head, quote)
    prefix, suffix = anchoring.context(head.text, span.start, span.end)
    passage = Passage.objects.create(
        post=post,
        exact=head.text[span.start : span.end],
        prefix=prefix,
        suffix=suffix,
        captured_revision=head,
        captured_start=span.start,
        captured_end=span.end,
    )
    passage.positions.create(
        revision=head, start=span.start, end=span.end, status=PositionStatus.EXACT
    )
    return passage


@transaction.atomic
def capture_whole(post: Post, *, field: PassageField = PassageField.WHOLE) -> Passage:
    """Keep the title, the summary or the whole post as the place; it has no position."""
    head = _head(post)
    words = {PassageField.TITLE: head.title, PassageField.SUMMARY: head.summary}
    return Passage.objects.create(
        post=post, field=field, exact=words.get(field, head.title), captured_revision=head
    )


@transaction.atomic
def capture_image(post: Post, *, src: str) -> Passage:
    """Keep an image of the text that readers see now as the place, by its address."""
    head = _head(post)
    known = {picture.src: picture for picture in pictures_in(head.body_html)}
    if src not in known:
        raise Invalid(_("This image does not stand in the post as it is now."))
    return Passage.objects.create(
        post=post,
        field=PassageField.IMAGE,
        exact=known[src].description,
        image=src,
        captured_revision=head,
    )


def carry(old: Revision, new: Revision) -> list[PassagePosition]:
    """Give every passage of the post its position in the next revision; one diff serves all."""
    return PassagePosition.objects.bulk_create(foresee(old, new))


def foresee(old: Revision, new: Revision) -> list[PassagePosition]:
    """Where every passage of the post will stand in a text that may not be stored yet.

    A text that comes back has its old positions. An orphan stays an orphan until an editor places
    it, unless its words are back between the same neighbours.
    """
    known = list(old.positions.select_related("passage").order_by("passage_id"))
    before = _places_before(new) if known else {}
    standing = [
        anchoring.Held(id=position.passage_id, start=position.start, end=position.end)
        for position in known
        if position.start is not None and position.end is not None
        if position.passage_id not in before
    ]
    carried = {one.id: one for one in anchoring.carry(old.text, new.text, standing)}
    return [
        _again(position, before[position.passage_id], new)
        if position.passage_id in before
        else _carried(position, carried.get(position.passage_id), new)
        for position in known
    ]


def _places_before(new: Revision) -> dict[int, PassagePosition]:
    """Where passages stood when the post had exactly this text."""
    earlier = Revision.objects.filter(post=new.post_id, text=new.text).exclude(pk=new.pk)
    same = earlier.order_by("-number").first()
    standing = same.positions.exclude(start=None) if same is not None else ()
    return {position.passage_id: position for position in standing}


def _again(position: PassagePosition, before: PassagePosition, new: Revision) -> PassagePosition:
    place = anchoring.Carried(position.passage_id, before.start, before.end, "exact")
    return _carried(position, place, new)


def _carried(
    position: PassagePosition, place: anchoring.Carried | None, new: Revision
) -> PassagePosition:
    if place is None:
        return _carry_orphan(position, new)
    return PassagePosition(
        passage=position.passage,
        revision=new,
        start=place.start,
        end=place.end,
        status=_status(position, place, new),
        candidates=[candidate.as_json() for candidate in place.candidates],
    )


def _status(position: PassagePosition, place: anchoring.Carried, new: Revision) -> str:
    """Words that were changed stay so through later edits, until they are as they were captured."""
    if place.start is None or place.status not in ("exact", "changed"):
        return place.status
    now = new.text[place.start : place.end]
    if anchoring.reads_alike(now, position.passage.exact):
        return PositionStatus.EXACT
    return PositionStatus.CHANGED if position.status == PositionStatus.CHANGED else place.status


def _carry_orphan(position: PassagePosition, new: Revision) -> PassagePosition:
    """Bring a lost passage back only where its words stand again between the same neighbours."""
    passage = position.passage
    quote = anchoring.Quote(passage.exact, passage.prefix, passage.suffix)
    spans = anchoring.locate(new.text, quote)
    back = next((s for s in spans if anchoring.stands_in_context(new.text, s, quote)), None)
    return PassagePosition(
        passage=passage,
        revision=new,
        start=back.start if back else None,
        end=back.end if back else None,
        status=PositionStatus.MOVED if back else PositionStatus.ORPHAN,
        candidates=[] if back else position.candidates,
    )


@transaction.atomic
def place(passage: Passage, *, editor: Person, quote: anchoring.Quote) -> PassagePosition:
    """Put a passage where an editor says it stands now; what was captured stays as it was."""
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor may place a passage."))
    head = _head(passage.post)
    span = find(head, quote)
    position, _made = PassagePosition.objects.update_or_create(
        passage=passage,
        revision=head,
        defaults={
            "start": span.start,
            "end": span.end,
            "status": PositionStatus.PLACED,
            "candidates": [],
        },
    )
    return position


def twin(passage: Passage) -> Passage:
    """The same places as a passage of its own, without a mark."""
    places = list(passage.positions.all())
    copy = Passage.objects.get(pk=passage.pk)
    copy.pk, copy.mark, copy.reference = None, Mark.NONE, ""
    copy.save(force_insert=True)
    for place in places:
        place.pk, place.passage = None, copy
    PassagePosition.objects.bulk_create(places)
    return copy


def stand_as_before(old: Revision, new: Revision) -> None:
    """The words of an earlier text are back: every passage stands where it stood in that text."""
    if old.text != new.text:
        return
    before = {place.passage_id: place for place in old.positions.all()}
    places = [place for place in new.positions.all() if place.passage_id in before]
    for place in places:
        was = before[place.passage_id]
        place.start, place.end = was.start, was.end
        place.status, place.candidates = was.status, was.candidates
    PassagePosition.objects.bulk_update(places, ("start", "end", "status", "candidates"))


def set_mark(passage: Passage, *, mark: Mark, reference: str = "") -> None:
    """Show readers a mark at the passage that leads to `reference`; `Mark.NONE` takes it away."""
    passage.mark, passage.reference = mark, reference
    passage.save(update_fields=("mark", "reference"))


def wording(passage: Passage, revision: Revision) -> str:
    """The words at the passage in this revision; empty where it is an orphan."""
    if passage.field != PassageField.BODY:
        return {PassageField.TITLE: revision.title, PassageField.SUMMARY: revision.summary}.get(
            PassageField(passage.field), ""
        )
    position = passage.positions.filter(revision=revision).first()
    if position is None or position.start is None or position.end is None:
        return ""
    return revision.text[position.start : position.end]

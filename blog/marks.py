"""The editor's pencil: inline notes and marks, from rows to the painted body of a page.

What is drawn depends on the revision and on `Drawn` alone, so painted HTML is kept under a digest
of both and never needs to be thrown away.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from blog import painting, sentences
from blog.models import (
    EditorNote,
    Mark,
    Notice,
    Passage,
    PassagePosition,
    PositionStatus,
    Post,
    Revision,
)
from blog.models.passage import PassageField
from blog.projection import PROJECTION_VERSION

KEPT_SECONDS = 3600
FIRST_WORDS = 6  # of a passage, enough to tell it from the others of a page
STAYS = frozenset(".,;:!?…)]}”\u2019»\"'")  # a note is not set between a word and one of these
TAGGED = frozenset({PassageField.TITLE, PassageField.SUMMARY, PassageField.IMAGE})
KINDS: dict[Mark, painting.PaintKind] = {
    Mark.DISPUTED: "disputed",
    Mark.CORRECTED: "corrected",
    Mark.CLARIFIED: "clarified",
    Mark.UPDATED: "updated",
}


@dataclass(frozen=True)
class DrawnNote:
    """An inline note on `start` to `end` of the projected text; `html` is the stored rendering."""

    id: str
    start: int
    end: int
    html: str
    signed: str
    written_at: datetime


@dataclass(frozen=True)
class DrawnMark:
    """A bracketed `word` after a passage, and what follows it: in the margin where there is one."""

    id: str
    start: int
    end: int
    mark: Mark
    word: str
    href: str
    flag: str


@dataclass(frozen=True)
class DrawnTag:
    """A mark that stands beside what has no words to paint: the title, the summary, an image."""

    field: PassageField
    words: str
    image: str
    mark: DrawnMark


@dataclass(frozen=True)
class Drawn:
    """Everything that stands in the text that readers see now; orphans are not among it."""

    notes: tuple[DrawnNote, ...] = ()
    marks: tuple[DrawnMark, ...] = ()
    images: tuple[DrawnTag, ...] = ()


def drawn(
    post: Post,
    notes: Iterable[EditorNote],
    notices: Iterable[Notice],
    *,
    foreseen: Iterable[PassagePosition] | None = None,
) -> Drawn:
    """What stands in the head; `foreseen` are the places in a head that is not stored yet."""
    places = _standing(_places(post) if foreseen is None else foreseen)
    at = {place.passage_id: place for place in places}
    known = {notice.public_id: notice for notice in notices}
    return Drawn(
        notes=tuple(
            _note(note, at[note.passage_id])
            for note in notes
            if note.passage_id is not None and note.passage_id in at
        ),
        marks=tuple(_marks((place for place in places if place.passage.mark), known)),
        images=tuple(one for one in tags(post, notices) if one.field == PassageField.IMAGE),
    )


def tags(post: Post, notices: Iterable[Notice]) -> list[DrawnTag]:
    """Marks beside the title, the summary and images; `rendering.with_page` prefetches them."""
    known = {notice.public_id: notice for notice in notices}
    marked = [one for one in post.passages.all() if one.field in TAGGED and one.mark]
    return [
        DrawnTag(
            field=PassageField(passage.field),
            words=Truncator(passage.exact).words(FIRST_WORDS),
            image=passage.image,
            mark=_mark(passage, known),
        )
        for passage in marked
    ]


def body(post: Post, what: Drawn, *, drawing: str) -> SafeString:
    """The text that readers see with everything drawn in.

    `drawing` is the folder of the fragments to draw with.
    """
    if post.head is not None and post.head.pk is None:  # a text that is not stored anywhere yet
        return mark_safe(_paint(post.head, what, drawing))
    drawn_on = post.head.created_at if post.head else None  # an id may be given to another text
    facts = repr((drawing, drawn_on, PROJECTION_VERSION, get_language(), what)).encode()
    key = f"blog.body.{post.head_id}.{blake2b(facts, digest_size=16).hexdigest()}"
    html: str | None = cache.get(key)
    if html is None:
        html = _paint(post.head, what, drawing) if post.head else ""
        cache.set(key, html, KEPT_SECONDS)
    return mark_safe(html)


def _places(post: Post) -> Iterable[PassagePosition]:
    """Where passages are in the head; `rendering.with_page` prefetches them."""
    return post.head.positions.all() if post.head else ()


def _standing(places: Iterable[PassagePosition]) -> list[PassagePosition]:
    """In reading order."""
    standing = (place for place in places if place.start is not None)
    return sorted(standing, key=lambda place: (place.start or 0, place.passage_id))


def _note(note: EditorNote, place: PassagePosition) -> DrawnNote:
    return DrawnNote(
        id=f"note-{note.pk}",
        start=place.start or 0,
        end=place.end or 0,
        html=note.html,
        signed=note.byline.name,
        written_at=note.edited_at or note.created_at,
    )


def _marks(places: Iterable[PassagePosition], notices: dict[str, Notice]) -> Iterator[DrawnMark]:
    """Ids are made of references, since numbers of rows would tell how many disputes there are."""
    seen = Counter[str]()
    for place in places:
        reference = place.passage.reference
        seen[reference] += 1
        mark = _mark(place.passage, notices, is_reworded=place.status == PositionStatus.CHANGED)
        again = f"-{seen[reference]}" if seen[reference] > 1 else ""
        yield replace(mark, id=mark.id + again, start=place.start or 0, end=place.end or 0)


def _mark(passage: Passage, notices: dict[str, Notice], *, is_reworded: bool = False) -> DrawnMark:
    mark, reference = Mark(passage.mark), passage.reference
    notice = notices.get(reference)
    told_at = notice.published_at if notice else None
    return DrawnMark(
        id=f"mark-{reference}",
        start=0,
        end=0,
        mark=mark,
        word=str(mark.label),
        href=_href(mark, reference, is_on_page=notice is not None),
        flag=sentences.flag(mark, told_at, is_reworded=is_reworded),
    )


def _href(mark: Mark, reference: str, *, is_on_page: bool) -> str:
    if mark == Mark.DISPUTED:
        return f"#dispute-{reference}"
    if is_on_page or not reference:
        return f"#notice-{reference}"
    return reverse("blog:notice", kwargs={"public_id": reference})


def _paint(revision: Revision, what: Drawn, drawing: str) -> str:
    if unread := revision.get_deferred_fields() & {"body_html", "text"}:
        revision.refresh_from_db(fields=unread)  # both at once
    notes = [_paint_note(note, revision.text, drawing) for note in what.notes]
    marks = [_paint_mark(mark, revision.text, drawing) for mark in what.marks]
    painted = painting.paint(revision.body_html, [*marks, *notes])
    for image in what.images:
        words = image.words or image.image.rsplit("/", 1)[-1]
        tag = render_to_string(f"{drawing}/mark.html", {"mark": image.mark, "words": words})
        painted = painting.beside_image(painted, src=image.image, after=tag.strip())
    return painted


def _paint_note(note: DrawnNote, text: str, drawing: str) -> painting.Paint:
    after = render_to_string(f"{drawing}/note.html", {"note": note}).strip()
    end = _with_punctuation(text, note.end)
    return painting.Paint(note.id, note.start, end, "note", after)


def _paint_mark(mark: DrawnMark, text: str, drawing: str) -> painting.Paint:
    """The reference repeats the first words: in a list of links nothing else tells which it is."""
    words = Truncator(text[mark.start : mark.end]).words(FIRST_WORDS)
    after = render_to_string(f"{drawing}/mark.html", {"mark": mark, "words": words}).strip()
    return painting.Paint(mark.id, mark.start, mark.end, KINDS[mark.mark], after)


def _with_punctuation(text: str, end: int) -> int:
    """A note follows the full stop of its words: set before it, the stop would begin a line."""
    while end < len(text) and text[end] in STAYS:
        end += 1
    return end

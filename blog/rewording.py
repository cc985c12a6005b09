"""What an edit does to words that something hangs on: a mark, a note, a dispute, a correction.

This package knows which passages change, not who cares. Rooms that do, such as the disputes, add
themselves to `ROOMS`: they ask before an edit is published, and are told when one was.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db import transaction
from django.db.models import Q

from accounts.models import Person
from blog import differences, passages, undone_corrections
from blog.anchoring import reads_alike
from blog.models import Mark, Notice, Passage, PassagePosition, Post, PostEvent, Revision
from blog.models.passage import PassageField
from blog.projection import project


@dataclass(frozen=True)
class Rewording:
    """Words at a passage before and after an edit; `after` is empty when they are gone."""

    passage: Passage
    before: str
    after: str

    @property
    def difference(self) -> differences.Paragraph:
        return differences.compare_words(self.before, self.after)


@dataclass(frozen=True)
class Question:
    """Something that hangs on reworded words: what it is about, and where the edit is its answer.

    `key` names it when an editor says that the edit has nothing to do with it.
    """

    key: str
    about: str
    url: str
    rewordings: tuple[Rewording, ...]


@dataclass(frozen=True)
class Answer:
    """What an editor said about an edit: of the keys they were `asked` about, why it is unrelated.

    `decided` are the passages (by pk) that the edit is about: they are reworded on purpose.
    """

    reason: str = ""
    asked: frozenset[str] = frozenset()
    decided: frozenset[int] = frozenset()


UNASKED = Answer()


class Room(Protocol):
    """What hangs on passages."""

    def questions(self, reworded: Sequence[Rewording]) -> list[Question]:
        """What an editor is asked before these words change."""

    def take_note(self, reworded: Sequence[Rewording], *, by: Person, answer: Answer) -> None:
        """Called in the transaction that publishes the edit."""


ROOMS: list[Room] = []


@dataclass(frozen=True)
class Foresight:
    """What publishing an edit will do."""

    kept: int = 0  # marks and notes that keep their place
    lost: list[Passage] = field(default_factory=list)  # of marks and notes
    questions: list[Question] = field(default_factory=list)
    undone: list[Notice] = field(default_factory=list)

    @property
    def keys(self) -> frozenset[str]:
        """All that an editor is asked about."""
        notices = {f"notice-{notice.public_id}" for notice in self.undone}
        return frozenset({question.key for question in self.questions} | notices)


def foresee(post: Post) -> Foresight:
    """What would happen if the working text of a post were published now; nothing is stored."""
    old = post.head
    if old is None or not post.has_unpublished_changes:
        return Foresight()
    new = Revision(
        post=post,
        title=post.title,
        summary=post.summary,
        body_html=post.body,
        text=project(post.body).text,
    )
    places = passages.foresee(old, new)
    drawn = [place for place in places if place.passage_id in _drawn(post)]
    reworded = list(changed(old, new, places))
    return Foresight(
        kept=sum(place.start is not None for place in drawn),
        lost=[place.passage for place in drawn if place.start is None],
        questions=[one for room in ROOMS for one in room.questions(reworded)],
        undone=[
            notice
            for notice in undone_corrections.brought_back(old, new, places)
            if notice.undone_in_id is None
        ],
    )


def changed(old: Revision, new: Revision, places: Iterable[PassagePosition]) -> Iterator[Rewording]:
    """The passages that read otherwise in the new text than in the old; `places` are in the new."""
    stood = {place.passage_id: place for place in old.positions.all()}
    for place in places:
        before = _words(old, stood.get(place.passage_id))
        after = _words(new, place)
        if before and not reads_alike(before, after):
            yield Rewording(place.passage, before, after)
    for passage in Passage.objects.filter(post=old.post_id).exclude(field=PassageField.BODY):
        before, after = _of_field(passage, old), _of_field(passage, new)
        if not reads_alike(before, after):
            yield Rewording(passage, before, after)


def _words(revision: Revision, place: PassagePosition | None) -> str:
    if place is None or place.start is None or place.end is None:
        return ""
    return revision.text[place.start : place.end]


def _of_field(passage: Passage, revision: Revision) -> str:
    if passage.field == PassageField.TITLE:
        return revision.title
    if passage.field == PassageField.SUMMARY:
        return revision.summary
    is_there = passage.field == PassageField.IMAGE and passage.image in revision.body_html
    return passage.exact if is_there else ""


def _drawn(post: Post) -> frozenset[int]:
    """Passages at which readers see a mark or a note."""
    has_note = Q(note__isnull=False, note__withdrawn_at=None)
    drawn = post.passages.filter(has_note | ~Q(mark=Mark.NONE))
    return frozenset(drawn.values_list("pk", flat=True))


@transaction.atomic
def announce(old: Revision, new: Revision, *, by: Person, answer: Answer) -> None:
    """Tell whatever hangs on the words that an edit has changed; whoever was not asked is told so.

    Notices whose old words are back say in which revision, until their words are right again.
    """
    places = list(new.positions.select_related("passage"))
    _note_undone(old, new, places, by=by, answer=answer)
    reworded = [one for one in changed(old, new, places) if one.passage.pk not in answer.decided]
    for room in ROOMS if reworded else ():
        room.take_note(reworded, by=by, answer=answer)


def _note_undone(
    old: Revision, new: Revision, places: Sequence[PassagePosition], *, by: Person, answer: Answer
) -> None:
    back = undone_corrections.brought_back(old, new, places)
    of_post = Notice.objects.filter(post=new.post_id)
    of_post.exclude(undone_in=None).exclude(pk__in=[one.pk for one in back]).update(undone_in=None)
    for notice in back:
        if notice.passage_id not in answer.decided and notice.undone_in_id is None:
            of_post.filter(pk=notice.pk).update(undone_in=new)
            PostEvent.objects.create(
                post_id=new.post_id, actor=by, kind="correction_undone", message=answer.reason
            )

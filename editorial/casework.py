"""What an editor has before them: the passage in its text, the comment, what belongs together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from blog.anchoring import context
from blog.models import Passage, PassagePosition, PositionStatus, Post, Revision
from blog.models.passage import PassageField
from blog.painting import Paint, paint
from editorial.models import Dispute

AROUND = 240  # code points shown before and after a passage, at most


@dataclass(frozen=True)
class Shown:
    """A passage with its surroundings in a text; lost words have only what was captured."""

    passage: Passage
    before: str
    words: str
    after: str
    status: str
    candidates: list[dict[str, Any]]
    start: int | None = None

    @property
    def is_lost(self) -> bool:
        return self.status == PositionStatus.ORPHAN

    @property
    def has_changed(self) -> bool:
        """Whether the words are not those that were objected to."""
        return bool(self.words) and self.words != self.passage.exact


@dataclass(frozen=True)
class Casework:
    """One dispute with all that is needed to judge it."""

    dispute: Dispute
    post: Post
    head: Revision
    passages: list[Shown]
    others: list[Dispute]

    @property
    def words(self) -> str:
        """The words as they stand now, for a notice."""
        return next((one.words for one in self.passages if one.words), "")

    @property
    def has_edit(self) -> bool:
        """Whether an edit of the post waits unpublished."""
        post, head = self.post, self.head
        return (post.title, post.summary, post.body) != (head.title, head.summary, head.body_html)

    @property
    def is_lost(self) -> bool:
        return any(one.is_lost for one in self.passages)


def of(dispute: Dispute) -> Casework:
    """Gather it; the same few queries whatever the post has been through."""
    post = dispute.claim.post
    head = Revision.objects.get(post=post, pk=post.head_id or 0)
    positions = PassagePosition.objects.filter(revision=head, passage__claims=dispute.claim)
    at = {position.passage_id: position for position in positions}
    listed = dispute.claim.passages.order_by("captured_start", "pk")
    others = Dispute.objects.under_review().filter(claim__post=post).exclude(pk=dispute.pk)
    return Casework(
        dispute=dispute,
        post=post,
        head=head,
        passages=[_shown(passage, at.get(passage.pk), head) for passage in listed],
        others=list(others.select_related("claim").oldest_first()),
    )


def _shown(passage: Passage, position: PassagePosition | None, head: Revision) -> Shown:
    if passage.field != PassageField.BODY:
        titles = {PassageField.TITLE: head.title, PassageField.SUMMARY: head.summary}
        words = titles.get(PassageField(passage.field), "")
        return Shown(passage, "", words, "", PositionStatus.EXACT, [])
    if position is None or position.start is None or position.end is None:
        listed = position.candidates if position else []
        candidates = [{**one, "percent": round(100 * one["score"])} for one in listed]
        return Shown(passage, "", "", "", PositionStatus.ORPHAN, candidates)
    start, end = position.start, position.end
    before, after = context(head.text, start, end, width=AROUND)
    return Shown(passage, before, head.text[start:end], after, position.status, [], start)


def highlighted(head: Revision, works: Iterable[Casework]) -> SafeString:
    """The text that readers see, with the passages that are decided about marked in it."""
    standing = (one for work in works for one in work.passages if one.start is not None)
    paints = [
        Paint(f"passage-{one.passage.pk}", one.start, one.start + len(one.words), "disputed")
        for one in standing
        if one.start is not None
    ]
    return mark_safe(paint(head.body_html, paints))

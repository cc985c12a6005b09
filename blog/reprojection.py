"""Reading stored texts anew after the rules of reading or of sanitising have changed.

Every revision is carried from its old words to its new ones, one diff each, so that marks and notes
stay where they are without a new revision.
"""

from dataclasses import dataclass

from django.db import transaction

from blog import anchoring, richtext, steps
from blog.anchoring import Carried, Held
from blog.models import (
    Passage,
    PassagePosition,
    PositionStatus,
    Post,
    Publication,
    Revision,
)
from blog.projection import PROJECTION_VERSION, project


@dataclass
class Count:
    """What was done; a place is `lost` if its words are not read in the text any more."""

    posts: int = 0
    revisions: int = 0
    kept: int = 0
    lost: int = 0


def reproject_all(*, sanitises: bool = False) -> Count:
    """Read every text again, and if asked sanitise it by today's rules; twice changes nothing."""
    count = Count()
    affiliates = Publication.current().affiliates if sanitises else None
    for pk in Post.objects.exclude(revisions=None).order_by("pk").values_list("pk", flat=True):
        count.posts += _reproject(Post(pk=pk), affiliates, count)
    return count


@transaction.atomic
def _reproject(post: Post, affiliates: frozenset[str] | None, count: Count) -> bool:
    """Whether any text of this post reads otherwise than it was stored."""
    post = steps.locked(post)
    is_edited = post.has_unpublished_changes
    done = [_read(one, affiliates, count) for one in post.revisions.order_by("number")]
    if affiliates is not None and post.head is not None and not is_edited:
        head = Revision.objects.get(pk=post.head.pk)
        Post.objects.filter(pk=post.pk).update(body=head.body_html)
    return any(done)


def _read(revision: Revision, affiliates: frozenset[str] | None, count: Count) -> bool:
    body, has_links = revision.body_html, revision.has_affiliate_links
    if affiliates is not None:
        body, has_links = richtext.mark_affiliate_links(richtext.clean(body), affiliates)
    text = project(body).text
    now = (body, has_links, text, PROJECTION_VERSION)
    stored = (revision.body_html, revision.has_affiliate_links, revision.text)
    if now == (*stored, revision.projection_version):
        return False
    if text != revision.text:
        _carry(revision, text, count)
    Revision.objects.filter(pk=revision.pk).update(
        body_html=body,
        has_affiliate_links=has_links,
        text=text,
        projection_version=PROJECTION_VERSION,
    )
    count.revisions += 1
    return True


def _carry(revision: Revision, text: str, count: Count) -> None:
    """Move the places in this revision, and those at which passages were captured in it."""
    standing = list(revision.positions.exclude(start=None))
    captured = list(Passage.objects.filter(captured_revision=revision).exclude(captured_start=None))
    held = [Held(one.pk, one.start or 0, one.end or 0) for one in standing]
    held += [Held(-one.pk, one.captured_start or 0, one.captured_end or 0) for one in captured]
    carried = {one.id: one for one in anchoring.carry(revision.text, text, held)}
    for position in standing:
        _move(position, carried[position.pk], count)
    for passage in captured:
        place = carried[-passage.pk]
        passage.captured_start, passage.captured_end = place.start, place.end
    PassagePosition.objects.bulk_update(standing, ("start", "end", "status", "candidates"))
    Passage.objects.bulk_update(captured, ("captured_start", "captured_end"))


def _move(position: PassagePosition, place: Carried, count: Count) -> None:
    position.start, position.end = place.start, place.end
    if place.start is not None:
        count.kept += 1
        return
    position.status = PositionStatus.ORPHAN
    position.candidates = [one.as_json() for one in place.candidates]
    count.lost += 1

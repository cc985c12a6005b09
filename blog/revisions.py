"""How a working text becomes a revision, with every passage carried along.

Called by the rules in `workflow` and `publishing`, in their transaction, with the post locked.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import WrongMoment
from blog import approvals, image_uses, passages, pings, rewording, richtext, search_index
from blog.models import EditLabel, Passage, Post, Publication, Revision
from blog.projection import PROJECTION_VERSION, project
from blog.rewording import UNASKED, Answer

TOLD_LABELS = frozenset(
    {EditLabel.UPDATE, EditLabel.CLARIFICATION, EditLabel.CORRECTION, EditLabel.RETRACTION}
)


def head_of(post: Post) -> Revision:
    """What readers see; a post that was never published has none."""
    if post.head is None:
        raise WrongMoment(_("Readers have never seen this post."))
    return post.head


def advance(
    post: Post, *, by: Person | None, label: EditLabel, reason: str, answer: Answer = UNASKED
) -> Revision:
    """Make the working text the head and carry every passage into it; what hangs on them is told.

    The updated date moves only for labels that readers are told of.
    """
    old = post.head
    revision = _store(post, by=by, label=label, reason=reason)
    approvals.tie_to(revision, post)
    image_uses.note_revision(revision)
    if old is not None:
        passages.carry(old, revision)
    post.head = revision
    post.version += 1
    if label in TOLD_LABELS and post.published_at is not None:
        post.updated_at = max(timezone.now(), post.published_at)
    post.save(update_fields=("head", "version", "updated_at"))
    if label != EditLabel.DRAFT:
        search_index.follow(post)
        pings.announce(post)
    if old is not None and by is not None and label != EditLabel.DRAFT:
        rewording.announce(old, revision, by=by, answer=answer)
    return revision


def freeze(post: Post, *, by: Person | None) -> Revision:
    """The working text as a draft revision; the one there is serves when nothing changed."""
    if post.head is not None and not post.has_unpublished_changes:
        return post.head
    return advance(post, by=by, label=EditLabel.DRAFT, reason="")


def publish_first(post: Post, *, by: Person | None) -> Revision:
    """Make the working text revision 1; texts that were never published are forgotten."""
    head = freeze(post, by=by)
    drafts = post.revisions.filter(label=EditLabel.DRAFT).exclude(pk=head.pk)
    for passage in post.passages.filter(captured_revision__in=drafts):
        _capture_again(passage, head)
    drafts.delete()
    head.number, head.label, head.created_at = 1, EditLabel.FIRST, timezone.now()
    head.save(update_fields=("number", "label", "created_at"))
    search_index.follow(post)
    pings.announce(post)
    return head


def _store(post: Post, *, by: Person | None, label: EditLabel, reason: str) -> Revision:
    affiliates = Publication.current().affiliates
    body, has_affiliate_links = richtext.mark_affiliate_links(post.body, affiliates)
    if body != post.body:
        post.body = body
        post.save(update_fields=("body",))
    latest = post.revisions.order_by("-number").first()
    return Revision.objects.create(
        post=post,
        number=latest.number + 1 if latest else 1,
        title=post.title,
        summary=post.summary,
        body_html=body,
        text=project(body).text,
        projection_version=PROJECTION_VERSION,
        has_affiliate_links=has_affiliate_links,
        label=label,
        reason=reason.strip(),
        made_by=by,
    )


def _capture_again(passage: Passage, revision: Revision) -> None:
    """A passage of a forgotten draft is as if it had been captured in the first public text."""
    position = passage.positions.get(revision=revision)
    passage.captured_revision = revision
    passage.captured_start, passage.captured_end = position.start, position.end
    if position.start is not None and position.end is not None:
        passage.exact = revision.text[position.start : position.end]
    passage.save(update_fields=("captured_revision", "captured_start", "captured_end", "exact"))

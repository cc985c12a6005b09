"""Several objections to the same words become one, and can be taken apart again.

The one they are merged into is the root: it carries the mark, the finding and the result, and
everybody who raised one of them hears of it. Roots are never merged themselves.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, WrongMoment
from accounts.roles import require_editor
from blog import passages
from blog.models import Mark, PassagePosition, Post
from blog.models.passage import PassageField
from editorial import mail, points, steps
from editorial.models import Claim, Dispute, DisputeEventKind, DisputeState
from editorial.models.dispute import OPEN_STATES, DisputeQuerySet
from editorial.points import Target

S, K = DisputeState, DisputeEventKind


@transaction.atomic
def merge(dispute: Dispute, *, into: Dispute, editor: Person, version: int) -> Dispute:
    """Let one objection share the fate of another about the same post; returns the root.

    Merging into one that was merged lands on its root; what was merged into this one goes along.
    Refuses another post, itself, and hiding what readers see under what they do not.
    """
    require_editor(editor)
    steps.locked(dispute.claim.post)
    into = Dispute.objects.select_related("merged_into", "claim").get(pk=into.pk)
    root = into.merged_into or into
    _require_mergeable(dispute, root)
    came_from = dispute.state
    steps.move(dispute, K.MERGED, version=version, by=editor, merged_into=root)
    if came_from == S.UNDER_REVIEW:
        points.mark(dispute.claim, Mark.NONE)
        points.mark(root.claim, Mark.DISPUTED, reference=root.public_id)
    for other in Dispute.objects.filter(merged_into=dispute):
        Dispute.objects.filter(pk=other.pk).update(merged_into=root)
    if root.state == S.UNDER_REVIEW and came_from != S.UNDER_REVIEW:
        mail.joined(dispute, root)
    return root


@transaction.atomic
def gather(
    root: Dispute, *, others: Sequence[tuple[Dispute, int]], editor: Person, version: int
) -> None:
    """Merge several into one, each as the editor saw it (its version); all of them, or none."""
    require_editor(editor)
    if not others:
        raise Invalid(_("Please choose at least one."))
    if not Dispute.objects.filter(pk=root.pk, version=version).exists():
        raise Conflict(_("Somebody else has worked on this dispute since you opened it."))
    for other, seen in others:
        merge(other, into=root, editor=editor, version=seen)


@transaction.atomic
def unmerge(dispute: Dispute, *, editor: Person, version: int) -> None:
    """Take one out again, to the state it was merged from; refuses once the root is decided."""
    require_editor(editor)
    steps.locked(dispute.claim.post)
    if dispute.merged_into is None:
        raise WrongMoment(_("This dispute is not merged."))
    if dispute.merged_into.state not in OPEN_STATES:
        raise WrongMoment(_("They were decided together: it cannot be taken out any more."))
    _take_out(dispute, by=editor, version=version)


def under_review_at(post: Post, target: Target) -> DisputeQuerySet:
    """Disputes that readers see at these words of the text as it is now; none that they do not."""
    public = Dispute.objects.public().under_review().filter(claim__post=post, withheld_at=None)
    if target.field != PassageField.BODY:
        here = {"field": target.field, "image": target.image}
        same = post.passages.filter(**here, mark=Mark.DISPUTED)
    else:
        positions = PassagePosition.objects.in_head().filter(_overlaps(post, target))
        same = post.passages.filter(pk__in=positions.values("passage"))
    return public.filter(claim__in=Claim.objects.filter(passages__in=same)).oldest_first()


def join(dispute: Dispute, *, into: Dispute, target: Target) -> None:
    """Let a reader's objection go along with a public one about the same words from the start.

    Called in the transaction that stores it. Refuses what is not public there any more. Its sources
    show after an editor's next step, and whoever is about to take one has to see them first.
    """
    if not under_review_at(dispute.claim.post, target).filter(pk=into.pk).exists():
        raise WrongMoment(_("This is not under review any more: please send your own report."))
    by = dispute.raised_by
    steps.move(dispute, K.MERGED, version=dispute.version, by=by, merged_into=into)
    Dispute.objects.filter(pk=into.pk).update(version=F("version") + 1)


def release(root: Dispute) -> None:
    """Let all that were merged into one stand on their own again, since it says nothing of them.

    Called in the transaction that takes it back, lets it lapse, or keeps it out as spam or abuse.
    """
    for one in root.merged.select_related("claim"):
        _take_out(one, by=None, version=one.version)


def _take_out(dispute: Dispute, *, by: Person | None, version: int) -> None:
    to = _state_before(dispute)
    steps.move(dispute, K.UNMERGED, version=version, by=by, to=to, merged_into=None)
    if to == S.UNDER_REVIEW:
        points.mark(dispute.claim, Mark.DISPUTED, reference=dispute.public_id)


def _require_mergeable(dispute: Dispute, root: Dispute) -> None:
    if root.pk == dispute.pk:
        raise Invalid(_("A dispute cannot be merged with itself."))
    if root.claim.post_id != dispute.claim.post_id:
        raise Invalid(_("Only disputes about the same post can be merged."))
    if root.state not in OPEN_STATES:
        raise WrongMoment(_("The other one is closed already."))
    if dispute.state == S.UNDER_REVIEW and root.state != S.UNDER_REVIEW:
        raise WrongMoment(
            _("Readers see this one: merge the other one into it, or take the other one up first.")
        )


def _state_before(dispute: Dispute) -> DisputeState:
    merged = dispute.events.filter(kind=K.MERGED).last()
    return DisputeState(merged.from_state) if merged else S.RECEIVED


def _overlaps(post: Post, target: Target) -> Q:
    """Which positions share a character with the words; of none, none."""
    found = Q(pk=None)
    for quote in target.quotes:
        span = passages.find(post.head, quote) if post.head else None
        if span:
            found |= Q(passage__post=post, start__lt=span.end, end__gt=span.start)
    return found

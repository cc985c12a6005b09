"""Several objections to the same words become one, and can be taken apart again.

The one they are merged into is the root: it carries the mark, the finding and the result, and
everybody who raised one of them hears of it. Roots are never merged themselves.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, WrongMoment
from accounts.roles import require_editor
from blog.models import Mark
from editorial import mail, points, steps
from editorial.models import Dispute, DisputeEventKind, DisputeState
from editorial.models.dispute import OPEN_STATES

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

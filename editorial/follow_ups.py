"""What can happen to a promised follow-up: kept by a post, or dropped with a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_editor
from blog import workflow
from blog.models import Post
from editorial import mail, plain, steps
from editorial.models import DisputeEventKind, FollowUp, FollowUpState

LONGEST_REASON = 300


@transaction.atomic
def keep(follow_up: FollowUp, *, editor: Person, post: Post) -> FollowUp:
    """Name the published post that keeps the promise; whoever raised the dispute is told.

    Readers see it beside the decision from now on, and both posts lead to each other. Refuses the
    post the promise is about.
    """
    follow_up = _promised(follow_up, editor)
    if not post.is_public:
        raise Invalid(_("Readers cannot read this post yet: publish it first."))
    if post.pk == follow_up.claim.post_id:
        raise Invalid(_("A follow-up is another post than the one it is about."))
    follow_up.post, follow_up.state = post, FollowUpState.PUBLISHED
    follow_up.save(update_fields=("post", "state"))
    workflow.lead_to_each_other(follow_up.claim.post, post)
    _record(follow_up, editor, DisputeEventKind.KEPT)
    mail.follow_up_published(follow_up)
    return follow_up


@transaction.atomic
def drop(follow_up: FollowUp, *, editor: Person, reason: str) -> FollowUp:
    """Take a promise back; readers see the reason in its place."""
    follow_up = _promised(follow_up, editor)
    words = plain.line(reason)
    if not words:
        raise Invalid(_("Please give readers the reason: they have been promised a post."))
    follow_up.state, follow_up.dropped_because = FollowUpState.DROPPED, words[:LONGEST_REASON]
    follow_up.save(update_fields=("state", "dropped_because"))
    _record(follow_up, editor, DisputeEventKind.DROPPED)
    return follow_up


def _promised(follow_up: FollowUp, editor: Person) -> FollowUp:
    require_editor(editor)
    locked = FollowUp.objects.select_for_update(of=("self",)).select_related("claim__post")
    current = locked.get(pk=follow_up.pk)
    if current.state != FollowUpState.PROMISED:
        raise WrongMoment(_("This promise was kept or dropped already."))
    return current


def _record(follow_up: FollowUp, editor: Person, kind: DisputeEventKind) -> None:
    for dispute in follow_up.decision.disputes.all():
        steps.record(dispute, kind=kind, by=editor, message=follow_up.dropped_because)

"""What can happen to somebody's right to comment: held, suspended, banned, and given back.

A sanction belongs to a participant: whoever signs in is met again whatever they type, a guest is
met again under the same address only, so a new address is a new person. A suspension that is over
needs no job: it is no longer in force. Lifting a ban lets somebody comment again; what was decided
about their comments stands until it is undone on the desk.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import is_moderator, require_moderator
from comments.models import (
    Batch,
    CommentState,
    Participant,
    Phase,
    PostComment,
    Sanction,
    SanctionKind,
)
from comments.moderation import Why, change_state
from comments.words import fit

S = CommentState
HOURS = (1, 3, 24, 168)
MOST_IN_REASON = 300
SLICE = 50  # comments that one task moves before it hands on to the next
# what a ban makes of somebody's comments, by the state they are in
FATES: dict[str, dict[CommentState, CommentState]] = {
    "keep": {},
    "reject": {S.HELD: S.REJECTED, S.PUBLISHED: S.REMOVED},
    "spam": dict.fromkeys((S.HELD, S.PUBLISHED, S.REJECTED, S.REMOVED), S.SPAM),
}


def hold(participant: Participant, *, moderator: Person, reason: str) -> Sanction:
    """Let every comment of theirs wait for a person."""
    return _impose(participant, SanctionKind.HOLD, moderator=moderator, reason=reason)


def suspend(participant: Participant, *, moderator: Person, hours: int, reason: str) -> Sanction:
    """Take no comment from them for so many hours."""
    if hours not in HOURS:
        raise Invalid(_("Please choose for how long."))
    return _impose(
        participant, SanctionKind.SUSPENSION, moderator=moderator, reason=reason, hours=hours
    )


@transaction.atomic
def ban(
    participant: Participant, *, moderator: Person, reason: str, their_comments: str = "keep"
) -> Sanction:
    """Take no comment from them until it is lifted; a task does what was chosen for the others."""
    if their_comments not in FATES:
        raise Invalid(_("Please choose what should happen with their comments."))
    sanction = _impose(participant, SanctionKind.BAN, moderator=moderator, reason=reason)
    for to in sorted(set(FATES[their_comments].values())):
        froms = [state for state, fate in FATES[their_comments].items() if fate == to]
        _decide_about(participant, froms, to=to, sanction=sanction)
    return sanction


@transaction.atomic
def lift(sanction: Sanction, *, moderator: Person) -> Sanction:
    """Take a sanction back; refuses one that was lifted already or is over."""
    require_moderator(moderator)
    participant = _locked(sanction.participant_id)
    if participant.person_id == moderator.pk:
        raise NotAllowed(_("You cannot lift a sanction of your own."))
    in_force = Sanction.objects.in_force().filter(pk=sanction.pk)
    if not in_force.update(lifted_by=moderator, lifted_at=timezone.now()):
        raise WrongMoment(_("This sanction is not in force any more."))
    sanction.refresh_from_db()
    return sanction


@task
def work_off(batch_id: int) -> str:
    """Move the next comments of a batch; may run twice, also at the same time."""
    batch = Batch.objects.get(pk=batch_id)
    first = batch.done + batch.left
    for place, pk in enumerate(batch.pks[first : first + SLICE], start=first):
        if not _move(batch, pk, place):
            return "another task is at it"
    if first + SLICE < batch.total:
        work_off.enqueue(batch.pk)
        return "more to do"
    Batch.objects.filter(pk=batch.pk, finished_at=None).update(finished_at=timezone.now())
    return "finished"


@transaction.atomic
def _impose(
    participant: Participant,
    kind: SanctionKind,
    *,
    moderator: Person,
    reason: str,
    hours: int | None = None,
) -> Sanction:
    require_moderator(moderator)
    participant = _locked(participant.pk)
    _require_sanctionable(participant, moderator)
    reason = _fit_reason(reason)
    if participant.sanctions.in_force().filter(kind=kind).exists():
        raise WrongMoment(_("There is such a sanction already; lift it first to change it."))
    until = timezone.now() + timedelta(hours=hours) if hours else None
    return participant.sanctions.create(kind=kind, until=until, reason=reason, set_by=moderator)


def _decide_about(
    participant: Participant, froms: list[CommentState], *, to: CommentState, sanction: Sanction
) -> None:
    """Leave one decision about many comments to a task."""
    theirs = PostComment.objects.filter(participant=participant, state__in=froms).order_by("pk")
    pks = list(theirs.values_list("pk", flat=True))
    if not pks:
        return
    reason = _("Banned: %(reason)s") % {"reason": sanction.reason}
    batch = Batch.objects.create(
        actor=sanction.set_by, to_state=to, reason=reason[:300], pks=pks, total=len(pks)
    )
    work_off.enqueue(batch.pk)


@transaction.atomic
def _move(batch: Batch, pk: int, place: int) -> bool:
    """Move one comment and count it; False when another task was faster.

    What cannot move that way any more, or is gone, is left as it is.
    """
    ours = Batch.objects.filter(pk=batch.pk, finished_at=None, done=place - F("left"))
    if not ours.update(done=F("done") + 1):
        return False
    comment = PostComment.objects.filter(pk=pk).first()
    if comment is None or not _moved(comment, batch):
        Batch.objects.filter(pk=batch.pk).update(done=F("done") - 1, left=F("left") + 1)
    return True


def _moved(comment: PostComment, batch: Batch) -> bool:
    why = Why(batch.reason, phase=Phase.SANCTIONS, batch=batch)
    try:
        change_state(comment, to=S(batch.to_state), actor=batch.actor, why=why)
    except WrongMoment:
        return False
    return True


def _require_sanctionable(participant: Participant, moderator: Person) -> None:
    if participant.person_id == moderator.pk:
        raise NotAllowed(_("You cannot sanction yourself."))
    if participant.person and is_moderator(participant.person):
        raise NotAllowed(_("Moderators and editors are not sanctioned: take the role away first."))


def _fit_reason(reason: str) -> str:
    reason = fit(reason)
    if not reason:
        raise Invalid(_("Please give a reason; the other moderators read it."))
    if len(reason) > MOST_IN_REASON:
        raise Invalid(_("A reason has at most %(most)d characters.") % {"most": MOST_IN_REASON})
    return reason


def _locked(pk: int) -> Participant:
    """The participant as they are now; no other sanction comes in between."""
    rows = Participant.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("person").get(pk=pk)

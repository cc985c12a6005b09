"""How an objection moves from state to state: the legal steps, the version check, the event."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, WrongMoment
from blog.models import Post, PostState
from comments import fragments
from comments.models import PostComment
from editorial.models import Dispute, DisputeEvent, DisputeEventKind, DisputeState
from editorial.models.dispute import CLOSED_STATES, OPEN_STATES, UNSEEN_STATES

S, K = DisputeState, DisputeEventKind
Ways = dict[DisputeState, tuple[DisputeState, ...]]


def _stays(*states: DisputeState) -> Ways:
    return {state: (state,) for state in states}


TRANSITIONS: dict[DisputeEventKind, Ways] = {
    K.ACCEPTED: {S.RECEIVED: (S.UNDER_REVIEW,), S.NEEDS_INFORMATION: (S.UNDER_REVIEW,)},
    K.DECLINED: {S.RECEIVED: (S.NOT_ACCEPTED,), S.NEEDS_INFORMATION: (S.NOT_ACCEPTED,)},
    K.ASKED: {S.RECEIVED: (S.NEEDS_INFORMATION,), **_stays(S.UNDER_REVIEW)},
    K.ANSWERED: {S.NEEDS_INFORMATION: (S.RECEIVED,), **_stays(S.UNDER_REVIEW)},
    K.LAPSED: {S.NEEDS_INFORMATION: (S.NOT_ACCEPTED,)},
    K.SOURCE_ADDED: _stays(*OPEN_STATES),
    K.ASSIGNED: _stays(*OPEN_STATES),
    K.PLACED: _stays(*OPEN_STATES),
    K.REWORDED: _stays(*OPEN_STATES),
    K.CONSULTED: _stays(*OPEN_STATES),
    K.ADVISED: _stays(*DisputeState),
    K.HEARD: _stays(S.UNDER_REVIEW),
    K.REPLIED: _stays(S.UNDER_REVIEW),
    K.PROGRESS: _stays(S.UNDER_REVIEW),
    K.CONCERN: _stays(S.UNDER_REVIEW),
    K.ASKED_TO_WITHDRAW: _stays(S.UNDER_REVIEW),
    K.CONTINUED: _stays(S.UNDER_REVIEW),
    K.WITHDRAWN: dict.fromkeys(OPEN_STATES, (S.WITHDRAWN,)),
    K.MERGED: dict.fromkeys(OPEN_STATES, (S.MERGED,)),
    K.UNMERGED: {S.MERGED: OPEN_STATES},
    K.SPAM: {S.RECEIVED: (S.NOT_ACCEPTED,), S.NEEDS_INFORMATION: (S.NOT_ACCEPTED,)},
    K.RESTORED: {S.NOT_ACCEPTED: UNSEEN_STATES},
    K.DECIDED: {S.UNDER_REVIEW: (S.RESOLVED,)},
    K.UNDONE: {S.RESOLVED: (S.UNDER_REVIEW,)},
    K.ASKED_TO_REOPEN: _stays(S.RESOLVED, S.NOT_ACCEPTED),
    K.LEFT_CLOSED: _stays(S.RESOLVED, S.NOT_ACCEPTED),
    K.REOPENED: dict.fromkeys(CLOSED_STATES, (S.UNDER_REVIEW,)),
    K.WITHHELD: _stays(S.UNDER_REVIEW, S.RESOLVED),
    K.RELEASED: _stays(S.UNDER_REVIEW, S.RESOLVED),
}


def locked(post: Post) -> Post:
    """The post as it is now; its text and its disputes stay so until the transaction ends."""
    posts = Post.objects.select_for_update(of=("self",))
    return posts.select_related("head", "author__person").get(pk=post.pk)


def require_awake(post: Post) -> None:
    """Nothing is taken up or decided about a post that readers cannot see for the moment."""
    if post.state == PostState.WITHDRAWN:
        raise WrongMoment(_("The post is unpublished: its disputes rest until it is back."))


def move(  # noqa: PLR0913  all facts of one step
    dispute: Dispute,
    kind: DisputeEventKind,
    *,
    version: int,
    by: Person | None,
    to: DisputeState | None = None,
    message: str = "",
    told: str = "",
    **changes: Any,
) -> None:
    """Take one step of `TRANSITIONS`, with what comes with it, if the objection is as it was seen.

    `to` says where to when the step can lead to several states. Refuses with `WrongMoment` what is
    not in the table, and with `Conflict` whoever saw an older version. What the raiser wished of
    the state that it leaves is no longer wished.
    """
    came_from = DisputeState(dispute.state)
    ways = TRANSITIONS[kind].get(came_from, ())
    if not ways or (to is not None and to not in ways):
        raise WrongMoment(
            _("This cannot happen while the dispute is in the state “%(state)s”.")
            % {"state": dispute.get_state_display()}
        )
    goes_to = to or ways[0]
    if goes_to != came_from:
        changes = {"wish": "", "wished_at": None} | changes
    _change(dispute, version=version, state=goes_to, **changes)
    given = changes.get("assigned_to")
    record(
        dispute,
        kind=kind,
        by=by,
        came_from=came_from,
        given_to=given,
        message=message,
        told=told,
    )


def record(  # noqa: PLR0913  all facts of one step
    dispute: Dispute,
    *,
    kind: DisputeEventKind,
    by: Person | None,
    came_from: DisputeState | None = None,
    given_to: Person | None = None,
    message: str = "",
    told: str = "",
) -> None:
    """Write down that something happened; `told` may be read by others than editors."""
    DisputeEvent.objects.create(
        dispute=dispute,
        actor=by,
        given_to=given_to,
        kind=kind,
        from_state=came_from or "",
        to_state=dispute.state,
        message=message,
        told=told,
    )
    _redraw_comment(dispute)


def _redraw_comment(dispute: Dispute) -> None:
    """The comment that an objection was made from says what became of it."""
    if dispute.source_comment_id is not None:
        known = PostComment.objects.filter(pk=dispute.source_comment_id)
        fragments.refresh(fragments.for_showing(known))


def _change(dispute: Dispute, *, version: int, **changes: Any) -> None:
    """One conditional update: whoever comes second with an old version changes nothing."""
    seen = Dispute.objects.filter(pk=dispute.pk, version=version, state=dispute.state)
    if not seen.update(version=F("version") + 1, **changes):
        raise Conflict(_("Somebody else has worked on this dispute since you opened it."))
    dispute.refresh_from_db()

"""How an objection moves from state to state: the legal moves, the version check, the event."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, NotAllowed, WrongMoment
from accounts.roles import is_editor
from blog.models import Post
from comments import fragments
from comments.models import PostComment
from editorial.models import Dispute, DisputeEvent, DisputeEventKind, DisputeState

S = DisputeState
MOVES: dict[DisputeState, frozenset[DisputeState]] = {
    S.RECEIVED: frozenset({S.UNDER_REVIEW, S.NOT_ACCEPTED, S.WITHDRAWN}),
    S.UNDER_REVIEW: frozenset({S.RESOLVED}),
    S.RESOLVED: frozenset(),
    S.NOT_ACCEPTED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
KINDS = {
    S.UNDER_REVIEW: DisputeEventKind.ACCEPTED,
    S.NOT_ACCEPTED: DisputeEventKind.DECLINED,
    S.WITHDRAWN: DisputeEventKind.WITHDRAWN,
    S.RESOLVED: DisputeEventKind.DECIDED,
}


def locked(post: Post) -> Post:
    """The post as it is now; its text and its disputes stay so until the transaction ends."""
    posts = Post.objects.select_for_update(of=("self",))
    return posts.select_related("head", "author__person").get(pk=post.pk)


def require_editor(person: Person) -> None:
    if not is_editor(person):
        raise NotAllowed(_("Only an editor may do this."))


def move(
    dispute: Dispute,
    *,
    to: DisputeState,
    version: int,
    by: Person | None,
    message: str = "",
    **changes: Any,
) -> None:
    """Change the state, and what comes with it, if the objection still is as it was seen."""
    came_from = DisputeState(dispute.state)
    if to not in MOVES[came_from]:
        raise WrongMoment(
            _("This cannot happen while the dispute is in the state “%(state)s”.")
            % {"state": dispute.get_state_display()}
        )
    _change(dispute, version=version, state=to, **changes)
    record(dispute, kind=KINDS[to], by=by, came_from=came_from, message=message)


def step(dispute: Dispute, *, version: int, kind: DisputeEventKind, by: Person) -> None:
    """Record that something happened to the objection that leaves its state as it is."""
    _change(dispute, version=version)
    record(dispute, kind=kind, by=by, came_from=DisputeState(dispute.state))


def record(
    dispute: Dispute,
    *,
    kind: DisputeEventKind,
    by: Person | None,
    came_from: DisputeState | None = None,
    message: str = "",
) -> None:
    DisputeEvent.objects.create(
        dispute=dispute,
        actor=by,
        kind=kind,
        from_state=came_from or "",
        to_state=dispute.state,
        message=message,
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

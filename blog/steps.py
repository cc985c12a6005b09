"""How a post moves from state to state: the legal moves, the lock, the version check, the event."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, WrongMoment
from blog import search_index
from blog.models import Post, PostEvent, PostState
from blog.models.post import READABLE_STATES

S = PostState
MOVES: dict[PostState, frozenset[PostState]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.ACCEPTED}),
    S.SUBMITTED: frozenset({S.DRAFT, S.IN_REVIEW, S.CHANGES_REQUESTED, S.ACCEPTED}),
    S.IN_REVIEW: frozenset({S.DRAFT, S.CHANGES_REQUESTED, S.ACCEPTED}),
    S.CHANGES_REQUESTED: frozenset({S.DRAFT, S.SUBMITTED, S.ACCEPTED}),
    S.ACCEPTED: frozenset({S.DRAFT, S.IN_REVIEW, S.CHANGES_REQUESTED, S.SCHEDULED, S.PUBLISHED}),
    S.SCHEDULED: frozenset({S.CHANGES_REQUESTED, S.ACCEPTED, S.PUBLISHED}),
    S.PUBLISHED: frozenset({S.RETRACTED, S.WITHDRAWN, S.REMOVED}),
    S.RETRACTED: frozenset({S.PUBLISHED, S.WITHDRAWN, S.REMOVED}),
    S.WITHDRAWN: frozenset({S.PUBLISHED, S.RETRACTED, S.REMOVED}),
    S.REMOVED: frozenset({S.PUBLISHED, S.RETRACTED}),  # only with the decision that removed it
}
REVIEWED = frozenset({S.SUBMITTED, S.IN_REVIEW})
ACCEPTED = frozenset({S.ACCEPTED, S.SCHEDULED})
WITH_EDITORS = REVIEWED | ACCEPTED
UNPUBLISHED = "unpublished"  # the event whose message is the note for readers
UNSEEN = frozenset(MOVES) - {S.PUBLISHED, S.RETRACTED, S.WITHDRAWN, S.REMOVED}  # by any reader


def locked(post: Post) -> Post:
    """The row as it is now; nobody else changes it until the transaction ends."""
    return (
        Post.objects.select_for_update(of=("self",))
        .select_related("head", "author")
        .get(pk=post.pk)
    )


def as_seen(post: Post, version: int) -> Post:
    """The locked row; refuses with `Conflict` whoever saw an older version of the post."""
    post = locked(post)
    if post.version != version:
        raise Conflict(_("Somebody else changed this post after you opened the page."))
    return post


def require_read(post: Post) -> None:
    if not post.is_public:
        raise WrongMoment(_("Readers do not see this post."))


def move(post: Post, *, to: PostState, by: Person | None, kind: str, message: str = "") -> None:
    """Change the state and record the event; refuses a move that is not in `MOVES`.

    Nobody (`by=None`) acts only where a plan comes true whose maker is gone.
    """
    if to not in MOVES[PostState(post.state)]:
        raise WrongMoment(
            _("This cannot happen while the post is in the state “%(state)s”.")
            % {"state": post.get_state_display()}
        )
    record(post, by=by, kind=kind, to=to, message=message)
    if post.state == S.SCHEDULED and to != S.PUBLISHED:
        post.published_at = None  # it was a plan
    was_seen = post.state in READABLE_STATES
    post.state, post.state_changed_at = to, timezone.now()
    post.version += 1
    post.save(update_fields=("state", "state_changed_at", "published_at", "version"))
    if was_seen or to in READABLE_STATES:
        search_index.follow(post)


def record(post: Post, *, by: Person | None, kind: str, to: str = "", message: str = "") -> None:
    PostEvent.objects.create(
        post=post, actor=by, kind=kind, from_state=post.state, to_state=to, message=message.strip()
    )


def record_given(post: Post, *, by: Person, to: Person | None) -> None:
    """Record into whose hands a post was given; by reference, so that a name can be forgotten."""
    PostEvent.objects.create(
        post=post, actor=by, kind="assigned", from_state=post.state, given_to=to
    )

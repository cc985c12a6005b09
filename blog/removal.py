"""What can happen to a post that readers shall not read: unpublished, published again, removed.

Nothing of it is deleted. A removal leaves a notice at the address of the post, for good; what was
only unpublished comes back as it was.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_publisher
from blog import mail, notices, revisions, steps
from blog.models import EditLabel, Notice, NoticeKind, Post, PostState, Severity


@transaction.atomic
def unpublish(post: Post, *, by: Person, version: int, note: str = "") -> Post:
    """Take a post from readers for a while; `note`, if there is one, stands at its address."""
    require_publisher(by)
    post = steps.as_seen(post, version)
    steps.require_read(post)
    steps.move(post, to=PostState.WITHDRAWN, by=by, kind=steps.UNPUBLISHED, message=note)
    mail.whole_post_changed(post, kind="unpublished", text=note)
    return post


@transaction.atomic
def publish_again(
    post: Post,
    *,
    by: Person,
    version: int,
    label: EditLabel = EditLabel.COSMETIC,
    reason: str = "",
) -> Post:
    """Give an unpublished post back to readers, as what it was: published, or retracted.

    What was edited meanwhile becomes the next revision, with every passage carried into it; then
    `label` and `reason` tell readers what changed, as in `publishing.revise`.
    """
    require_publisher(by)
    post = steps.as_seen(post, version)
    if post.state != PostState.WITHDRAWN:
        raise WrongMoment(_("Only an unpublished post can be published again."))
    is_edited = post.has_unpublished_changes
    if is_edited and label != EditLabel.COSMETIC and not reason.strip():
        raise Invalid(_("Please say in a few words what changed."))
    steps.move(post, to=_state_before(post), by=by, kind="published_again", message=reason)
    if is_edited:
        revisions.advance(post, by=by, label=label, reason=reason)
    mail.whole_post_changed(post, kind="published_again", text=reason)
    return post


@transaction.atomic
def remove(post: Post, *, by: Person, text: str, version: int, tells_author: bool = True) -> Notice:
    """Take a post away for good; `text` says why, and stands alone at its address from now on.

    The text of the post, its versions and what other notices quote of it are shown nowhere. The
    author is told, unless whoever calls this does so.
    """
    require_publisher(by)
    post = steps.as_seen(post, version)
    if not post.is_public and post.state != PostState.WITHDRAWN:
        raise WrongMoment(_("Readers have never seen this post."))
    if not text.strip():
        raise Invalid(_("Please give the reason: it stands in the place of the post."))
    head = revisions.head_of(post)
    steps.move(post, to=PostState.REMOVED, by=by, kind="removed", message=text)
    facts = notices.NoticeFacts(
        kind=NoticeKind.REMOVAL,
        severity=Severity.PREMISE,
        text=text.strip(),
        revision_before=head,
        revision_after=head,
    )
    if tells_author:
        mail.whole_post_changed(post, kind="removed", text=text)
    return notices.publish_notice(post, editor=by, facts=facts)


@transaction.atomic
def take_back(post: Post, *, by: Person) -> None:
    """Undo a removal that nobody was told of, with the decision that brought it."""
    require_publisher(by)
    post = steps.locked(post)
    steps.move(post, to=_state_before(post), by=by, kind="taken_back")


def _state_before(post: Post) -> PostState:
    """What it was when it was last taken from readers."""
    event = post.events.filter(to_state=post.state).last()
    return PostState(event.from_state) if event else PostState.PUBLISHED

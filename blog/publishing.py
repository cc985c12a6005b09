"""What readers get of a post: published first, then revised, its earlier words used again.

Readers see only `Post.head`, an immutable revision. Every step is one transaction with one
`PostEvent`, and announces itself by a task enqueued in that transaction.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, WrongMoment
from accounts.roles import require_editor
from blog import checklist, draft_places, image_uses, mail, revisions, steps
from blog.models import EditLabel, Post, PostState, Revision
from blog.rewording import UNASKED, Answer
from blog.workflow import Draft, write

S = PostState


@transaction.atomic
def publish(post: Post, *, editor: Person, at: datetime | None = None) -> Post:
    """Show an accepted post to readers as revision 1; `at` (aware) dates it back."""
    require_editor(editor)
    post = steps.locked(post)
    now = timezone.now()
    if at is not None and at > now:
        raise WrongMoment(_("This moment is to come: schedule the post for it."))
    if post.state in steps.ACCEPTED:
        checklist.require(post, at_the_end=True)
    return show(post, by=editor, at=at or now, kind="published")


def show(post: Post, *, by: Person | None, at: datetime, kind: str) -> Post:
    """Make the text of a locked post revision 1; refuses one that readers have seen before."""
    if post.state == S.RETRACTED:
        raise WrongMoment(_("A retracted post is not published again in silence."))
    if post.is_gone:
        raise WrongMoment(_("This post was published before: publish it again instead."))
    post.published_at = at
    steps.move(post, to=S.PUBLISHED, by=by, kind=kind)
    revisions.publish_first(post, by=by)
    mail.post_published(post)
    return post


@transaction.atomic
def revise(  # noqa: PLR0913  the words of an edit, and what they mean
    post: Post,
    *,
    by: Person,
    label: EditLabel,
    reason: str,
    base: Revision,
    answer: Answer = UNASKED,
) -> Revision:
    """Publish the working text of a public post as the next revision.

    All passages are carried along. Readers are told (the updated date moves) unless the edit is
    cosmetic. `answer` is what the editor said about disputed words that it changes; without one
    they count as changed without notice. Refuses with `Conflict` when readers see another revision
    than `base`, the one the editor looked at.
    """
    require_editor(by)
    post = steps.locked(post)
    if not post.is_public or post.head is None:
        raise WrongMoment(_("Only a published post can be revised."))
    if post.head_id != base.pk:
        raise Conflict(_("Another revision was published after you opened this post."))
    if not post.has_unpublished_changes:
        raise Invalid(_("The text has not changed."))
    if label != EditLabel.COSMETIC and not reason.strip():
        raise Invalid(_("Please say in a few words what changed."))
    revision = revisions.advance(post, by=by, label=label, reason=reason, answer=answer)
    steps.record(post, by=by, kind=f"revised:{label}", message=reason)
    return revision


@transaction.atomic
def reword(  # noqa: PLR0913  the words of an edit, and what they mean to readers
    post: Post,
    *,
    by: Person,
    body: str,
    label: EditLabel,
    reason: str,
    base: Revision,
    title: str = "",
    waiting: int | None = None,
    answer: Answer = UNASKED,
) -> Revision:
    """Publish what readers see now with another body, in one step: how a decision changes words.

    Without a title the old one stays. Refuses while an edit of the post waits unpublished, so that
    it is neither published by the way nor lost; unless the new words were made of that edit, as it
    was when the post had the version `waiting`. `Conflict` as in `revise`.
    """
    require_editor(by)
    post = steps.locked(post)
    if waiting is not None and waiting != post.version:
        raise Conflict(_("The edit that these words were made of was changed meanwhile."))
    if waiting is None and post.has_unpublished_changes:
        raise WrongMoment(_("An edit of this post is not published yet: publish or drop it first."))
    draft = Draft(title=title or post.title, summary=post.summary, body=body)
    post = write(post, by=by, draft=draft, version=post.version)
    return revise(post, by=by, label=label, reason=reason, base=base, answer=answer)


@transaction.atomic
def use_again(post: Post, *, editor: Person, revision: Revision) -> Post:
    """Make an earlier revision of a public post its working text; readers see it once published.

    Refuses while another edit waits, which would be lost.
    """
    require_editor(editor)
    post = steps.locked(post)
    if not post.is_public or revision.post_id != post.pk:
        raise WrongMoment(_("Only versions of a published post can be used again."))
    if post.has_unpublished_changes:
        raise WrongMoment(_("An edit of this post is not published yet: publish or drop it first."))
    if post.head_id == revision.pk:
        raise Invalid(_("This is the version that readers see now."))
    draft = Draft(title=revision.title, summary=revision.summary, body=revision.body_html)
    steps.record(post, by=editor, kind="used_again", message=str(revision.number))
    return write(post, by=editor, draft=draft, version=post.version)


@transaction.atomic
def drop_changes(post: Post, *, editor: Person) -> Post:
    """Set the working text of a public post back to what readers see; the event keeps the text."""
    require_editor(editor)
    post = steps.locked(post)
    if not post.is_public or post.head is None or not post.has_unpublished_changes:
        raise WrongMoment(_("There is no unpublished edit to drop."))
    steps.record(post, by=editor, kind="changes_dropped", message=post.body)
    old_body = post.body
    post.title, post.summary, post.body = post.head.title, post.head.summary, post.head.body_html
    post.version += 1
    post.save(update_fields=("title", "summary", "body", "version"))
    draft_places.carry(post, old_body=old_body)
    image_uses.note_working_text(post)
    return post

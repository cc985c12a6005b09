"""What can happen to a post whose whole cannot be relied on: retracted, and reinstated.

The text stays where it is, under a label that is part of the title. A retraction changes no words,
but it changes what they are: so it makes a revision of its own, labelled as one, with the same
text. The history shows it, and the notice says which version was retracted.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_publisher
from blog import mail, notices, revisions, steps
from blog.models import (
    EditLabel,
    Notice,
    NoticeKind,
    NoticeState,
    Passage,
    Post,
    PostState,
    Severity,
)

LONGEST_REASON = 300  # characters, of a revision


@transaction.atomic
def retract(  # noqa: PLR0913  all facts of one act
    post: Post,
    *,
    by: Person,
    text: str,
    version: int,
    statement: str = "",
    passage: Passage | None = None,
    sources: Sequence[dict[str, str]] = (),
    tells_author: bool = True,
) -> Notice:
    """Say of a whole post that it cannot be relied on; `text` says why, for readers.

    For the publisher alone, on the version they saw. The text stays readable at its address. The
    author is told, unless whoever calls this does so.
    """
    require_publisher(by)
    post = steps.as_seen(post, version)
    steps.require_read(post)
    if not text.strip():
        raise Invalid(_("Please give readers the reason: they relied on this post."))
    if post.has_unpublished_changes:
        raise WrongMoment(_("An edit of this post is not published yet: publish or drop it first."))
    before = revisions.head_of(post)
    steps.move(post, to=PostState.RETRACTED, by=by, kind="retracted", message=text)
    reason = Truncator(" ".join(text.split())).chars(LONGEST_REASON)
    after = revisions.advance(post, by=by, label=EditLabel.RETRACTION, reason=reason)
    facts = notices.NoticeFacts(
        kind=NoticeKind.RETRACTION,
        severity=Severity.PREMISE,
        text=text.strip(),
        revision_before=before,
        revision_after=after,
        statement=statement,
        passage=passage,
        sources=list(sources),
    )
    if tells_author:
        mail.whole_post_changed(post, kind="retracted", text=text)
    return notices.publish_notice(post, editor=by, facts=facts)


@transaction.atomic
def take_back(post: Post, *, by: Person, reason: str) -> None:
    """Undo a retraction that nobody was told of, with the decision that brought it.

    The history keeps both versions, and says so.
    """
    require_publisher(by)
    post = steps.locked(post)
    steps.move(post, to=PostState.PUBLISHED, by=by, kind="taken_back", message=reason)
    revisions.advance(post, by=by, label=EditLabel.COSMETIC, reason=reason)


@transaction.atomic
def reinstate(post: Post, *, by: Person, text: str, version: int) -> Notice:
    """Take a retraction back, never in silence: an editor's note takes the place of its notice."""
    require_publisher(by)
    post = steps.as_seen(post, version)
    if not post.is_retracted:
        raise WrongMoment(_("This post is not retracted."))
    if not text.strip():
        raise Invalid(_("Please tell readers why they may rely on this post again."))
    steps.move(post, to=PostState.PUBLISHED, by=by, kind="reinstated", message=text)
    head = revisions.head_of(post)
    facts = notices.NoticeFacts(
        kind=NoticeKind.EDITORS_NOTE,
        severity=Severity.SIGNIFICANT,
        text=text.strip(),
        revision_before=head,
        revision_after=head,
    )
    mail.whole_post_changed(post, kind="reinstated", text=text)
    note = notices.publish_notice(post, editor=by, facts=facts)
    for notice in post.notices.filter(kind=NoticeKind.RETRACTION, state=NoticeState.PUBLISHED):
        notices.supersede(notice, by=note)
    return note

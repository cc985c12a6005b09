"""What can be said under a post: comments of readers, official answers of editors."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import network_of
from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, Refusal, WrongMoment
from accounts.roles import is_editor, is_moderator
from blog.models import Discussion, Post
from comments import markdown
from comments.models import CommentState, EventKind, PostComment, Voice
from comments.moderation import change_state, check, record
from comments.paths import id_in
from comments.words import Guest, fit_comment, fit_guest, storable

FLOOD = timedelta(seconds=15)


class TooSoon(Refusal):
    """The same person, or the same network address, commented a moment ago."""


@dataclass(frozen=True, kw_only=True)
class Trail:
    """Where a comment came from, as far as a request tells.

    `honeypot` is what was filled into the field that people never see; it does not refuse the
    comment, but speaks against it when it is judged.
    """

    ip: str = ""
    user_agent: str = ""
    referrer: str = ""
    honeypot: str = ""


NO_TRAIL = Trail()


def preview(text: str) -> str:
    """How the comment would look, as safe HTML; refuses what could not be stored."""
    return markdown.render(fit_comment(text))


def parent_in(post: Post, reply_to: str) -> PostComment | None:
    """The comment that a form says it answers; None for "".

    Refuses everything but a published comment of this post.
    """
    if not reply_to:
        return None
    comments = PostComment.objects.filter(post=post).published().select_related("user")
    parent = comments.filter(pk=id_in(reply_to)).first()
    if parent is None:
        raise Invalid(_("The comment that you answer is not here any more."))
    return parent


def post_comment(  # noqa: PLR0913  all facts of one act
    post: Post,
    *,
    by: Person | Guest,
    text: str,
    parent: PostComment | None = None,
    trail: Trail = NO_TRAIL,
    form_key: UUID | None = None,
) -> PostComment:
    """Store what somebody says under a published post, or below a published comment there.

    It is held until the spam checker has answered, which a task asks; what a moderator says is
    published at once. A form sent twice (the same `form_key`) is stored once: the second call
    returns the first comment. Refuses a closed discussion, a parent that is not shown, words out
    of bounds, the same words again, and (staff excepted) a second comment within 15 seconds from
    the same person or network.
    """
    by = fit_guest(by) if isinstance(by, Guest) else by
    comment = _comment(post, by=by, text=text, parent=parent)
    comment.form_key, comment.said = form_key, _digest(comment)
    comment.ip_address = trail.ip or None
    comment.user_agent = storable(trail.user_agent, most=300)
    comment.referrer = storable(trail.referrer, most=500)
    comment.honeypot = storable(trail.honeypot, most=200)
    try:
        with transaction.atomic():
            return _store(comment, by=by)
    except IntegrityError:
        raise Conflict(_("This was sent already.")) from None


@transaction.atomic
def answer(parent: PostComment, *, editor: Person, text: str) -> PostComment:
    """Answer a published comment in the name of the publication; shown at once.

    Works in a closed discussion too, and may repeat what was said before.
    """
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor answers for the publication."))
    comment = _comment(parent.post, by=editor, text=text, parent=parent)
    comment.voice = Voice.OFFICIAL
    _require_shown(comment)
    return _publish(_save(comment), actor=editor, reason=_("An official answer."))


def _comment(
    post: Post, *, by: Person | Guest, text: str, parent: PostComment | None
) -> PostComment:
    """A comment that is not stored yet; the name of an account is read when it is shown."""
    text = fit_comment(text)
    comment = PostComment(post=post, in_reply_to=parent, comment=text, html=markdown.render(text))
    if isinstance(by, Guest):
        comment.user_name, comment.user_email, comment.user_url = by.name, by.email, by.url
    else:
        comment.user = by
    return comment


def _store(comment: PostComment, *, by: Person | Guest) -> PostComment:
    _one_at_a_time(_writer(comment), network_of(comment.ip_address or ""))
    if first := _sent_before(comment):
        return first
    _require_open(comment)
    _require_shown(comment)
    is_staff = isinstance(by, Person) and is_moderator(by)
    if not is_staff:
        _require_pause(comment)
    if PostComment.objects.filter(said=comment.said).exists():
        raise Conflict(_("You have said this here already."))
    if isinstance(by, Person) and is_staff:
        return _publish(_save(comment), actor=by, reason=_("Written by a moderator."))
    comment.check_after = timezone.now()
    check.enqueue(_save(comment).pk)
    return comment


def _save(comment: PostComment) -> PostComment:
    comment.save()
    record(comment, kind=EventKind.POSTED, actor=comment.user, before="", reason="")
    return comment


def _publish(comment: PostComment, *, actor: Person, reason: str) -> PostComment:
    return change_state(comment, to=CommentState.PUBLISHED, actor=actor, reason=reason)


def _one_at_a_time(*keys: str) -> None:
    """Let acts that share a key happen one after the other, each seeing what came before.

    SQLite has one writer at a time anyway. The locks end with the transaction.
    """
    if connection.vendor != "postgresql":
        return
    digests = (hashlib.sha256(f"comment:{key}".encode()).digest() for key in keys if key)
    with connection.cursor() as cursor:
        for number in sorted(int.from_bytes(digest[:8], signed=True) for digest in digests):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _sent_before(comment: PostComment) -> PostComment | None:
    """The comment that this form made already, if the same person sent it."""
    if comment.form_key is None:
        return None
    first = PostComment.objects.filter(form_key=comment.form_key).first()
    if first and _writer(first) != _writer(comment):
        raise Conflict(_("This form was sent already."))
    return first


def _require_open(comment: PostComment) -> None:
    post = Post.objects.published().filter(pk=comment.post_id).first()
    if post is None:
        raise WrongMoment(_("This post is not published, so it cannot be discussed."))
    if post.discussion != Discussion.OPEN:
        raise WrongMoment(_("The discussion of this post is closed."))


def _require_shown(comment: PostComment) -> None:
    """Look at the parent as it is now, not as somebody saw it."""
    if comment.in_reply_to:
        comment.in_reply_to = parent_in(comment.post, str(comment.in_reply_to.pk))


def _require_pause(comment: PostComment) -> None:
    since = timezone.now() - FLOOD
    recent = PostComment.objects.filter(submit_date__gt=since).select_related(None).order_by()
    network = network_of(comment.ip_address or "")
    for other in recent.only("user", "user_email", "ip_address"):
        shared = network and network_of(other.ip_address or "") == network
        if shared or _writer(other) == _writer(comment):
            raise TooSoon(
                _("You commented a moment ago. Please wait %(seconds)d seconds and send it again.")
                % {"seconds": FLOOD.seconds}
            )


def _writer(comment: PostComment) -> str:
    """Who wrote it, for telling writers apart: the account, or the address of a guest."""
    return f"person {comment.user_id}" if comment.user_id else f"mail {comment.user_email.lower()}"


def _digest(comment: PostComment) -> str:
    """The same for the same words of the same person in the same place."""
    place = f"{comment.post_id} {comment.in_reply_to_id or ''}"
    return hashlib.sha256(f"{place} {_writer(comment)} {comment.comment}".encode()).hexdigest()

"""What can be said under a post: comments of readers, official answers of editors."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import network_of
from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed
from accounts.roles import is_editor
from blog.models import Post
from comments import markdown, participants, pipeline
from comments.models import Browser, CommentState, EventKind, House, Phase, PostComment, Voice
from comments.moderation import check, record, rule
from comments.paths import id_in
from comments.pipeline import Ruling, TooSoon
from comments.words import Guest, fit_comment, fit_guest, storable

__all__ = [
    "NO_TRAIL",
    "TooSoon",
    "Trail",
    "answer",
    "digest",
    "parent_in",
    "post_comment",
    "preview",
]
S = CommentState


@dataclass(frozen=True, kw_only=True)
class Trail:
    """Where a comment came from, as far as a request tells.

    `honeypot` is what was filled into the field that people never see; it does not refuse the
    comment, but speaks against it when it is judged. `browser` is one that we were asked to
    remember; `policy` is the version of the privacy page that the writer agreed to.
    """

    ip: str = ""
    user_agent: str = ""
    referrer: str = ""
    honeypot: str = ""
    browser: Browser | None = None
    policy: str = ""


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

    What becomes of it is decided by the phases in `pipeline`; without a decision there it is held
    until the spam checker has answered, which a task asks. A form sent twice (the same `form_key`)
    is stored once: the second call returns the first comment. Refuses what a phase refuses, and a
    parent that is not shown.
    """
    by = fit_guest(by) if isinstance(by, Guest) else by
    comment = _comment(post, by=by, parent=parent)
    submission = pipeline.Submission(comment, by, text, House.current())
    pipeline.run(pipeline.BEFORE_STORING, submission)
    _leave_trail(comment, trail, form_key)
    try:
        with transaction.atomic():
            return _store(submission, trail.browser)
    except IntegrityError:
        raise Conflict(_("This was sent already.")) from None


@transaction.atomic
def answer(
    parent: PostComment, *, editor: Person, text: str, key: UUID | None = None
) -> PostComment:
    """Answer a published comment in the name of the publication; shown at once.

    Works in a closed discussion too, and may repeat what was said before. `key` marks an answer
    that is part of a decision: followers hear of it when that can no longer be taken back.
    """
    if not is_editor(editor):
        raise NotAllowed(_("Only an editor answers for the publication."))
    comment = _comment(parent.post, by=editor, parent=parent)
    comment.comment = fit_comment(text)
    comment.html = markdown.render(comment.comment)
    comment.voice, comment.form_key = Voice.OFFICIAL, key
    _require_shown(comment)
    _know_writer(comment, editor, None)
    return _settle(_save(comment), Ruling(Phase.STAFF, S.PUBLISHED, _("An official answer.")))


def _comment(post: Post, *, by: Person | Guest, parent: PostComment | None) -> PostComment:
    """A comment that is not stored yet; the name of an account is read when it is shown."""
    comment = PostComment(post=post, in_reply_to=parent)
    if isinstance(by, Guest):
        comment.user_name, comment.user_email, comment.user_url = by.name, by.email, by.url
    else:
        comment.user = by
    return comment


def _leave_trail(comment: PostComment, trail: Trail, form_key: UUID | None) -> None:
    comment.form_key, comment.said = form_key, digest(comment)
    comment.ip_address = trail.ip or None
    comment.user_agent = storable(trail.user_agent, most=300)
    comment.referrer = storable(trail.referrer, most=500)
    comment.honeypot = storable(trail.honeypot, most=200)
    comment.policy = trail.policy


def _store(submission: pipeline.Submission, browser: Browser | None) -> PostComment:
    comment = submission.comment
    _one_at_a_time(_writer(comment), network_of(comment.ip_address or ""))
    if first := _sent_before(comment):
        return first
    _know_writer(comment, submission.by, browser)
    ruling = pipeline.run(pipeline.WHILE_STORING, submission)
    _require_shown(comment)
    if ruling is None:
        comment.check_after = timezone.now()
        check.enqueue(_save(comment).pk)
        return comment
    return _settle(_save(comment), ruling)


def _know_writer(comment: PostComment, by: Person | Guest, browser: Browser | None) -> None:
    """Whose comment it is, and whether that is more than a typed address."""
    comment.participant = participants.of(by)
    proved = browser is not None and browser.proved_at is not None
    known = proved and browser is not None and browser.participant_id == comment.participant.pk
    if isinstance(by, Person) or known:
        comment.confirmed_at = timezone.now()


def _save(comment: PostComment) -> PostComment:
    comment.save()
    record(comment, kind=EventKind.POSTED, actor=comment.user, before="")
    return comment


def _settle(comment: PostComment, ruling: Ruling) -> PostComment:
    """Bring a comment that was just stored to where a phase wants it."""
    actor = comment.user if ruling.phase == Phase.STAFF else None
    return rule(comment, ruling, actor=actor)


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


def _require_shown(comment: PostComment) -> None:
    """Look at the parent as it is now, not as somebody saw it."""
    if comment.in_reply_to:
        comment.in_reply_to = parent_in(comment.post, str(comment.in_reply_to.pk))


def _writer(comment: PostComment) -> str:
    """Who wrote it, for telling writers apart: the account, or the address of a guest."""
    return f"person {comment.user_id}" if comment.user_id else f"mail {comment.user_email.lower()}"


def digest(comment: PostComment) -> str:
    """The same for the same words of the same person in the same place."""
    place = f"{comment.post_id} {comment.in_reply_to_id or ''}"
    return hashlib.sha256(f"{place} {_writer(comment)} {comment.comment}".encode()).hexdigest()

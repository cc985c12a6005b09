"""What writers can do with a comment of their own: edit it for a while, withdraw it at any time.

Whoever acts shows that the comment is theirs: by an account, or by the signed link that sending
it gave. What a comment said before is kept for moderators; new words meet the phases of
`pipeline.AFTER_AN_EDIT` and then the spam check, as if they had just been sent.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Conflict, NotAllowed, WrongMoment
from comments import fragments, markdown, moderation, pipeline, tickets
from comments.discussion import digest
from comments.models import CommentState, CommentVersion, EventKind, House, Phase, PostComment
from comments.moderation import Why
from comments.pipeline import Ruling, Submission
from comments.words import Guest, fit_comment

MAY_EDIT_FOR = timedelta(minutes=15)
MOST_EDITS = 10  # each is kept, and asked about
S = CommentState
OPEN = (S.HELD, S.PUBLISHED)
WRITTEN = ("comment", "html", "said", "edited_at", "read_at", "phase", "check_after")


@dataclass(frozen=True)
class SignedLink:
    """The link to one's own comment, as proof: whoever holds it is taken for the writer."""

    token: str


Writer = Person | SignedLink


def editable_until(comment: PostComment) -> datetime | None:
    """Until when its writer may change it; None when that is over, or was never so."""
    until: datetime = comment.submit_date + MAY_EDIT_FOR
    return until if comment.state in OPEN and timezone.now() < until else None


def version_of(comment: PostComment) -> str:
    """A word for the words as they are, for telling whether somebody changed them since."""
    return comment.edition or "first"


def edit(comment: PostComment, *, by: Writer, text: str, seen: str = "") -> PostComment:
    """Say it differently, within 15 minutes; the same words change nothing.

    A published comment stays so until a phase or the spam check objects; a held one stays held.
    With `seen` (the version that was looked at) it is refused when it was edited meanwhile.
    """
    _require_writer(comment, by)
    text = fit_comment(text)
    html = markdown.render(text)
    try:
        with transaction.atomic():
            return _edit(moderation.locked(comment), by=by, text=text, html=html, seen=seen)
    except IntegrityError:
        raise Conflict(_("You have said this here already.")) from None


@transaction.atomic
def withdraw(comment: PostComment, *, by: Writer) -> PostComment:
    """Take it back for good: a tombstone stays where others answered, else nothing.

    The same words may be sent again.
    """
    _require_writer(comment, by)
    comment = moderation.locked(comment)
    if comment.state == S.REMOVED and fragments.is_withdrawn(comment):
        raise WrongMoment(_("You have withdrawn this comment already."))
    if comment.state in (S.REJECTED, S.REMOVED):
        raise WrongMoment(_("A moderator decided not to show this comment; nobody can read it."))
    comment = moderation.change_state(
        comment, to=S.REMOVED, actor=_account(by), kind=EventKind.WITHDRAWN
    )
    comment.said = None
    comment.save(update_fields=("said",))
    return comment


def _edit(comment: PostComment, *, by: Writer, text: str, html: str, seen: str) -> PostComment:
    _require_open(comment, seen)
    if text == comment.comment:
        return comment
    now = timezone.now()
    _keep_version(comment, replaced_at=now)
    comment.comment, comment.html, comment.edited_at = text, html, now
    comment.said = digest(comment) if comment.said else None
    submission = Submission(comment, _speaker(comment), text, House.current())
    ruling = pipeline.run(pipeline.AFTER_AN_EDIT, submission)
    by_staff = ruling is not None and ruling.phase == Phase.STAFF
    comment.check_after = None if ruling else now
    comment.read_at = comment.read_at if by_staff else None
    fragments.draw(comment)
    comment.save(update_fields=(*WRITTEN, *fragments.FIELDS))
    if ruling is None:
        moderation.check.enqueue(comment.pk)
    return _write_down(comment, None if by_staff else ruling, actor=_account(by))


def _keep_version(comment: PostComment, *, replaced_at: datetime) -> None:
    CommentVersion.objects.create(
        comment=comment,
        text=comment.comment,
        html=comment.html,
        written_at=comment.edited_at or comment.submit_date,
        replaced_at=replaced_at,
    )


def _write_down(
    comment: PostComment, objection: Ruling | None, *, actor: Person | None
) -> PostComment:
    """One event for the edit; it moves the comment where a phase that objects wants it."""
    kind, before = EventKind.EDITED, comment.state
    if objection is None:
        why = Why(phase=Phase(comment.phase or Phase.LIMITS))
        moderation.record(comment, kind=kind, actor=actor, before=before, why=why)
        return comment
    why = Why(objection.reason, phase=objection.phase)
    if objection.to != before:
        return moderation.change_state(comment, to=objection.to, actor=actor, why=why, kind=kind)
    comment.phase = objection.phase
    comment.save(update_fields=("phase",))
    moderation.record(comment, kind=kind, actor=actor, before=before, why=why)
    return comment


def _require_writer(comment: PostComment, by: Writer) -> None:
    if isinstance(by, Person):
        theirs = PostComment.objects.written_by(by).filter(pk=comment.pk).exists()
    else:
        theirs = tickets.unseal(by.token) == (comment.pk, comment.post_id)
    if not theirs:
        raise NotAllowed(_("Only its writer may do this, with an account or the link they got."))


def _require_open(comment: PostComment, seen: str) -> None:
    if comment.state not in OPEN:
        raise Conflict(_("It was decided about this comment meanwhile: it cannot be changed now."))
    if editable_until(comment) is None:
        raise WrongMoment(_("The 15 minutes in which a comment can be changed are over."))
    if comment.versions.count() >= MOST_EDITS:
        words = {"number": MOST_EDITS}
        raise WrongMoment(_("A comment can be changed %(number)d times at most.") % words)
    if seen and seen != version_of(comment):
        raise Conflict(
            _("This comment was changed meanwhile, perhaps in another window. Please look at it.")
        )


def _speaker(comment: PostComment) -> Person | Guest:
    guest = Guest(comment.user_name, comment.user_email, comment.user_url)
    return comment.user or guest


def _account(by: Writer) -> Person | None:
    return by if isinstance(by, Person) else None

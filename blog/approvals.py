"""The author approves the final text: asked, given, declined, and lost when the words change.

An approval is the author's alone: no editor gives it for them. It is for the words they saw, and
says which. Posts of editors need none, since whoever publishes has seen the text; a byline
without a login can give none.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import is_author, is_editor, require_editor
from blog import mail, richtext, steps
from blog.models import (
    Approval,
    ApprovalState,
    AuthorsText,
    LostBecause,
    Post,
    Publication,
    Revision,
)

S = ApprovalState
ASK_AGAIN_AFTER = timedelta(days=1)


class Stand(models.TextChoices):
    """Where a post stands with its author's approval."""

    NOT_ASKED = "not_asked", gettext_lazy("The author has not been asked to approve the text.")
    ASKED = "asked", gettext_lazy("The author has been asked and has not answered yet.")
    GIVEN = "given", gettext_lazy("The author has approved this text.")
    DECLINED = "declined", gettext_lazy("The author does not approve this text.")
    LOST = "lost", gettext_lazy("The text was changed after the author approved it.")
    OWN = "own", gettext_lazy("The author is an editor, and needs no approval.")
    NOBODY = "nobody", gettext_lazy("The author has no login and cannot be asked.")


@dataclass(frozen=True)
class Standing:
    """`approval` is the latest round, if there was one; `may_go_out` is what a checklist asks."""

    stand: Stand
    approval: Approval | None = None

    @property
    def may_go_out(self) -> bool:
        return self.stand in (Stand.GIVEN, Stand.OWN)

    @property
    def sentence(self) -> str:
        return str(self.stand.label)


def standing(post: Post) -> Standing:
    """Where the approval stands now; one query, if `author.person` is loaded."""
    author = post.author.person
    if author is None or not author.is_active:
        return Standing(Stand.NOBODY)
    latest = post.approvals.select_related("asked_by", "revision").newest_first().first()
    if latest is not None and latest.person_id != author.pk:
        latest = None  # the post had another author then
    if latest is not None:
        return Standing(Stand(latest.state), latest)
    return Standing(Stand.OWN if is_editor(author) else Stand.NOT_ASKED)


def digest_of(post: Post) -> str:
    """The words of a working text as one short word: the same whatever we marked in its links."""
    words = "\0".join((post.title, post.summary, richtext.clean(post.body)))
    return sha256(words.encode()).hexdigest()


@transaction.atomic
def ask_approval(post: Post, *, editor: Person, message: str = "") -> Approval:
    """Ask the author whether the text can go out as it is now; they are told."""
    require_editor(editor)
    post = steps.locked(post)
    author = post.author.person
    if author is None or not author.is_active:
        raise WrongMoment(Stand.NOBODY.label)
    if author.pk == editor.pk:
        raise Invalid(_("This is your own post."))
    if post.is_gone or not post.body.strip():
        raise WrongMoment(_("There is no text to approve."))
    _make_room(post)
    approval = Approval.objects.create(
        post=post, person=author, asked_by=editor, question=message.strip()
    )
    steps.record(post, by=editor, kind="approval_asked", message=message)
    mail.approval_asked(post, by=editor, message=message)
    return approval


def _make_room(post: Post) -> None:
    """End the round that counts, unless there is nothing to ask anew."""
    counting = post.approvals.counting().first()
    if counting is None:
        return
    same_text = counting.digest == digest_of(post)
    if counting.state == S.GIVEN and same_text:
        raise WrongMoment(_("The author has approved this text already."))
    if counting.state == S.ASKED and timezone.now() - counting.asked_at < ASK_AGAIN_AFTER:
        raise WrongMoment(_("The author was asked within the last day."))
    _lose(counting, LostBecause.ASKED_AGAIN)


@transaction.atomic
def approve(post: Post, *, by: Person, version: int) -> Approval:
    """The author says yes to the text they saw, which is that of `version`."""
    post, approval = _asked(post, by, version)
    _answer(approval, S.GIVEN, version=version, digest=digest_of(post), revision=_frozen(post))
    steps.record(post, by=by, kind="approved")
    mail.approval_given(post, to=approval.asked_by)
    return approval


@transaction.atomic
def decline(post: Post, *, by: Person, version: int, message: str) -> Approval:
    """The author says no, and what should be otherwise; the editors are told."""
    if not message.strip():
        raise Invalid(_("Please say what should be otherwise."))
    post, approval = _asked(post, by, version)
    _answer(approval, S.DECLINED, version=version, answer=message.strip())
    steps.record(post, by=by, kind="approval_declined", message=message)
    mail.approval_declined(post, to=approval.asked_by, message=message)
    return approval


def _asked(post: Post, by: Person, version: int) -> tuple[Post, Approval]:
    post = steps.as_seen(post, version)
    if not is_author(by) or post.author.person_id != by.pk:
        raise NotAllowed(_("Only the author can approve the text."))
    latest = post.approvals.select_related("asked_by").newest_first().first()
    if latest is None or latest.person_id != by.pk or latest.state != S.ASKED:
        raise WrongMoment(_("Nobody has asked for your approval of this text, or you gave it."))
    return post, latest


def _answer(approval: Approval, state: ApprovalState, **facts: object) -> None:
    approval.state, approval.answered_at = state, timezone.now()
    for name, fact in facts.items():
        setattr(approval, name, fact)
    approval.save()


def _frozen(post: Post) -> Revision | None:
    """The revision that holds the working text, if there is one already."""
    return post.head if post.head and not post.has_unpublished_changes else None


def text_changed(post: Post, *, by: Person) -> None:
    """Called by the rule that saves a text, in its transaction: an approval of other words is lost.

    The author is asked again at once when an editor changed the words before they were published,
    unless the publication does without.
    """
    is_own = post.author.person_id == by.pk
    if is_own:
        words = {"title": post.title, "summary": post.summary, "body": post.body}
        AuthorsText.objects.update_or_create(
            post=post, defaults=words | {"saved_at": timezone.now()}
        )
    given = post.approvals.filter(state=S.GIVEN).first()
    if given is None or post.is_public or post.is_gone or given.digest == digest_of(post):
        return
    if not Publication.current().approval_after_edit:
        return
    _lose(given, LostBecause.OWN_EDIT if is_own else LostBecause.EDITED)
    steps.record(post, by=by, kind="approval_lost")
    if not is_own:
        Approval.objects.create(post=post, person=given.person, asked_by=by)
        mail.approval_lost(post)


def _lose(approval: Approval, because: LostBecause) -> None:
    approval.state, approval.lost_at, approval.lost_because = S.LOST, timezone.now(), because
    approval.save(update_fields=("state", "lost_at", "lost_because"))


def tie_to(revision: Revision, post: Post) -> None:
    """Say which revision holds the words that were approved before it was made."""
    untied = post.approvals.filter(state=S.GIVEN, revision=None).first()
    if untied is not None and untied.digest == digest_of(post):
        untied.revision = revision
        untied.save(update_fields=("revision",))

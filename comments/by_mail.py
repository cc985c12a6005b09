"""Deciding about a held comment by a link in a mail.

The link is the proof of who decides. It holds the ids of the comment and the moderator and the one
thing it does, is signed, and ends after three days. It counts only for a comment that is held, as
the mail said, and for somebody who is still a moderator.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.addresses import absolute_url
from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, Refusal
from accounts.roles import is_moderator
from blog.models import Post
from comments import fragments, moderation
from comments.models import CommentState, PostComment
from comments.moderation import Why

S = CommentState
LASTS = timedelta(days=3)
SALT = "comments.by_mail"


class Gone(Refusal):
    """What the link was for is over."""


@dataclass(frozen=True)
class Errand:
    """What a link asks for: this moderator brings this comment there."""

    comment: PostComment
    moderator: Person
    to: CommentState

    @property
    def is_open(self) -> bool:
        return self.comment.state == S.HELD

    @property
    def why_held(self) -> str:
        return why_held(self.comment)

    @property
    def decided(self) -> str:
        """Who was faster; "" while it is held."""
        if self.is_open:
            return ""
        last = self.comment.events.filter(actor__isnull=False).select_related("actor").last()
        words = {"state": str(S(self.comment.state).label)}
        if last is None or last.actor is None:
            return _("This comment is not held any more; it is now “%(state)s”.") % words
        if last.actor == self.moderator:
            return _("You have decided about this comment; it is now “%(state)s”.") % words
        words["who"] = last.actor.public_name
        return _("%(who)s has decided about this comment; it is now “%(state)s”.") % words


def link(comment: PostComment, *, moderator: Person, to: CommentState) -> str:
    """The address for a mail to this moderator."""
    token = signing.dumps([comment.pk, moderator.pk, to.value], salt=SALT)
    return absolute_url(reverse("comments:by_mail", kwargs={"token": token}))


def errand(token: str) -> Errand:
    """What a link asks for, and the comment as it is now.

    Refuses a link that we did not write, that is too old, of somebody who is no moderator any more,
    or about a comment that was deleted.
    """
    pk, moderator_id, to = _opened(token)
    moderator = Person.objects.filter(pk=moderator_id).first()
    if moderator is None or not is_moderator(moderator):
        raise NotAllowed(_("Only a moderator may do this, and you are none any more."))
    comment = fragments.for_showing(PostComment.objects.all()).filter(pk=pk).first()
    if comment is None:
        raise Gone(_("This comment has been deleted."))
    return Errand(comment, moderator, S(to))


@transaction.atomic
def carry_out(errand: Errand, *, edition: str) -> PostComment:
    """Decide as the link says; refuses when somebody, or a new edition of the text, was faster."""
    Post.objects.select_for_update(no_key=True).only("pk").get(pk=errand.comment.post_id)
    errand.comment.refresh_from_db(fields=("state", "edited_at"))
    if errand.decided:
        raise Conflict(errand.decided)
    moderation.require_edition(errand.comment, edition)
    why = Why(_("Decided by a link in a mail."))
    return moderation.decide(
        errand.comment, to=errand.to, moderator=errand.moderator, why=why, seen=S.HELD
    )


def why_held(comment: PostComment) -> str:
    """The last reason given for its state; "" when nobody gave one yet."""
    reasons = [event.reason for event in comment.events.all() if event.reason]
    return reasons[-1] if reasons else ""


def _opened(token: str) -> tuple[int, int, str]:
    try:
        pk, moderator_id, to = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired:
        raise Gone(_("This link has ended: it worked for three days.")) from None
    except signing.BadSignature:
        raise Invalid(_("This link is not complete. Please copy all of it.")) from None
    return pk, moderator_id, to

"""The way of a comment from its form to the page: one order, and the first decision wins.

limits → is the discussion open? → known staff → sanctions → duplicate → flood → banned words →
suspect words → links → spam check → who may be published at once

Each phase is one function. It refuses with a sentence for the writer (then nothing is stored),
rules (then the comment is stored in that state, with phase and reason in its record), or lets the
comment go on. The last two run in a task, when the spam check has answered. What was edited meets
the phases again that look at the writer and the words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import network_of
from accounts.models import Person
from accounts.refusals import Conflict, NotAllowed, Refusal, WrongMoment
from accounts.roles import is_moderator
from blog.models import Discussion, Post
from blog.openness import discussion_of
from comments import markdown
from comments.local_rules import links_in
from comments.models import (
    AtOnce,
    CommentState,
    House,
    Phase,
    PostComment,
    Sanction,
    SanctionKind,
)
from comments.spam import Judgement, Verdict
from comments.wordlists import first_hit
from comments.words import Guest, fit_comment

FLOOD = timedelta(seconds=15)
S = CommentState


class TooSoon(Refusal):
    """The same person, or the same network address, commented a moment ago."""


@dataclass(frozen=True)
class Submission:
    """A comment that somebody sent; it is not stored yet. `text` is what was typed."""

    comment: PostComment
    by: Person | Guest
    text: str
    house: House


@dataclass(frozen=True)
class Ruling:
    """A decision of one phase, with its reason for moderators.

    `asks` says that it could be another one if the writer confirmed the address.
    """

    phase: Phase
    to: CommentState
    reason: str
    asks: bool = False


Step = Callable[[Submission], Ruling | None]


def run(steps: Sequence[Step], submission: Submission) -> Ruling | None:
    """The first ruling, if there is one; raises the first refusal."""
    rulings = (step(submission) for step in steps)
    return next((ruling for ruling in rulings if ruling is not None), None)


def limits(submission: Submission) -> None:
    """Something was written, not too much of it, and it can be kept; renders it."""
    comment = submission.comment
    comment.comment = fit_comment(submission.text)
    comment.html = markdown.render(comment.comment)


def is_open(submission: Submission) -> None:
    """The post is published, and its discussion is not closed."""
    post = Post.objects.published().filter(pk=submission.comment.post_id).first()
    if post is None:
        raise WrongMoment(_("This post is not published, so it cannot be discussed."))
    if discussion_of(post) == Discussion.CLOSED:
        raise WrongMoment(_("The discussion of this post is closed."))


def staff(submission: Submission) -> Ruling | None:
    """Moderators and editors are never held, checked or slowed down."""
    if isinstance(submission.by, Person) and is_moderator(submission.by):
        return Ruling(Phase.STAFF, S.PUBLISHED, _("Written by a moderator."))
    return None


def sanctions(submission: Submission) -> Ruling | None:
    """Whoever was banned or suspended hears so; whoever is always held is held."""
    participant = submission.comment.participant
    if participant is None:
        return None
    found = {one.kind: one for one in Sanction.objects.against(participant).in_force()}
    if SanctionKind.BAN in found:
        raise NotAllowed(_("A moderator decided that you may not comment here."))
    if suspension := found.get(SanctionKind.SUSPENSION):
        until = timezone.localtime(suspension.until).strftime("%Y-%m-%d %H:%M")
        raise NotAllowed(_("You may comment here again from %(moment)s on.") % {"moment": until})
    if SanctionKind.HOLD in found:
        return Ruling(Phase.SANCTIONS, S.HELD, _("Comments of this person are always held."))
    return None


def duplicate(submission: Submission) -> None:
    """The same person has not said the same in the same place before."""
    if PostComment.objects.filter(said=submission.comment.said).exists():
        raise Conflict(_("You have said this here already."))


def flood(submission: Submission) -> None:
    """Neither the same person nor the same network commented within 15 seconds."""
    comment = submission.comment
    since = timezone.now() - FLOOD
    recent = PostComment.objects.filter(submit_date__gt=since).select_related(None).order_by()
    network = network_of(comment.ip_address or "")
    for other in recent.only("participant", "ip_address"):
        shared = network and network_of(other.ip_address or "") == network
        if shared or other.participant_id == comment.participant_id:
            raise TooSoon(
                _("You commented a moment ago. Please wait %(seconds)d seconds and send it again.")
                % {"seconds": FLOOD.seconds}
            )


def banned_words(submission: Submission) -> Ruling | None:
    """A banned word rejects the comment."""
    if word := first_hit(submission.house.banned_words, _said(submission)):
        reason = _("It holds the banned word “%(word)s”.") % {"word": word}
        return Ruling(Phase.BANNED, S.REJECTED, reason)
    return None


def suspect_words(submission: Submission) -> Ruling | None:
    """A suspect word holds the comment."""
    if word := first_hit(submission.house.suspect_words, _said(submission)):
        reason = _("It holds the suspect word “%(word)s”.") % {"word": word}
        return Ruling(Phase.SUSPECT, S.HELD, reason)
    return None


def links(submission: Submission) -> Ruling | None:
    """More links than the house allows hold the comment."""
    count = len(links_in(submission.comment.comment))
    if count > submission.house.most_links:
        return Ruling(Phase.LINKS, S.HELD, _("It holds %(count)d links.") % {"count": count})
    return None


def counts(verdict: Verdict, house: House) -> bool:
    """Whether it is acted on: a house that only logs heeds its own lists and nobody else."""
    return verdict.is_ours or not house.only_logs


def checked(verdict: Verdict, house: House) -> Ruling | None:
    """What the spam check says, unless the house only writes it down."""
    if not counts(verdict, house) or verdict.judgement is Judgement.HAM:
        return None
    if verdict.judgement is Judgement.UNKNOWN:
        return Ruling(Phase.CHECKER, S.HELD, verdict.reason)
    return Ruling(Phase.CHECKER, S.SPAM, verdict.reason)


def newcomer(comment: PostComment, house: House, reason: str = "") -> Ruling:
    """Whether somebody whose comment passed all else is published at once.

    A name and an address that were only typed are nobody we know: the comment itself must be
    confirmed, and so must an earlier one that was published. Whoever was sanctioned while the
    comment waited is not published.
    """
    held = _sanctioned_meanwhile(comment) or _held_by_rule(comment, house)
    return held or Ruling(Phase.NEWCOMER, S.PUBLISHED, reason or _("Nothing speaks against it."))


BEFORE_STORING: tuple[Step, ...] = (limits,)
WHILE_STORING: tuple[Step, ...] = (
    is_open,
    staff,
    sanctions,
    duplicate,
    flood,
    banned_words,
    suspect_words,
    links,
)
AFTER_AN_EDIT: tuple[Step, ...] = (staff, sanctions, banned_words, suspect_words, links)


def _sanctioned_meanwhile(comment: PostComment) -> Ruling | None:
    if comment.participant is None:
        return None
    if Sanction.objects.against(comment.participant).in_force().exists():
        return Ruling(Phase.SANCTIONS, S.HELD, _("Its writer was sanctioned meanwhile."))
    return None


def _held_by_rule(comment: PostComment, house: House) -> Ruling | None:
    if discussion_of(comment.post) == Discussion.HOLD:
        return _hold(_("Every comment on this post is held."))
    if house.at_once == AtOnce.NOBODY:
        return _hold(_("Every comment is held."))
    if house.at_once == AtOnce.SIGNED_IN and comment.user_id is None:
        return _hold(_("Its writer is not signed in."))
    if house.at_once == AtOnce.KNOWN:
        if comment.confirmed_at is None:
            return _hold(_("Its writer has not confirmed the address."), asks=True)
        if not _is_known(comment):
            return _hold(_("It is the first comment of this person."))
    return None


def _hold(reason: str, *, asks: bool = False) -> Ruling:
    return Ruling(Phase.NEWCOMER, S.HELD, reason, asks)


def _is_known(comment: PostComment) -> bool:
    earlier = PostComment.objects.published().filter(
        participant=comment.participant_id, confirmed_at__isnull=False
    )
    return comment.participant_id is not None and earlier.exclude(pk=comment.pk).exists()


def _said(submission: Submission) -> str:
    comment = submission.comment
    return f"{comment.writer}\n{comment.user_url}\n{comment.comment}"

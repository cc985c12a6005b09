"""What can happen to a reader's report on a comment: raised, agreed with, dismissed.

A report is open until a moderator has looked. Taking the comment down agrees with all its reports;
leaving it dismisses them; undoing the decision opens them again. Whoever is known to own an address
is told what came of theirs, a few minutes later, so that a slip that was undone tells nobody.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from accounts.roles import is_moderator
from blog.models import Post
from comments import digests, participants
from comments.models import (
    Browser,
    CommentEvent,
    CommentState,
    EventKind,
    Flag,
    FlagReason,
    FlagState,
    Notification,
    NotificationKind,
    Participant,
    PostComment,
)
from comments.paths import WIDTH
from comments.words import Guest, fit

MOST_IN_WORDS = 500
TOLD_AFTER = timedelta(minutes=5)  # in which a decision may be undone
DOWN = (CommentState.SPAM, CommentState.REMOVED, CommentState.REJECTED)
ARGUING = (CommentState.PUBLISHED, CommentState.HELD)


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Who reports, as far as a request tells: an account, a remembered browser, or an address that
    was only typed. `network` tells people apart of whom nothing else is known."""

    person: Person | None = None
    browser: Browser | None = None
    email: str = ""
    network: str = ""


@transaction.atomic
def raise_flag(comment: PostComment, *, reporter: Reporter, reason: str, words: str = "") -> Flag:
    """Ask the moderators to look at a published comment; once for each reader.

    Refuses its own writer and whoever takes part in its thread: they can answer instead.
    """
    words = _fit_words(reason, words)
    Post.objects.select_for_update(no_key=True).only("pk").get(pk=comment.post_id)
    if not PostComment.objects.published().filter(pk=comment.pk).exists():
        raise WrongMoment(_("This comment is not shown any more."))
    participant, proved = _known(reporter)
    _require_outside(comment, participant)
    try:
        with transaction.atomic():
            return Flag.objects.create(
                comment=comment,
                participant=participant,
                reporter=_digest(participant if proved else None, reporter.network),
                reason=reason,
                words=words,
                confirmed_at=timezone.now() if proved else None,
            )
    except IntegrityError:
        raise Conflict(_("You have reported this comment already.")) from None


@transaction.atomic
def dismiss(comment: PostComment, *, moderator: Person) -> int:
    """Leave a reported comment as it is and close its reports; returns how many there were."""
    if not is_moderator(moderator):
        raise NotAllowed(_("Only a moderator may do this."))
    number = _close(comment, FlagState.DISMISSED, moderator)
    if not number:
        raise WrongMoment(_("No report on this comment is open."))
    reason = ngettext("%(number)d report dismissed.", "%(number)d reports dismissed.", number)
    comment.events.create(
        kind=EventKind.CHECKED,
        actor=moderator,
        from_state=comment.state,
        to_state=comment.state,
        reason=reason % {"number": number},
    )
    PostComment.objects.filter(pk=comment.pk, read_at=None).update(read_at=timezone.now())
    return number


def comment_moved(comment: PostComment, event: CommentEvent) -> None:
    """Called in the transaction in which a comment changed its state, after everything else.

    A moderator who takes a reported comment down has agreed with its reports.
    """
    if event.actor is None:
        return
    if event.kind == EventKind.DECIDED and event.to_state in DOWN:
        _close(comment, FlagState.AGREED, event.actor)
    elif event.kind == EventKind.UNDONE:
        _open_again(comment)


def _close(comment: PostComment, state: FlagState, moderator: Person) -> int:
    """Decide about all open reports at once, and let those be told who can be."""
    now = timezone.now()
    waiting = Flag.objects.select_for_update(of=("self",)).select_related("participant")
    flags = list(waiting.filter(comment=comment).open())
    Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(
        state=state, decided_by=moderator, decided_at=now
    )
    told = [
        Notification(
            participant_id=flag.participant_id,
            comment=comment,
            kind=NotificationKind.LOOKED_AT,
            because=state,
            due_at=now + TOLD_AFTER,
        )
        for flag in flags
        if flag.participant_id and flag.confirmed_at
    ]
    Notification.objects.bulk_create(told, ignore_conflicts=True)
    digests.wake(now + TOLD_AFTER, [flag.participant.pace for flag in flags if flag.participant])
    return len(flags)


def _open_again(comment: PostComment) -> None:
    """What agreed with the reports was undone: they wait again, and who was not told yet is not."""
    last = comment.events.filter(kind=EventKind.DECIDED).last()
    if last is None:
        return
    agreed = Flag.objects.filter(comment=comment, state=FlagState.AGREED, decided_at__gte=last.at)
    if agreed.update(state=FlagState.OPEN, decided_by=None, decided_at=None):
        untold = Notification.objects.filter(comment=comment, kind=NotificationKind.LOOKED_AT)
        untold.filter(sent_at=None).delete()


def _fit_words(reason: str, words: str) -> str:
    if reason not in FlagReason.values:
        raise Invalid(_("Please say what is wrong with the comment."))
    words = fit(words)
    if reason == FlagReason.OTHER and not words:
        raise Invalid(_("Please say in your words what is wrong with the comment."))
    if len(words) > MOST_IN_WORDS:
        raise Invalid(_("Please use at most %(most)d characters.") % {"most": MOST_IN_WORDS})
    return words


def _known(reporter: Reporter) -> tuple[Participant | None, bool]:
    """Whom we take the reporter for, and whether they proved it."""
    if reporter.person is not None:
        return participants.of(reporter.person), True
    if (browser := reporter.browser) is not None:
        return browser.participant, browser.proved_at is not None
    if reporter.email:
        return participants.of(Guest("", fit(reporter.email))), False
    return None, False


def _require_outside(comment: PostComment, participant: Participant | None) -> None:
    if participant is None:
        return
    if comment.participant_id == participant.pk:
        raise NotAllowed(_("This is your own comment. You can withdraw it instead."))
    root = comment.path[:WIDTH]
    thread = PostComment.objects.filter(post=comment.post_id, path__startswith=root)
    if thread.filter(participant=participant, state__in=ARGUING).exists():
        raise NotAllowed(
            _("You take part in this thread, so please answer the comment instead of reporting it.")
        )


def _digest(participant: Participant | None, network: str) -> str:
    """Tells reporters apart without saying who they are."""
    who = f"participant {participant.pk}" if participant else f"network {network}"
    return salted_hmac("comments.flagging", who, algorithm="sha256").hexdigest()

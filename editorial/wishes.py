"""What raisers ask for once they cannot do it themselves, and what editors make of it.

Taking back what is under review, opening again what was closed; the author of the post may ask for
the latter too. An editor decides either way; that
a decision is looked at again is asked once, in time, and is looked at by somebody else.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import editors, require_editor
from blog.models import Mark
from editorial import concerns, mail, plain, points, replies, steps
from editorial.models import (
    DeclineReason,
    Dispute,
    DisputeEvent,
    DisputeEventKind,
    DisputeState,
    Origin,
    Wish,
)

MAY_ASK_FOR = timedelta(days=30)  # after the end
S, K = DisputeState, DisputeEventKind
NO_WISH: dict[str, Any] = {"wish": "", "wished_at": None}


@transaction.atomic
def ask_to_withdraw(dispute: Dispute) -> None:
    """The raiser asks to take back what is under review; called by private link only."""
    if dispute.wish:
        raise WrongMoment(_("You have asked for this already, and an editor will see it."))
    _wish(dispute, Wish.WITHDRAW, K.ASKED_TO_WITHDRAW)


@transaction.atomic
def withdraw(dispute: Dispute, *, editor: Person, version: int) -> None:
    """End a review at the wish of whoever raised it: the mark goes, both are told.

    Refuses while others are merged into it, who did not ask for that.
    """
    require_editor(editor)
    _require(dispute, Wish.WITHDRAW)
    if dispute.merged.exists():
        raise WrongMoment(_("Others raised this too: go on in our own name, or take theirs out."))
    steps.locked(dispute.claim.post)
    steps.move(
        dispute, K.WITHDRAWN, version=version, by=editor, closed_at=timezone.now(), **NO_WISH
    )
    points.mark(dispute.claim, Mark.NONE)
    reason = _("Whoever raised this took it back.")
    concerns.settle(dispute.claim, by=None, editor=editor, reason=reason)
    mail.withdrawn(dispute)


@transaction.atomic
def go_on(dispute: Dispute, *, editor: Person, version: int) -> None:
    """Go on checking on our own initiative; readers are no longer told that a reader asked."""
    require_editor(editor)
    _require(dispute, Wish.WITHDRAW)
    steps.move(dispute, K.CONTINUED, version=version, by=editor, origin=Origin.EDITOR, **NO_WISH)


def may_ask_to_reopen(dispute: Dispute) -> bool:
    """Whether the raiser may still ask: once, within 30 days, and not for spam."""
    if dispute.state not in (S.RESOLVED, S.NOT_ACCEPTED) or dispute.closed_at is None:
        return False
    return _may_ask(dispute, dispute.raised_by) and dispute.declined_because != DeclineReason.SPAM


def may_author_ask_to_reopen(dispute: Dispute) -> bool:
    """Whether the author of the post may still ask: once, within 30 days of a decision."""
    author = dispute.claim.post.author.person
    is_decided = dispute.state == S.RESOLVED and dispute.closed_at is not None
    return is_decided and author is not None and _may_ask(dispute, author)


@transaction.atomic
def ask_to_reopen(dispute: Dispute, *, text: str) -> None:
    """The raiser brings something new about what was closed; called by private link only.

    It goes to another editor than the one who decided, if there is one. Refuses the second time,
    after 30 days, and without words.
    """
    _ask_to_reopen(dispute, dispute.raised_by, text, may=may_ask_to_reopen)


@transaction.atomic
def ask_as_author(dispute: Dispute, *, author: Person | None, text: str) -> None:
    """The author of the post brings something new about what was decided.

    It goes to another editor than the one who decided, if there is one. Refuses anybody else, the
    second time, after 30 days, and without words. Called by the author's link only.
    """
    if author is None or dispute.claim.post.author.person != author:
        raise NotAllowed(_("Only the author of the post may ask for this."))
    _ask_to_reopen(dispute, author, text, may=may_author_ask_to_reopen)


@transaction.atomic
def reopen(
    dispute: Dispute, *, editor: Person, reason: str, version: int, summary: str = ""
) -> None:
    """Put a closed objection under review again: readers see the mark, people are told.

    The earlier notice stays until another decision takes its place. What was never taken up needs
    a neutral summary and a place in the text now; of what readers saw before, the page says that
    the words are no longer in the text.
    """
    require_editor(editor)
    words = plain.paragraphs(reason)
    if not words:
        raise Invalid(_("Please write down why it is opened again."))
    steps.require_awake(steps.locked(dispute.claim.post))
    if dispute.taken_up_at is None and points.lost_places(dispute.claim):
        raise WrongMoment(_("The words are no longer in the text: nothing can be marked there."))
    neutral = points.summary_of(summary or dispute.public_summary)
    steps.move(
        dispute,
        K.REOPENED,
        version=version,
        by=editor,
        message=words,
        public_summary=neutral,
        taken_up_at=dispute.taken_up_at or timezone.now(),
        decision=None,
        closed_at=None,
        declined_because="",
        assigned_to=editor,
        **NO_WISH,
    )
    points.mark(dispute.claim, Mark.DISPUTED, reference=dispute.public_id)
    replies.ask([dispute], by=editor)
    mail.reopened(dispute)


@transaction.atomic
def leave_closed(dispute: Dispute, *, editor: Person, sentence: str, version: int) -> None:
    """Answer a wish to open it again with no; whoever asked is told why.

    Whoever decided may not refuse it alone while there is another editor.
    """
    require_editor(editor)
    _require(dispute, Wish.REOPEN)
    words = plain.paragraphs(sentence)
    if not words:
        raise Invalid(_("Please give whoever asked a sentence on why it stays closed."))
    decider = _who_closed(dispute)
    if decider == editor and _another_editor_than(decider) is not None:
        raise NotAllowed(_("You decided this: another editor answers whether it stays closed."))
    steps.move(dispute, K.LEFT_CLOSED, version=version, by=editor, told=words, **NO_WISH)
    asked = dispute.events.filter(kind=K.ASKED_TO_REOPEN).last()
    mail.left_closed(dispute, words, to_author=asked is not None and is_authors(dispute, asked))


def is_authors(dispute: Dispute, wished: DisputeEvent) -> bool:
    """Whether the author of the post asked for this, and not whoever raised it."""
    author = dispute.claim.post.author.person
    return author is not None and wished.actor == author and dispute.raised_by != author


def latest(dispute: Dispute) -> DisputeEvent | None:
    """The event of the wish that waits for an answer, with what was said."""
    kinds = (K.ASKED_TO_WITHDRAW, K.ASKED_TO_REOPEN)
    return dispute.events.filter(kind__in=kinds).last() if dispute.wish else None


def _may_ask(dispute: Dispute, person: Person | None) -> bool:
    asked = dispute.events.filter(kind=K.ASKED_TO_REOPEN, actor=person)
    is_in_time = dispute.closed_at is not None and (
        timezone.now() <= dispute.closed_at + MAY_ASK_FOR
    )
    return is_in_time and not dispute.wish and not asked.exists()


def _ask_to_reopen(
    dispute: Dispute, by: Person | None, text: str, *, may: Callable[[Dispute], bool]
) -> None:
    words = plain.paragraphs(text)
    if not words:
        raise Invalid(_("Please say what is new."))
    if dispute.wish:
        raise WrongMoment(_("Another look is asked for already, and an editor will take it."))
    if not may(dispute):
        raise WrongMoment(
            _("This can be asked once, within 30 days. You can still report the error anew.")
        )
    other = _another_editor_than(_who_closed(dispute))
    _wish(dispute, Wish.REOPEN, K.ASKED_TO_REOPEN, by=by, message=words, assigned_to=other)


def _wish(dispute: Dispute, wish: Wish, kind: DisputeEventKind, **facts: Any) -> None:
    given: dict[str, Any] = {"by": dispute.raised_by, "wish": wish, "wished_at": timezone.now()}
    steps.move(dispute, kind, version=dispute.version, **given | facts)


def _require(dispute: Dispute, wish: Wish) -> None:
    if dispute.wish != wish:
        raise WrongMoment(_("Nobody asks for this any more."))


def _who_closed(dispute: Dispute) -> Person | None:
    closing = dispute.events.filter(kind__in=(K.DECIDED, K.DECLINED)).select_related("actor")
    last = closing.last()
    return last.actor if last else None


def _another_editor_than(person: Person | None) -> Person | None:
    others = editors().exclude(pk=person.pk) if person else editors()
    return others.first()

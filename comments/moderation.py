"""What becomes of a comment: judged by the spam checker, decided about by people.

One function changes the state, `change_state`; every change is an event. The spam checker is
asked in a task, never in a request or a transaction, and what it says counts only while nobody has
decided. Whatever a lost task leaves undone is found by `sweeps.py`.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tasks import task

from accounts.models import Person
from accounts.refusals import Conflict, WrongMoment
from accounts.roles import require_moderator
from blog.models import Post
from comments import evidence, flagging, following, fragments, health, pipeline
from comments.checkers import checker
from comments.models import (
    Batch,
    CommentEvent,
    CommentState,
    DiscardedSpam,
    EventKind,
    House,
    Phase,
    PostComment,
)
from comments.pipeline import Ruling
from comments.rooms import ROOMS
from comments.spam import ASK_AGAIN_AFTER, Evidence, Judgement, Verdict
from comments.words import fit

S = CommentState
MOVES: dict[str, frozenset[CommentState]] = {
    S.HELD: frozenset({S.PUBLISHED, S.SPAM, S.REJECTED}),
    S.PUBLISHED: frozenset({S.SPAM, S.REMOVED}),
    S.SPAM: frozenset({S.PUBLISHED, S.REJECTED}),
    S.REJECTED: frozenset({S.PUBLISHED, S.SPAM}),
    S.REMOVED: frozenset({S.PUBLISHED, S.SPAM}),
}
BY_ITS_WRITER: dict[str, dict[str, frozenset[CommentState]]] = {
    EventKind.WITHDRAWN: {
        S.HELD: frozenset({S.REMOVED}),
        S.PUBLISHED: frozenset({S.REMOVED}),
        S.SPAM: frozenset({S.REMOVED}),
    },
    EventKind.EDITED: {  # when a phase ruled about the new words
        S.HELD: frozenset({S.REJECTED}),
        S.PUBLISHED: frozenset({S.HELD, S.REJECTED}),
    },
}
CHANGED = (
    *("state", "is_public", "is_removed", "check_after", "report_due", "sent"),
    *("phase", "featured_at", "read_at"),
)
# What is written beside a decision, and does not stand in the way of undoing it.
BESIDE_A_DECISION = (EventKind.TOLD, EventKind.CONFIRMED, EventKind.FEATURED)
TOLD = {
    Judgement.HAM: _lazy("The spam checker was told that this is no spam."),
    Judgement.SPAM: _lazy("The spam checker was told that this is spam."),
}
STILL_WAITING = ("", Phase.CHECKER)  # nothing but the check was decided yet
GIVE_UP_AFTER = timedelta(days=15)  # then the comment waits for a person alone


@dataclass(frozen=True)
class Why:
    """The reasons of a decision.

    `reason` is for moderators. `because` and `words` are what the writer is told. `batch` is the
    decision about many that this one is part of.
    """

    reason: str = ""
    because: str = ""
    words: str = ""
    phase: Phase = Phase.PERSON
    batch: Batch | None = None


NO_REASON = Why()


def approve(
    comment: PostComment, *, moderator: Person, reason: str = "", seen: str = ""
) -> PostComment:
    """Publish it. The checker is told when it had called it spam."""
    return decide(comment, to=S.PUBLISHED, moderator=moderator, why=Why(reason), seen=seen)


def mark_spam(
    comment: PostComment, *, moderator: Person, reason: str = "", seen: str = ""
) -> PostComment:
    """Call it spam, and tell the checker so."""
    return decide(comment, to=S.SPAM, moderator=moderator, why=Why(reason), seen=seen)


def reject(
    comment: PostComment, *, moderator: Person, reason: str = "", seen: str = ""
) -> PostComment:
    """Do not publish it, though it is no spam."""
    return decide(comment, to=S.REJECTED, moderator=moderator, why=Why(reason), seen=seen)


def remove(
    comment: PostComment, *, moderator: Person, reason: str = "", seen: str = ""
) -> PostComment:
    """Take a published comment down; a tombstone stands where it has published replies."""
    return decide(comment, to=S.REMOVED, moderator=moderator, why=Why(reason), seen=seen)


def decide(
    comment: PostComment,
    *,
    to: CommentState,
    moderator: Person,
    why: Why = NO_REASON,
    seen: str = "",
) -> PostComment:
    """What a moderator does with a comment: one of the four above, with all its reasons.

    With `seen` (the state that was looked at) it is refused when somebody else was faster.
    """
    require_moderator(moderator)
    why = replace(why, reason=fit(why.reason), words=fit(why.words))
    return change_state(comment, to=to, actor=moderator, why=why, seen=seen)


@transaction.atomic
def restore(comment: PostComment, *, moderator: Person) -> PostComment:
    """Undo the last decision; refuses when there is none, or when it was undone already."""
    require_moderator(moderator)
    comment = locked(comment)
    last = comment.events.exclude(kind__in=BESIDE_A_DECISION).last()
    if last is None or last.kind != EventKind.DECIDED:
        raise WrongMoment(_("There is no decision here that could be undone."))
    return change_state(comment, to=S(last.from_state), actor=moderator, kind=EventKind.UNDONE)


@transaction.atomic
def change_state(  # noqa: PLR0913  one place for every change
    comment: PostComment,
    *,
    to: CommentState,
    actor: Person | None,
    why: Why = NO_REASON,
    kind: EventKind = EventKind.DECIDED,
    seen: str = "",
) -> PostComment:
    """The only way in which a comment changes its state.

    Writes the event, draws what the page shows here and above, stops all waiting checks, and owes
    the checker a report when a person (never the site itself) moves it into or out of spam.
    Refuses a move that is not in `MOVES` (or, to undo, its reverse; or, for what its writer did, in
    `BY_ITS_WRITER`), and with `seen` a comment that somebody else moved on.
    """
    comment = locked(comment)
    before = S(comment.state)
    if seen and seen != before:
        raise Conflict(moved_on(comment))
    _require_legal(comment, before, to, kind)
    comment.state, comment.check_after, comment.phase = to, None, why.phase
    comment.featured_at = comment.featured_at if to == S.PUBLISHED else None
    comment.read_at = timezone.now() if actor else None
    if actor and (truth := _truth(before, to)):
        comment.sent = comment.sent or evidence.of(comment).to_json()
        comment.report_due = truth.value
        report.enqueue(comment.pk)
    event = record(comment, kind=kind, actor=actor, before=before, why=why)
    fragments.draw(comment)
    comment.save(update_fields=(*CHANGED, *fragments.FIELDS))
    fragments.refresh_above(comment)
    flagging.comment_moved(comment, event)
    following.comment_moved(comment, event)
    for room in ROOMS:
        room.comment_moved(comment, event)
    return comment


def rule(comment: PostComment, ruling: Ruling, *, actor: Person | None = None) -> PostComment:
    """Let a phase of the pipeline decide; being held is written down too."""
    why = Why(ruling.reason, phase=ruling.phase)
    kind = EventKind.DECIDED if actor else EventKind.CHECKED
    following.comment_ruled(comment, ruling)
    if ruling.to != comment.state:
        return change_state(comment, to=ruling.to, actor=actor, why=why, kind=kind)
    comment.check_after, comment.phase = None, ruling.phase
    comment.save(update_fields=("check_after", "phase"))
    record(comment, kind=kind, actor=actor, before=comment.state, why=why)
    return comment


@task
def check(comment_id: int) -> str:
    """Ask the spam checker about one held comment, and act on its answer.

    Takes the comment for 20 minutes, so that no second task or sweep asks at the same time; if the
    worker dies in between, the sweep asks again after that.
    """
    now = timezone.now()
    due = PostComment.objects.due_for_a_check().filter(pk=comment_id)
    if not due.update(check_after=now + timedelta(seconds=ASK_AGAIN_AFTER), checks=F("checks") + 1):
        return "not due"
    facts = evidence.of(fragments.for_showing(PostComment.objects.all()).get(pk=comment_id))
    verdict = evidence.blocked(facts) or health.ask(facts)
    settle(comment_id, verdict=verdict, facts=facts)
    return verdict.judgement.value


@transaction.atomic
def settle(comment_id: int, *, verdict: Verdict, facts: Evidence) -> None:
    """Let a verdict count, unless a person has decided (or the comment is gone) meanwhile.

    Ham is published; provisional ham is asked about once more. Blatant spam is deleted and only
    counted. No answer leaves the comment held.
    """
    comment = PostComment.objects.filter(pk=comment_id).first()
    comment = comment and locked(comment)
    if comment is None or comment.check_after is None or facts.content != comment.comment:
        return  # words that were edited meanwhile have a check of their own
    comment.verdict, comment.guid = verdict.judgement.value, verdict.guid
    if comment.sent.get("content") != facts.content:
        comment.sent = facts.to_json()
    comment.save(update_fields=("verdict", "guid", "sent"))
    is_waiting = comment.state == S.HELD and comment.phase in STILL_WAITING
    act = _act_after_an_edit if comment.edited_at and not is_waiting else _act_on
    act(comment, verdict)


def _act_on(comment: PostComment, verdict: Verdict) -> None:
    house = House.current()
    provisional = verdict.ask_again_after is not None and comment.checks == 1
    unanswered = verdict.judgement is Judgement.UNKNOWN and verdict.ask_again_after is not None
    if not pipeline.counts(verdict, house):
        rule(comment, pipeline.newcomer(comment, house, verdict.reason))
    elif verdict.judgement is Judgement.BLATANT:
        _discard(comment)
    elif unanswered or (verdict.judgement is Judgement.HAM and provisional):
        _keep_waiting(comment, verdict)
    else:
        ruling = pipeline.checked(verdict, house)
        rule(comment, ruling or pipeline.newcomer(comment, house, verdict.reason))


def _act_after_an_edit(comment: PostComment, verdict: Verdict) -> None:
    """Only spam moves a comment that was decided about before its words were changed."""
    now, again = timezone.now(), verdict.ask_again_after
    ruling = pipeline.checked(verdict, House.current())
    if ruling and ruling.to == S.SPAM:
        rule(comment, ruling)
        return
    unanswered = verdict.judgement is Judgement.UNKNOWN and again is not None
    if unanswered and again is not None and now - comment.submit_date < GIVE_UP_AFTER:
        comment.check_after = now + timedelta(seconds=again)
        check.using(run_after=comment.check_after).enqueue(comment.pk)
    else:
        comment.check_after = None
    comment.save(update_fields=("check_after",))
    why = Why(verdict.reason, phase=Phase.CHECKER)
    record(comment, kind=EventKind.CHECKED, actor=None, before=comment.state, why=why)


def _discard(comment: PostComment) -> None:
    DiscardedSpam.objects.get_or_create(day=timezone.localdate())
    DiscardedSpam.objects.filter(day=timezone.localdate()).update(number=F("number") + 1)
    comment.delete()


def _keep_waiting(comment: PostComment, verdict: Verdict) -> None:
    """Ask again when the checker may know more later; else leave it to a person."""
    now, again = timezone.now(), verdict.ask_again_after
    if again is None or now - comment.submit_date > GIVE_UP_AFTER:
        reason = _("The spam check never answered; it is no longer asked.")
        rule(comment, Ruling(Phase.CHECKER, S.HELD, reason))
        return
    comment.check_after, comment.phase = now + timedelta(seconds=again), Phase.CHECKER
    comment.save(update_fields=("check_after", "phase"))
    last = comment.events.last()
    if last is None or last.reason != verdict.reason:
        why = Why(verdict.reason, phase=Phase.CHECKER)
        record(comment, kind=EventKind.CHECKED, actor=None, before=S.HELD, why=why)
    check.using(run_after=comment.check_after).enqueue(comment.pk)


@task
def report(comment_id: int) -> str:
    """Tell the checker that it was wrong, with the evidence that it had; the sweep tries again."""
    comment = PostComment.objects.due_for_a_report().filter(pk=comment_id).first()
    if comment is None:
        return "nothing to tell"
    judge, truth = checker(), Judgement(comment.report_due)
    if judge.learns and not judge.was_wrong(evidence.as_sent(comment), truth):
        return "not told"
    owed = PostComment.objects.filter(pk=comment_id, report_due=truth.value)
    if owed.update(report_due="") and judge.learns:
        why = Why(str(TOLD[truth]), phase=Phase(comment.phase))
        record(comment, kind=EventKind.TOLD, actor=None, before=comment.state, why=why)
    return truth.value


def record(
    comment: PostComment,
    *,
    kind: EventKind,
    actor: Person | None,
    before: str,
    why: Why = NO_REASON,
) -> CommentEvent:
    """Write what happened; `before` is the state it was in."""
    facts = {**vars(why), "reason": why.reason[:300], "phase": why.phase if before else ""}
    return comment.events.create(
        kind=kind, actor=actor, from_state=before, to_state=comment.state, **facts
    )


def _truth(before: CommentState, to: CommentState) -> Judgement | None:
    """What a move says about the checker's question; a rejection says nothing."""
    if to == S.SPAM:
        return Judgement.SPAM
    return Judgement.HAM if before == S.SPAM and to in (S.PUBLISHED, S.HELD) else None


def locked(comment: PostComment) -> PostComment:
    """The comment as it is now; nothing moves in its discussion until the transaction ends."""
    Post.objects.select_for_update(no_key=True).only("pk").get(pk=comment.post_id)
    return fragments.for_showing(PostComment.objects.all()).get(pk=comment.pk)


def require_edition(comment: PostComment, edition: str) -> None:
    """Refuses to decide about words that the writer has changed since somebody looked at them."""
    if comment.edition != edition:
        raise Conflict(_("The writer has changed the comment. Please look at it again."))


def _require_legal(
    comment: PostComment, before: CommentState, to: CommentState, kind: EventKind
) -> None:
    """People and the site can do what the tables say; what was withdrawn stays out of sight."""
    if kind == EventKind.UNDONE:
        legal = before in MOVES[to]
    else:
        legal = to in BY_ITS_WRITER.get(kind, MOVES).get(before, frozenset())
    if not legal:
        raise WrongMoment(
            _("This cannot happen while the comment is in the state “%(state)s”.")
            % {"state": before.label}
        )
    if to == S.PUBLISHED and before != S.HELD and fragments.is_withdrawn(comment):
        raise WrongMoment(_("Its writer withdrew this comment: it is not published again."))


def moved_on(comment: PostComment) -> str:
    """Who was faster, in a sentence for whoever looked at an older state."""
    last = comment.events.filter(actor__isnull=False).select_related("actor").last()
    who = last.actor.public_name if last and last.actor else _("The site")
    words = {"who": who, "state": S(comment.state).label}
    return _("%(who)s moved this comment meanwhile; it is now “%(state)s”.") % words

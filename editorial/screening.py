"""Keeping spam out of the objections: readers' reports are shown to the checker of comments.

As with comments, a task asks, never a request; an answer counts only while no editor has acted, and
no answer leaves the report where it is. What the checker is shown is kept no longer than it takes.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from accounts.addresses import absolute_url
from accounts.roles import is_moderator
from comments import evidence, health, pipeline
from comments.discussion import Trail
from comments.models import House
from comments.spam import ASK_AGAIN_AFTER, Evidence, Judgement, Verdict
from comments.words import storable
from editorial import merging, steps
from editorial.models import DeclineReason, Dispute, DisputeEventKind, DisputeState

HONEYPOT = "homepage"  # the form refuses what is filled in there, so it is always sent empty
GIVE_UP_AFTER = timedelta(days=15)  # then an editor judges alone
MOST_AT_ONCE = 100
SPAM = (Judgement.SPAM, Judgement.BLATANT)


def begin(dispute: Dispute, trail: Trail) -> None:
    """Have a report checked that was just stored; our own people are not."""
    if dispute.raised_by and is_moderator(dispute.raised_by):
        return
    facts = evidence.in_force(_evidence(dispute, trail))
    Dispute.objects.filter(pk=dispute.pk).update(sent=facts.to_json(), check_after=timezone.now())
    check.enqueue(dispute.pk)


@task
def check(dispute_id: int) -> str:
    """Ask about one report; it is taken for 20 minutes, so that nobody else asks meanwhile."""
    due = Dispute.objects.due_for_a_check().filter(pk=dispute_id)
    until = timezone.now() + timedelta(seconds=ASK_AGAIN_AFTER)
    if not due.update(check_after=until):
        return "not due"
    dispute = Dispute.objects.get(pk=dispute_id)
    facts = evidence.in_force(Evidence.from_json(dispute.sent))
    verdict = evidence.blocked(facts) or health.ask(facts)
    settle(dispute, verdict=verdict)
    return verdict.judgement.value


@transaction.atomic
def settle(dispute: Dispute, *, verdict: Verdict) -> None:
    """Let a verdict count while the report waits: spam is not taken up, and nobody is written to.

    No answer is waited for; everything else is left to an editor.
    """
    post = steps.locked(dispute.claim.post)
    dispute = Dispute.objects.get(pk=dispute.pk, claim__post=post)
    if dispute.state != DisputeState.RECEIVED or dispute.check_after is None:
        return
    if verdict.judgement is Judgement.UNKNOWN and _waits(dispute, verdict):
        return
    Dispute.objects.filter(pk=dispute.pk).update(check_after=None, sent={})
    if verdict.judgement in SPAM and pipeline.counts(verdict, House.current()):
        steps.move(
            dispute,
            DisputeEventKind.DECLINED,
            version=dispute.version,
            by=None,
            message=verdict.reason,
            declined_because=DeclineReason.SPAM,
            closed_at=timezone.now(),
        )
        merging.release(dispute)


def check_due(*, most: int = MOST_AT_ONCE) -> int:
    """Ask about reports that wait, oldest first; stops when the checker is silent."""
    due = Dispute.objects.due_for_a_check().order_by("pk").values_list("pk", flat=True)[:most]
    asked = 0
    for pk in list(due):
        if check.call(pk) == Judgement.UNKNOWN:
            break
        asked += 1
    return asked


def forget_evidence() -> int:
    """Blank what was to be shown of reports that an editor was faster with; returns how many."""
    decided = Dispute.objects.exclude(state=DisputeState.RECEIVED)
    left = decided.filter(Q(check_after__isnull=False) | ~Q(sent={}))
    return left.update(check_after=None, sent={})


def _waits(dispute: Dispute, verdict: Verdict) -> bool:
    """Whether the checker will be asked again."""
    again, now = verdict.ask_again_after, timezone.now()
    if again is None or now - dispute.created_at > GIVE_UP_AFTER:
        return False
    at = now + timedelta(seconds=again)
    sent = {**dispute.sent, "recheck_reason": "recheck_queue"}
    Dispute.objects.filter(pk=dispute.pk).update(check_after=at, sent=sent)
    check.using(run_after=at).enqueue(dispute.pk)
    return True


def _evidence(dispute: Dispute, trail: Trail) -> Evidence:
    post, person = dispute.claim.post, dispute.raised_by
    sources = dispute.evidence.values_list("url", flat=True)
    said = (dispute.statement, dispute.wanted, *sources)
    return Evidence(
        kind="contact-form",
        user_ip=trail.ip,
        user_agent=storable(trail.user_agent, most=300),
        referrer=storable(trail.referrer, most=500),
        permalink=absolute_url(post.get_absolute_url()),
        author=person.public_name if person else dispute.raiser_name,
        email=person.email if person else dispute.contact_email,
        content="\n\n".join(words for words in said if words),
        date=evidence.moment(dispute.created_at),
        post_modified=evidence.moment(post.updated_at or post.published_at),
        language=settings.LANGUAGE_CODE,
        honeypot_name=HONEYPOT,
        context=tuple(post.topics.values_list("name", flat=True)),
    )

"""How the spam service does: asked about comments and about our key, and noted down.

Called by tasks, or by the publisher who wants to know; never while a reader waits.
"""

from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import NotAllowed
from accounts.roles import is_publisher
from comments.checkers import checker
from comments.models import CheckerHealth
from comments.spam import Evidence, Inspection, Verdict


def ask(facts: Evidence) -> Verdict:
    """What the checker says; how a service did in answering is noted."""
    judge = checker()
    verdict = judge.judge(facts)
    if judge.learns:
        note(verdict)
    return verdict


def note(verdict: Verdict) -> None:
    """Write down an answer or a failure. An answer without an alert says that the last is over."""
    if verdict.failure:
        _write(failed_at=timezone.now(), failure=verdict.failure[:300])
    elif verdict.alert or verdict.alert_code:
        _write(
            answered_at=timezone.now(),
            alert_at=_since_first_said(verdict),
            alert=verdict.alert,
            alert_code=verdict.alert_code,
        )
    else:
        _write(answered_at=timezone.now(), alert="", alert_code="", alert_at=None)


def inspect(*, publisher: Person) -> Inspection | None:
    """Ask the service about our key, and note how that went; None without a service.

    It waits for somebody else's server: call it outside any transaction.
    """
    if not is_publisher(publisher):
        raise NotAllowed(_("Only the publisher may do this."))
    found = checker().inspect()
    if found is not None and found.failure:
        _write(failed_at=timezone.now(), failure=found.failure[:300])
    elif found is not None:
        _write(answered_at=timezone.now())
    return found


def _since_first_said(verdict: Verdict) -> Case:
    """The moment of an alert that is repeated stays the first one."""
    repeated = When(alert_code=verdict.alert_code, alert=verdict.alert, then=F("alert_at"))
    return Case(repeated, default=Value(timezone.now()))


def _write(**facts: object) -> None:
    if not CheckerHealth.objects.filter(pk=1).update(**facts):
        CheckerHealth.objects.get_or_create(pk=1)
        CheckerHealth.objects.filter(pk=1).update(**facts)

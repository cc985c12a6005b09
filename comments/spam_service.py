"""What the desk shows about the spam check: how the service does, and what waits for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from comments.models import (
    Batch,
    CheckerHealth,
    CommentState,
    DiscardedSpam,
    House,
    Phase,
    PostComment,
    PostCommentQuerySet,
)
from comments.privacy import InForce, in_force

DAYS = 14


@dataclass(frozen=True)
class Overview:
    """Everything on the page about the spam check but the answer to "is the key good?"."""

    in_force: InForce
    health: CheckerHealth
    only_logs: bool
    waiting: int
    since: datetime | None
    given_up: int
    discarded: list[DiscardedSpam]

    @property
    def discarded_in_all(self) -> int:
        return sum(day.number for day in self.discarded)

    @property
    def has_a_service(self) -> bool:
        return self.in_force.checker != "rules"


def health() -> CheckerHealth:
    """What was last heard of the service; an empty one when nothing was."""
    return CheckerHealth.objects.filter(pk=1).first() or CheckerHealth(pk=1)


def overview() -> Overview:
    """Four queries, however much waits."""
    first_day = timezone.localdate() - timedelta(days=DAYS - 1)
    facts = unanswered().aggregate(
        waiting=Count("pk", filter=Q(check_after__isnull=False)),
        since=Min("submit_date", filter=Q(check_after__isnull=False)),
        given_up=Count("pk", filter=Q(check_after=None)),
    )
    return Overview(
        in_force=in_force(),
        health=health(),
        only_logs=House.current().only_logs,
        discarded=list(DiscardedSpam.objects.filter(day__gte=first_day)),
        **facts,
    )


def unanswered() -> PostCommentQuerySet:
    """Held comments that wait for the checker, or that it never answered for."""
    waits = Q(check_after__isnull=False) | Q(phase=Phase.CHECKER)
    return PostComment.objects.held().filter(waits).order_by()


def rechecks() -> QuerySet[Batch]:
    """When the held list was checked again, and how far that is."""
    return Batch.objects.filter(to_state=CommentState.HELD).defer("pks")

"""What can happen to words that the law forbids to show: withheld, and released.

The record, the finding and the mark stay; the words of the dispute and of its notices are shown
nowhere, and a sentence with the date stands in their place.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid, WrongMoment
from accounts.roles import require_publisher
from blog import notices
from blog.models import Notice
from comments import fragments
from comments.models import PostComment
from editorial import concerns, plain, steps
from editorial.models import Claim, Dispute, DisputeEventKind


@transaction.atomic
def withhold(dispute: Dispute, *, publisher: Person, reason: str, version: int) -> None:
    """Show none of the words of a public dispute and of its notices from this moment on.

    For the publisher alone; the reason is kept for the desk and is not public.
    """
    if dispute.withheld_at is not None:
        raise WrongMoment(_("This dispute is withheld already."))
    kind = DisputeEventKind.WITHHELD
    _set(dispute, timezone.now(), kind, publisher=publisher, reason=reason, version=version)


@transaction.atomic
def release(dispute: Dispute, *, publisher: Person, reason: str, version: int) -> None:
    """Show the words again, as they were."""
    if dispute.withheld_at is None:
        raise WrongMoment(_("Nothing of this dispute is withheld."))
    kind = DisputeEventKind.RELEASED
    _set(dispute, None, kind, publisher=publisher, reason=reason, version=version)


def _set(  # noqa: PLR0913  all facts of one step
    dispute: Dispute,
    since: datetime | None,
    kind: DisputeEventKind,
    *,
    publisher: Person,
    reason: str,
    version: int,
) -> None:
    require_publisher(publisher)
    words = plain.paragraphs(reason)
    if not words:
        raise Invalid(_("Please write down the reason, for the desk."))
    steps.locked(dispute.claim.post)
    told = Notice.objects.filter(pk__in=_told_about(dispute.claim))
    notices.withhold(told, since=since)
    steps.move(dispute, kind, version=version, by=publisher, message=words, withheld_at=since)
    others = PostComment.objects.filter(disputes__merged_into=dispute)
    fragments.refresh(fragments.for_showing(others))


def _told_about(claim: Claim) -> list[int]:
    """The notices of all decisions about a claim, and the concerns about it."""
    told = Q(decision__disputes__claim=claim) | Q(pk__in=concerns.about(claim).values("pk"))
    return list(Notice.objects.filter(told).values_list("pk", flat=True))

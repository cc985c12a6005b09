"""Somebody leaves: what they had taken up is given back, and nothing says any more who they were.

Disputes, decisions and what they said in public stay; a decision keeps that an editor made it.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import profiles
from accounts.models import Letter, Person
from comments.mydata import Owner
from editorial import advisers, raisers, steps
from editorial.models import Dispute, DisputeEventKind
from editorial.models.dispute import OPEN_STATES


@transaction.atomic
def hand_over(person: Person) -> int:
    """Leave what somebody had taken up to any editor; returns how many disputes."""
    theirs = Dispute.objects.filter(assigned_to=person, state__in=OPEN_STATES)
    given_back = list(theirs.oldest_first())
    for dispute in given_back:
        steps.move(
            dispute,
            DisputeEventKind.ASSIGNED,
            version=dispute.version,
            by=None,
            message=_("Whoever had taken it up has left: any editor may go on."),
            assigned_to=None,
        )
    return len(given_back)


@transaction.atomic
def leave(person: Person) -> None:
    """Called when a login is about to be deleted.

    Whether the byline keeps its name on what was published is a setting of the site.
    """
    owner = Owner(person.email, person)
    hand_over(person)
    raisers.forget(owner)
    advisers.forget(owner)
    Letter.objects.filter(to__iexact=person.email).delete()
    if not settings.FORMER_CONTRIBUTORS_KEEP_THEIR_NAME:
        profiles.make_nameless(person)

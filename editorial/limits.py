"""How many objections one person may raise, and what happens when many come at once.

Whoever was right before may raise more. That a statement was kept counts against nobody.
"""

from datetime import timedelta

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import ratelimit
from accounts.refusals import NotAllowed
from accounts.roles import is_editor
from blog.models import Post
from editorial import mail
from editorial.models import DeclineReason, Dispute, Finding
from editorial.models.dispute import CLOSED_STATES, OPEN_STATES, DisputeQuerySet
from editorial.points import Raiser

A_DAY = 24 * 60 * 60  # seconds
MOST_A_DAY = 5  # by one network, or by one person with an account
MOST_A_DAY_BY_ADDRESS = 1  # without an account
MOST_OPEN_ABOUT_AN_AUTHOR = 3
MOST_OPEN = 10
MOST_IN_A_FORM = 5
MOST_EARNED = 5  # more of each, one for each objection that was upheld
UPHELD = (Finding.INACCURATE, Finding.INCOMPLETE, Finding.OUTDATED)
A_BURST = 5  # objections to one post within an hour
AN_HOUR = timedelta(hours=1)


class TooMany(NotAllowed):
    """Somebody has raised as many objections as one person may."""


def require_few(post: Post, raiser: Raiser, *, made: int = 0) -> None:
    """Refuse with `TooMany` what is over the limits; editors report what they like.

    `made` are stored already, by one form: they count once for the day.
    """
    if raiser.person and is_editor(raiser.person):
        return
    theirs = _raised_by(raiser)
    upheld = theirs.filter(decision__finding__in=UPHELD).count() if theirs is not None else 0
    earned = min(upheld, MOST_EARNED)
    if raiser.person and theirs is not None:
        still = theirs.filter(state__in=OPEN_STATES)
        room = earned + 1 if made else earned  # what is stored already is among those counted
        _require_few_open(still.filter(claim__post__author=post.author_id), room)
        if still.count() >= MOST_OPEN + room:
            raise TooMany(_("Many errors that you reported are still open. Please wait for them."))
    if made > MOST_IN_A_FORM:
        raise TooMany(_("Please report at most five errors at once."))
    for key, most in _keys(raiser, earned):
        if not ratelimit.allow(f"dispute:{key}", limit=most, seconds=A_DAY):
            raise TooMany(_("You have reported enough for one day. Please come back tomorrow."))


def notice_burst(post: Post) -> None:
    """Tell the editors, once a day, when many objections to one post come within an hour.

    Readers are shown nothing of it, and nothing that has come is lost.
    """
    since = timezone.now() - AN_HOUR
    lately = Dispute.objects.filter(claim__post=post, created_at__gte=since, assigned_to=None)
    if lately.count() < A_BURST:
        return
    if ratelimit.allow(f"burst:{post.pk}", limit=1, seconds=A_DAY):
        mail.burst(post)


def _require_few_open(still: DisputeQuerySet, earned: int) -> None:
    if still.count() >= MOST_OPEN_ABOUT_AN_AUTHOR + earned:
        raise TooMany(
            _("Errors that you reported in posts of this author are still open. Please wait.")
        )


def _raised_by(raiser: Raiser) -> DisputeQuerySet | None:
    """What this person raised before; None when nothing tells who they are."""
    email = raiser.email.strip()
    if raiser.person:
        return Dispute.objects.filter(raised_by=raiser.person)
    return Dispute.objects.filter(contact_email__iexact=email) if email else None


def _keys(raiser: Raiser, earned: int) -> list[tuple[str, int]]:
    keys = [(raiser.network, MOST_A_DAY)] if raiser.network else []
    if raiser.person:
        keys.append((f"person:{raiser.person.pk}", MOST_A_DAY + earned))
    elif email := raiser.email.strip().lower():
        keys.append((email, MOST_A_DAY_BY_ADDRESS + earned))
    return keys


def later() -> DisputeQuerySet:
    """Received reports that may wait: of a rush on one post all but the first, and those of whoever
    attacked people before. Editors alone see which they are."""
    received = Dispute.objects.received()
    rush = received.annotate(before=_before_within_an_hour()).filter(before__gte=A_BURST)
    return received.filter(Q(pk__in=rush.values("pk")) | _by_attackers())


def _before_within_an_hour() -> Subquery:
    """How many reports about the same post came in the hour before this one."""
    mine = OuterRef("created_at")
    earlier = Dispute.objects.filter(
        claim__post=OuterRef("claim__post"), created_at__lt=mine, created_at__gte=mine - AN_HOUR
    )
    counted = earlier.order_by().values("claim__post").annotate(number=Count("pk"))
    return Subquery(counted.values("number"))


def _by_attackers() -> Q:
    """By whom three of the last five closed ones attacked a person; "not upheld" is no attack."""
    abusive = Dispute.objects.filter(declined_because=DeclineReason.ABUSE)
    people = abusive.exclude(raised_by=None).values("raised_by")
    addresses = abusive.exclude(contact_email="").values("contact_email")
    theirs = Dispute.objects.filter(Q(raised_by__in=people) | Q(contact_email__in=addresses))
    ended = theirs.filter(state__in=CLOSED_STATES).order_by("-created_at", "-pk")
    last: dict[tuple[int | None, str], list[str]] = {}
    for person, address, why in ended.values_list("raised_by", "contact_email", "declined_because"):
        last.setdefault((person, address), []).append(why)
    attackers = [who for who, why in last.items() if why[:5].count(DeclineReason.ABUSE) >= 3]
    return Q(raised_by__in=[person for person, _address in attackers if person]) | Q(
        contact_email__in=[address for _person, address in attackers if address]
    )

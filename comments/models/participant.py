"""Participants: who takes part in discussions, known by an e-mail address or by a login."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person


class Pace(models.TextChoices):
    """How often somebody wants to hear of what they follow."""

    AT_ONCE = "at_once", _("At once")
    HOURLY = "hourly", _("Once an hour")
    DAILY = "daily", _("Once a day")


class Participant(models.Model):
    """Somebody who takes part in discussions: a person with a login, or an address without one.

    Whoever has a login is known by it, so that a new address of theirs follows by itself and
    deleting the account leaves none behind. `confirmed_at` is when the owner of a guest's address
    proved that it is theirs; it does not prove that a later comment under this address is.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="participant"
    )
    guest_email = models.EmailField(_("address of a guest"), blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    pace = models.CharField(_("pace of mails"), max_length=7, choices=Pace, default=Pace.AT_ONCE)
    digest_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = (
            models.UniqueConstraint(
                Lower("guest_email"),
                condition=~Q(guest_email=""),
                name="participant_has_an_address_of_their_own",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest_email="")
                | (Q(person=None) & ~Q(guest_email="")),
                name="participant_is_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(pace__in=Pace.values), name="participant_has_a_known_pace"
            ),
        )

    def __str__(self) -> str:
        return f"participant {self.pk}"

    @property
    def email(self) -> str:
        """Where to write to them; never shown. Costs a query unless `person` is loaded."""
        return self.person.email if self.person else self.guest_email

    @property
    def is_confirmed(self) -> bool:
        """Whether the address is known to be theirs."""
        return self.person_id is not None or self.confirmed_at is not None


class Browser(models.Model):
    """A browser that somebody asked us to remember, so that the form is filled in next time.

    Its id is in a signed cookie. `proved_at` is when the address was confirmed in it: comments
    from it are theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="browsers")
    name = models.CharField(max_length=50)
    url = models.URLField(max_length=200, blank=True)
    proved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("browser")
        verbose_name_plural = _("browsers")

    def __str__(self) -> str:
        return f"browser of participant {self.participant_id}"


class SanctionKind(models.TextChoices):
    HOLD = "hold", _("Every comment is held")
    SUSPENSION = "suspension", _("Suspended")
    BAN = "ban", _("Banned")


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def against(self, participant: Participant) -> Self:
        """Those of this participant; a guest who gives the address of a login has its as well."""
        theirs = Q(participant=participant)
        if participant.guest_email:
            theirs |= Q(participant__person__email=participant.guest_email)
        return self.filter(theirs)

    def in_force(self, now: datetime | None = None) -> Self:
        """Neither lifted nor over."""
        still = Q(until=None) | Q(until__gt=now or timezone.now())
        return self.filter(still, lifted_at=None)


class Sanction(models.Model):
    """What a moderator decided about a participant, with its reason; lifted, never deleted."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(_("kind"), max_length=10, choices=SanctionKind)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    set_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ("-set_at", "-pk")
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=SanctionKind.values), name="sanction_has_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=SanctionKind.SUSPENSION, until__isnull=False)
                | (~Q(kind=SanctionKind.SUSPENSION) & Q(until=None)),
                name="sanction_ends_by_itself_only_as_a_suspension",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.set_at:%Y-%m-%d})"


class ParticipantNote(models.Model):
    """What moderators tell each other about a participant; private for ever."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name = _("note about a participant")
        verbose_name_plural = _("notes about participants")

    def __str__(self) -> str:
        return self.text[:50]

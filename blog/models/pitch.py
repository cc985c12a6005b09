"""A proposal for a post, by somebody who does not write here yet."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post


class PitchState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Not confirmed")
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


DECIDED_STATES = (PitchState.ACCEPTED, PitchState.DECLINED)


class PitchQuerySet(models.QuerySet["Pitch"]):
    def confirmed(self) -> Self:
        """All that editors may see: whoever sent it has the address it came from."""
        return self.exclude(state=PitchState.UNCONFIRMED)

    def waiting(self) -> Self:
        return self.filter(state=PitchState.OPEN).order_by("confirmed_at", "pk")


class Pitch(models.Model):
    """What somebody would write, and who they are; `key` makes sending it twice one pitch."""

    key = models.UUIDField(unique=True, editable=False)
    state = models.CharField(max_length=11, choices=PitchState, default=PitchState.UNCONFIRMED)
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail address"))
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"))
    who = models.TextField(_("who they are"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(blank=True)
    post = models.ForeignKey(
        Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="pitches"
    )

    objects = PitchQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("pitch")
        verbose_name_plural = _("pitches")
        indexes = (models.Index(fields=("state", "confirmed_at"), name="pitch_by_state_and_date"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="unconfirmed") | Q(confirmed_at__isnull=False),
                name="pitch_that_editors_see_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "declined")) | Q(decided_at__isnull=False),
                name="pitch_that_is_decided_says_when",
            ),
        )

    def __str__(self) -> str:
        return self.title

"""Feeds with something new that a hub has not been told of yet."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HubPingQuerySet(models.QuerySet["HubPing"]):
    def due(self) -> Self:
        """What to tell the hub now: neither given up nor in the hands of another process."""
        waiting = self.filter(attempts__lt=len(HubPing.WAITS))
        return waiting.filter(next_attempt_at__lte=timezone.now()).order_by("next_attempt_at")


class HubPing(models.Model):
    """One row for a feed, however much is new in it; forgotten once the hub was told."""

    WAITS: ClassVar = tuple(timedelta(minutes=wait) for wait in (1, 5, 30, 120, 360, 1440))

    path = models.CharField(_("feed"), max_length=300, unique=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    failure = models.CharField(_("why it did not work"), max_length=100, blank=True)

    objects = HubPingQuerySet.as_manager()

    class Meta:
        verbose_name = _("news for the hub")
        verbose_name_plural = _("news for the hub")

    def __str__(self) -> str:
        return self.path

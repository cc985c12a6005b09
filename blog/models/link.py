"""Addresses that texts link to, and whether they answered."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_URL = 500


class LinkVerdict(models.TextChoices):
    ANSWERS = "answers", _("answers")
    GONE = "gone", _("does not answer")
    UNSURE = "unsure", _("could not be looked at")


class LinkAnswer(models.Model):
    """What an address said when it was last visited; one row for all texts that link there."""

    url = models.CharField(max_length=LONGEST_URL, unique=True)
    verdict = models.CharField(max_length=7, choices=LinkVerdict)
    said = models.CharField(max_length=60, blank=True)
    checked_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.url}: {self.verdict}"

"""What should be true of a post before readers see it, as the publisher wants it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckItem(models.TextChoices):
    INTRODUCTION = "introduction", _("The editor's introduction is written")
    SUMMARY = "summary", _("There is a summary")
    TOPIC = "topic", _("A topic is chosen")
    ALT_TEXTS = "alt_texts", _("Every picture says what it shows, or that it only decorates")
    DISCLOSURE = "disclosure", _("The disclosure is shown where links earn money")
    LINKS = "links", _("The links answer, as far as one can know")
    APPROVAL = "approval", _("The author has approved the final text")


class Need(models.TextChoices):
    OFF = "off", _("Off")
    RECOMMENDED = "recommended", _("Recommended")
    REQUIRED = "required", _("Required")


class ChecklistRule(models.Model):
    """How much one item is needed; an item without a row is recommended."""

    item = models.CharField(max_length=12, choices=CheckItem, unique=True)
    need = models.CharField(max_length=11, choices=Need, default=Need.RECOMMENDED)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(need__in=Need.values), name="checklist_need_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}: {self.need}"

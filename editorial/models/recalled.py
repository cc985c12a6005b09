"""Who was told by mail that something they read was corrected."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Notice
from comments.models import Participant


class Recall(models.Model):
    """That the readers of a post are told of a notice by mail; `done_at` is when all were."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="recall")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")

    def __str__(self) -> str:
        return f"recall of notice {self.notice_id}"


class Recalled(models.Model):
    """One reader who was told; the row is written with the letter, so nobody is told twice."""

    recall = models.ForeignKey(Recall, on_delete=models.CASCADE, related_name="told")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reader who was told")
        verbose_name_plural = _("readers who were told")
        constraints = (
            models.UniqueConstraint(
                fields=("recall", "participant"), name="reader_is_told_of_a_notice_once"
            ),
        )

    def __str__(self) -> str:
        return f"participant {self.participant_id}"

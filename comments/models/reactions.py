"""What readers do with a comment besides answering: respect it, report it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import PostComment
from comments.models.participant import Participant


class Respect(models.Model):
    """One quiet sign of respect for a comment; the comment keeps their number."""

    comment = models.ForeignKey(PostComment, on_delete=models.CASCADE, related_name="respected_by")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="respects")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("respect")
        verbose_name_plural = _("respects")
        constraints = (
            models.UniqueConstraint(
                fields=("comment", "participant"), name="respect_is_given_once"
            ),
        )

    def __str__(self) -> str:
        return f"participant {self.participant_id} respects comment {self.comment_id}"


class FlagReason(models.TextChoices):
    SPAM = "spam", _("It is spam")
    ABUSIVE = "abusive", _("It is abusive")
    OFF_TOPIC = "off_topic", _("It is off topic")
    PRIVATE = "private", _("It holds private information")
    OTHER = "other", _("Another reason")


class FlagState(models.TextChoices):
    OPEN = "open", _("Waits for a moderator")
    AGREED = "agreed", _("The moderator agreed")
    DISMISSED = "dismissed", _("The moderator saw no reason to act")


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> Self:
        return self.filter(state=FlagState.OPEN)


class Flag(models.Model):
    """A reader's report on a comment, once for each reader.

    `reporter` is a keyed digest of who reported: of the participant, or of the network for somebody
    unnamed. `confirmed_at` says that the reporter owns the address and may be told the outcome.
    """

    comment = models.ForeignKey(PostComment, on_delete=models.CASCADE, related_name="raised_flags")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="flags"
    )
    reporter = models.CharField(max_length=64, editable=False)
    reason = models.CharField(_("reason"), max_length=9, choices=FlagReason)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=FlagState, default=FlagState.OPEN)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("report on a comment")
        verbose_name_plural = _("reports on comments")
        indexes = (models.Index(fields=("comment",), name="flag_open", condition=Q(state="open")),)
        constraints = (
            models.UniqueConstraint(
                fields=("comment", "reporter"), name="flag_is_raised_once_by_a_reader"
            ),
            models.CheckConstraint(
                condition=Q(state=FlagState.OPEN, decided_at=None)
                | (~Q(state=FlagState.OPEN) & Q(decided_at__isnull=False)),
                name="flag_that_is_decided_says_when",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=FlagReason.values), name="flag_has_a_known_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} on comment {self.comment_id}"

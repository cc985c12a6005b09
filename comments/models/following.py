"""Who follows what, and what they are still to be told."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from comments.models.comment import PostComment
from comments.models.participant import Participant


class Scope(models.TextChoices):
    """What of a discussion somebody wants to hear of."""

    REPLIES = "replies", _("Replies to me")
    DISCUSSION = "discussion", _("The whole discussion")


class FollowQuerySet(models.QuerySet["Follow"]):
    def confirmed(self) -> Self:
        """Those that may be written to."""
        return self.filter(confirmed_at__isnull=False)


class Follow(models.Model):
    """A wish to hear of a discussion. Nothing is sent until the owner of the address confirmed it:
    anybody can type an address."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="follows")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="follows")
    scope = models.CharField(_("what"), max_length=10, choices=Scope)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = (
            models.UniqueConstraint(
                fields=("participant", "post"), name="follow_is_one_for_a_participant_and_post"
            ),
            models.CheckConstraint(
                condition=Q(scope__in=Scope.values), name="follow_has_a_known_scope"
            ),
        )

    def __str__(self) -> str:
        return f"participant {self.participant_id}: {self.scope} of post {self.post_id}"


class Silence(models.Model):
    """The wish to hear nothing more about a post, even without following it; of any without one.

    Whoever commented is told of a correction once. Stopping that has to be kept somewhere.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="silences")
    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, null=True, blank=True, related_name="silences"
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("wish to hear nothing")
        verbose_name_plural = _("wishes to hear nothing")
        constraints = (
            models.UniqueConstraint(
                fields=("participant", "post"), name="silence_is_one_for_a_participant_and_post"
            ),
            models.UniqueConstraint(
                fields=("participant",),
                condition=Q(post=None),
                name="silence_about_everything_is_one",
            ),
        )

    def __str__(self) -> str:
        return f"participant {self.participant_id} about post {self.post_id}"


class NotificationKind(models.TextChoices):
    REPLY = "reply", _("A reply to you")
    COMMENT = "comment", _("A new comment")
    APPROVED = "approved", _("Your comment was published")
    REFUSED = "refused", _("Your comment was not published")
    LOOKED_AT = "looked_at", _("What became of your report")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def due(self) -> Self:
        return self.filter(sent_at=None, due_at__lte=timezone.now())


class Notification(models.Model):
    """One thing one participant is told about one comment: at most once, however often it is tried.

    A row is written in the transaction that makes it true. It is marked as sent in the transaction
    that writes the letter, so that a task may run twice and a sweep may find what a task lost.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="notifications"
    )
    comment = models.ForeignKey(PostComment, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=9, choices=NotificationKind)
    because = models.CharField(max_length=11, blank=True)
    words = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = (
            models.Index(
                fields=("due_at",), name="notification_due", condition=Q(sent_at__isnull=True)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("participant", "comment", "kind"), name="notification_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NotificationKind.values),
                name="notification_has_a_known_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} to participant {self.participant_id}"

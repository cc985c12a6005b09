"""What happened to comments, and what they said before."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import CommentState, Phase, PostComment


class EventKind(models.TextChoices):
    POSTED = "posted", _("Posted")
    CONFIRMED = "confirmed", _("Address confirmed")
    CHECKED = "checked", _("Checked")
    DECIDED = "decided", _("Decided")
    UNDONE = "undone", _("Undone")
    EDITED = "edited", _("Edited")
    WITHDRAWN = "withdrawn", _("Withdrawn by its writer")
    FEATURED = "featured", _("Featured")
    ERASED = "erased", _("Personal data erased")
    TOLD = "told", _("Told")


class Because(models.TextChoices):
    """Why a moderator does not show a comment; its writer is told."""

    OFF_TOPIC = "off_topic", _("It is off topic")
    ABUSIVE = "abusive", _("It attacks a person")
    PRIVATE = "private", _("It holds private information")
    EMPTY = "empty", _("It adds nothing that others could answer")
    REPEATED = "repeated", _("It was said already")
    ADVERTISING = "advertising", _("It advertises")
    OTHER = "other", _("Another reason")


class CommentEvent(models.Model):
    """One step in a comment's life, never rewritten; without an actor the site did it.

    `reason` is for moderators; `because` and `words` are what its writer is told.
    """

    comment = models.ForeignKey(PostComment, on_delete=models.CASCADE, related_name="events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=9, choices=EventKind)
    from_state = models.CharField(max_length=9, choices=CommentState, blank=True)
    to_state = models.CharField(max_length=9, choices=CommentState, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    phase = models.CharField(max_length=9, choices=Phase, blank=True)
    because = models.CharField(max_length=11, choices=Because, blank=True)
    words = models.TextField(blank=True)
    batch = models.ForeignKey(
        "comments.Batch", on_delete=models.SET_NULL, null=True, related_name="events"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = (
            models.Index(
                fields=("actor", "id"),
                name="comment_event_of_a_moderator",
                condition=Q(kind="decided"),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="comment_event_has_a_known_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("What happened to a comment cannot be written differently.")
        super().save(*args, **kwargs)


class DiscardedSpam(models.Model):
    """How much blatant spam was thrown away on a day; of the comments nothing is kept."""

    day = models.DateField(primary_key=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-day",)
        verbose_name = _("discarded spam")
        verbose_name_plural = _("discarded spam")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.number}"


class CommentVersion(models.Model):
    """What a comment said before it was edited; moderators see every version."""

    comment = models.ForeignKey(PostComment, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("replaced_at", "pk")
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self) -> str:
        return self.text[:50]


class Batch(models.Model):
    """One decision about many comments: what was asked for, how far it is, what came of it.

    `pks` are the comments as they were chosen, all of them in `from_state` then; a task works them
    off in slices and counts. Undoing a batch restores exactly the comments whose last event belongs
    to it. `reason` is for moderators, `because` is what the writers are told.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    from_state = models.CharField(max_length=9, choices=CommentState, blank=True)
    to_state = models.CharField(max_length=9, choices=CommentState)
    reason = models.CharField(max_length=300, blank=True)
    because = models.CharField(max_length=11, choices=Because, blank=True)
    pks = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(_("left as they were"), default=0)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return f"{self.done} of {self.total}: {self.to_state}"

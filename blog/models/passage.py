"""Passages: a place in a post's text, kept through every later revision.

The terms are those of the W3C Web Annotation Data Model: a passage is a TextQuoteSelector
(quote, prefix, suffix) and a TextPositionSelector tied to a revision.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post
from blog.models.revision import Revision


class PassageField(models.TextChoices):
    BODY = "body", _("In the text")
    TITLE = "title", _("The title")
    SUMMARY = "summary", _("The summary")
    IMAGE = "image", _("An image")
    WHOLE = "whole", _("The whole post")


class Mark(models.TextChoices):
    """What a reader is shown at a passage, in brackets after the words."""

    NONE = "", _("No mark")
    DISPUTED = "disputed", _("disputed")
    CORRECTED = "corrected", _("corrected")
    CLARIFIED = "clarified", _("clarified")
    UPDATED = "updated", _("updated")


class PositionStatus(models.TextChoices):
    EXACT = "exact", _("The same words")
    CHANGED = "changed", _("The words changed")
    MOVED = "moved", _("The words moved")
    PLACED = "placed", _("Placed by an editor")
    ORPHAN = "orphan", _("The words are gone")


class Passage(models.Model):
    """Where a claim or a note stands; `exact`, `prefix`, `suffix` are what was captured, for good.

    Of an image, `exact` is its description and `image` its address as it stands in the text.

    `reference` is the public id of what the mark leads to, so that this package needs to
    know nothing about disputes.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="passages")
    field = models.CharField(max_length=7, choices=PassageField, default=PassageField.BODY)
    exact = models.TextField(_("words"))
    prefix = models.CharField(max_length=80, blank=True)
    suffix = models.CharField(max_length=80, blank=True)
    image = models.CharField(max_length=500, blank=True)
    captured_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    captured_start = models.PositiveIntegerField(null=True, blank=True)
    captured_end = models.PositiveIntegerField(null=True, blank=True)
    mark = models.CharField(max_length=9, choices=Mark, default=Mark.NONE, blank=True)
    reference = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")

    def __str__(self) -> str:
        return self.exact[:60]


class PassagePositionQuerySet(models.QuerySet["PassagePosition"]):
    def in_head(self) -> "PassagePositionQuerySet":
        """Positions in the text that readers see now."""
        return self.filter(revision=F("passage__post__head"))

    def orphans(self) -> "PassagePositionQuerySet":
        return self.filter(status=PositionStatus.ORPHAN)


class PassagePosition(models.Model):
    """Where a passage stands in one revision: code points in its projected text.

    An orphan has neither start nor end; `candidates` are suggestions for an editor only:
    `[{"start": int, "end": int, "score": float}]`.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="positions")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="positions")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=7, choices=PositionStatus)
    candidates = models.JSONField(default=list, blank=True)

    objects = PassagePositionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("passage", "revision"), name="passage_has_one_position_in_a_revision"
            ),
            models.CheckConstraint(
                condition=Q(status=PositionStatus.ORPHAN, start=None, end=None)
                | Q(start__isnull=False, end__gt=F("start")),
                name="passage_position_is_a_span_or_an_orphan",
            ),
        )

    def __str__(self) -> str:
        return f"{self.passage_id} in {self.revision_id}: {self.status}"

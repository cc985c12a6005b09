"""Revisions: what a post said, when, by whom."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post


class EditLabel(models.TextChoices):
    """What an edit means to readers; a cosmetic one moves no date and no notice."""

    DRAFT = "draft", _("Not published yet")
    FIRST = "first", _("First published")
    COSMETIC = "cosmetic", _("Cosmetic")
    UPDATE = "update", _("Update")
    CLARIFICATION = "clarification", _("Clarification")
    CORRECTION = "correction", _("Correction")
    RETRACTION = "retraction", _("Retraction")


class RevisionQuerySet(models.QuerySet["Revision"]):
    def public(self) -> "RevisionQuerySet":
        """Texts that readers have seen or may see."""
        return self.exclude(label=EditLabel.DRAFT)


class Revision(models.Model):
    """A text with its number; once it is published it never changes.

    A draft revision is an accepted text that waits for its day: notes and passages can stand on it.

    `text` is the projection of `body_html` under `projection_version`; positions of passages
    are code points in it.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    body_html = models.TextField()
    text = models.TextField()
    projection_version = models.PositiveSmallIntegerField()
    has_affiliate_links = models.BooleanField(default=False)
    label = models.CharField(max_length=13, choices=EditLabel)
    reason = models.CharField(_("what changed"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("post", "number")
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = (
            models.UniqueConstraint(
                fields=("post", "number"), name="revision_number_is_used_once_in_a_post"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("blog:revision", kwargs={"slug": self.post.slug, "number": self.number})

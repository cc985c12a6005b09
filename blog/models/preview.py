"""The link that shows a post before readers see it, to whoever holds it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import GONE_STATES, Post


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def live(self) -> Self:
        """Links that show their post now."""
        standing = self.filter(revoked_at=None, expires_at__gt=timezone.now())
        return standing.exclude(post__state__in=GONE_STATES)


class PreviewLink(models.Model):
    """Shows the working text of one post until it expires or is ended; it stays as a record.

    The token in the address carries the id of this row alone.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="preview_links")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self) -> str:
        return f"{self.pk} → {self.post_id}"

"""A post before readers see it: its text at each step between author and editors."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post


class HandInKind(models.TextChoices):
    HANDED_IN = "handed_in", _("Handed in")
    GIVEN_BACK = "given_back", _("Given back")


class HandIn(models.Model):
    """The text as it was when it changed hands: what the other side had seen of it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="hand_ins")
    kind = models.CharField(max_length=10, choices=HandInKind)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.title} ({self.kind})"

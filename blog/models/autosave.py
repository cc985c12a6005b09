"""Words that were typed and not saved: kept beside the post, never its text."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.post import Post


class Autosave(models.Model):
    """What one person had typed in one sitting (a page opened for writing), as it was typed.

    `base_version` is the version of the post that they had opened. The body is not sanitised.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="autosaves")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves"
    )
    sitting = models.CharField(max_length=32)
    title = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    base_version = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("post", "person", "sitting"), name="autosave_is_one_for_each_sitting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id}, {self.person_id} ({self.at:%Y-%m-%d %H:%M})"

"""Who else signs a post, beside its first author."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from blog.models.post import BylineRole, Post


class PostByline(models.Model):
    """One name beside the first author's (`Post.author`), and what they did; in a chosen order."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="bylines")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="bylines")
    role = models.CharField(
        _("role"), max_length=12, choices=BylineRole, default=BylineRole.CO_AUTHOR
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("byline of a post")
        verbose_name_plural = _("bylines of posts")
        constraints = (
            models.UniqueConstraint(fields=("post", "profile"), name="profile_signs_a_post_once"),
        )

    def __str__(self) -> str:
        return f"{self.profile_id} ({self.role}) → {self.post_id}"

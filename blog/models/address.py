"""Where posts could be read before: an address that was published once leads there for good."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post
from blog.models.series import Series
from blog.models.topic import Topic


class FormerAddress(models.Model):
    """A slug that a public post had; no other post gets it."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="former_addresses")
    left_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class FormerTopicAddress(models.Model):
    """A slug that a topic had; no other topic gets it."""

    slug = models.SlugField(_("address"), max_length=70, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name = _("former address of a topic")
        verbose_name_plural = _("former addresses of topics")

    def __str__(self) -> str:
        return self.slug


class FormerSeriesAddress(models.Model):
    """A slug that a series had; no other series gets it."""

    slug = models.SlugField(_("address"), max_length=110, unique=True)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name = _("former address of a series")
        verbose_name_plural = _("former addresses of series")

    def __str__(self) -> str:
        return self.slug

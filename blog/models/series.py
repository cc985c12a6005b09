"""Series: posts that belong together, in an order."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post


class Series(models.Model):
    """Posts to be read one after another, with a page of its own."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("address"), max_length=110, unique=True)
    about = models.CharField(_("what it is about"), max_length=300, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blog:series", kwargs={"slug": self.slug})


class SeriesPart(models.Model):
    """The place of a post in a series; a post is a part of one at the most."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="parts")
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="part")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("part of a series")
        verbose_name_plural = _("parts of series")

    def __str__(self) -> str:
        return f"{self.post_id} in {self.series_id}"

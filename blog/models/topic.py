"""Topics: a curated list that posts are filed under."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Discussion(models.TextChoices):
    """Who may answer: what a post says wins over its topics, and those over the site."""

    AUTO = "auto", _("By rule")
    OPEN = "open", _("Open")
    HOLD = "hold", _("Open, every comment is held")
    CLOSED = "closed", _("Closed")


class Topic(models.Model):
    """A subject with its own page; it may ask for the disclosure or the disclaimer on its posts."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=70, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    shows_disclosure = models.BooleanField(_("show the disclosure on its posts"), default=False)
    shows_disclaimer = models.BooleanField(_("show the disclaimer on its posts"), default=False)
    discussion = models.CharField(
        _("discussion of its posts"), max_length=6, choices=Discussion, default=Discussion.AUTO
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("blog:topic", kwargs={"slug": self.slug})

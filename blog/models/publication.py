"""The publication itself: its name, its host, and the texts that are kept once."""

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile

CACHE_KEY = "blog.publication"
CACHE_SECONDS = 300  # another process sees a changed text after this long at the most


class Publication(models.Model):
    """One row. Every text is sanitised HTML, except the name, tagline, hosts and invitation."""

    name = models.CharField(_("name"), max_length=80, default="Corrigible")
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    host = models.ForeignKey(
        Profile,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("host"),
    )
    disclosure_html = models.TextField(_("disclosure"), blank=True)
    disclosure_page_html = models.TextField(_("disclosure policy"), blank=True)
    disclaimer_html = models.TextField(_("disclaimer"), blank=True)
    affiliate_hosts = models.TextField(
        _("affiliate hosts"),
        blank=True,
        help_text=_("One host a line: a post that links there shows the disclosure."),
    )
    invitation = models.CharField(_("invitation to comment"), max_length=300, blank=True)
    closes_after_days = models.PositiveSmallIntegerField(
        _("close discussions after so many days"), null=True, blank=True
    )
    closes_when_retracted = models.BooleanField(
        _("close the discussion of a retracted post"), default=True
    )
    takes_pitches = models.BooleanField(_("anybody may propose a post"), default=True)
    approval_after_edit = models.BooleanField(
        _("ask the author again when a text is edited after they approved it"), default=True
    )
    about_html = models.TextField(_("about"), blank=True)
    policy_html = models.TextField(_("corrections policy"), blank=True)

    class Meta:
        verbose_name = _("publication")
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="publication_is_one_row"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = 1
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        cache.delete(CACHE_KEY)

    @classmethod
    def current(cls) -> "Publication":
        """The one row, made on first use; cached, so that a page pays nothing for it."""
        publication: Publication | None = cache.get(CACHE_KEY)
        if publication is None:
            publication, _made = cls.objects.select_related("host").get_or_create(pk=1)
            cache.set(CACHE_KEY, publication, CACHE_SECONDS)
        return publication

    @property
    def affiliates(self) -> frozenset[str]:
        """Host names in lower case, without blank lines."""
        lines = (line.strip().lower() for line in self.affiliate_hosts.splitlines())
        return frozenset(line for line in lines if line)

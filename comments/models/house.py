"""What the publisher decides about all discussions, and how the spam service does."""

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CACHE_KEY = "comments.house"
SUSPECT_WORDS = (
    "backlinks betting bitcoin casino cialis crypto escort forex jackpot lottery porn slots"
    " sportsbook viagra xanax"
)
CACHE_SECONDS = 60  # another process sees a changed rule after this long at the most


def suspect_words() -> str:
    """What a new site begins with."""
    return "\n".join(SUSPECT_WORDS.split())


class AtOnce(models.TextChoices):
    """Whose comments are published without waiting for a moderator."""

    HAM = "ham", _("Everybody whom the spam check finds nothing against")
    KNOWN = "known", _("People with an earlier published comment and a confirmed address")
    SIGNED_IN = "signed_in", _("Only people who are signed in")
    NOBODY = "nobody", _("Nobody: every comment is held")


class House(models.Model):
    """One row: the rules of all discussions. Word lists hold one word or phrase a line."""

    at_once = models.CharField(
        _("published at once"), max_length=9, choices=AtOnce, default=AtOnce.KNOWN
    )
    rules = models.TextField(_("house rules"), blank=True)
    rules_html = models.TextField(editable=False, blank=True)
    banned_words = models.TextField(_("banned words"), blank=True)
    suspect_words = models.TextField(_("suspect words"), blank=True, default=suspect_words)
    most_links = models.PositiveSmallIntegerField(_("links without being held"), default=1)
    only_logs = models.BooleanField(_("only write down what the spam check says"), default=False)
    sends_email = models.BooleanField(_("show the spam check e-mail addresses"), default=True)
    sends_address = models.BooleanField(_("show the spam check network addresses"), default=True)
    keeps_addresses_days = models.PositiveSmallIntegerField(
        _("days to keep network addresses"), default=90
    )
    keeps_spam_days = models.PositiveSmallIntegerField(_("days to keep spam"), default=15)
    moderators_see_addresses = models.BooleanField(
        _("moderators see e-mail and network addresses"), default=False
    )

    class Meta:
        verbose_name = _("rules of the discussions")
        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="house_is_one_row"),
            models.CheckConstraint(
                condition=Q(at_once__in=AtOnce.values), name="house_publishes_by_a_known_rule"
            ),
        )

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = 1
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        cache.delete(CACHE_KEY)

    @classmethod
    def current(cls) -> "House":
        """The one row, made on first use; cached, so that a page pays nothing for it."""
        house: House | None = cache.get(CACHE_KEY)
        if house is None:
            house, _made = cls.objects.get_or_create(pk=1)
            cache.set(CACHE_KEY, house, CACHE_SECONDS)
        return house


class CheckerHealth(models.Model):
    """One row: what the spam service last said about itself, for the desk."""

    answered_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    alert_code = models.CharField(max_length=20, blank=True)
    alert = models.CharField(max_length=300, blank=True)
    alert_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("health of the spam check")
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="checker_health_is_one_row"),)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def is_failing(self) -> bool:
        """Whether the last thing heard of the service is that it gave no answer."""
        if self.failed_at is None:
            return False
        return self.answered_at is None or self.failed_at > self.answered_at

    @property
    def has_alert(self) -> bool:
        return bool(self.alert or self.alert_code)


class SavedFilter(models.Model):
    """A filter of the desk that a moderator comes back to."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "name"), name="saved_filter_has_a_name_of_its_own"
            ),
        )

    def __str__(self) -> str:
        return self.name

"""What an address said when it was asked for a post."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post


class LinkState(models.TextChoices):
    WAITING = "waiting", _("Not asked yet")
    ANSWERS = "answers", _("Answers")
    BROKEN = "broken", _("Broken")
    UNKNOWN = "unknown", _("Does not say")


class LinkReason(models.TextChoices):
    NONE = "", ""
    NOT_FOUND = "not_found", _("The site says that there is no such page.")
    NO_SUCH_SITE = "no_such_site", _("There is no site of this name.")
    NOT_REACHED = "not_reached", _("Nothing answers at this address.")
    NOT_PUBLIC = "not_public", _("This address is not on the public web: readers cannot open it.")
    TOO_SLOW = "too_slow", _("The site took too long to answer. Open it yourself.")
    REFUSED = "refused", _("The site does not answer programs. Open it yourself.")
    CIRCLE = "circle", _("The site sends one from page to page without an end.")


class CheckedLink(models.Model):
    """One address of the text of a post, as it was when somebody had the links checked."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="checked_links")
    address = models.TextField()
    state = models.CharField(max_length=8, choices=LinkState, default=LinkState.WAITING)
    reason = models.CharField(max_length=12, choices=LinkReason, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=LinkState.values),
                name="checked_link_is_in_a_known_state",
            ),
        )

    def __str__(self) -> str:
        return f"{self.address} ({self.state})"

"""What the texts of the site were, version by version."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SitePiece(models.TextChoices):
    """Texts that are kept once; all but the last are fields of `Publication`."""

    DISCLOSURE = "disclosure_html", _("Disclosure")
    DISCLOSURE_PAGE = "disclosure_page_html", _("Disclosure policy")
    DISCLAIMER = "disclaimer_html", _("Disclaimer")
    ABOUT = "about_html", _("About this site")
    POLICY = "policy_html", _("Corrections policy")
    INVITATION = "invitation", _("Invitation to comment")
    HOUSE_RULES = "house_rules", _("House rules of the discussions")


class SitePieceVersion(models.Model):
    """One text of a piece, as it was saved; it never changes."""

    piece = models.CharField(_("piece"), max_length=20, choices=SitePiece)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("version of a text of the site")
        verbose_name_plural = _("versions of texts of the site")
        constraints = (
            models.UniqueConstraint(
                fields=("piece", "number"), name="site_piece_has_one_text_of_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.piece} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("blog:desk_piece", kwargs={"pk": self.pk})

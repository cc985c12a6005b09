"""An edit of a published post that one of its authors wishes for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post
from blog.models.revision import Revision


class ProposalState(models.TextChoices):
    OPEN = "open", _("Waits for an editor")
    TAKEN = "taken", _("Taken into the text")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EditProposal(models.Model):
    """The whole text as an author would have it; nobody but them and the editors sees it.

    `base` is the revision they started from: it is taken only while readers see that one.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="proposals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="edit_proposals"
    )
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = models.TextField(_("text"))
    message = models.TextField(_("message"), blank=True)
    state = models.CharField(max_length=9, choices=ProposalState, default=ProposalState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("proposed edit")
        verbose_name_plural = _("proposed edits")
        constraints = (
            models.UniqueConstraint(
                fields=("post", "person"),
                condition=Q(state=ProposalState.OPEN),
                name="author_has_one_open_proposal_for_a_post",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title[:60]} ({self.state})"

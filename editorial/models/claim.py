"""Claims: what a post states as a fact, and what was promised to be written about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Passage, Post
from editorial.models.kept import Kept, KeptQuerySet


class Claim(Kept):
    """A factual statement of a post in one neutral line; it may stand at several passages."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="claims")
    statement = models.CharField(_("statement"), max_length=300)
    passages = models.ManyToManyField(Passage, related_name="claims", verbose_name=_("passages"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta(Kept.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = (
            models.CheckConstraint(condition=~Q(statement=""), name="claim_states_something"),
        )

    def __str__(self) -> str:
        return self.statement


class FollowUpState(models.TextChoices):
    PROMISED = "promised", _("Promised")
    PUBLISHED = "published", _("Published")
    DROPPED = "dropped", _("Dropped")


class FollowUpQuerySet(KeptQuerySet["FollowUp"]):
    def promised(self) -> "FollowUpQuerySet":
        return self.filter(state=FollowUpState.PROMISED)


class FollowUp(Kept):
    """A promised later post about a claim; the promise is public from the day it is made."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="follow_ups")
    promised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    promised_at = models.DateTimeField(default=timezone.now, editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="keeps_promises"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=FollowUpState, default=FollowUpState.PROMISED
    )
    dropped_because = models.CharField(_("why it was dropped"), max_length=300, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta(Kept.Meta):
        ordering = ("promised_at", "pk")
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=FollowUpState.values), name="follow_up_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=FollowUpState.PUBLISHED, post__isnull=False)
                | (~Q(state=FollowUpState.PUBLISHED) & Q(post=None)),
                name="follow_up_has_a_post_once_it_is_published",
            ),
            models.CheckConstraint(
                condition=~Q(state=FollowUpState.DROPPED) | ~Q(dropped_because=""),
                name="follow_up_is_dropped_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.claim_id}"

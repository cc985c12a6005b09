"""The author's word on the final text: which words exactly, when, and what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from blog.models.post import Post
from blog.models.revision import Revision


class ApprovalState(models.TextChoices):
    ASKED = "asked", _("Asked")
    GIVEN = "given", _("Approved")
    DECLINED = "declined", _("Declined")
    LOST = "lost", _("No longer holds")


class LostBecause(models.TextChoices):
    """Why an approval no longer holds."""

    NONE = "", _("It holds")
    EDITED = "edited", _("The text was edited after it was approved.")
    OWN_EDIT = "own_edit", _("The author changed the text.")
    ASKED_AGAIN = "asked_again", _("The author was asked again.")


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def counting(self) -> Self:
        """Questions that wait for an answer, and approvals that hold."""
        return self.filter(state__in=(ApprovalState.ASKED, ApprovalState.GIVEN))

    def asked_of(self, person: Person) -> Self:
        """Questions that wait for this author's answer."""
        return self.filter(state=ApprovalState.ASKED, person=person)

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class Approval(models.Model):
    """One question to an author and its answer; a later round is another row.

    `digest` says which words were approved, `version` and `revision` where they stood: a text that
    was approved before it was accepted is tied to its revision when that is made.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="approvals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=ApprovalState, default=ApprovalState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    question = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="approvals"
    )
    digest = models.CharField(max_length=64, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)
    lost_because = models.CharField(
        max_length=11, choices=LostBecause, default=LostBecause.NONE, blank=True
    )

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = (
            models.UniqueConstraint(
                fields=("post",),
                condition=Q(state__in=("asked", "given")),
                name="approval_that_counts_is_one_for_a_post",
            ),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(answered_at__isnull=False, version__isnull=False),
                name="approval_that_is_given_says_when_and_for_what",
            ),
            models.CheckConstraint(
                condition=Q(state="lost", lost_at__isnull=False)
                | (~Q(state="lost") & Q(lost_at__isnull=True)),
                name="approval_that_is_lost_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id}: {self.get_state_display()}"


class AuthorsText(models.Model):
    """The text as its author last saved it: what an editor's changes are shown against."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="authors_text")
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text of an author")
        verbose_name_plural = _("texts of authors")

    def __str__(self) -> str:
        return self.title

"""A post before readers see it: its text at each step between author and editors."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post


class HandInKind(models.TextChoices):
    HANDED_IN = "handed_in", _("Handed in")
    GIVEN_BACK = "given_back", _("Given back")


class HandIn(models.Model):
    """The text as it was when it changed hands: what the other side had seen of it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="hand_ins")
    kind = models.CharField(max_length=10, choices=HandInKind)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.title} ({self.kind})"


class CommentState(models.TextChoices):
    OPEN = "open", _("Open")
    RESOLVED = "resolved", _("Resolved")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class DraftCommentQuerySet(models.QuerySet["DraftComment"]):
    def threads(self) -> "DraftCommentQuerySet":
        """What was said first, each with its replies hanging on it."""
        return self.filter(parent=None)

    def waiting(self) -> "DraftCommentQuerySet":
        return self.threads().filter(state=CommentState.OPEN)

    def untold(self) -> "DraftCommentQuerySet":
        """What the other side has not got by mail yet."""
        return self.filter(told_at=None)


class DraftComment(models.Model):
    """What author and editors say to each other beside a draft; readers never see it.

    `exact`, `prefix` and `suffix` are the words it was captured at; `start` and `end` are where
    they stand in the projected working text now, and empty when they are gone. Without words it is
    about the whole text. With `proposed` it is a suggestion: these words in the place of those.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="draft_comments")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    exact = models.TextField(blank=True)
    prefix = models.CharField(max_length=80, blank=True)
    suffix = models.CharField(max_length=80, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(_("comment"), blank=True)
    proposed = models.TextField(_("proposed words"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=CommentState, default=CommentState.OPEN)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = DraftCommentQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__gt=F("start")),
                name="draft_comment_is_at_a_span_or_at_none",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(proposed=""), name="draft_comment_says_something"
            ),
            models.CheckConstraint(
                condition=Q(proposed="") | (~Q(exact="") & Q(parent=None)),
                name="draft_suggestion_is_about_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "declined")) | ~Q(proposed=""),
                name="draft_comment_is_resolved_and_a_suggestion_decided",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="draft_comment_is_decided_at_a_moment",
            ),
        )

    def __str__(self) -> str:
        return (self.text or self.proposed)[:60]

    @property
    def is_open(self) -> bool:
        return self.state == CommentState.OPEN

    @property
    def is_suggestion(self) -> bool:
        return bool(self.proposed)

    @property
    def has_lost_its_words(self) -> bool:
        return bool(self.exact) and self.start is None

"""What stands behind an objection, and what happened to it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.models.dispute import Dispute, DisputeState
from editorial.models.kept import Kept, KeptQuerySet, Written


class Stance(models.TextChoices):
    DISPUTES = "disputes", _("Speaks against the statement")
    SUPPORTS = "supports", _("Supports the statement")
    CONTEXT = "context", _("Gives context")


class Evidence(Kept):
    """A source anyone can check; the address is shown, never fetched."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="evidence")
    url = models.URLField(_("address"), max_length=1000)
    title = models.CharField(_("title"), max_length=200, blank=True)
    stance = models.CharField(_("stance"), max_length=8, choices=Stance, default=Stance.DISPUTES)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta(Kept.Meta):
        ordering = ("pk",)
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = (
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="evidence_is_a_web_address",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="evidence_has_a_known_stance"
            ),
        )

    def __str__(self) -> str:
        return self.title or self.url


class DisputeEventKind(models.TextChoices):
    RAISED = "raised", _("Raised")
    OPENED = "opened", _("Opened by an editor")
    ACCEPTED = "accepted", _("Taken up")
    DECLINED = "declined", _("Not taken up")
    ASKED = "asked", _("The raiser was asked a question")
    ANSWERED = "answered", _("The raiser answered")
    LAPSED = "lapsed", _("Not taken up: our question was not answered")
    SOURCE_ADDED = "source_added", _("A source was added")
    ASSIGNED = "assigned", _("Given to an editor")
    PLACED = "placed", _("Placed anew")
    REWORDED = "reworded", _("The disputed words were edited")
    PROGRESS = "progress", _("Readers were told how far we are")
    CONCERN = "concern", _("An expression of concern was published")
    CONSULTED = "consulted", _("A colleague was asked")
    ADVISED = "advised", _("A colleague answered")
    HEARD = "heard", _("The author was asked for a reply")
    REPLIED = "replied", _("The author replied")
    ASKED_TO_WITHDRAW = "asked_to_withdraw", _("The raiser asks to take it back")
    CONTINUED = "continued", _("Carried on, on our own initiative")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged with another")
    UNMERGED = "unmerged", _("Taken apart again")
    SPAM = "spam", _("Not taken up: its comment is spam")
    RESTORED = "restored", _("Back, with its comment")
    DECIDED = "decided", _("Decided")
    UNDONE = "undone", _("The decision was taken back before anybody was told")
    ASKED_TO_REOPEN = "asked_to_reopen", _("Asked to open it again")
    LEFT_CLOSED = "left_closed", _("Not opened again")
    REOPENED = "reopened", _("Opened again")
    WITHHELD = "withheld", _("Withheld on legal grounds")
    RELEASED = "released", _("No longer withheld")
    KEPT = "kept", _("Follow-up published")
    DROPPED = "dropped", _("Follow-up dropped")


class DisputeEventQuerySet(KeptQuerySet["DisputeEvent"]):
    def edits(self) -> Self:
        """Edits of words under review that were no decision."""
        return self.filter(kind=DisputeEventKind.REWORDED)

    def with_people(self) -> Self:
        """With whom they name, as these people are called now."""
        return self.select_related("actor", "given_to")

    def without_notice(self) -> Self:
        """Edits before which nobody was asked what they mean for the dispute."""
        return self.edits().filter(message="")


class DisputeEvent(Written):
    """One step in the life of an objection, never rewritten.

    `message` is for the desk only; `told` is what readers, and whoever raised it, may read of it.
    Without an actor it was a reader without an account, the site itself, or somebody who left.
    `given_to` is who was to work on it from then on.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=17, choices=DisputeEventKind)
    from_state = models.CharField(max_length=17, choices=DisputeState, blank=True)
    to_state = models.CharField(max_length=17, choices=DisputeState)
    message = models.TextField(blank=True)
    told = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = DisputeEventQuerySet.as_manager()

    class Meta(Written.Meta):
        ordering = ("at", "pk")
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=DisputeEventKind.values),
                name="dispute_event_has_a_known_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d})"

"""Decisions: what an editor found, and what was done about it; two fields, never one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Notice, Revision
from editorial.models.claim import FollowUp
from editorial.models.dispute import Dispute
from editorial.models.kept import KeptQuerySet, Written


class Finding(models.TextChoices):
    """What an editor concluded about a claim."""

    INACCURATE = "inaccurate", _("It was wrong")
    INCOMPLETE = "incomplete", _("It is true in some cases, but misleading as worded")
    OUTDATED = "outdated", _("It was true when published; things have changed since")
    UNVERIFIABLE = "unverifiable", _("We could not establish it")
    STANDS = "stands", _("We checked it, and it stands")
    NOT_CHECKABLE = "not_checkable", _("It is opinion, not a statement of fact")
    NOT_IN_POST = "not_in_post", _("The post does not say this")
    ALREADY_ADDRESSED = "already_addressed", _("It was dealt with before")


class Remedy(models.TextChoices):
    """What was done about a claim."""

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    EDITORS_NOTE = "editors_note", _("Editor's note")
    CONCERN = "concern", _("Expression of concern")
    RETRACTION = "retraction", _("Retraction")
    REMOVAL = "removal", _("Removal")
    NO_CHANGE = "no_change", _("No change")


CHANGES_TEXT = (Remedy.CORRECTION, Remedy.RETRACTION)


class DecisionQuerySet(KeptQuerySet["Decision"]):
    def made_with(self, decision: "Decision") -> Self:
        """This one and those made in the same step; they share their moment."""
        return self.filter(
            base_revision=decision.base_revision_id, decided_at=decision.decided_at
        ).order_by("pk")

    def in_force(self) -> Self:
        return self.filter(undone_at=None)

    def untold(self) -> Self:
        """Nobody got a mail about them yet, and nobody took them back."""
        return self.in_force().filter(told_at=None)


class Decision(Written):
    """What was decided about one claim, by whom, on which text, and why; never rewritten.

    A later decision about the same claim gets the next `number` and supersedes the notice. Nobody
    is written to before `told_at`, and until then the decision can be taken back: `undone_at` says
    when. `consulted` is how many colleagues readers hear were asked; 0 says nothing.
    """

    number = models.PositiveSmallIntegerField(default=1)
    disputes = models.ManyToManyField(Dispute, related_name="decisions")
    finding = models.CharField(_("finding"), max_length=17, choices=Finding)
    remedy = models.CharField(_("remedy"), max_length=13, choices=Remedy)
    reason_public = models.TextField(_("reason, as readers see it"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    base_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    result_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    notice = models.OneToOneField(
        Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )
    earlier_notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    follow_up = models.OneToOneField(
        FollowUp, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )

    consulted = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta(Written.Meta):
        ordering = ("decided_at", "pk")
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = (
            models.CheckConstraint(
                condition=Q(finding__in=Finding.values), name="decision_has_a_known_finding"
            ),
            models.CheckConstraint(
                condition=Q(remedy__in=Remedy.values), name="decision_has_a_known_remedy"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="decision_is_numbered_from_one"
            ),
            models.CheckConstraint(
                condition=~Q(remedy__in=CHANGES_TEXT) | Q(result_revision__isnull=False),
                name="decision_that_changes_the_text_names_the_new_revision",
            ),
            models.CheckConstraint(
                condition=Q(remedy=Remedy.NO_CHANGE, notice=None, result_revision=None)
                | (~Q(remedy=Remedy.NO_CHANGE) & Q(notice__isnull=False)),
                name="decision_has_a_notice_unless_nothing_changed",
            ),
            models.CheckConstraint(
                condition=~Q(remedy=Remedy.NO_CHANGE) | ~Q(reason_public=""),
                name="decision_to_change_nothing_gives_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(finding=Finding.ALREADY_ADDRESSED, earlier_notice__isnull=False)
                | (~Q(finding=Finding.ALREADY_ADDRESSED) & Q(earlier_notice=None)),
                name="decision_that_refers_to_a_notice_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(finding=Finding.INACCURATE)
                | Q(remedy__in=(Remedy.CORRECTION, Remedy.RETRACTION, Remedy.REMOVAL)),
                name="decision_calls_an_error_a_correction",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_finding_display()}: {self.get_remedy_display()}"

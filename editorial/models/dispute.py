"""Disputes: somebody's reasoned objection to a claim."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import PassagePosition, PositionStatus
from blog.models.notice import public_id
from blog.models.post import GONE_STATES, READABLE_STATES
from comments.models import CommentState, PostComment
from editorial.models.claim import Claim
from editorial.models.kept import Kept, KeptQuerySet
from editorial.plain import stands_in


class Origin(models.TextChoices):
    """How an objection reached us."""

    COMMENT = "comment", _("From a comment")
    SELECTION = "selection", _("From words selected on the page")
    FORM = "form", _("From the form")
    EDITOR = "editor", _("On our own initiative")
    AUTHOR = "author", _("From the author")
    EMAIL = "email", _("From a letter")


class Grounds(models.TextChoices):
    """Why a statement is objected to; tone and opinion are not among them, on purpose."""

    ERROR = "error", _("It is factually wrong")
    OUTDATED = "outdated", _("It is out of date")
    CONTEXT = "context", _("Important context is missing")
    UNVERIFIED = "unverified", _("It is stated as a fact but not verified")
    MISQUOTED = "misquoted", _("Somebody is misquoted, or it is attributed to the wrong source")
    IMAGE = "image", _("A picture or other media misleads")
    SOURCE = "source", _("The source does not say so, or no longer exists")
    OTHER = "other", _("Something else")


class DisputeState(models.TextChoices):
    RECEIVED = "received", _("Received")
    NEEDS_INFORMATION = "needs_information", _("Waiting for an answer")
    UNDER_REVIEW = "under_review", _("Under review")
    RESOLVED = "resolved", _("Decided")
    NOT_ACCEPTED = "not_accepted", _("Not taken up")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged with another")


class Wish(models.TextChoices):
    """What a raiser asks of the editors once they cannot do it themselves."""

    WITHDRAW = "withdraw", _("Asks to take it back")
    REOPEN = "reopen", _("Asks to open it again")


class DeclineReason(models.TextChoices):
    """Why an objection is not taken up; "not right" is a finding and never among these."""

    NOT_A_FACT = "not_a_fact", _("It is not about a statement of fact")
    UNCLEAR = "unclear", _("It does not say what is wrong")
    ALREADY_OPEN = "already_open", _("The same statement is under review already")
    ALREADY_ADDRESSED = "already_addressed", _("It was dealt with before")
    ABUSE = "abuse", _("It attacks a person")
    SPAM = "spam", _("It is spam")
    UNANSWERED = "unanswered", _("Our question was not answered")


UNSEEN_STATES = (DisputeState.RECEIVED, DisputeState.NEEDS_INFORMATION)
OPEN_STATES = (*UNSEEN_STATES, DisputeState.UNDER_REVIEW)
PUBLIC_STATES = (DisputeState.UNDER_REVIEW, DisputeState.RESOLVED)
CLOSED_STATES = (DisputeState.RESOLVED, DisputeState.NOT_ACCEPTED, DisputeState.WITHDRAWN)
TAKEN_UP = Q(state__in=PUBLIC_STATES)


class DisputeQuerySet(KeptQuerySet["Dispute"]):
    def received(self) -> Self:
        """Objections that wait for an editor; not while their comment waits for a moderator."""
        waiting = self.filter(state=DisputeState.RECEIVED)
        return waiting.exclude(source_comment__state=CommentState.HELD)

    def awake(self) -> Self:
        """All but those that rest because readers cannot see the post; no clock runs for them."""
        return self.exclude(claim__post__state__in=GONE_STATES)

    def under_review(self) -> Self:
        return self.filter(state=DisputeState.UNDER_REVIEW)

    def waiting(self) -> Self:
        """All that an editor still has to do something about."""
        pks = self.received().values("pk")
        return self.filter(Q(pk__in=pks) | Q(state=DisputeState.UNDER_REVIEW))

    def orphaned(self) -> Self:
        """Open objections of which a passage has lost its words."""
        lost = PassagePosition.objects.in_head().filter(
            passage__claims=models.OuterRef("claim"), status=PositionStatus.ORPHAN
        )
        return self.filter(models.Exists(lost))

    def unchanged(self) -> Self:
        """Decided without anything to tell readers but the reason."""
        return self.filter(state=DisputeState.RESOLVED, decision__notice=None)

    def public(self) -> Self:
        """What everybody may read: taken up by an editor, on a post that readers may see."""
        return self.filter(
            state__in=PUBLIC_STATES,
            claim__post__state__in=READABLE_STATES,
            claim__post__published_at__lte=timezone.now(),
            claim__post__head__isnull=False,
        )

    def due_for_a_check(self) -> Self:
        """Reports that the spam checker should be asked about now."""
        return self.filter(state=DisputeState.RECEIVED, check_after__lte=timezone.now())

    def oldest_first(self) -> Self:
        return self.order_by("created_at", "pk")


class Dispute(Kept):
    """An objection to one claim.

    `statement`, `wanted` and `contact_email` are private for ever: what readers see is
    `public_summary`, an editor's neutral words. Whoever has an account is named by it, so that
    deleting the account takes the name away; `raiser_name` is only for people without one.
    Nothing but the receipt is mailed to an address typed in the form before `confirmed_at`.
    `version` moves with every step, and whoever decides must have seen the latest.
    `decision` is the one in force. A merged dispute shares the fate of `merged_into`, which is
    never merged itself. `wish` is what the raiser asked for and no editor has answered yet. While
    `withheld_at` is set, readers are shown none of its words, for legal reasons. `sent` is what the
    spam checker is to be shown, kept while it has not answered; `check_after` is when to ask it,
    and null when nothing is asked.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="disputes")
    origin = models.CharField(_("origin"), max_length=9, choices=Origin)
    source_comment = models.ForeignKey(
        PostComment, on_delete=models.SET_NULL, null=True, blank=True, related_name="disputes"
    )
    comment_quote = models.TextField(_("words of the comment"), blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="disputes_raised",
    )
    raiser_name = models.CharField(_("name"), max_length=100, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    wants_credit = models.BooleanField(_("wants to be thanked by name"), default=False)
    grounds = models.CharField(_("grounds"), max_length=10, choices=Grounds)
    statement = models.TextField(_("what is wrong"), blank=True)
    wanted = models.TextField(_("what would be right"), blank=True)
    state = models.CharField(
        _("state"), max_length=17, choices=DisputeState, default=DisputeState.RECEIVED
    )
    public_summary = models.CharField(_("public summary"), max_length=500, blank=True)
    declined_because = models.CharField(
        _("reason"), max_length=17, choices=DeclineReason, blank=True
    )
    decision = models.ForeignKey(
        "editorial.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="disputes_assigned",
    )
    wish = models.CharField(max_length=8, choices=Wish, blank=True)
    wished_at = models.DateTimeField(null=True, blank=True, editable=False)
    withheld_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    sent = models.JSONField(default=dict, blank=True, editable=False)
    check_after = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_up_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DisputeQuerySet.as_manager()

    class Meta(Kept.Meta):
        ordering = ("created_at", "pk")
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        indexes = (
            models.Index(fields=("state", "created_at"), name="dispute_by_state_and_age"),
            models.Index(
                fields=("check_after",),
                name="dispute_due_for_a_check",
                condition=Q(check_after__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=DisputeState.values), name="dispute_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="dispute_has_a_known_origin"
            ),
            models.CheckConstraint(
                condition=Q(grounds__in=Grounds.values), name="dispute_has_known_grounds"
            ),
            models.CheckConstraint(
                condition=~TAKEN_UP | (~Q(public_summary="") & Q(taken_up_at__isnull=False)),
                name="dispute_that_is_public_has_a_neutral_summary",
            ),
            models.CheckConstraint(
                condition=Q(state=DisputeState.RESOLVED, decision__isnull=False)
                | (~Q(state=DisputeState.RESOLVED) & Q(decision=None)),
                name="dispute_is_resolved_by_a_decision_only",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DisputeState.NOT_ACCEPTED, declined_because__in=DeclineReason.values
                )
                | (~Q(state=DisputeState.NOT_ACCEPTED) & Q(declined_because="")),
                name="dispute_is_declined_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED_STATES, closed_at__isnull=False)
                | (~Q(state__in=CLOSED_STATES) & Q(closed_at=None)),
                name="dispute_that_is_closed_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=DisputeState.MERGED, merged_into__isnull=False)
                | (~Q(state=DisputeState.MERGED) & Q(merged_into=None)),
                name="dispute_that_is_merged_says_into_which",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="dispute_is_merged_into_another"
            ),
            models.CheckConstraint(
                condition=Q(wish="", wished_at=None)
                | Q(wish__in=Wish.values, wished_at__isnull=False),
                name="dispute_with_a_wish_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(raised_by=None) | Q(raiser_name="", contact_email=""),
                name="dispute_of_a_person_keeps_no_name_of_its_own",
            ),
        )

    def __str__(self) -> str:
        return f"{self.public_id}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("editorial:dispute", kwargs={"public_id": self.public_id})

    @property
    def is_received(self) -> bool:
        return self.state == DisputeState.RECEIVED

    @property
    def waits_for_proof(self) -> bool:
        """Whether an address was typed in the form that may be somebody else's."""
        typed = bool(self.contact_email) and self.origin in (Origin.FORM, Origin.SELECTION)
        return typed and self.confirmed_at is None

    @property
    def is_raised_by_reader(self) -> bool:
        """Whether there is somebody to ask: not what the editors began themselves."""
        return self.origin != Origin.EDITOR

    @property
    def is_unseen(self) -> bool:
        """Whether an editor has still to take it up or decline it."""
        return self.state in UNSEEN_STATES

    @property
    def is_under_review(self) -> bool:
        return self.state == DisputeState.UNDER_REVIEW

    @property
    def is_decided(self) -> bool:
        return self.state == DisputeState.RESOLVED

    @property
    def public_comment(self) -> PostComment | None:
        """The comment it came from, while readers may see that."""
        comment = self.source_comment
        is_public = comment is not None and comment.state == CommentState.PUBLISHED
        return comment if is_public else None

    @property
    def has_lost_its_comment(self) -> bool:
        """Whether the comment it came from was changed, taken down or deleted since."""
        if self.origin != Origin.COMMENT:
            return False
        comment = self.public_comment
        return comment is None or not stands_in(self.comment_quote, comment.html)

"""Who is heard before a decision: the raiser, colleagues, the author.

Nobody needs an account to answer: each is reached by a signed link in a mail. What the raiser and
colleagues say is private for ever; what the author says is published with the decision.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.models.dispute import Dispute
from editorial.models.kept import Kept, KeptQuerySet


class Question(Kept):
    """What an editor has to know from whoever raised an objection, and what they answered."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta(Kept.Meta):
        ordering = ("asked_at", "pk")
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="question_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_is_answered_in_words_and_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class Consultation(Kept):
    """A colleague's private advice; asked by login, or by an address that is blanked later."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="consultations")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultations",
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    question = models.TextField(_("question"))
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta(Kept.Meta):
        ordering = ("asked_at", "pk")
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = (
            models.CheckConstraint(condition=~Q(question=""), name="consultation_asks_something"),
            models.CheckConstraint(
                condition=Q(person=None) | Q(name="", email=""),
                name="consultation_of_a_person_keeps_no_name_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="consultation_is_answered_in_words_and_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.question[:60]

    @property
    def address(self) -> str:
        """Where to write: to the login as it is now, or to the address that was given."""
        if self.person is not None:
            return self.person.email if self.person.is_active else ""
        return self.email

    @property
    def asked(self) -> str:
        """Whom the desk reads as asked; whoever left or was forgotten has no name any more."""
        if self.person is not None:
            return self.person.public_name
        return self.name or self.email or str(_("a colleague"))


class AuthorReply(Kept):
    """The author's right of reply to one dispute: asked until `due_at`, published when decided.

    Without words, `replied_at` says since when the author does not wish to comment. `is_passed_on`
    tells an answer that an editor typed in from one that the author wrote here. `proposed` is the
    wording that the editors offer, `agreed_at` when the author agreed to it.
    """

    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="author_reply")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    text = models.TextField(_("the author's reply"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_passed_on = models.BooleanField(default=False, editable=False)
    proposed = models.TextField(_("wording offered to the author"), blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta(Kept.Meta):
        ordering = ("asked_at", "pk")
        verbose_name = _("author's reply")
        verbose_name_plural = _("authors' replies")
        constraints = (
            models.CheckConstraint(
                condition=Q(text="") | Q(replied_at__isnull=False),
                name="author_reply_in_words_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | ~Q(proposed=""),
                name="author_reply_agrees_to_a_wording",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_without_comment(self) -> bool:
        """Whether the author said that there will be no comment."""
        return self.replied_at is not None and not self.text

    @property
    def is_running(self) -> bool:
        """Whether the time to answer is not over yet."""
        return timezone.now() < self.due_at

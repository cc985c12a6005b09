"""Notices: what readers are told about a change or a doubt, as an object of its own."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from blog.days import day_in_words
from blog.models.passage import Passage
from blog.models.post import GONE_STATES, READABLE_STATES, Post, PostState
from blog.models.revision import Revision


def public_id() -> str:
    """An id for addresses that does not tell how many there are (60 random bits)."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return "".join(secrets.choice(alphabet) for _position in range(12))


class NoticeKind(models.TextChoices):
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    EDITORS_NOTE = "editors_note", _("Editor's note")
    UPDATE = "update", _("Update")
    CONCERN = "concern", _("Expression of concern")
    RETRACTION = "retraction", _("Retraction")
    REMOVAL = "removal", _("Removal")


class Severity(models.TextChoices):
    """How grave: it decides where the notice stands."""

    MINOR = "minor", _("Minor: at the end of the post")
    SIGNIFICANT = "significant", _("Significant: a line under the byline, and at the end")
    PREMISE = "premise", _("Headline or premise: in the title, under the byline, and at the end")


class NoticeState(models.TextChoices):
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")
    LIFTED = "lifted", _("Lifted")
    TAKEN_BACK = "taken_back", _("Taken back")


def withheld_since(moment: datetime) -> str:
    """What stands in the place of words that the law forbids to show."""
    return gettext("Withheld on legal grounds since %(day)s.") % {"day": day_in_words(moment)}


class NoticeQuerySet(models.QuerySet["Notice"]):
    _is_for_readers = False

    def public(self) -> "NoticeQuerySet":
        """What the log shows, as readers see it; superseded notices stay readable.

        A notice outlives its post: of one that is gone the entry stays, without the words.
        """
        seen = self.filter(
            post__state__in=(*READABLE_STATES, *GONE_STATES), post__head__isnull=False
        )
        return seen.for_readers()

    def for_readers(self) -> "NoticeQuerySet":
        """The same notices, with a sentence in the place of words that may not be shown.

        Those must never be saved; `iterator` and `values` give what is stored.
        """
        notices = self.annotate(post_state=F("post__state"))
        notices._is_for_readers = True
        return notices

    def _clone(self) -> "NoticeQuerySet":
        clone: NoticeQuerySet = super()._clone()  # type: ignore[misc]
        clone._is_for_readers = self._is_for_readers
        return clone

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._is_for_readers:
            for notice in self._result_cache or ():
                if isinstance(notice, Notice):  # else a row of `values`
                    notice.hide_words(post_state=vars(notice)["post_state"])

    def told(self) -> "NoticeQuerySet":
        """What readers are told of in lists and feeds: all but what was taken back at once."""
        return self.public().exclude(state=NoticeState.TAKEN_BACK)

    def standing(self) -> "NoticeQuerySet":
        return self.filter(state=NoticeState.PUBLISHED)

    def undone(self) -> "NoticeQuerySet":
        """Notices in force whose old words are back in the text that readers see."""
        return self.standing().filter(undone_in__isnull=False)

    def newest_first(self) -> "NoticeQuerySet":
        return self.order_by("-published_at", "-pk")


class Notice(models.Model):
    """The public text about one post, with the words before and after, signed and dated.

    A concern that came to nothing is lifted, with the reason; a notice that was undone before
    anybody was told is taken back. While `withheld_at` is set its words are not shown, for legal
    reasons. `undone_in` is the revision that brought the old words back, while they stand.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=13, choices=NoticeKind)
    severity = models.CharField(
        _("gravity"), max_length=11, choices=Severity, default=Severity.MINOR
    )
    text = models.TextField(_("notice"))
    statement = models.CharField(_("the claim it is about"), max_length=300, blank=True)
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    revision_before = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    revision_after = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    sources = models.JSONField(_("sources"), default=list, blank=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    byline = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.PUBLISHED)
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_because = models.CharField(_("why it was lifted"), max_length=500, blank=True)
    withheld_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_in = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = (models.Index(fields=("-published_at",), name="notice_by_date"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=NoticeState.SUPERSEDED, superseded_by__isnull=False)
                | (~Q(state=NoticeState.SUPERSEDED) & Q(superseded_by=None)),
                name="notice_that_is_superseded_says_by_which",
            ),
            models.CheckConstraint(
                condition=Q(state=NoticeState.LIFTED, lifted_at__isnull=False)
                | (~Q(state=NoticeState.LIFTED) & Q(lifted_at=None)),
                name="notice_that_is_lifted_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("blog:notice", kwargs={"public_id": self.public_id})

    def hide_words(self, *, post_state: str = "") -> None:
        """Put a sentence in the place of what may not be shown, on this copy only.

        Words may be withheld by law, or be about a post that is gone; then only the notice that
        tells of the removal speaks.
        """
        if self.withheld_at is not None:
            self.text = withheld_since(self.withheld_at)
        elif post_state == PostState.REMOVED and self.kind != NoticeKind.REMOVAL:
            self.text = gettext("Its words are no longer shown, since the post was removed.")
        elif post_state == PostState.WITHDRAWN:
            self.text = gettext("Its words are not shown while the post is not available.")
        else:
            return
        self.statement = self.before = self.after = self.lifted_because = ""
        self.passage, self.sources = None, []

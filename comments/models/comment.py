"""Comments: what readers say about a post.

The model stands on django-comments-xtd by multi-table inheritance. Of that library we use the
fields and the blocked domains; its flags, its way of saving, its tree, tokens, views and signals
are not used: they lose replies and publish what is held. All that a page needs is in our table.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment, XtdCommentManager

from accounts.models import Person
from blog.models import Post
from comments.models.participant import Participant
from comments.paths import LEVELS, WIDTH, place_under, step, steps
from comments.spam import Judgement

MOST_CHARACTERS = 10_000
JUDGEMENTS = [judgement.value for judgement in Judgement]
TRUTHS = [Judgement.HAM.value, Judgement.SPAM.value]


class CommentState(models.TextChoices):
    HELD = "held", _("Held")
    PUBLISHED = "published", _("Published")
    SPAM = "spam", _("Spam")
    REJECTED = "rejected", _("Rejected")
    REMOVED = "removed", _("Removed")


class Phase(models.TextChoices):
    """Where on its way a comment was decided about, in the order of `pipeline.py`."""

    LIMITS = "limits", _("Limits")
    OPEN = "open", _("Is the discussion open?")
    STAFF = "staff", _("Known staff")
    SANCTIONS = "sanctions", _("Sanctions")
    DUPLICATE = "duplicate", _("Duplicate")
    FLOOD = "flood", _("Flood")
    BANNED = "banned", _("Banned words")
    SUSPECT = "suspect", _("Suspect words")
    LINKS = "links", _("Links")
    CHECKER = "checker", _("Spam check")
    NEWCOMER = "newcomer", _("Who may be published at once")
    PERSON = "person", _("Decided by a person")


class Voice(models.TextChoices):
    """Who speaks in a comment."""

    READER = "reader", _("Reader")
    OFFICIAL = "official", _("Official answer")


class PostCommentQuerySet(models.QuerySet["PostComment"]):
    def published(self) -> Self:
        return self.filter(state=CommentState.PUBLISHED)

    def held(self) -> Self:
        return self.filter(state=CommentState.HELD)

    def on_page(self, post: Post) -> Self:
        """What the page of a post shows, in its order: comments, and tombstones of some."""
        return self.filter(post=post, on_page=True).order_by("path")

    def featured(self) -> Self:
        return self.filter(featured_at__isnull=False)

    def unread(self) -> Self:
        """Published comments that no moderator has looked at."""
        return self.published().filter(read_at=None, on_page=True)

    def roots(self) -> Self:
        return self.filter(depth=0)

    def under(self, path: str) -> Self:
        """All replies below the comment with this path, at any depth."""
        return self.filter(path__gt=path, path__lt=f"{path}~")

    def due_for_a_check(self) -> Self:
        """What the spam checker should be asked about now: held comments, and edited ones."""
        return self.filter(check_after__lte=timezone.now())

    def written_by(self, person: Person) -> Self:
        """Theirs by a login, or as a guest whose address they proved for that very comment."""
        as_guest = Q(user=None, participant__person=person, confirmed_at__isnull=False)
        return self.filter(Q(user=person) | as_guest)

    def due_for_a_report(self) -> Self:
        """Comments about which the spam checker was wrong and has not been told yet."""
        return self.exclude(report_due="")


_PostComments = models.Manager.from_queryset(PostCommentQuerySet)


class PostCommentManager(XtdCommentManager["PostComment"], _PostComments["PostComment"]):
    """Derives from the library's manager, as the library demands."""


class PostComment(XtdComment):
    """One comment; never named `Comment`, which would clash with the library's field.

    `state` is changed by `moderation.change_state` alone; the library's `is_public` and
    `is_removed` follow it. `path` is made of the ids from the root down and never changes.
    `in_reply_to` is what the writer answered, even where the thread is too deep to show it.
    `participant` is whoever wrote it; `confirmed_at` says that this very comment is theirs (by a
    login, a known browser, or a mailed link). `phase` is where it was last decided.
    `fragment` is what the page shows here (the article; a tombstone when only replies are
    published; else nothing), derived by `fragments.py`. `said` is a digest of place, writer and
    words. `sent` is the evidence as the spam checker first got these words; `check_after` is when
    to ask next, and null when nothing more is asked; `report_due` is the truth it is still to hear.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    state = models.CharField(
        _("state"), max_length=9, choices=CommentState, default=CommentState.HELD
    )
    voice = models.CharField(_("voice"), max_length=8, choices=Voice, default=Voice.READER)
    path = models.CharField(max_length=WIDTH * LEVELS, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    in_reply_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    policy = models.CharField(max_length=20, blank=True, editable=False)
    phase = models.CharField(max_length=9, choices=Phase, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    featured_at = models.DateTimeField(null=True, blank=True, editable=False)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    respects = models.PositiveIntegerField(default=0, editable=False)
    html = models.TextField(editable=False)
    fragment = models.TextField(blank=True, editable=False)
    on_page = models.BooleanField(default=False, editable=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    said = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    user_agent = models.CharField(max_length=300, blank=True, editable=False)
    referrer = models.CharField(max_length=500, blank=True, editable=False)
    honeypot = models.CharField(max_length=200, blank=True, editable=False)
    sent = models.JSONField(default=dict, blank=True, editable=False)
    verdict = models.CharField(max_length=7, blank=True, editable=False)
    guid = models.CharField(max_length=100, blank=True, editable=False)
    checks = models.PositiveSmallIntegerField(default=0, editable=False)
    check_after = models.DateTimeField(null=True, blank=True, editable=False)
    report_due = models.CharField(max_length=4, blank=True, editable=False)

    objects: ClassVar[PostCommentManager] = PostCommentManager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = (
            models.Index(  # SQLite counts from it alone only if it holds `on_page` as well
                fields=("post", "path", "depth", "state", "on_page"),
                name="comment_on_its_page",
                condition=Q(on_page=True),
            ),
            models.Index(fields=("state", "xtdcomment_ptr"), name="comment_by_state"),
            models.Index(
                fields=("post", "path"),
                name="comment_that_is_featured",
                condition=Q(featured_at__isnull=False),
            ),
            models.Index(  # SQLite finds it only by a condition without a value: hence `on_page`
                fields=("state", "xtdcomment_ptr"),
                name="comment_nobody_looked_at",
                condition=Q(on_page=True, read_at=None),
            ),
            models.Index(
                fields=("check_after",),
                name="comment_due_for_a_check",
                condition=Q(check_after__isnull=False),
            ),
            models.Index(
                fields=("report_due",),
                name="comment_due_for_a_report",
                condition=~Q(report_due=""),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=CommentState.values), name="comment_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(voice__in=Voice.values), name="comment_has_a_known_voice"
            ),
            models.CheckConstraint(condition=Q(depth__lt=LEVELS), name="comment_is_not_too_deep"),
            models.CheckConstraint(
                condition=Exact(Length("path"), (F("depth") + 1) * WIDTH),
                name="comment_has_a_step_for_each_level",
            ),
            models.CheckConstraint(
                condition=Q(on_page=True, fragment__gt="") | Q(on_page=False, fragment=""),
                name="comment_on_the_page_has_something_to_show",
            ),
            models.CheckConstraint(
                condition=~Q(state=CommentState.PUBLISHED) | Q(on_page=True),
                name="comment_that_is_published_is_on_the_page",
            ),
            models.CheckConstraint(
                condition=Q(check_after__isnull=True)
                | Q(state=CommentState.HELD)
                | Q(state=CommentState.PUBLISHED, edited_at__isnull=False),
                name="comment_is_checked_while_held_or_after_an_edit",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *JUDGEMENTS]), name="comment_has_a_known_verdict"
            ),
            models.CheckConstraint(
                condition=Q(phase__in=["", *Phase.values]), name="comment_has_a_known_phase"
            ),
            models.CheckConstraint(
                condition=Q(featured_at=None) | Q(state=CommentState.PUBLISHED),
                name="comment_is_featured_only_while_published",
            ),
            models.CheckConstraint(
                condition=Q(report_due__in=["", *TRUTHS]),
                name="comment_report_says_ham_or_spam",
            ),
        )

    def __str__(self) -> str:
        return f"{self.writer}: {self.comment[:50]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save without the library's tree and signals.

        A new comment takes its place once and for all: under the comment it answers, or beside it
        on the last level. Refuses a parent under another post.
        """
        self.is_public = self.state == CommentState.PUBLISHED
        self.is_removed = self.state == CommentState.REMOVED
        if self._state.adding:
            self._insert()
        else:
            super(Comment, self).save(*args, **kwargs)

    def _insert(self) -> None:
        if self.in_reply_to and self.in_reply_to.post_id != self.post_id:
            raise ValueError("A reply stands under the post of its parent.")
        self.content_type = ContentType.objects.get_for_model(Post)
        self.object_pk, self.site_id = str(self.post_id), settings.SITE_ID
        with transaction.atomic():
            row = _part(self, Comment)
            row.save()
            self.id = self.comment_ptr_id = self.pk = row.pk
            self.submit_date = row.submit_date
            self._take_place()
            _part(self, XtdComment).save_base(raw=True, force_insert=True)
            self.save_base(raw=True, force_insert=True)

    def _take_place(self) -> None:
        """Fill in where it stands: for us, and for whoever reads the library's fields."""
        above = place_under(self.in_reply_to.path) if self.in_reply_to else ""
        self.path = above + step(self.pk)
        self.depth = self.level = len(above) // WIDTH
        chain = steps(self.path)
        self.thread_id, self.order = chain[0], self.pk
        self.parent_id = chain[-2] if above else self.pk

    def get_absolute_url(self) -> str:
        """The permalink, which finds the page of the discussion that the comment is on."""
        return reverse("comments:comment", kwargs={"pk": self.pk})

    @property
    def anchor(self) -> str:
        return f"comment-{self.pk}"

    @property
    def writer(self) -> str:
        """The name readers see: of the account, as it is now, or as a guest typed it."""
        if self.user:
            return str(self.user.public_name)
        return self.user_name or str(_("Somebody who left"))

    @property
    def edition(self) -> str:
        """Changes when the writer changes the words; "" for the first ones."""
        return self.edited_at.isoformat() if self.edited_at else ""

    @property
    def is_too_deep(self) -> bool:
        """Whether it stands beside the comment it answers."""
        return self.in_reply_to is not None and len(self.in_reply_to.path) == len(self.path)


def _part(comment: PostComment, model: type[models.Model]) -> Any:
    """A row of one of the library's tables with what the comment holds for it."""
    fields = model._meta.concrete_fields
    return model(**{field.attname: getattr(comment, field.attname) for field in fields})

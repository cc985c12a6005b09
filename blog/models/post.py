"""Posts: a guest author's text on its way to readers, and after."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Profile
from blog.models.topic import Discussion, Topic

if TYPE_CHECKING:
    from blog.models.byline import PostByline


class PostState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    ACCEPTED = "accepted", _("Accepted")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Retracted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMOVED = "removed", _("Removed")


READABLE_STATES = (PostState.PUBLISHED, PostState.RETRACTED)
GONE_STATES = (PostState.WITHDRAWN, PostState.REMOVED)  # read once, and no more
AUTHORS_TURN = (PostState.DRAFT, PostState.CHANGES_REQUESTED)
EDITORS_TURN = (PostState.SUBMITTED, PostState.IN_REVIEW, PostState.ACCEPTED)


class TitleLabel(models.TextChoices):
    """What stands before the title wherever it is shown."""

    NONE = "", _("Nothing")
    CORRECTED = "corrected", _("Corrected")


class Shown(models.TextChoices):
    """When a text that is kept once stands on this post."""

    AUTO = "auto", _("By rule")
    ALWAYS = "always", _("Always")
    NEVER = "never", _("Never")


class BylineRole(models.TextChoices):
    """What somebody did for a post beside its first author."""

    CO_AUTHOR = "co_author", _("Author")
    TRANSLATOR = "translator", _("Translator")
    ILLUSTRATOR = "illustrator", _("Illustrator")
    PHOTOGRAPHER = "photographer", _("Photographer")
    REVIEWER = "reviewer", _("Reviewer")


class PostQuerySet(models.QuerySet["Post"]):
    def published(self) -> Self:
        """Posts that everybody may read now, retracted ones (labelled) among them."""
        return self.filter(state__in=READABLE_STATES, published_at__lte=Now(), head__isnull=False)

    def gone(self) -> Self:
        """Posts that readers could read once; what stands in their place may be told."""
        return self.filter(state__in=GONE_STATES, published_at__isnull=False, head__isnull=False)

    def written_by(self, person: Person) -> Self:
        """Posts that this person may write in: as the first author, or as another."""
        also = Post.objects.filter(
            bylines__profile__person=person, bylines__role=BylineRole.CO_AUTHOR
        )
        return self.filter(Q(author__person=person) | Q(pk__in=also.values("pk")))

    def signed_by(self, profile: Profile) -> Self:
        """Posts with this name on them, whatever they did for it."""
        also = Post.objects.filter(bylines__profile=profile)
        return self.filter(Q(author=profile) | Q(pk__in=also.values("pk")))

    def waiting(self) -> Self:
        """Posts that wait for an editor."""
        return self.filter(state__in=EDITORS_TURN).order_by("state_changed_at", "pk")

    def in_care_of(self, person: Person) -> Self:
        """Posts of this editor, and those that are nobody's."""
        return self.filter(Q(assigned_to=person) | Q(assigned_to=None))

    def overdue(self, today: date) -> Self:
        """Posts whose author or editor should have been done before this day."""
        late = Q(state__in=AUTHORS_TURN, author_due_on__lt=today)
        return self.filter(late | Q(state__in=EDITORS_TURN, editor_due_on__lt=today))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def with_cards(self) -> Self:
        """All that a list of posts shows, in a constant number of queries."""
        return self.select_related("head", "author").prefetch_related("topics", "bylines__profile")


class Post(models.Model):
    """A post: `title`, `summary` and `body` are the working text; readers see only `head`."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)
    author = models.ForeignKey(
        Profile, on_delete=models.PROTECT, related_name="posts", verbose_name=_("author")
    )
    topics = models.ManyToManyField(
        Topic, related_name="posts", blank=True, verbose_name=_("topics")
    )
    related = models.ManyToManyField(
        "self", through="RelatedPost", symmetrical=False, blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=18, choices=PostState, default=PostState.DRAFT, db_index=True
    )
    state_changed_at = models.DateTimeField(default=timezone.now, editable=False)
    title_label = models.CharField(
        max_length=9, choices=TitleLabel, default=TitleLabel.NONE, blank=True, editable=False
    )
    disclosure = models.CharField(_("disclosure"), max_length=6, choices=Shown, default=Shown.AUTO)
    disclaimer = models.CharField(_("disclaimer"), max_length=6, choices=Shown, default=Shown.AUTO)
    discussion = models.CharField(
        _("discussion"), max_length=6, choices=Discussion, default=Discussion.AUTO
    )
    invitation = models.CharField(_("invitation to comment"), max_length=300, blank=True)
    head = models.OneToOneField(
        "blog.Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("editor in charge"),
    )
    author_due_on = models.DateField(_("the author is done by"), null=True, blank=True)
    editor_due_on = models.DateField(_("the editor is done by"), null=True, blank=True)
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("Of a scheduled post: the plan.")
    )
    expires_at = models.DateTimeField(_("readers see it until"), null=True, blank=True)
    expiry_note = models.CharField(
        _("what stands in its place afterwards"), max_length=500, blank=True
    )
    updated_at = models.DateTimeField(
        _("updated"), null=True, blank=True, help_text=_("Moves only when readers are told.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = (models.Index(fields=("state", "-published_at"), name="post_by_state_and_date"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=READABLE_STATES)
                | Q(head__isnull=False, published_at__isnull=False),
                name="post_that_is_public_has_a_revision_and_a_date",
            ),
            models.CheckConstraint(
                condition=Q(updated_at__isnull=True) | Q(updated_at__gte=F("published_at")),
                name="post_is_not_updated_before_it_is_published",
            ),
            models.CheckConstraint(
                condition=~Q(state=PostState.SCHEDULED) | Q(published_at__isnull=False),
                name="post_that_is_scheduled_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | ~Q(expiry_note=""),
                name="post_that_ends_says_what_comes_after",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("blog:post", kwargs={"slug": self.slug})

    @property
    def is_public(self) -> bool:
        """Whether readers may see it now; costs no query."""
        return (
            self.state in READABLE_STATES
            and self.head_id is not None
            and self.published_at is not None
            and self.published_at <= timezone.now()
        )

    @property
    def signers(self) -> list[Profile]:
        """All authors, the first one first. Needs `bylines` prefetched."""
        others = (one for one in self.bylines.all() if one.profile_id != self.author_id)
        authors = (one.profile for one in others if one.role == BylineRole.CO_AUTHOR)
        return [self.author, *authors]

    @property
    def credits(self) -> "list[PostByline]":
        """Who signs as something else than an author. Needs `bylines` prefetched."""
        return [one for one in self.bylines.all() if one.role != BylineRole.CO_AUTHOR]

    @property
    def is_retracted(self) -> bool:
        return self.state == PostState.RETRACTED

    @property
    def is_gone(self) -> bool:
        """Whether readers could read it once and no longer can."""
        return self.state in GONE_STATES

    @property
    def headline(self) -> str:
        """The title with what must be known before reading: retracted, or wrong in its premise.

        Of a post that is gone, its title is as gone as its text. Needs `head` loaded.
        """
        if self.state == PostState.REMOVED:
            return str(_("A post that was removed"))
        if self.state == PostState.WITHDRAWN:
            return str(_("A post that is not available now"))
        title = self.head.title if self.head else self.title
        if self.is_retracted:
            return _("Retracted: %(title)s") % {"title": title}
        if self.title_label == TitleLabel.CORRECTED:
            return _("Corrected: %(title)s") % {"title": title}
        return title

    @property
    def due_on(self) -> date | None:
        """The day by which whoever has the post now should be done with it."""
        if self.state in AUTHORS_TURN:
            return self.author_due_on
        return self.editor_due_on if self.state in EDITORS_TURN else None

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def has_unpublished_changes(self) -> bool:
        """Whether the working text differs from what readers see."""
        return self.head is not None and (self.title, self.summary, self.body) != (
            self.head.title,
            self.head.summary,
            self.head.body_html,
        )


class RelatedPost(models.Model):
    """A post picked by hand to follow another."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="picks")
    other = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("post", "other"), name="related_post_is_picked_once"),
            models.CheckConstraint(
                condition=~Q(post=F("other")), name="related_post_is_another_post"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} → {self.other_id}"


class PostEvent(models.Model):
    """One step in a post's life: who, when, from where to where, in which words."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=30)
    from_state = models.CharField(max_length=18, blank=True)
    to_state = models.CharField(max_length=18, blank=True)
    message = models.TextField(blank=True)
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("-at", "-id"), name="post_event_newest_first"),)

    def __str__(self) -> str:
        return f"{self.kind} ({self.at:%Y-%m-%d})"

    def save(self, *args: object, **kwargs: object) -> None:
        """Store it, once: what happened is never changed."""
        if not self._state.adding:
            raise TypeError("An event is never changed.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

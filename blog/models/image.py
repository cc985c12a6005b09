"""Images that were uploaded, and which texts they stand in."""

import secrets
from dataclasses import dataclass
from typing import Self, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from blog.models.post import Post
from blog.models.revision import Revision

SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
}
MOST_ATTEMPTS = 5  # at making smaller copies


class Rendition(TypedDict):
    """A smaller copy, and the file that holds it."""

    width: int
    height: int
    type: str
    name: str


@dataclass
class Place:
    """A post in which an image stands: in what readers see or will see, or in the working text."""

    post: Post
    is_in_head: bool = False
    is_in_working_text: bool = False


def new_key() -> str:
    """128 random bits: whoever was not shown the address does not find the image."""
    return secrets.token_urlsafe(16)


def _width(copy: Rendition) -> int:
    return copy["width"]


class ImageQuerySet(models.QuerySet["Image"]):
    def there(self) -> Self:
        """Images that were not removed."""
        return self.filter(removed_at=None)

    def without_renditions(self) -> Self:
        """Images whose smaller copies are still to be made."""
        return self.there().filter(rendered_at=None, attempts__lt=MOST_ATTEMPTS)

    def for_writing(self, post: Post, person: Person) -> Self:
        """What somebody who writes this post can take: its own images, and theirs."""
        own = Q(uploaded_by=person) | Q(post=post) | Q(uses__post=post)
        return self.there().filter(own).distinct().order_by("-created_at", "-pk")

    def with_places(self) -> Self:
        """All that the desk lists, in a constant number of queries."""
        earlier = ImageUse.objects.filter(image=OuterRef("pk"))
        now = ImageUse.objects.now().select_related("post").defer("post__body")
        return (
            self.select_related("uploaded_by", "removed_by")
            .annotate(was_used=Exists(earlier))
            .prefetch_related(models.Prefetch("uses", now, to_attr="uses_now"))
        )

    def unused(self) -> Self:
        """Images that stand in no text, nor ever stood in one that was kept."""
        return self.there().filter(uses=None)

    def with_use(self) -> Self:
        """Say of each whether readers see it in a post."""
        public = ImageUse.objects.filter(image=OuterRef("pk")).in_public()
        return self.annotate(is_public=Exists(public))


class Image(models.Model):
    """An image as it is served: its pixels alone, without what cameras and programs wrote beside.

    `key` is the address, and stays; `file` changes when the image is replaced. A removed image
    keeps its row, for the words and the room that stand in its place.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    file = models.CharField(max_length=120, blank=True, editable=False)  # its name in the storage
    content_type = models.CharField(max_length=20, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    bytes = models.PositiveBigIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    is_animated = models.BooleanField(default=False, editable=False)
    alt = models.CharField(_("description"), max_length=500, blank=True)
    name = models.CharField(_("name of the file"), max_length=120, blank=True)
    post = models.ForeignKey(
        Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="images"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="images"
    )
    renditions = models.JSONField(default=list, editable=False)
    rendered_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    leftovers = models.JSONField(default=list, editable=False)  # names of files that are to go
    leftovers_go_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    is_public: bool  # asked for by `with_use`
    was_used: bool  # and these by `with_places`
    uses_now: list["ImageUse"]

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = (
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="image_has_a_width_and_a_height"
            ),
            models.CheckConstraint(
                condition=~Q(file="") | Q(removed_at__isnull=False),
                name="image_that_is_there_has_a_file",
            ),
        )

    def __str__(self) -> str:
        return self.alt or self.name or self.key

    def get_absolute_url(self) -> str:
        """The address that a text holds; it stays when the image is replaced."""
        return reverse("blog:image", kwargs={"key": self.key})

    @property
    def copies(self) -> list[Rendition]:
        """The smaller copies that there are; none until the task has made them."""
        copies: list[Rendition] = self.renditions
        return copies

    @property
    def places(self) -> list["Place"]:
        """Where it stands now, each post once; of images that were read `with_places`."""
        found: dict[int, Place] = {}
        for use in self.uses_now:
            place = found.setdefault(use.post_id, Place(use.post))
            place.is_in_head = place.is_in_head or use.revision_id is not None
            place.is_in_working_text = place.is_in_working_text or use.revision_id is None
        return list(found.values())

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.bytes / 1000))

    @property
    def as_it_is(self) -> str:
        """The address of these very bytes, which no browser has kept from what was replaced."""
        return f"/{self.file}" if self.file else self.get_absolute_url()

    @property
    def thumbnail(self) -> str:
        """The address of the smallest copy that there is."""
        smallest = min(self.copies, key=_width, default=None)
        return f"/{smallest['name']}" if smallest else self.get_absolute_url()

    def files(self) -> list[str]:
        """Every file that holds this image or a copy of it."""
        return [name for name in (self.file, *(one["name"] for one in self.copies)) if name]


class ImageUseQuerySet(models.QuerySet["ImageUse"]):
    def now(self) -> Self:
        """Uses in working texts and newest revisions, not in earlier ones."""
        return self.filter(Q(revision=None) | Q(revision=F("post__head"))).order_by("pk")

    def in_public(self) -> Self:
        """Uses in the texts that readers see now."""
        posts = Post.objects.published().filter(pk=OuterRef("post"))
        return self.filter(Exists(posts), revision=F("post__head"))


class ImageUse(models.Model):
    """An image stands in a text: a revision, or the working text of a post (no revision)."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="uses")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="image_uses")
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, null=True, blank=True, related_name="image_uses"
    )

    objects = ImageUseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("image", "revision"), name="image_use_is_noted_once_in_a_revision"
            ),
            models.UniqueConstraint(
                fields=("image", "post"),
                condition=Q(revision=None),
                name="image_use_is_noted_once_in_a_working_text",
            ),
        )

    def __str__(self) -> str:
        return f"{self.image_id} in {self.post_id}"

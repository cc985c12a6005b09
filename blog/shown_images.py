"""Images from rows to a page: read with the text they stand in, put in when it is shown."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from blog.models import Image, ImageUse
from blog.pictures import keys_in
from blog.responsive import Copies, ShownImage, plain, responsive

NEWER = ("image/avif", "image/webp")
UNSHOWN = ("bytes", "sha256", "leftovers", "attempts", "name", "alt")


def uses() -> QuerySet[ImageUse]:
    """Uses of images with what a page shows of them."""
    unshown = [f"image__{name}" for name in UNSHOWN]
    return ImageUse.objects.select_related("image").defer(*unshown).order_by("pk")


def in_head_of(post: int) -> QuerySet[ImageUse]:
    """The images in the text of this post that readers see."""
    return uses().filter(post=post, revision=F("post__head"))


def of_text(html: str) -> list[Image]:
    """The images of a text that is stored nowhere; asks for them unless there are none."""
    keys = keys_in(html)
    return list(Image.objects.filter(key__in=keys).defer(*UNSHOWN)) if keys else []


def put_in(html: SafeString, images: Iterable[Image], *, in_feed: bool = False) -> SafeString:
    """A text, painted or not, with these images put in; others stay as they stand there."""
    known = {image.key: _shown(image) for image in images}
    draw = plain if in_feed else responsive
    return mark_safe(draw(html, known, gone=_gone)) if "<img" in html else html


def url_of(name: str) -> str:
    """Where browsers get a file: here, or at the public address of the storage."""
    return f"{settings.S3_PUBLIC_URL or ''}/{name}"


def _shown(image: Image) -> ShownImage:
    return ShownImage(
        width=image.width,
        height=image.height,
        newer=tuple(Copies(kind, srcset) for kind in NEWER if (srcset := _srcset(image, kind))),
        same=_same(image),
        is_removed=image.removed_at is not None,
    )


def _same(image: Image) -> str:
    smaller = _srcset(image, image.content_type)
    return f"{smaller}, {url_of(image.file)} {image.width}w" if smaller else ""


def _srcset(image: Image, kind: str) -> str:
    """A film has copies in its newer format only."""
    return ", ".join(
        f"{url_of(one['name'])} {one['width']}w" for one in image.copies if one["type"] == kind
    )


def _gone(description: str) -> str:
    if not description.strip():
        return _("A picture stood here. It was removed.")
    return _("A picture stood here and was removed. It showed: %(it)s") % {"it": description}

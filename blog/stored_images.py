"""Where the files of images are kept, and the task that makes smaller copies of them.

Names are made here and hold nothing from outside; a file never changes under its name, so it may be
kept for ever by whoever has it. What must happen is also found by `manage.py make_renditions`.
"""

import logging
import secrets
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from accounts.refusals import Refusal
from blog import pixels
from blog.models import Image
from blog.models.image import SUFFIXES, Rendition

logger = logging.getLogger(__name__)
WIDTHS = (480, 960, 1600)  # of the smaller copies, in pixels
WIDTHS_OF_FILMS = (960,)


class _Typed(ContentFile[bytes]):
    """A file that tells a storage which type it is, by our table and not by its name."""

    def __init__(self, encoded: pixels.Encoded) -> None:
        super().__init__(encoded.content)
        self.content_type = encoded.content_type


def limits() -> pixels.Limits:
    return pixels.Limits(settings.IMAGE_MAX_PIXELS, settings.IMAGE_LONGEST_SIDE)


def store(key: str, encoded: pixels.Encoded) -> str:
    """Keep an image under a name that was never used; returns the name."""
    name = f"images/{key}/{secrets.token_hex(8)}.{SUFFIXES[encoded.content_type]}"
    return default_storage.save(name, _Typed(encoded))


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def discard(names: list[str]) -> None:
    """Delete files; one that is gone already is no error."""
    for name in names:
        with suppress(FileNotFoundError):
            default_storage.delete(name)


@task
def make_renditions(image_id: int) -> None:
    """Make the smaller copies of an image that has none; what was begun is begun anew."""
    image = Image.objects.without_renditions().filter(pk=image_id).first()
    if image is None:
        return
    Image.objects.filter(pk=image.pk).update(attempts=F("attempts") + 1)
    try:
        copies = _copies(image)
    except (OSError, Refusal):
        logger.exception("The smaller copies of image %s could not be made", image.pk)
        return
    made = {"renditions": copies, "rendered_at": timezone.now()}
    kept = Image.objects.there().filter(pk=image.pk, file=image.file, rendered_at=None)
    if not kept.update(**made):  # replaced or removed meanwhile, or somebody was faster
        discard([one["name"] for one in copies])


def _copies(image: Image) -> list[Rendition]:
    widths = WIDTHS_OF_FILMS if image.is_animated else WIDTHS
    wanted = {min(width, image.width) for width in widths}
    copies: list[Rendition] = []
    try:
        for copy in pixels.smaller(read(image.file), sorted(wanted), limits()):
            name = store(image.key, copy)
            width, height, kind = copy.width, copy.height, copy.content_type
            copies.append({"width": width, "height": height, "type": kind, "name": name})
    except BaseException:
        discard([one["name"] for one in copies])
        raise
    return copies


@task
def discard_leftovers(image_id: int) -> None:
    """Delete the files that a replaced or removed image left behind, once their time has come."""
    with transaction.atomic():
        image = Image.objects.select_for_update().filter(pk=image_id).first()
        if image is None or image.leftovers_go_at is None or image.leftovers_go_at > timezone.now():
            return
        discard(image.leftovers)
        image.leftovers, image.leftovers_go_at = [], None
        image.save(update_fields=("leftovers", "leftovers_go_at"))


def sweep(before: datetime) -> tuple[int, int]:
    """Make and delete what the tasks did not; images are left to their task until `before`."""
    late = Image.objects.without_renditions().filter(created_at__lt=before)
    left = Image.objects.filter(leftovers_go_at__lt=timezone.now())
    waiting = [list(images.values_list("pk", flat=True)) for images in (late, left)]
    for image_id in waiting[0]:
        make_renditions.call(image_id)
    for image_id in waiting[1]:
        discard_leftovers.call(image_id)
    return len(waiting[0]), len(waiting[1])

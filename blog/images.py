"""What can happen to an image: uploaded, described, replaced, removed.

An author uploads for their own post while they may write it or propose an edit of it; an editor
always. Who may change an image that is there: editors; and whoever uploaded it, while it stands
only in posts that they may write now.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import ratelimit
from accounts.models import Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from accounts.roles import is_author, is_editor
from blog import pixels, steps, stored_images, workflow
from blog.models import Image, Post

A_DAY, AN_HOUR = timedelta(days=1), 3600
LONGEST_ALT, LONGEST_NAME = 500, 120


@dataclass(frozen=True)
class Given:
    """A file as somebody gave it; its name is only shown, its type not believed at all."""

    file: IO[bytes]
    size: int
    name: str = ""


def may_upload(post: Post, person: Person) -> bool:
    """Whether this person may bring an image for this post now; needs `author` loaded."""
    is_open = post.state in workflow.AUTHOR_WRITES_IN or post.is_public  # to proposals of edits
    return is_editor(person) or (is_open and workflow.is_own(post, person))


def may_change(image: Image, person: Person) -> bool:
    """Whether this person may replace, remove or describe the image; asks which posts use it."""
    if is_editor(person):
        return True
    if not is_author(person) or image.uploaded_by_id != person.pk:
        return False
    theirs = Post.objects.written_by(person).filter(state__in=workflow.AUTHOR_WRITES_IN)
    users = Post.objects.filter(image_uses__image=image)
    return not users.exclude(pk__in=theirs.values("pk")).exists()


def upload(given: Given, *, by: Person, post: Post, alt: str = "") -> Image:
    """Take an image for a post. Refuses whatever is no image, too large, or damaged."""
    _require_upload(post, by)
    encoded = _cleaned(given, by)
    image = Image(post=post, uploaded_by=by, alt=_line(alt, LONGEST_ALT))
    image.name = _line(given.name, LONGEST_NAME)
    _put(image, encoded)
    try:
        with transaction.atomic():
            image.save()
            stored_images.make_renditions.enqueue(image_id=image.pk)
    except BaseException:
        stored_images.discard([image.file])
        raise
    return image


def too_large_sentence(most: int) -> str:
    sentence = _("This file is larger than %(most)d MB, which is the most that is taken.")
    return sentence % {"most": most // 1_000_000}


@transaction.atomic
def describe(image: Image, *, by: Person, alt: str) -> Image:
    """Set the description that is proposed whenever the image is put into a text."""
    image = _changeable(image, by)
    image.alt = _line(alt, LONGEST_ALT)
    image.save(update_fields=("alt",))
    return image


def replace(image: Image, given: Given, *, by: Person) -> Image:
    """Show another image at the same address, in every text; the posts that use it say so."""
    _changeable_unlocked(image, by)
    encoded = _cleaned(given, by)
    put = _put(Image(key=image.key), encoded)
    try:
        with transaction.atomic():
            image = _changeable(image, by)
            _leave(image, image.files(), stay=A_DAY)  # pages that are kept somewhere still show it
            _take_over(image, put, _line(given.name, LONGEST_NAME))
            _record(image, by=by, kind="image_replaced")
            stored_images.make_renditions.enqueue(image_id=image.pk)
    except BaseException:
        stored_images.discard([put.file])
        raise
    return image


@transaction.atomic
def remove(image: Image, *, by: Person) -> Image:
    """Delete the image for good; texts keep its place and its description."""
    image = _changeable(image, by)
    _leave(image, image.files(), stay=timedelta())
    image.file, image.renditions = "", []
    image.removed_at, image.removed_by = timezone.now(), by
    image.save()
    _record(image, by=by, kind="image_removed")
    stored_images.discard_leftovers.enqueue(image_id=image.pk)
    return image


def _require_upload(post: Post, by: Person) -> None:
    if not is_editor(by) and not workflow.is_own(post, by):
        raise NotAllowed(_("You may add pictures to your own posts only."))
    if not may_upload(post, by):
        raise WrongMoment(_("The post is with the editors now."))


def _changeable_unlocked(image: Image, by: Person) -> None:
    if not may_change(image, by):
        raise NotAllowed(_("This picture stands in a text that you may not change."))
    if image.removed_at is not None:
        raise WrongMoment(_("This picture was removed."))


def _changeable(image: Image, by: Person) -> Image:
    """The row as it is now, locked."""
    image = Image.objects.select_for_update(of=("self",)).get(pk=image.pk)
    _changeable_unlocked(image, by)
    return image


def _cleaned(given: Given, by: Person) -> pixels.Encoded:
    most = settings.IMAGE_MAX_BYTES
    if given.size > most:
        raise Invalid(too_large_sentence(most))
    if not ratelimit.allow(f"image:{by.pk}", limit=settings.IMAGES_AN_HOUR, seconds=AN_HOUR):
        raise WrongMoment(_("You have added many pictures within an hour. Please go on later."))
    return pixels.cleaned(given.file, stored_images.limits())


def _put(image: Image, encoded: pixels.Encoded) -> Image:
    """Keep the file, and what is known of it in the row, which is not saved."""
    image.width, image.height = encoded.width, encoded.height
    image.content_type, image.is_animated = encoded.content_type, encoded.is_animated
    image.bytes, image.sha256 = len(encoded.content), sha256(encoded.content).hexdigest()
    image.file = stored_images.store(image.key, encoded)
    return image


def _take_over(image: Image, put: Image, name: str) -> None:
    for fact in ("file", "width", "height", "content_type", "is_animated", "bytes", "sha256"):
        setattr(image, fact, getattr(put, fact))
    image.renditions, image.rendered_at, image.attempts = [], None, 0
    image.name, image.replaced_at = name, timezone.now()
    image.save()


def _leave(image: Image, names: list[str], *, stay: timedelta) -> None:
    image.leftovers = [*image.leftovers, *names]
    image.leftovers_go_at = timezone.now() + stay


def _record(image: Image, *, by: Person, kind: str) -> None:
    """One event in each post that the image stands in now."""
    for post in Post.objects.filter(image_uses__image=image).distinct():
        steps.record(post, by=by, kind=kind, message=str(image))


def _line(words: str, most: int) -> str:
    return " ".join(words.replace("\x00", "").split())[:most]

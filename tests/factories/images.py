"""Small real image files, and images that were uploaded by the real rules."""

from io import BytesIO
from typing import Any

import PIL.Image
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ImageDraw

from accounts.models import Person
from blog import images
from blog.images import Given
from blog.models import Image, Post


def a_file(
    kind: str = "JPEG", *, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any
) -> bytes:
    """A picture whose left upper quarter is dark, so that it can be seen which way is up."""
    picture = PIL.Image.new("RGB", size, (240, 220, 200))
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(20, 30, 90))
    out = BytesIO()
    picture.convert(mode).save(out, kind, **options)
    return out.getvalue()


def a_film(kind: str = "GIF", *, frames: int = 3, size: tuple[int, int] = (32, 24)) -> bytes:
    pictures = [PIL.Image.new("RGB", size, (60 * at, 90, 120)) for at in range(frames)]
    out = BytesIO()
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], duration=80, loop=0)
    return out.getvalue()


def given(content: bytes, name: str = "photo.jpg") -> Given:
    return Given(BytesIO(content), len(content), name)


def sent(content: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, kind)


def an_image(post: Post, by: Person | None = None, *, content: bytes = b"", alt: str = "") -> Image:
    """An image that was uploaded for this post, by its author unless somebody else is named."""
    person = by or post.author.person
    assert person is not None
    return images.upload(given(content or a_file()), by=person, post=post, alt=alt)

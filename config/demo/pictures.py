"""The pictures of the demo: drawn here, and brought into a text as a writer would."""

import math
import re
from collections.abc import Callable
from io import BytesIO

import PIL.Image
from PIL import ImageDraw

from accounts.models import Person
from blog import images, stored_images
from blog.images import Given
from blog.models import Image, Post
from blog.pictures import Said, figure

PAPER, INK, SOFT, CHALK = (246, 241, 230), (52, 48, 42), (150, 141, 124), (190, 110, 20)
WIDTH, HEIGHT = 1600, 900
FINER = 2  # times, so that slanted lines are smooth
SPOKES = 32
_PLACE = re.compile(r"<p>\[picture: ([a-z-]+)\]</p>")


def with_pictures(body: str, *, post: Post, by: Person) -> str:
    """The body with each `[picture: name]` replaced by the picture, uploaded for this post."""

    def bring(place: re.Match[str]) -> str:
        draw, said = PICTURES[place[1]]
        content = draw()
        given = Given(BytesIO(content), len(content), f"{place[1]}.png")
        image = images.upload(given, by=by, post=post, alt=said.description)
        return figure(image.get_absolute_url(), said)

    return _PLACE.sub(bring, body)


def ask_for_copies() -> None:
    """Let the worker make the smaller copies, which is dropped with all other tasks of the demo."""
    for image_id in Image.objects.without_renditions().values_list("pk", flat=True):
        stored_images.make_renditions.enqueue(image_id=image_id)


def _wheel() -> bytes:
    """A wheel from the side, its worst place marked with chalk."""
    picture = PIL.Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    pen = ImageDraw.Draw(picture)
    centre, rim, hub = (WIDTH * FINER / 2, HEIGHT * FINER / 2), 400 * FINER, 42 * FINER
    for radius, ink, wide in ((rim + 26 * FINER, INK, 16), (rim, SOFT, 14), (hub, INK, 10)):
        pen.ellipse(_around(centre, radius), outline=ink, width=wide * FINER)
    pen.arc(_around(centre, rim), -38, 2, fill=CHALK, width=14 * FINER)
    for spoke in range(SPOKES):
        at = 2 * math.pi * spoke / SPOKES
        lean = (1 if spoke % 2 else -1) * 1.15  # towards its neighbour: three times crossed
        ends = [_on(centre, hub - 6 * FINER, at + lean), _on(centre, rim - 12 * FINER, at)]
        pen.line(ends, fill=INK, width=3 * FINER)
    small = picture.resize((WIDTH, HEIGHT), PIL.Image.Resampling.LANCZOS)
    out = BytesIO()
    small.quantize(128).save(out, "PNG")
    return out.getvalue()


def _around(centre: tuple[float, float], radius: float) -> tuple[float, float, float, float]:
    x, y = centre
    return x - radius, y - radius, x + radius, y + radius


def _on(centre: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


PICTURES: dict[str, tuple[Callable[[], bytes], Said]] = {
    "wheel": (
        _wheel,
        Said(
            "A spoked wheel seen from the side. A stretch of the rim at the upper right is marked "
            "with chalk, from end to end of the wobble.",
            caption="Mark the middle and both ends of the worst place before you touch a spoke.",
        ),
    ),
}

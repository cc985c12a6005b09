"""Image files from outside: what they are, how large, and their pixels without anything else.

The type is what the bytes say, never the name. The size is read from the header and judged before
a pixel is unpacked, so a small file that claims to be enormous costs nothing. What comes out was
encoded here: camera data, places, comments, colour profiles and whatever hid behind the image are
not in it.
"""

import struct
import warnings
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import IO, Any

import PIL.Image
from django.utils.translation import gettext as _
from PIL import ImageCms
from PIL.Image import Image, Resampling, Transpose

from accounts.refusals import Invalid

HEAD_BYTES = 64
JPEG_QUALITY, WEBP_QUALITY, AVIF_QUALITY = 86, 78, 60
AVIF_SPEED = 8  # of 10: at 6 it takes twice the time for a tenth less
MOST_FRAMES = 600  # of what moves
TYPES = {name: f"image/{name.lower()}" for name in ("JPEG", "PNG", "GIF", "WEBP", "AVIF")}
BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, EOFError, LookupError, OverflowError),
    *(MemoryError, RuntimeError, struct.error, zlib.error),
)
_TOO_LARGE = (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning)
_BY_BEGINNING = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF8": "GIF"}
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_HOW: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": JPEG_QUALITY, "optimize": True, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": WEBP_QUALITY},
    "AVIF": {"quality": AVIF_QUALITY, "speed": AVIF_SPEED},
    "GIF": {},
}
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_one_at_a_time = Lock()  # unpacked images are large, and the threads of a process share its memory
_srgb = ImageCms.createProfile("sRGB")

warnings.filterwarnings("error", category=PIL.Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Limits:
    """`pixels` may be unpacked of one file; what is kept has no side longer than `side`."""

    pixels: int
    side: int


@dataclass(frozen=True)
class Encoded:
    """A file that was made here."""

    content: bytes
    content_type: str
    width: int
    height: int
    is_animated: bool = False


def recognise(head: bytes) -> str:
    """The format that the first bytes of a file say; refuses what is not one of ours."""
    for beginning, name in _BY_BEGINNING.items():
        if head.startswith(beginning):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"<"):
        raise Invalid(
            _("SVG and HTML files can carry programs and are not taken. Save it as a PNG file.")
        )
    raise Invalid(
        _("This is no picture that we can show: it must be JPEG, PNG, GIF, WebP or AVIF.")
    )


def _by_brand(head: bytes) -> str:
    size = min(max(int.from_bytes(head[:4], "big"), 16), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, size, 4))}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    if brands & _HEIC_BRANDS:
        raise Invalid(_("HEIC pictures are not shown by most browsers. Save it as JPEG first."))
    raise Invalid(_("This is a film. Only pictures are taken here."))


def cleaned(file: IO[bytes], limits: Limits) -> Encoded:
    """The pixels of an uploaded file, upright and in sRGB, encoded anew.

    Photos become JPEG, drawings and what has transparent places PNG; what moves stays GIF or WebP.
    Refuses with a sentence what is no image, is too large or ends too early.
    """
    file.seek(0)
    name = recognise(file.read(HEAD_BYTES))
    with _one_at_a_time, _opened(file, name, limits) as image:
        if name in ("GIF", "WEBP") and getattr(image, "is_animated", False):
            return _film(image, name, _within(image.size, limits.side), limits)
        return _still(image, name, limits)


def smaller(content: bytes, widths: Iterable[int], limits: Limits) -> Iterator[Encoded]:
    """Copies of a cleaned image, in each of the formats that browsers choose from.

    Of what moves, the copies are WebP alone.
    """
    name = recognise(content[:HEAD_BYTES])
    with _opened(BytesIO(content), name, limits) as image:
        for width in widths:
            size = width, max(1, round(image.height * width / image.width))
            if getattr(image, "is_animated", False):
                yield _film(image, "WEBP", size, limits)
                continue
            copy = _in_plain_mode(image).resize(size, Resampling.LANCZOS, reducing_gap=3.0)
            yield _encoded(copy, "AVIF")
            yield _encoded(copy, "WEBP")
            if width < image.width:
                yield _encoded(copy, name)


@contextmanager
def _opened(file: IO[bytes], name: str, limits: Limits) -> Iterator[Image]:
    PIL.Image.MAX_IMAGE_PIXELS = 2 * limits.pixels  # a second guard, also for frames in a file
    try:
        file.seek(0)
        if name == "WEBP":  # its library makes room for the whole picture when it opens one
            _require_size(*_webp_size(file.read(HEAD_BYTES)), limits)
            file.seek(0)
        with PIL.Image.open(file, formats=[name]) as image:
            _require_size(*image.size, limits)
            yield image
    except _TOO_LARGE as error:
        raise Invalid(_("This picture has too many pixels. Save it smaller first.")) from error
    except BROKEN as error:
        raise Invalid(_("This file is damaged or incomplete. Try to save it again.")) from error


def _require_size(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.pixels:
        raise Invalid(
            _("This picture has %(has)d million pixels; at most %(most)d million are taken.")
            % {"has": -(-width * height // 1_000_000), "most": limits.pixels // 1_000_000}
        )


def _webp_size(head: bytes) -> tuple[int, int]:
    if head[12:16] == b"VP8X":
        return _number(head[24:27]) + 1, _number(head[27:30]) + 1
    if head[12:16] == b"VP8L":
        bits = _number(head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _number(head[26:28]) & 0x3FFF, _number(head[28:30]) & 0x3FFF


def _number(given: bytes) -> int:
    return int.from_bytes(given, "little")


def _within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The same shape with no side longer than this."""
    longest = max(size)
    if longest <= side:
        return size
    return max(1, round(size[0] * side / longest)), max(1, round(size[1] * side / longest))


def _still(image: Image, name: str, limits: Limits) -> Encoded:
    size = _within(image.size, limits.side)
    if name == "JPEG" and size != image.size:
        image.draft(None, size)  # unpacks a half or a quarter of it at once
    image.load()
    turn, profile = _UPRIGHT.get(_orientation(image)), image.info.get("icc_profile")
    copy = _in_plain_mode(image)
    if copy.size != size:
        copy = copy.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
    copy = _in_srgb(_without_idle_alpha(copy), profile)
    copy = copy.transpose(turn) if turn is not None else copy
    keeps_edges = name in ("PNG", "GIF") or copy.mode == "RGBA"
    return _encoded(copy, "PNG" if keeps_edges else "JPEG")


def _orientation(image: Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except BROKEN:  # then nobody else can read it either
        return 1


def _in_plain_mode(image: Image) -> Image:
    """Grey, colour, or colour with transparent places; CMYK waits for its profile."""
    if image.mode.startswith("I"):  # sixteen bits of grey
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode in ("L", "RGB", "RGBA", "CMYK") and "transparency" not in image.info:
        return image  # and not a copy: it may be very large
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _without_idle_alpha(image: Image) -> Image:
    """Without a channel that says of each pixel that it is opaque."""
    is_idle = image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255)
    return image.convert("RGB") if is_idle else image


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """What cannot be converted by its profile is taken as it is."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        with suppress(ImageCms.PyCMSError, *BROKEN):
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, given, _srgb, outputMode=mode)
            return converted or image
    return image.convert("RGB") if image.mode == "CMYK" else image


def _film(image: Image, name: str, size: tuple[int, int], limits: Limits) -> Encoded:
    """What moves, frame by frame: no more of them are unpacked at once than the encoder needs."""
    durations = _durations(image, limits)
    loop = {"loop": image.info["loop"]} if "loop" in image.info else {}
    frames = _frames(image, size, len(durations))
    out = BytesIO()
    more = {"quality": WEBP_QUALITY, "method": 2} if name == "WEBP" else {"disposal": 2}
    next(frames).save(
        out, name, save_all=True, append_images=frames, duration=durations, **loop, **more
    )
    return Encoded(out.getvalue(), TYPES[name], *size, is_animated=True)


def _durations(image: Image, limits: Limits) -> list[int]:
    durations: list[int] = []
    with suppress(EOFError):
        for at in range(MOST_FRAMES + 1):
            image.seek(at)
            _require_size(image.width, image.height * (at + 1), limits)
            durations.append(int(image.info.get("duration", 100)))
    if len(durations) > MOST_FRAMES:
        raise Invalid(_("This picture moves for too long. Link to a film instead."))
    return durations


def _frames(image: Image, size: tuple[int, int], count: int) -> Iterator[Image]:
    for at in range(count):
        image.seek(at)
        frame = image.convert("RGBA")
        frame = frame if frame.size == size else frame.resize(size, Resampling.LANCZOS)
        frame.info = {}
        yield frame


def _encoded(image: Image, name: str) -> Encoded:
    image.info = {}  # encoders would write comments and profiles from here
    out = BytesIO()
    image.save(out, name, **_HOW[name])
    return Encoded(out.getvalue(), TYPES[name], *image.size)

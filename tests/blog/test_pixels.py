"""What comes out of an uploaded file: its pixels, upright, and nothing else."""

import struct
import zlib
from io import BytesIO

import PIL.Image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageCms
from PIL.PngImagePlugin import PngInfo

from accounts.refusals import Invalid
from blog import pixels
from blog.pixels import Encoded, Limits
from tests.factories.images import a_file, a_film

LIMITS = Limits(pixels=1_000_000, side=400)
SECRET = b"52.5200N 13.4050E"


def cleaned(content: bytes, limits: Limits = LIMITS) -> Encoded:
    return pixels.cleaned(BytesIO(content), limits)


def opened(encoded: Encoded) -> PIL.Image.Image:
    return PIL.Image.open(BytesIO(encoded.content))


def refusal(content: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Invalid) as refused:
        cleaned(content, limits)
    return refused.value.sentence


def place_and_orientation(orientation: int = 1) -> PIL.Image.Exif:
    exif = PIL.Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.mark.parametrize(
    ("kind", "comes_out"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("GIF", "image/png"),
        ("WEBP", "image/jpeg"),
        ("AVIF", "image/jpeg"),
    ],
)
def test_each_type_comes_out_as_one_that_everything_can_show(kind, comes_out):
    encoded = cleaned(a_file(kind))
    assert (encoded.content_type, encoded.width, encoded.height) == (comes_out, 64, 48)
    assert opened(encoded).get_format_mimetype() == comes_out


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_camera_data_and_places_are_not_kept(kind):
    content = a_file(kind, exif=place_and_orientation(), xmp=b"<x:xmpmeta>" + SECRET)
    assert SECRET in content
    # When
    encoded = cleaned(content)
    # Then
    assert SECRET not in encoded.content
    assert not opened(encoded).getexif()
    assert opened(encoded).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
        "progressive",
        "progression",
    }


def test_comments_and_texts_within_are_not_kept():
    texts = PngInfo()
    texts.add_text("Comment", SECRET.decode())
    for content in (
        a_file("PNG", pnginfo=texts),
        a_file("GIF", comment=SECRET),
        a_file("JPEG", comment=SECRET),
    ):
        assert SECRET in content
        assert SECRET not in cleaned(content).content


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation):
    # Given
    content = a_file("JPEG", exif=place_and_orientation(orientation))
    # When
    encoded = cleaned(content)
    # Then
    upright = opened(encoded).convert("L")
    corners = [(4, 4), (-5, 4), (-5, -5), (4, -5)]
    x, y = corners[(orientation - 1) % 4]
    dark = upright.getpixel((x % upright.width, y % upright.height))
    assert dark < 90
    assert (encoded.width > encoded.height) == (orientation < 5)


def test_colours_of_another_profile_are_set_in_those_of_the_web():
    # Given
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    content = a_file("PNG", icc_profile=srgb.tobytes())
    unfit = a_file("PNG", icc_profile=lab.tobytes())
    # Then
    for one in (content, unfit, a_file("PNG", icc_profile=b"no profile at all")):
        encoded = cleaned(one)
        assert "icc_profile" not in opened(encoded).info
        assert opened(encoded).getpixel((4, 4)) == (20, 30, 90)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_to_store_colours_is_read(mode):
    encoded = cleaned(
        a_file("TIFF" if mode == "PAL" else "JPEG" if mode == "CMYK" else "PNG", mode=mode)
    )
    assert opened(encoded).mode in ("L", "RGB")
    assert opened(encoded).convert("L").getpixel((4, 4)) < 90


def test_transparent_places_stay_transparent():
    picture = PIL.Image.new("RGBA", (20, 20), (200, 0, 0, 0))
    out = BytesIO()
    picture.save(out, "WEBP")
    encoded = cleaned(out.getvalue())
    assert encoded.content_type == "image/png"
    assert opened(encoded).getpixel((3, 3))[3] == 0


def test_what_is_kept_has_no_longer_side_than_the_site_wants():
    encoded = cleaned(a_file("JPEG", size=(1000, 250)))
    assert (encoded.width, encoded.height) == (400, 100)
    assert opened(encoded).size == (400, 100)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_what_moves_goes_on_moving(kind):
    encoded = cleaned(a_film(kind))
    assert encoded.is_animated
    film = opened(encoded)
    assert (film.n_frames, film.size) == (3, (32, 24))
    copies = list(pixels.smaller(encoded.content, [16], LIMITS))
    assert [(one.content_type, one.width, one.height) for one in copies] == [("image/webp", 16, 12)]
    assert opened(copies[0]).n_frames == 3


def test_a_film_may_have_no_more_pixels_than_a_picture():
    most = Limits(pixels=32 * 24 * 5, side=400)
    assert cleaned(a_film(frames=5), most).is_animated
    assert "million pixels" in refusal(a_film(frames=6), most)


def bomb_png(width: int, height: int) -> bytes:
    """Says that it is enormous, in a hundred bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def bomb_webp(side: int) -> bytes:
    sides = (side - 1).to_bytes(3, "little") * 2
    extended = b"VP8X" + struct.pack("<I", 10) + b"\x02\x00\x00\x00" + sides
    return b"RIFF" + struct.pack("<I", len(extended) + 4) + b"WEBP" + extended


@pytest.mark.parametrize(
    "content",
    [
        bomb_png(1200, 1000),
        bomb_png(60_000, 60_000),
        bomb_webp(16_000),
        a_file("JPEG", size=(1300, 1000)),
        a_file("GIF", size=(1300, 1000)),
        a_file("AVIF", size=(1300, 1000)),
        a_file("WEBP", size=(1300, 1000)),
        a_file("WEBP", size=(1300, 1000), lossless=True),
    ],
)
def test_too_many_pixels_are_refused_by_the_header(content):
    assert "pixels" in refusal(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG and HTML"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><svg/>", "SVG and HTML"),
        (b"<!doctype html><script>alert(1)</script>", "SVG and HTML"),
        (b"", "no picture"),
        (b"%PDF-1.7", "no picture"),
        (b"BM" + bytes(60), "no picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomiso2", "film"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "damaged"),
        (b"GIF89a<script>alert(1)</script>", "damaged"),
        (b"\x89PNG\r\n\x1a\n<svg onload=alert(1)>", "damaged"),
    ],
)
def test_what_is_no_image_is_refused_in_words_that_help(content, says):
    assert says in refusal(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_file_that_ends_too_early_is_refused(kind):
    content = a_file(kind, size=(200, 150))
    assert "damaged" in refusal(content[: len(content) * 2 // 3])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_nothing_that_hides_behind_an_image_is_kept(kind):
    hidden = b"<script>alert(document.domain)</script><svg onload=alert(1)>PK\x03\x04"
    assert b"script" not in cleaned(a_file(kind) + hidden).content


@settings(max_examples=50, deadline=None)
@given(data=st.data(), kind=st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "AVIF"]))
def test_a_damaged_file_is_an_image_or_a_refusal(data, kind):
    """Never another error, whatever bytes were changed."""
    content = bytearray(a_file(kind))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        encoded = cleaned(bytes(content))
    except Invalid:
        return
    assert encoded.content_type in pixels.TYPES.values()

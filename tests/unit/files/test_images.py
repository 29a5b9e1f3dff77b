"""Images written anew, and hostile ones refused before they cost anything."""

import io
import struct
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from zhicheng.ground.files.images import (
    MAX_SIDE_PX,
    THUMBNAIL_SIDE_PX,
    ImageDamaged,
    ImageTooLarge,
    rewrite,
)

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def encoded(image: Image.Image, image_format: str = "JPEG", **options: object) -> io.BytesIO:
    target = io.BytesIO()
    image.save(target, image_format, **options)
    return io.BytesIO(target.getvalue())


def png_header(width: int, height: int) -> io.BytesIO:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b""))


def test_metadata_do_not_survive() -> None:
    exif = Image.Exif()
    exif[MAKE] = "Secret camera"
    exif.get_ifd(GPS)[1] = "N"
    photo = encoded(Image.new("RGB", (40, 30)), exif=exif, comment=b"home address", icc_profile=b"profile")
    assert b"Secret camera" in photo.getvalue()
    rewritten = rewrite(photo, "JPEG")
    for text in (b"Secret camera", b"home address", b"profile", b"Exif"):
        assert text not in rewritten.content
        assert text not in rewritten.thumbnail
    with Image.open(io.BytesIO(rewritten.content)) as image:
        assert not image.getexif()


@pytest.mark.parametrize("image_format", ["PNG", "WEBP"])
def test_metadata_of_other_formats_do_not_survive(image_format: str) -> None:
    exif = Image.Exif()
    exif[MAKE] = "Secret camera"
    photo = encoded(Image.new("RGB", (40, 30)), image_format, exif=exif)
    assert b"Secret camera" in photo.getvalue()
    assert b"Secret camera" not in rewrite(photo, image_format).content


def test_what_hangs_behind_an_image_does_not_survive() -> None:
    polyglot = encoded(Image.new("RGB", (40, 30)))
    polyglot.seek(0, io.SEEK_END)
    polyglot.write(b"PK\x03\x04 <?php system($_GET['c']); ?>")
    polyglot.seek(0)
    assert b"php" not in rewrite(polyglot, "JPEG").content


def test_a_photo_is_turned_upright() -> None:
    picture = Image.new("RGB", (60, 20), "white")
    picture.paste((255, 0, 0), (0, 0, 10, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was held on its side
    rewritten = rewrite(encoded(picture, exif=exif, quality=95), "JPEG")
    assert (rewritten.width_px, rewritten.height_px) == (20, 60)
    with Image.open(io.BytesIO(rewritten.content)) as image:
        red, green, _ = image.getpixel((10, 3))
        assert red > 200
        assert green < 80


def test_a_large_photo_is_scaled_and_keeps_its_shape() -> None:
    rewritten = rewrite(encoded(Image.new("L", (8000, 2000))), "JPEG")
    assert max(rewritten.width_px, rewritten.height_px) <= MAX_SIDE_PX
    assert rewritten.width_px == 4 * rewritten.height_px
    with Image.open(io.BytesIO(rewritten.thumbnail)) as small:
        assert (small.format, small.size) == ("WEBP", (THUMBNAIL_SIDE_PX, THUMBNAIL_SIDE_PX // 4))


def test_a_small_image_is_not_enlarged() -> None:
    rewritten = rewrite(encoded(Image.new("RGB", (7, 5)), "PNG"), "PNG")
    assert (rewritten.width_px, rewritten.height_px) == (7, 5)


@pytest.mark.parametrize(
    ("image_format", "mode"),
    [("JPEG", mode) for mode in ("L", "RGB", "CMYK")]
    + [("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")]
    + [("WEBP", mode) for mode in ("RGB", "RGBA")],
)
def test_every_mode_that_a_file_can_have_is_taken(image_format: str, mode: str) -> None:
    source = encoded(Image.new(mode, (20, 10)), image_format)
    with Image.open(io.BytesIO(rewrite(source, image_format).content)) as image:
        assert (image.format, image.size) == (image_format, (20, 10))


def test_transparency_is_kept() -> None:
    rewritten = rewrite(encoded(Image.new("RGBA", (20, 10), (0, 0, 0, 0)), "PNG"), "PNG")
    for content in (rewritten.content, rewritten.thumbnail):
        with Image.open(io.BytesIO(content)) as image:
            assert image.convert("RGBA").getpixel((3, 3))[3] == 0


def test_the_same_photo_is_written_the_same() -> None:
    photo = encoded(Image.radial_gradient("L"))
    assert rewrite(photo, "JPEG") == rewrite(io.BytesIO(photo.getvalue()), "JPEG")


@pytest.mark.parametrize("side", [30_000, 8_001, 10_000, 2**31 - 1])
def test_a_bomb_is_refused_by_its_header(side: int) -> None:
    tracemalloc.start()
    with pytest.raises(ImageTooLarge):
        rewrite(png_header(side, side), "PNG")
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 5_000_000


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.6, 0.98])
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_image_is_refused(image_format: str, kept: float) -> None:
    whole = encoded(Image.effect_noise((300, 200), 80).convert("RGB"), image_format).getvalue()
    with pytest.raises(ImageDamaged):
        rewrite(io.BytesIO(whole[: int(len(whole) * kept)]), image_format)


def test_a_format_is_not_taken_for_another() -> None:
    with pytest.raises(ImageDamaged):
        rewrite(encoded(Image.new("RGB", (5, 5)), "GIF"), "JPEG")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
def test_a_damaged_image_is_refused_or_an_image(image_format: str, place: int, noise: bytes) -> None:
    whole = bytearray(encoded(Image.linear_gradient("L").convert("RGB"), image_format).getvalue())
    place %= len(whole)
    whole[place : place + len(noise)] = noise
    try:
        rewritten = rewrite(io.BytesIO(whole), image_format)
    except (ImageDamaged, ImageTooLarge):
        return
    with Image.open(io.BytesIO(rewritten.content)) as image:
        image.load()

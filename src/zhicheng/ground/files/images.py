"""Photographs written anew: what a camera or an attacker hid beside the pixels is lost. No Django."""

import io
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps

MAX_PIXELS = 64_000_000
"""Of an upload; 64 megapixels decode to 192 MB at most."""
MAX_SIDE_PX = 4096
THUMBNAIL_SIDE_PX = 320
QUALITY = 85

_MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA"), "WEBP": ("RGB", "RGBA")}


class ImageDamaged(ValueError):
    """The image cannot be decoded to its end."""


class ImageTooLarge(ValueError):
    """The image has more than MAX_PIXELS."""


@dataclass(frozen=True)
class Rewritten:
    """An image without metadata, upright, no side longer than 4096 pixels, and its small WebP twin."""

    content: bytes
    thumbnail: bytes
    width_px: int
    height_px: int


def rewrite(source: IO[bytes], image_format: str) -> Rewritten:
    """Decodes an image and writes it anew in the same format (as Pillow calls it).

    The size is taken from the header and checked before a pixel is decoded. Of an animation the first
    picture is kept. Raises ImageTooLarge or ImageDamaged.
    """
    try:
        with Image.open(source, formats=[image_format]) as opened:
            _check_size(opened)
            opened.draft("RGB", (MAX_SIDE_PX, MAX_SIDE_PX))  # a JPEG decodes to a fraction at no cost
            opened.load()
            image = ImageOps.exif_transpose(opened)
    except ImageTooLarge:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooLarge from error
    except Exception as error:  # Pillow's decoders raise whatever a hostile file makes them raise
        raise ImageDamaged from error
    image = _in_mode_of(image_format, image)
    image.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX), Image.Resampling.LANCZOS)
    image = _bare(image)
    return Rewritten(_written(image, image_format), _thumbnail(image), image.width, image.height)


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise ImageTooLarge


def _in_mode_of(image_format: str, image: Image.Image) -> Image.Image:
    """The image in a mode that the format can hold; a palette is resolved, because it cannot be scaled."""
    if image.mode in _MODES[image_format]:
        return image
    return image.convert("RGBA" if image.has_transparency_data and image_format != "JPEG" else "RGB")


def _bare(image: Image.Image) -> Image.Image:
    """The pixels alone: Pillow would write some of what an opened image carries beside them."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _thumbnail(image: Image.Image) -> bytes:
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE_PX, THUMBNAIL_SIDE_PX))
    return _written(small.convert("RGBA" if small.has_transparency_data else "RGB"), "WEBP")


def _written(image: Image.Image, image_format: str) -> bytes:
    target = io.BytesIO()
    options = {"optimize": True} if image_format == "JPEG" else {}
    image.save(target, image_format, quality=QUALITY, **options)
    return target.getvalue()

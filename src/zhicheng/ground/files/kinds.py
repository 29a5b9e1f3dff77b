"""Which files are taken: told by what they hold, never by what they call themselves. No Django.

>>> kind_of(b"%PDF-1.7").name
'PDF'
>>> found_in(b"MZ" + bytes(64))
'an executable program'
"""

from dataclasses import dataclass
from pathlib import PurePath

import puremagic

from zhicheng.core.words import words

HEAD_BYTES = 4096
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class FileKind:
    """A kind of file. `format` is what Pillow calls it, empty for what is no image.

    `signature` is what stands at which places of its first bytes; `limit_bytes` the largest upload.
    """

    name: str
    content_type: str
    extensions: tuple[str, ...]
    signature: tuple[tuple[int, bytes], ...]
    limit_bytes: int
    format: str = ""

    @property
    def is_image(self) -> bool:
        """Whether it is decoded and written anew."""
        return bool(self.format)


JPEG = FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg", ".jfif"), ((0, b"\xff\xd8\xff"),), 10 * MEGABYTE, "JPEG")
PNG = FileKind("PNG", "image/png", (".png",), ((0, b"\x89PNG\r\n\x1a\n"),), 10 * MEGABYTE, "PNG")
WEBP = FileKind("WebP", "image/webp", (".webp",), ((0, b"RIFF"), (8, b"WEBP")), 10 * MEGABYTE, "WEBP")
PDF = FileKind("PDF", "application/pdf", (".pdf",), ((0, b"%PDF-"),), 20 * MEGABYTE)
"""Readers forgive bytes before the header, which is how a file is of two kinds at once; we do not."""

IMAGES = (JPEG, PNG, WEBP)
EVIDENCE = (*IMAGES, PDF)

_PROGRAM, _ARCHIVE = words("an executable program"), words("a compressed archive")
_OFFICE, _PAGE = words("an office document"), words("a web page or drawing")
_FOUND = {
    ".docx": _OFFICE, ".xlsx": _OFFICE, ".pptx": _OFFICE, ".doc": _OFFICE, ".xls": _OFFICE, ".rtf": _OFFICE,
    ".rar": _ARCHIVE, ".gz": _ARCHIVE, ".7z": _ARCHIVE, ".zip": _ARCHIVE, ".tar": _ARCHIVE, ".bz2": _ARCHIVE,
    ".html": _PAGE, ".svg": _PAGE, ".xml": _PAGE,
}  # fmt: skip
"""What a file that is not taken seems to be, by the extension of its kind."""
_FOUND_TYPED = {
    "image": words("another kind of image"), "video": words("a video"), "audio": words("a sound recording"),
    "text": words("a text"),
}  # fmt: skip
"""The same by the first part of its content type."""


def kind_of(head: bytes) -> FileKind | None:
    """The kind of a file that begins with `head`, or None if it is none of ours."""
    return next((kind for kind in EVIDENCE if _begins(head, kind)), None)


def found_in(head: bytes) -> str:
    """What a file that begins with `head` seems to be, in words to translate; empty if it cannot be told."""
    try:
        match = puremagic.magic_string(head)[0]
    except (puremagic.PureError, ValueError):
        return ""
    if "executable" in match.name.lower():
        return _PROGRAM
    return _FOUND.get(str(match.extension).lower()) or _FOUND_TYPED.get(str(match.mime_type).partition("/")[0], "")


def kind_called(name: str) -> FileKind | None:
    """The kind that the extension of `name` claims."""
    suffix = PurePath(name).suffix.lower()
    return next((kind for kind in EVIDENCE if suffix in kind.extensions), None)


def kind_typed(content_type: str) -> FileKind:
    """The kind with a content type; raises KeyError if there is none."""
    return {kind.content_type: kind for kind in EVIDENCE}[content_type]


def _begins(head: bytes, kind: FileKind) -> bool:
    return all(head.startswith(mark, place) for place, mark in kind.signature)

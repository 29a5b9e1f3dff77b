"""What is asked of an uploaded file before anything of it is kept."""

import hashlib
import io
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from django.core.files.uploadedfile import UploadedFile

from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.files.arriving import TOO_LARGE, CutUpload
from zhicheng.ground.files.images import MAX_PIXELS, ImageDamaged, ImageTooLarge, rewrite
from zhicheng.ground.files.kinds import (
    EVIDENCE,
    HEAD_BYTES,
    MEGABYTE,
    FileKind,
    found_in,
    kind_called,
    kind_of,
)

MAX_NAME_LENGTH = 120
PDF_END_WITHIN_BYTES = 2048
_AWKWARD = frozenset('<>:"|?*')


class FileRefused(Refused):
    """An upload that cannot be taken: the message names the file, what was found and what is allowed."""


@dataclass(frozen=True)
class Checked:
    """An upload that may be attached: its safe name, its kind, and the content that will be stored."""

    name: str
    kind: FileKind
    purpose: str
    content: IO[bytes] = field(repr=False)
    thumbnail: bytes = field(default=b"", repr=False)
    width_px: int | None = None
    height_px: int | None = None

    @property
    def sha256(self) -> str:
        """The name under which the content will be stored."""
        self.content.seek(0)
        digest = hashlib.file_digest(self.content, "sha256").hexdigest()  # type: ignore[arg-type]
        self.content.seek(0)
        return digest


def accept_upload(*, upload: UploadedFile, purpose: str, allowed: Collection[FileKind] = EVIDENCE) -> Checked:
    """Checks an upload by its content and rewrites images; nothing is stored yet. Raises FileRefused.

    An image loses its metadata, is turned upright and scaled to 4096 pixels; a PDF is kept as it is.
    """
    name = safe_name(upload.name or "")
    source = upload.file
    if source is None or not upload.size:
        raise FileRefused(words("“{name}” is empty"), name=name)
    kind = _checked_kind(name, source, allowed)
    if upload.size > kind.limit_bytes:
        raise FileRefused(
            words("“{name}” has {size} MB; a {kind} file may have {limit} MB"),
            name=name, size=-(-upload.size // MEGABYTE), kind=kind.name, limit=kind.limit_bytes // MEGABYTE,
        )  # fmt: skip
    if isinstance(upload, CutUpload):
        raise FileRefused(TOO_LARGE, **upload.params | {"name": name})
    source.seek(0)
    if kind.is_image:
        return _checked_image(name, kind, purpose, source)
    _check_pdf_end(name, source, upload.size)
    return Checked(name, kind, purpose, source)


def safe_name(name: str) -> str:
    """The last part of a path without control, bidirectional and other invisible characters.

    A long name loses characters before its extension.

    >>> safe_name("..\\\\up/photo\\u202egnp.jpg"), safe_name("")
    ('photognp.jpg', 'file')
    """
    base = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in base if c.isspace() or unicodedata.category(c)[0] != "C")
    kept = " ".join("".join(c for c in shown if c not in _AWKWARD).split())
    path = PurePosixPath(unicodedata.normalize("NFC", kept).strip(" .") or "file")
    suffix = path.suffix[:10].rstrip()
    return path.stem[: MAX_NAME_LENGTH - len(suffix)].rstrip() + suffix


def _checked_kind(name: str, source: IO[bytes], allowed: Collection[FileKind]) -> FileKind:
    source.seek(0)
    head = source.read(HEAD_BYTES)
    kind = kind_of(head)
    names = ", ".join(one.name for one in EVIDENCE if one in allowed)
    if kind is None or kind not in allowed:
        found = kind.name if kind else found_in(head)
        if not found:
            raise FileRefused(words("“{name}” is of an unknown type; allowed are {allowed}"),
                              name=name, allowed=names)  # fmt: skip
        raise FileRefused(words("“{name}” holds “{file_kind}”; allowed are {allowed}"),
                          name=name, file_kind=found, allowed=names)  # fmt: skip
    if kind_called(name) is not kind:
        raise FileRefused(
            words("“{name}” holds {found}, so its name must end in {expected}"),
            name=name, found=kind.name, expected=", ".join(kind.extensions),
        )  # fmt: skip
    return kind


def _checked_image(name: str, kind: FileKind, purpose: str, source: IO[bytes]) -> Checked:
    try:
        image = rewrite(source, kind.format)
    except ImageTooLarge as error:
        limit = MAX_PIXELS // 1_000_000
        message = words("“{name}” is too large an image: at most {limit} million pixels can be taken")
        raise FileRefused(message, name=name, limit=limit) from error
    except ImageDamaged as error:
        raise FileRefused(words("“{name}” is a damaged or incomplete image"), name=name) from error
    return Checked(
        name, kind, purpose, io.BytesIO(image.content), image.thumbnail, image.width_px, image.height_px
    )


def _check_pdf_end(name: str, source: IO[bytes], size: int) -> None:
    source.seek(max(0, size - PDF_END_WITHIN_BYTES))
    if b"%%EOF" not in source.read():
        raise FileRefused(words("“{name}” is an incomplete PDF"), name=name)

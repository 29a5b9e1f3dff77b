"""Content on disk under its SHA-256: FILES_ROOT/ab/cd/<hash>, written whole or not at all, once."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK_BYTES = 1024 * 1024
THUMBNAIL_SUFFIX = ".webp"
_INCOMING = "incoming"


def blob_path(sha256: str) -> Path:
    """Where content with this hash lies, if it is stored."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def thumbnail_path(sha256: str) -> Path:
    """Where the small picture of the image with this hash lies, if there is one."""
    return blob_path(sha256).with_suffix(THUMBNAIL_SUFFIX)


def receive(source: IO[bytes]) -> tuple[Path, str, int]:
    """Copies content to a new private file; returns the file, its SHA-256 and its size in bytes."""
    incoming = Path(settings.FILES_ROOT) / _INCOMING
    incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(descriptor, "wb") as target:
            source.seek(0)
            while chunk := source.read(CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name), digest.hexdigest(), size


def keep(received: Path, target: Path) -> None:
    """Moves a received file to its place, where an equal one may already lie; survives a power cut."""
    if target.exists():
        received.unlink()
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    received.replace(target)
    for directory in (target.parent, target.parent.parent, target.parent.parent.parent):
        _sync(directory)


def open_blob(sha256: str) -> BufferedReader:
    """The content, to be read; raises FileNotFoundError."""
    return blob_path(sha256).open("rb")


def remove(sha256: str) -> None:
    """Removes content and its small picture, if they are there."""
    for path in (blob_path(sha256), thumbnail_path(sha256)):
        with suppress(FileNotFoundError):
            path.unlink()


def hash_of(sha256: str) -> str | None:
    """The hash of what lies at the place of `sha256`; None if nothing does."""
    try:
        with open_blob(sha256) as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def stored_hashes() -> Iterator[str]:
    """The name of every stored blob, in the order of the directories."""
    yield from (path.name for path in stored_paths())


def stored_paths() -> Iterator[Path]:
    """Every stored blob, in the order of the directories."""
    yield from (path for path in _stored() if not path.suffix)


def thumbnail_paths() -> Iterator[Path]:
    """Every small picture."""
    yield from (path for path in _stored() if path.suffix == THUMBNAIL_SUFFIX)


def incoming_paths() -> Iterator[Path]:
    """Content that is being received, or was when a process was killed."""
    yield from (Path(settings.FILES_ROOT) / _INCOMING).glob("*")


def _stored() -> list[Path]:
    return sorted(Path(settings.FILES_ROOT).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"))


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

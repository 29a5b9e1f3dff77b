"""Uploaded tables on disk until they are imported: FILES_ROOT/imports/<key>, readable by the server alone."""

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

from zhicheng.core.words import words
from zhicheng.ground.importing.table import MEGABYTE, MOST_BYTES, TableRefused


def path_of(key: UUID) -> Path:
    """Where the file of an import lies while it waits."""
    return Path(settings.FILES_ROOT) / "imports" / str(key)


def keep(key: UUID, source: IO[bytes], name: str) -> str:
    """Copies a file to its place; returns its SHA-256. Raises TableRefused, keeping none, if it is too large."""
    path = path_of(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as target:
            while chunk := source.read(MEGABYTE):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise TableRefused(words("“{name}” has more than {limit} MB, the most that can be imported"),
                                       name=name, limit=MOST_BYTES // MEGABYTE)  # fmt: skip
                digest.update(chunk)
                target.write(chunk)
    except BaseException:
        discard(key)
        raise
    return digest.hexdigest()


def kept_paths(*, before: datetime) -> list[Path]:
    """Every file that was put there before a moment."""
    directory = path_of(UUID(int=0)).parent
    return [path for path in directory.glob("*") if path.stat().st_mtime < before.timestamp()]


def discard(key: UUID) -> None:
    """Removes the file of an import, if it is there."""
    path_of(key).unlink(missing_ok=True)

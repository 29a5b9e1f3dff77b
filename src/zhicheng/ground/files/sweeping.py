"""Files that nothing points to: of a transaction that was rolled back, of a process that was killed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from zhicheng.ground.files import blobs
from zhicheng.ground.files.models import StoredFile
from zhicheng.ground.files.services import discard_blob

SPARED = timedelta(days=1)
"""What is younger may belong to a transaction that has not ended."""
BATCH = 1_000


def sweep_files(now: datetime) -> int:
    """Removes content that no row names, small pictures without content, and what never came in whole.

    What is younger than a day stays.
    """
    before = (now - SPARED).timestamp()
    swept = 0
    stored = (path.name for path in blobs.stored_paths() if _is_older(path, before))
    while batch := list(islice(stored, BATCH)):
        named = set(StoredFile.objects.filter(sha256__in=batch).values_list("sha256", flat=True))
        swept += sum(discard_blob(sha256) for sha256 in batch if sha256 not in named)
    for path in list(_left_over()):
        if _is_older(path, before):
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _left_over() -> Iterator[Path]:
    yield from blobs.incoming_paths()
    yield from (path for path in blobs.thumbnail_paths() if not path.with_suffix("").exists())


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False

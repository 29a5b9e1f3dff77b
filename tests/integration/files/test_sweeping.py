"""Content that nothing points to leaves the disk, a day later at the earliest."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from zhicheng.core.access import Actor
from zhicheng.ground.files import blobs
from zhicheng.ground.files.api import accept_upload, attach, verify_files
from zhicheng.ground.files.sweeping import sweep_files

LATER = timedelta(days=1, minutes=1)


@pytest.fixture
def left_over(database: None, files_root: Path, photo: bytes, officer: Actor, now: datetime) -> Path:
    """The photo of a transaction that was rolled back, with its small picture, as old as `now`."""
    upload = SimpleUploadedFile("a.jpg", photo, "image/jpeg")
    with transaction.atomic():
        attach(checked=accept_upload(upload=upload, purpose="x"), subject=("case", 1), by=officer, now=now)
        transaction.set_rollback(True)
    (sha256,) = verify_files().unreferenced
    for path in (blobs.blob_path(sha256), blobs.thumbnail_path(sha256)):
        path.touch()
        os.utime(path, (now.timestamp(), now.timestamp()))
    return blobs.blob_path(sha256)


def test_what_was_rolled_back_goes_after_a_day(left_over: Path, now: datetime) -> None:
    assert sweep_files(now + timedelta(hours=23)) == 0
    assert left_over.exists()
    assert sweep_files(now + LATER) == 1
    assert not left_over.exists()
    assert not left_over.with_suffix(blobs.THUMBNAIL_SUFFIX).exists()
    assert sweep_files(now + LATER) == 0


def test_what_a_row_names_stays(left_over: Path, photo: bytes, officer: Actor, now: datetime) -> None:
    upload = SimpleUploadedFile("b.jpg", photo, "image/jpeg")
    attach(checked=accept_upload(upload=upload, purpose="x"), subject=("case", 2), by=officer, now=now)
    assert sweep_files(now + LATER) == 0
    assert left_over.exists()
    assert verify_files().unreferenced == ()


def test_what_never_came_in_whole_goes(database: None, files_root: Path, now: datetime) -> None:
    half = files_root / "incoming" / "tmpabc"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    os.utime(half, (now.timestamp(), now.timestamp()))
    assert sweep_files(now + timedelta(hours=1)) == 0
    assert sweep_files(now + LATER) == 1
    assert not half.exists()

"""Files on disk and in the database: stored once, erased with the last attachment, verified."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import IntegrityError, ProgrammingError, close_old_connections, transaction
from django.http import FileResponse
from pytest_django import DjangoCaptureOnCommitCallbacks

from zhicheng.core.access import Actor, Subject
from zhicheng.core.refused import Refused
from zhicheng.ground.files.api import (
    Attachment,
    StoredFile,
    accept_upload,
    attach,
    discard_blob,
    empty_attachments,
    file_response,
    get_attachment,
    list_attachments,
    open_file,
    thumbnail_response,
    verify_files,
)
from zhicheng.ground.files.blobs import blob_path, thumbnail_path

pytestmark = pytest.mark.usefixtures("database")

CASE, OTHER = ("case", 12), ("case", 13)
PAPER = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def add(files_root: Path, officer: Actor, now: datetime) -> Callable[..., Attachment]:
    def call(name: str, content: bytes, **options: Any) -> Attachment:
        checked = accept_upload(upload=SimpleUploadedFile(name, content), purpose="evidence")
        return attach(checked=checked, **{"subject": CASE, "by": officer, "now": now, **options})

    return call


@pytest.fixture
def empty(
    now: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Callable[..., list[str]]:
    def call(*subjects: Subject) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            return empty_attachments(subjects=subjects, now=now)

    return call


def stored(attachment: Attachment) -> StoredFile:
    assert attachment.file is not None
    return attachment.file


def on_disk(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def body_of(response: FileResponse) -> bytes:
    """The content; closing a response ends the request, which must not end the test's transaction."""
    content = b"".join(response)
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)
    return content


def test_a_photo_lies_under_its_hash_with_its_small_picture(
    add: Callable[..., Attachment], files_root: Path, photo: bytes
) -> None:
    attachment = add("漏水.jpg", photo, step_number=2, caption=" 三楼 ")
    file = stored(attachment)
    path = blob_path(file.sha256)
    assert path.relative_to(files_root).parts == (file.sha256[:2], file.sha256[2:4], file.sha256)
    assert path.stat().st_mode & 0o077 == 0
    assert (file.size_bytes, file.width_px, file.is_image) == (path.stat().st_size, 640, True)
    assert (attachment.name, attachment.caption, attachment.step_number) == ("漏水.jpg", "三楼", 2)
    assert thumbnail_path(file.sha256).exists()
    assert attachment.hash != file.sha256
    assert list(list_attachments(CASE)) == [attachment]


def test_equal_content_is_stored_once(add: Callable[..., Attachment], files_root: Path, photo: bytes) -> None:
    first, second = add("a.jpg", photo), add("b.jpg", photo, subject=("case", 13))
    assert first.file == second.file
    assert (first.hash, first.name, second.name) == (second.hash, "a.jpg", "b.jpg")
    assert len(on_disk(files_root)) == 2  # the photo and its small picture; nothing is left in incoming


def test_content_leaves_the_disk_with_its_last_attachment(
    add: Callable[..., Attachment], empty: Callable[..., list[str]], files_root: Path, photo: bytes
) -> None:
    first, second = add("a.jpg", photo), add("b.jpg", photo, subject=OTHER)
    assert empty(CASE) == [first.hash]
    with open_file(stored(second)) as content:
        assert content.read(3) == b"\xff\xd8\xff"
    assert empty(CASE) == []
    assert empty(OTHER) == [second.hash]
    assert on_disk(files_root) == []
    assert not StoredFile.objects.exists()
    [gone] = list_attachments(CASE)
    assert (gone.file, gone.name, gone.caption, gone.hash) == (None, "", "", first.hash)


def test_content_that_came_back_in_time_stays(
    add: Callable[..., Attachment],
    now: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add("a.pdf", PAPER)
        empty_attachments(subjects=[CASE], now=now)
        again = add("b.pdf", PAPER)  # before the removal that waits for the commit
    with open_file(stored(again)) as content:
        assert content.read() == PAPER


def test_nothing_is_removed_when_the_erasing_is_rolled_back(
    add: Callable[..., Attachment], now: datetime, files_root: Path
) -> None:
    attachment = add("a.pdf", PAPER)
    with transaction.atomic():
        empty_attachments(subjects=[CASE], now=now)
        transaction.set_rollback(True)
    assert body_of(file_response(get_attachment(attachment.pk))) == PAPER


def test_a_response_names_type_and_file_and_forbids_guessing(add: Callable[..., Attachment], photo: bytes) -> None:
    response = file_response(add("现场照片.jpg", photo))
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''%E7%8E%B0")
    assert "private" in response["Cache-Control"]
    assert len(body_of(response)) == int(response["Content-Length"])
    saved = file_response(add("a.pdf", PAPER), download=True)
    assert saved["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert body_of(saved) == PAPER


def test_a_thumbnail_is_small_and_only_of_images(add: Callable[..., Attachment], photo: bytes) -> None:
    response = thumbnail_response(add("a.jpg", photo))
    assert response["Content-Type"] == "image/webp"
    assert len(body_of(response)) < 40_000
    with pytest.raises(Refused, match="no picture"):
        thumbnail_response(add("a.pdf", PAPER))


def test_an_erased_file_is_not_served(add: Callable[..., Attachment], empty: Callable[..., list[str]]) -> None:
    attachment = add("a.pdf", PAPER)
    empty(CASE)
    with pytest.raises(Refused, match="deleted"):
        file_response(get_attachment(attachment.pk))


def test_verification_finds_what_is_missing_changed_or_left_over(
    add: Callable[..., Attachment], files_root: Path, photo: bytes
) -> None:
    sound, gone, forged = (stored(add(f"{number}.pdf", PAPER + b"%" * number + b"\n%%EOF")) for number in range(3))
    assert verify_files().is_whole
    blob_path(gone.sha256).unlink()
    blob_path(forged.sha256).write_bytes(b"%PDF-1.7 another\n%%EOF")
    stray = "ab" * 32
    blob_path(stray).parent.mkdir(parents=True, exist_ok=True)
    blob_path(stray).write_bytes(b"left by an aborted upload")

    report = verify_files()
    assert not report.is_whole
    assert report.checked == 3
    assert (report.missing, report.changed) == ((gone.sha256,), (forged.sha256,))
    assert report.unreferenced == (stray,)
    assert discard_blob(stray)
    assert not discard_blob(sound.sha256)
    assert verify_files().unreferenced == ()


def test_a_long_caption_is_refused(add: Callable[..., Attachment]) -> None:
    with pytest.raises(Refused, match="201 characters; at most 200"):
        add("a.pdf", PAPER, caption="x" * 201)


def test_the_application_may_not_point_an_attachment_elsewhere(add: Callable[..., Attachment]) -> None:
    attachment = add("a.pdf", PAPER)
    for change in ({"subject_id": 99}, {"hash": "x"}, {"added_by": "user:9"}):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Attachment.objects.filter(pk=attachment.pk).update(**change)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        StoredFile.objects.update(size_bytes=1)
    with pytest.raises(IntegrityError, match="attachment_erased_is_empty"), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(erased_at=attachment.added_at)

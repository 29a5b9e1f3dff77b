"""Attaching files to records and erasing them."""

import io
from datetime import datetime

from django.db import connection, transaction

from zhicheng.core.access import Actor, Subject
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.files import blobs
from zhicheng.ground.files.intake import Checked
from zhicheng.ground.files.models import Attachment, StoredFile
from zhicheng.ground.ledger.api import record
from zhicheng.ground.personal.api import keep_text, keyed_hash_of

MAX_CAPTION_LENGTH = 200


@transaction.atomic
def attach(
    *,
    checked: Checked,
    subject: Subject,
    by: Actor,
    now: datetime,
    step_number: int | None = None,
    caption: str = "",
) -> Attachment:
    """Stores a checked upload and ties it to a record, in the caller's transaction.

    The step that goes with it keeps the attachment's `hash`, so nothing is written to the ledger here.
    Raises Refused if the caption is too long.
    """
    if len(caption) > MAX_CAPTION_LENGTH:
        raise Refused(words("The caption has {count} characters; at most {limit} are kept"),
                      count=len(caption), limit=MAX_CAPTION_LENGTH)  # fmt: skip
    stored = _store(checked, now)
    kind, subject_id = subject
    return Attachment.objects.create(
        file=stored, subject_kind=kind, subject_id=subject_id, purpose=checked.purpose,
        step_number=step_number, name=checked.name, caption=caption.strip(),
        hash=keyed_hash_of(stored.sha256), added_by=by.key, added_at=now,
    )  # fmt: skip


@transaction.atomic
def erase_attachment(*, attachment: Attachment, by: Actor, reason: str, now: datetime) -> None:
    """Empties an attachment; its content leaves the disk unless another attachment has the same.

    Erasing twice changes nothing. Raises Refused without a reason.
    """
    if not reason.strip():
        raise Refused(words("Give the reason"))
    current = Attachment.objects.select_for_update(of=("self",)).select_related("file").get(pk=attachment.pk)
    if current.file is None:
        return
    stored, current.file = current.file, None
    current.name = current.caption = ""
    current.erased_at = now
    current.save(update_fields=["file", "name", "caption", "erased_at"])
    _release(stored)
    subject = (current.subject_kind, current.subject_id)
    kept = keep_text(subject=subject, key="file.erase.reason", text=reason.strip(), now=now)
    body = {"file": current.hash, "reason": kept.hash}
    record(subject=subject, act="file.erase", by=by, now=now, body=body)


@transaction.atomic
def discard_blob(sha256: str) -> bool:
    """Removes content that no row names; whether it did. Waits for a storing of the same content to end."""
    _lock_content(sha256)
    if StoredFile.objects.filter(sha256=sha256).exists():
        return False
    blobs.remove(sha256)
    return True


def _store(checked: Checked, now: datetime) -> StoredFile:
    received, sha256, size = blobs.receive(checked.content)
    _lock_content(sha256)
    blobs.keep(received, blobs.blob_path(sha256))
    if checked.thumbnail:
        small, _, _ = blobs.receive(io.BytesIO(checked.thumbnail))
        blobs.keep(small, blobs.thumbnail_path(sha256))
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "content_type": checked.kind.content_type, "size_bytes": size, "stored_at": now,
            "width_px": checked.width_px, "height_px": checked.height_px,
        },
    )  # fmt: skip
    return stored


def _release(stored: StoredFile) -> None:
    """Drops the row of content that nothing points to any more, and the content once that is committed."""
    _lock_content(stored.sha256)
    if not stored.attachments.exists():
        stored.delete()
        transaction.on_commit(lambda: discard_blob(stored.sha256))


def _lock_content(sha256: str) -> None:
    """Until the transaction ends, nobody else stores or removes this content: disk and row move together."""
    number = int.from_bytes(bytes.fromhex(sha256)[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])

"""Attaching files to records and erasing them."""

import io
from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import Q

from zhicheng.core.access import Actor, Subject
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.files import blobs
from zhicheng.ground.files.intake import Checked
from zhicheng.ground.files.models import Attachment, StoredFile
from zhicheng.ground.personal.api import keyed_hash_of

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


def empty_attachments(*, subjects: Iterable[Subject], now: datetime) -> list[str]:
    """Empties every attachment of some records, in the caller's transaction; returns the hashes of the deleted.

    Content leaves the disk once that is committed, unless another attachment has the same. The hashes stay in
    their rows; the caller's ledger entry names them.
    """
    about = reduce(or_, (Q(subject_kind=kind, subject_id=id_) for kind, id_ in subjects), Q(pk__in=()))
    kept = Attachment.objects.select_for_update(of=("self",)).filter(about, file__isnull=False)
    found = list(kept.select_related("file").order_by("file__sha256", "id"))  # one order: no two can deadlock
    for attachment in found:
        _empty(attachment, now)
    return [attachment.hash for attachment in found]


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


def _empty(attachment: Attachment, now: datetime) -> None:
    stored, attachment.file = attachment.file, None
    attachment.name = attachment.caption = ""
    attachment.erased_at = now
    attachment.save(update_fields=["file", "name", "caption", "erased_at"])
    assert stored is not None
    _release(stored)


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

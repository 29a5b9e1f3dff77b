"""Reads of attachments."""

from io import BufferedReader

from django.db.models import QuerySet

from zhicheng.core.access import Subject
from zhicheng.ground.files.blobs import open_blob
from zhicheng.ground.files.models import Attachment, StoredFile


def list_attachments(subject: Subject) -> QuerySet[Attachment]:
    """The attachments of a record in the order they were added, erased ones included."""
    kind, subject_id = subject
    found = Attachment.objects.filter(subject_kind=kind, subject_id=subject_id)
    return found.select_related("file").order_by("id")


def get_attachment(attachment_id: int) -> Attachment:
    """One attachment with its file; raises Attachment.DoesNotExist."""
    return Attachment.objects.select_related("file").get(pk=attachment_id)


def open_file(stored: StoredFile) -> BufferedReader:
    """The stored content, to be read; raises FileNotFoundError if it is gone from the disk."""
    return open_blob(stored.sha256)

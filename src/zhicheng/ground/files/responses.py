"""A stored file as an HTTP response. Who may have it is the view's question."""

from django.http import FileResponse

from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.files.blobs import open_blob, thumbnail_path
from zhicheng.ground.files.models import Attachment, StoredFile

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=300",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def file_response(attachment: Attachment, *, download: bool = False) -> FileResponse:
    """The whole file under its own name; shown in the browser unless `download` asks to save it.

    Only images and PDF are ever taken, and both may be shown; the browser is told not to guess otherwise.
    Raises Refused if it was erased, FileNotFoundError if it is gone from the disk.
    """
    stored = _file_of(attachment)
    return FileResponse(
        open_blob(stored.sha256),
        as_attachment=download,
        filename=attachment.name,
        content_type=stored.content_type,
        headers=_HEADERS,
    )


def thumbnail_response(attachment: Attachment) -> FileResponse:
    """The small WebP picture of an image. Raises Refused if it was erased or is no image."""
    stored = _file_of(attachment)
    if not stored.is_image:
        raise Refused(words("This file has no picture"))
    return FileResponse(thumbnail_path(stored.sha256).open("rb"), content_type="image/webp", headers=_HEADERS)


def _file_of(attachment: Attachment) -> StoredFile:
    if attachment.file is None:
        raise Refused(words("This file was deleted"))
    return attachment.file

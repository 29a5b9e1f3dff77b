"""Whether a file that somebody holds is the PDF of a document."""

from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import IO

from zhicheng.ground.documents.models import Document, Rendering
from zhicheng.ground.documents.queries import read_paper
from zhicheng.ground.documents.rendering import pdf_of
from zhicheng.ground.personal.api import keyed_hash_of

CHUNK_BYTES = 1024 * 1024


def is_the_pdf_of(document: Document, file: IO[bytes], *, now: datetime) -> bool | None:
    """Whether the file is byte for byte the document's PDF; None if there never was one.

    Works after the content was erased: the hash stays. The file is read and forgotten.
    """
    digest = sha256()
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
    expected = _pdf_hash(document, now)
    return None if expected is None else compare_digest(keyed_hash_of(digest.hexdigest()), expected)


def _pdf_hash(document: Document, now: datetime) -> str | None:
    known = Rendering.objects.filter(document=document.id).values_list("pdf_hash", flat=True).first()
    if known is None and read_paper(document) is not None:
        pdf_of(document, now=now)
        return _pdf_hash(document, now)
    return known

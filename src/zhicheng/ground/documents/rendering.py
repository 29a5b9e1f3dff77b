"""The one PDF of a document: made once, stored, its hash in the ledger; and a DOCX to work with, made anew."""

import io
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.documents.models import Document, Rendering
from zhicheng.ground.documents.paper import Paper
from zhicheng.ground.documents.queries import read_paper
from zhicheng.ground.documents.typesetting import typeset
from zhicheng.ground.files.api import PDF, Checked, attach, open_file
from zhicheng.ground.ledger.api import record
from zhicheng.ground.personal.api import keyed_hash_of

RENDERER = Actor(key="system:documents", name="documents")


def paper_of(document: Document) -> Paper:
    """What the document says, marked where nothing is real. Raises Refused if that was erased.

    What was issued before the first simulated record came leaves a demonstration with the mark as well.
    """
    paper = read_paper(document)
    if paper is None:
        raise Refused(words("The content of this document was deleted"))
    return paper.model_copy(update={"simulated": paper.simulated or is_simulated()})


def pdf_of(document: Document, *, now: datetime) -> bytes:
    """The document's PDF, the same bytes for ever: what was stored, or made and stored now.

    Two who ask at once wait for each other. Raises Refused if the content was erased.
    """
    rendering = _stored(document)
    if rendering is None:
        paper_of(document)
        with transaction.atomic():
            _lock(document)
            rendering = _stored(document) or _render(document, now)
    if rendering.attachment.file is None:
        raise Refused(words("The content of this document was deleted"))
    with open_file(rendering.attachment.file) as stored:
        return stored.read()


def _stored(document: Document) -> Rendering | None:
    return Rendering.objects.select_related("attachment__file").filter(document=document.id).first()


def _render(document: Document, now: datetime) -> Rendering:
    content = typeset(paper_of(document), Path(settings.FONTS_ROOT))
    name = f"{document.number}{document.title}.pdf"
    checked = Checked(name, PDF, "document", io.BytesIO(content))
    attachment = attach(checked=checked, subject=("document", document.id), by=RENDERER, now=now)
    pdf_hash = keyed_hash_of(sha256(content).hexdigest())
    rendering = Rendering.objects.create(
        document=document, attachment=attachment, pdf_hash=pdf_hash, rendered_at=now
    )
    body = {"code": document.code, "content": document.content_hash, "pdf": pdf_hash}
    subject = (document.subject_kind, document.subject_id)
    record(subject=subject, act="document.render", by=RENDERER, now=now, body=body)
    return rendering


def _lock(document: Document) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM documents_content WHERE document_id = %s FOR UPDATE", [document.id])

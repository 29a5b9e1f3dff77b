"""Issuing documents, and what may happen to them afterwards: a corrected version, revocation, erasure."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from zhicheng.core.access import Actor, Subject
from zhicheng.core.clock.due import local
from zhicheng.core.codes import DocumentNumber, make_tracking_code
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.documents.indexing import index_document
from zhicheng.ground.documents.layouts import Layout, Particulars, filled, notes_of
from zhicheng.ground.documents.models import Content, Document, Revocation
from zhicheng.ground.documents.numbers import next_serial
from zhicheng.ground.documents.paper import Block, Paper
from zhicheng.ground.documents.queries import layout_in_force, prefix_of, read_paper
from zhicheng.ground.documents.queue import render_later
from zhicheng.ground.files.api import empty_attachments
from zhicheng.ground.ledger.api import record
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import empty_texts, keep_text, keyed_hash_of, seal
from zhicheng.ground.proceedings.api import refuse_if_kept

CODE_BYTES = 10
"""80 random bits: nobody finds a document by trying codes."""


@dataclass(frozen=True)
class Occasion:
    """What a document belongs to: the record, its proceeding, and the step that issues it, if one does.

    A document about a simulated record says so, and so does every document of a demonstration.
    """

    subject: Subject
    proceeding: int
    area_path: str
    holder: int
    step_number: int | None = None
    simulated: bool = False


@transaction.atomic
def issue(*, form: str, particulars: Particulars, occasion: Occasion, by: Actor, now: datetime) -> Document:
    """Issues a document in the caller's transaction: number, frozen content, ledger entry with its hash.

    The form's layout and the body's letters are those in force now. The PDF is made by the worker, or when
    somebody first asks for it; what it says is settled here. Raises Refused if no layout of the form is in force.
    """
    on = local(now).date()
    layout = layout_in_force(form, occasion.area_path, on)
    issuer = Organization.objects.get(id=particulars.issuer or occasion.holder)
    particulars = replace(particulars, values={**particulars.values, **_of_issuer(issuer)})
    addressee, blocks = filled(layout, particulars)
    code = make_tracking_code(secrets.token_bytes(CODE_BYTES))
    serial = next_serial(issuer=issuer.id, mark=layout.mark, year=on.year)
    number = str(DocumentNumber(prefix_of(issuer), layout.mark, on.year, serial))
    paper = Paper(
        form=form, edition=layout.edition, title=layout.title, head=layout.head, issuer=issuer.name,
        number=number, issued_on=on, code=code, address=_address(code), addressee=addressee, blocks=blocks,
        attachments=particulars.attachments, notes=notes_of(layout, particulars.values), seal=layout.seal,
        contact=_contact(issuer), simulated=occasion.simulated or is_simulated(),
    )  # fmt: skip
    document = _row(paper, layout, occasion, particulars, issuer, serial, by, now)
    _settle(document, paper, "document.issue", by, now)
    return document


@transaction.atomic
def correct(
    *, document: Document, addressee: str, blocks: tuple[Block, ...], reason: str, by: Actor, now: datetime
) -> Document:
    """Issues a corrected version under the same number; the version before stays as it was, superseded.

    Raises Refused without a reason, if the document is not the version in force, was erased, or nothing differs,
    and if its record has to stay as it is.
    """
    refuse_if_kept(_subject(document))
    current = _locked(document)
    old = read_paper(current)
    if old is None:
        raise Refused(words("The content of this document was deleted"))
    if (old.addressee, old.blocks) == (addressee, blocks):
        raise Refused(words("The corrected version says the same as the one before"))
    code = make_tracking_code(secrets.token_bytes(CODE_BYTES))
    paper = old.model_copy(
        update={
            "version": current.version + 1, "code": code, "address": _address(code), "addressee": addressee,
            "blocks": blocks, "issued_on": local(now).date(), "simulated": old.simulated or is_simulated(),
        }
    )  # fmt: skip
    kept = _reason(current, "document.correct", reason, now)
    fresh = Document.objects.create(
        code=code, form=current.form, edition=current.edition, title=current.title, title_en=current.title_en,
        issuer=current.issuer, mark=current.mark, year=current.year, serial=current.serial,
        version=paper.version, number=current.number, issued_on=paper.issued_on, issued_at=now,
        issued_by=by.key, subject_kind=current.subject_kind, subject_id=current.subject_id,
        proceeding=current.proceeding, step_number=current.step_number, addressee=current.addressee,
        readers=current.readers, content_hash=keyed_hash_of(paper.canonical), supersedes=current, reason=kept,
        simulated=paper.simulated,
    )  # fmt: skip
    _settle(fresh, paper, "document.correct", by, now)
    return fresh


@transaction.atomic
def revoke(*, document: Document, reason: str, by: Actor, now: datetime) -> None:
    """Takes a document back; it stays where it is, and the public page says so.

    Raises Refused without a reason, if it is not in force, or if its record has to stay as it is.
    """
    refuse_if_kept(_subject(document))
    current = _locked(document)
    kept = _reason(current, "document.revoke", reason, now)
    Revocation.objects.create(document=current, revoked_at=now, revoked_by=by.key, reason=kept)
    body = {"code": current.code, "number": current.number, "version": current.version, "reason": kept}
    record(subject=_subject(current), act="document.revoke", by=by, now=now, body=body)


def empty_papers(*, subject: Subject, now: datetime) -> list[str]:
    """Empties what the documents of a record say, their PDFs and the reasons given, in the caller's transaction.

    Number, date, state and hashes stay. Returns the hashes of the deleted contents; the caller's ledger entry
    names them.
    """
    kept = Content.objects.select_for_update(of=("self",)).filter(
        document__subject_kind=subject[0], document__subject_id=subject[1], erased_at__isnull=True
    )
    found = list(kept.select_related("document").order_by("document_id"))
    for content in found:
        content.sealed, content.erased_at = "", now
        content.save(update_fields=["sealed", "erased_at"])
    documents = [("document", content.document_id) for content in found]
    empty_attachments(subjects=documents, now=now)
    empty_texts(subjects=documents, now=now)
    return [content.document.content_hash for content in found]


def _row(
    paper: Paper, layout: Layout, occasion: Occasion, particulars: Particulars, issuer: Organization,
    serial: int, by: Actor, now: datetime,
) -> Document:  # fmt: skip
    return Document.objects.create(
        code=paper.code, form=paper.form, edition=paper.edition, title=paper.title, title_en=layout.title_en,
        issuer=issuer, mark=layout.mark, year=paper.issued_on.year, serial=serial, version=1,
        number=paper.number, issued_on=paper.issued_on, issued_at=now, issued_by=by.key,
        subject_kind=occasion.subject[0], subject_id=occasion.subject[1], proceeding_id=occasion.proceeding,
        step_number=occasion.step_number, addressee_id=particulars.addressee, readers=list(layout.readers),
        content_hash=keyed_hash_of(paper.canonical), simulated=paper.simulated,
    )  # fmt: skip


def _settle(document: Document, paper: Paper, act: str, by: Actor, now: datetime) -> None:
    """Keeps the content where it can be erased, its hash in the ledger, and has the PDF made."""
    Content.objects.create(document=document, sealed=seal(paper.canonical))
    body = {
        "code": document.code, "form": document.form, "edition": document.edition, "issuer": document.issuer_id,
        "number": document.number, "version": document.version, "content": document.content_hash,
        "reason": document.reason,
    }  # fmt: skip
    record(subject=_subject(document), act=act, by=by, now=now, body=body)
    index_document(document)
    render_later(document.id)


def _locked(document: Document) -> Document:
    """The document, so that only one corrected version or revocation can follow it.

    Its content's row is locked: of the document itself nothing may be updated, so it cannot be locked.
    """
    Content.objects.select_for_update().get(document=document)
    current = Document.objects.select_related("content", "revocation", "superseded_by").get(id=document.id)
    if hasattr(current, "revocation") or hasattr(current, "superseded_by"):
        raise Refused(words("“{number}” is not in force any more"), number=current.number)
    return current


def _reason(document: Document, key: str, reason: str, now: datetime) -> str:
    if not reason.strip():
        raise Refused(words("Give the reason"))
    return keep_text(subject=("document", document.id), key=f"{key}.reason", text=reason.strip(), now=now).hash


def _address(code: str) -> str:
    return settings.BASE_URL + reverse(settings.PAGES["verify"], args=[code])


def _of_issuer(issuer: Organization) -> dict[str, str]:
    """What `layouts.ISSUER` names."""
    both = _contact(issuer) if issuer.address and issuer.telephone else ""
    return {"issuer_telephone": issuer.telephone, "issuer_contact": both}


def _contact(issuer: Organization) -> str:
    known = (("地址：", issuer.address), ("联系电话：", issuer.telephone))
    return "　".join(f"{label}{value}" for label, value in known if value)


def _subject(document: Document) -> Subject:
    return (document.subject_kind, document.subject_id)

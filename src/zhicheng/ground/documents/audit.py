"""Compares documents with what the ledger recorded of them, and looks for serials that are missing."""

from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json

from zhicheng.core.words import words
from zhicheng.ground.database.streaming import stream
from zhicheng.ground.documents.numbers import claimed_series
from zhicheng.ground.ledger.api import Finding

_DOCUMENTS = """
    SELECT d.subject_kind, d.subject_id, d.code, d.number, d.version, d.form, d.edition, d.issuer_id,
           d.content_hash, d.reason, e.number, e.body
      FROM documents_document d
      LEFT JOIN ledger_entry e ON e.subject_kind = d.subject_kind AND e.subject_id = d.subject_id
       AND e.act IN ('document.issue', 'document.correct')
       AND position(convert_to('"code":"' || d.code || '"', 'UTF8') IN e.body) > 0
     ORDER BY d.id
"""
_RENDERINGS = """
    SELECT d.subject_kind, d.subject_id, d.number, r.pdf_hash
      FROM documents_rendering r JOIN documents_document d ON d.id = r.document_id
     WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e
        WHERE e.subject_kind = d.subject_kind AND e.subject_id = d.subject_id AND e.act = 'document.render'
          AND position(convert_to('"code":"' || d.code || '"', 'UTF8') IN e.body) > 0
          AND position(convert_to('"pdf":"' || r.pdf_hash || '"', 'UTF8') IN e.body) > 0)
     ORDER BY d.id
"""
_GAPS = """
    SELECT o.name, c.mark, c.year, c.last, count(d.id)
      FROM documents_counter c
      JOIN parties_organization o ON o.id = c.issuer_id
      LEFT JOIN documents_document d ON d.issuer_id = c.issuer_id AND d.mark = c.mark AND d.year = c.year
       AND d.version = 1
     GROUP BY o.name, c.issuer_id, c.mark, c.year, c.last
    HAVING count(d.id) <> c.last OR coalesce(max(d.serial), 0) <> c.last
     ORDER BY o.name, c.mark, c.year
"""
_UNRECORDED = words("The document {number} is not in the ledger.")
_CHANGED = words("The document {number}: “{field}” is not what entry {entry} of {subject} recorded.")
_OTHER_PDF = words("The PDF of the document {number} is not the one that the ledger recorded.")
_MISSING = words("{issuer} gave {last} numbers of the series {mark} in {year}, and {count} documents are there.")


def check_documents() -> Iterator[Finding]:
    """Every document against its entry, every PDF's hash against its own, and every series for gaps."""
    for row in stream(_DOCUMENTS):
        yield from _compared(row)
    for kind, subject_id, number, _ in stream(_RENDERINGS):
        yield Finding(_OTHER_PDF, {"number": number}, (kind, subject_id))
    for issuer, mark, year, last, count in stream(_GAPS):
        if mark in claimed_series():
            continue  # it numbers something else, which looks for its own gaps
        yield Finding(_MISSING, {"issuer": issuer, "mark": mark, "year": year, "last": last, "count": count})


def _compared(row: tuple[Any, ...]) -> Iterator[Finding]:
    kind, subject_id, code, number, version, form, edition, issuer, content, reason, entry, body = row
    subject = (kind, subject_id)
    if body is None:
        yield Finding(_UNRECORDED, {"number": number}, subject)
        return
    stored = {
        "code": code, "form": form, "edition": edition, "issuer": issuer, "number": number, "version": version,
        "content": content, "reason": reason,
    }  # fmt: skip
    recorded = from_json(bytes(body))["body"]
    for field, value in stored.items():
        if recorded.get(field) != value:
            params = {"number": number, "field": field, "entry": entry, "subject": f"{kind}:{subject_id}"}
            yield Finding(_CHANGED, params, subject, entry)

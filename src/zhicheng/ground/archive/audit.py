"""Compares the register of the archive with what the ledger recorded, and looks for numbers that are missing."""

from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json

from zhicheng.core.words import words
from zhicheng.ground.archive.services import MARK
from zhicheng.ground.database.streaming import stream
from zhicheng.ground.ledger.api import Finding

_FILED = """
    SELECT f.subject_kind, f.subject_id, f.id, f.number, f.issuer_id, f.year, f.ended_on::text, f.kept_until::text,
           f.rule, e.number, e.body
      FROM archive_filing f
      LEFT JOIN ledger_entry e ON e.subject_kind = f.subject_kind AND e.subject_id = f.subject_id
       AND e.act = 'archive.file' AND position(convert_to('"filing":' || f.id || ',', 'UTF8') IN e.body) > 0
     ORDER BY f.id
"""
_TAKEN_OUT = """
    SELECT f.subject_kind, f.subject_id, f.number
      FROM archive_filing f
     WHERE f.taken_out_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_entry e
        WHERE e.subject_kind = f.subject_kind AND e.subject_id = f.subject_id AND e.act = 'archive.take_out'
          AND position(convert_to('"filing":' || f.id || ',', 'UTF8') IN e.body) > 0
          AND position(convert_to('"reason":"' || f.reason || '"', 'UTF8') IN e.body) > 0)
     ORDER BY f.id
"""
_GAPS = f"""
    SELECT o.name, c.year, c.last, count(f.id)
      FROM documents_counter c
      JOIN parties_organization o ON o.id = c.issuer_id
      LEFT JOIN archive_filing f ON f.issuer_id = c.issuer_id AND f.mark = c.mark AND f.year = c.year
     WHERE c.mark = '{MARK}'
     GROUP BY o.name, c.issuer_id, c.year, c.last
    HAVING count(f.id) <> c.last OR coalesce(max(f.serial), 0) <> c.last
     ORDER BY o.name, c.year
"""  # noqa: S608 - a constant
_UNRECORDED = words("The filing {number} is not in the ledger.")
_CHANGED = words("The filing {number}: “{field}” is not what entry {entry} of {subject} recorded.")
_REMOVED = words("That {number} was taken out of the archive is not in the ledger.")
_MISSING = words("{issuer} gave {last} archive numbers in {year}, and {count} filings are there.")


def check_archive() -> Iterator[Finding]:
    """Every filing against its entry, every one that was taken out against its own, and every year for gaps."""
    for row in stream(_FILED):
        yield from _compared(row)
    for kind, subject_id, number in stream(_TAKEN_OUT):
        yield Finding(_REMOVED, {"number": number}, (kind, subject_id))
    for issuer, year, last, count in stream(_GAPS):
        yield Finding(_MISSING, {"issuer": issuer, "year": year, "last": last, "count": count})


def _compared(row: tuple[Any, ...]) -> Iterator[Finding]:
    kind, subject_id, _, number, issuer, year, ended_on, kept_until, rule, entry, body = row
    subject = (kind, subject_id)
    if body is None:
        yield Finding(_UNRECORDED, {"number": number}, subject)
        return
    stored = {
        "number": number, "issuer": issuer, "year": year, "ended_on": ended_on, "kept_until": kept_until,
        "rule": rule,
    }  # fmt: skip
    recorded = from_json(bytes(body))["body"]
    for field, value in stored.items():
        if recorded.get(field) != value:
            params = {"number": number, "field": field, "entry": entry, "subject": f"{kind}:{subject_id}"}
            yield Finding(_CHANGED, params, subject, entry)

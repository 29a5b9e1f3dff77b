"""What other apps may use of the archive."""

from zhicheng.ground.archive.models import Filing
from zhicheng.ground.archive.panel import archive_panel
from zhicheng.ground.archive.queries import (
    filed,
    filed_until,
    filing_of,
    last_taken_out,
    list_filing_subjects,
    list_filings,
)
from zhicheng.ground.archive.services import file_away, kept_until, may_file, take_out

__all__ = [
    "Filing",
    "archive_panel",
    "file_away",
    "filed",
    "filed_until",
    "filing_of",
    "kept_until",
    "last_taken_out",
    "list_filing_subjects",
    "list_filings",
    "may_file",
    "take_out",
]

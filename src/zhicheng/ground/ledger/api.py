"""What other apps may use of the ledger."""

from zhicheng.ground.ledger.findings import Finding, register_check
from zhicheng.ground.ledger.models import Entry
from zhicheng.ground.ledger.queries import list_acts_of, list_entries, read_body
from zhicheng.ground.ledger.services import entry_body, record

__all__ = [
    "Entry",
    "Finding",
    "entry_body",
    "list_acts_of",
    "list_entries",
    "read_body",
    "record",
    "register_check",
]

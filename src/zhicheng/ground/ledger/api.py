"""What other apps may use of the ledger."""

from zhicheng.ground.ledger.exports import list_exports
from zhicheng.ground.ledger.findings import Finding, register_check
from zhicheng.ground.ledger.models import Entry, Root
from zhicheng.ground.ledger.one_chain import ChainReport, verify_one_chain
from zhicheng.ground.ledger.queries import (
    latest_root,
    list_acts,
    list_acts_of,
    list_entries,
    list_roots,
    list_subject_kinds,
    read_body,
)
from zhicheng.ground.ledger.services import entry_body, record, record_many
from zhicheng.ground.ledger.turns import TURN, take_turn

__all__ = [
    "TURN",
    "ChainReport",
    "Entry",
    "Finding",
    "Root",
    "entry_body",
    "latest_root",
    "list_acts",
    "list_acts_of",
    "list_entries",
    "list_exports",
    "list_roots",
    "list_subject_kinds",
    "read_body",
    "record",
    "record_many",
    "register_check",
    "take_turn",
    "verify_one_chain",
]

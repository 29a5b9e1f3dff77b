"""What other apps may use of the ledger."""

from zhicheng.ground.ledger.models import Entry
from zhicheng.ground.ledger.services import entry_body, record

__all__ = ["Entry", "entry_body", "record"]

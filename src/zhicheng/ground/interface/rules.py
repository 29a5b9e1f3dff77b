"""What keys may be for, and how long: as this administration decided."""

from datetime import timedelta
from enum import StrEnum

from zhicheng.core.words import words


class Scope(StrEnum):
    """What a key may be used for; what it may see is its account's, by grants like everybody's."""

    READ = "read"
    WRITE = "write"
    WEBHOOKS = "webhooks"


SCOPES: dict[Scope, str] = {
    Scope.READ: words("Read"),
    Scope.WRITE: words("Open cases, take steps and enter records"),
    Scope.WEBHOOKS: words("Be told by webhooks"),
}
LONGEST_LIFE = timedelta(days=731)
"""After two years at the latest somebody has to say that a program is still needed."""

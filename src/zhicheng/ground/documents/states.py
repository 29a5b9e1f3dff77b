"""How a document stands. No Django."""

from enum import StrEnum

from zhicheng.core.words import words


class PaperState(StrEnum):
    """Whether a document still says what holds: derived from what was added since, never written."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


LABELS = {
    PaperState.VALID: words("In force"),
    PaperState.SUPERSEDED: words("Replaced by a corrected version"),
    PaperState.REVOKED: words("Revoked by its issuer"),
}

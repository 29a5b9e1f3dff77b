"""Why a row is refused, the same for everything that is imported from tables. Pure."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhicheng.core.words import words
from zhicheng.ground.importing.table import CONTROL, Row, visible

SHOWN = 60


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is refused: its field (none, if it is the row as a whole), the value shortened, and a sentence."""

    row: int
    field: str | None
    value: str
    message: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


Refused = Sequence[tuple[Row, tuple[RowProblem, ...]]]
"""Refused rows with their problems, in the order of the file."""


def shortened(value: str) -> str:
    """The beginning of a value as it is shown to people."""
    return visible(value[:SHOWN]) + ("…" if len(value) > SHOWN else "")


def too_wide(row: Row, width: int) -> RowProblem | None:
    """The problem of a row with more cells than its table's head: they have shifted."""
    if len(row.cells) <= width:
        return None
    message = words("The row has {count} cells, the head {width}: a quotation mark may be missing.")
    return RowProblem(row.number, None, "", message, {"count": len(row.cells), "width": width})


def not_text(row: Row, field: str, value: str) -> RowProblem | None:
    """The problem of a cell that holds a control character."""
    if (found := CONTROL.search(value)) is None:
        return None
    message = words("Holds the control character {code}; expected is plain text.")
    return RowProblem(row.number, field, shortened(value), message, {"code": f"U+{ord(found.group()):04X}"})

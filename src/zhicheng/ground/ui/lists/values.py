"""What a cell of an export holds: typed, in the city's time zone, never to be read as a formula.

>>> from decimal import Decimal
>>> exported(Kind.NUMBER, Decimal("1.5")), exported(Kind.TEXT, 7), exported(Kind.DATE, None)
(Decimal('1.5'), '7', None)
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhicheng.ground.ui.lists.spec import Kind
from zhicheng.ground.ui.marks import ClockMark, StateMark

Cell = str | int | float | Decimal | date | datetime | None
"""A datetime is naive: the wall clock of the city."""


def exported(kind: Kind, value: Any) -> Cell:
    """The value of a column as an export's cell: a state by its word, a clock by the moment it ends."""
    if value is None or value == "":
        return None
    if isinstance(value, StateMark):
        return value.label
    if isinstance(value, ClockMark):
        return _naive(value.due_at) if value.due_at else value.text or None
    if isinstance(value, datetime):
        return _naive(value)
    if kind in (Kind.NUMBER, Kind.DATE):
        return value  # type: ignore[no-any-return]
    return str(value)


def _naive(moment: datetime) -> datetime:
    """To the second: a limit ends a microsecond before midnight, which a table program rounds to the next day."""
    return timezone.localtime(moment).replace(microsecond=0, tzinfo=None)

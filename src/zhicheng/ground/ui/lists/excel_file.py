"""Writes an export as an Excel workbook in constant memory: typed cells, frozen heads, a filter a column."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import IO, Any

from xlsxwriter import Workbook

from zhicheng.ground.ui.lists.values import Cell

LONGEST_CELL = 32_767
"""Characters that Excel allows in a cell; a longer text would vanish without a word."""
EXACT_DIGITS = 15
"""Digits that Excel keeps of a number; a longer one is written as text."""
_TOO_LONG: int = 10**EXACT_DIGITS
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel's calendar is off by one day, and before 1900 it has none: such dates are written as text."""
_NEVER_PARSED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDTHS = (10, 40)
_MEASURED_LINES = 100


def write_excel(file: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Cell]], mark: str) -> int:
    """Writes the heads and the rows; returns the number of rows. A mark, if there is one, is a last column.

    So the first line is the head for every reader, and each row says it, wherever it is copied to.
    """
    book = Workbook(file, {"constant_memory": True, **_NEVER_PARSED})
    sheet = _Sheet(book)
    marked = [mark] if mark else []
    sheet.write_line([*heads, *marked], sheet.bold)
    for row in rows:
        sheet.write_line([*row, *marked])
    sheet.finish(len(heads) + len(marked))
    book.close()
    return sheet.line - 1


class _Sheet:
    """The one sheet of the workbook, written line by line."""

    def __init__(self, book: Any) -> None:
        self.sheet = book.add_worksheet()
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.line = 0
        self.widths: dict[int, int] = {}

    def write_line(self, cells: Sequence[Cell], style: Any = None) -> None:
        """Writes the next line."""
        for column, cell in enumerate(cells):
            if cell is not None:
                self._write(column, cell, style)
        self.line += 1

    def finish(self, columns: int) -> None:
        """Freezes the heads, sets the filter and the widths."""
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, self.line - 1, columns - 1)
        for column, width in self.widths.items():
            self.sheet.set_column(column, column, min(max(width + 2, _WIDTHS[0]), _WIDTHS[1]))

    def _write(self, column: int, cell: str | float | Decimal | date, style: Any) -> None:
        if isinstance(cell, str):
            self.sheet.write_string(self.line, column, _fitting(cell), style)
        elif isinstance(cell, int | float | Decimal) and _exact(cell):
            self.sheet.write_number(self.line, column, cell, style)
        elif isinstance(cell, date) and (cell.date() if isinstance(cell, datetime) else cell) >= _FIRST_DAY:
            form = self.moment if isinstance(cell, datetime) else self.day
            self.sheet.write_datetime(self.line, column, cell, form)
        else:
            self.sheet.write_string(self.line, column, str(cell), style)
        if self.line < _MEASURED_LINES:
            self.widths[column] = max(self.widths.get(column, 0), _width(cell))


def _width(cell: str | float | Decimal | date) -> int:
    """How wide a cell is shown, in digits; a Chinese character is as wide as two."""
    if isinstance(cell, datetime):
        return 16
    return sum(2 if character > "\u2e80" else 1 for character in str(cell)[: _WIDTHS[1]])


def _exact(number: float | Decimal) -> bool:
    """Whether Excel can hold the number as it is."""
    if isinstance(number, int):
        return -_TOO_LONG < number < _TOO_LONG
    if isinstance(number, float):
        return isfinite(number)
    return number.is_finite() and len(number.as_tuple().digits) <= EXACT_DIGITS


def _fitting(text: str) -> str:
    text = text.encode(errors="replace").decode()
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"

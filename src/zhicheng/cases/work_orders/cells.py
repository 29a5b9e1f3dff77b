"""Reading the cells of one row, and collecting every reason why it is refused. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime

from zhicheng.cases.importing.checking import EARLIEST_AT
from zhicheng.core.clock import LOCAL
from zhicheng.core.words import words
from zhicheng.ground.importing.api import Row, RowProblem, not_text, read_moment, shortened, too_wide

_SHORTENED_NUMBER = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_MOMENT_EXPECTED = "2019-04-25 09:32"


class Cells:
    """Reads the fields of one row and collects what is wrong with them."""

    def __init__(self, row: Row, columns: Mapping[str, int], *, days_only: bool) -> None:
        self.row, self.columns, self.days_only = row, columns, days_only
        self.problems: list[RowProblem] = []

    def check_width(self, width: int) -> None:
        """Refuses a row that is longer than the head: its cells may have moved."""
        if problem := too_wide(self.row, width):
            self.problems.append(problem)

    def refuse(self, named: str | None, value: str, message: str, **params: object) -> None:
        """Adds a problem."""
        self.problems.append(RowProblem(self.row.number, named, shortened(value), message, params))

    def cell(self, named: str) -> str:
        """What the row holds for a field; empty if its column is left out."""
        return self._raw(named).strip()

    def text(self, named: str, longest: int, *, needed: bool = False, one_line: bool = False) -> str:
        """The text of a field as it will be kept; empty if its column is left out or the value refused."""
        if problem := not_text(self.row, named, self._raw(named)):
            self.problems.append(problem)
            return ""
        value = self.cell(named).replace("\r\n", "\n").replace("\r", "\n")
        if one_line:
            value = " ".join(value.split())
        if not value and needed:
            self.refuse(named, value, words("Empty; expected is a value in every row."))
        elif len(value) > longest:
            self.refuse(named, value, words("{count} characters long; at most {limit} are kept."),
                        count=len(value), limit=longest)  # fmt: skip
        else:
            return value
        return ""

    def number(self, named: str, longest: int) -> str:
        """A number of another system: in every row, and not one that a spreadsheet has shortened."""
        value = self.text(named, longest, needed=True, one_line=True)
        if _SHORTENED_NUMBER.fullmatch(value):
            self.refuse(named, value, words("Excel has shortened this number; format the column as text first."))
            return ""
        return value

    def moment(self, named: str, now: datetime, *, needed: bool = True, ahead: bool = False) -> datetime | None:
        """The time of a field, or None with a problem; None without one if its column is left out.

        Only a time that may lie `ahead` may lie in the future; of a file of days such a day lasts to its end.
        """
        if named not in self.columns:
            return None
        value = self.cell(named)
        written = read_moment(value)
        if not value and not needed:
            return None
        if not value:
            message = words("Empty; expected is a time such as {example}. Or leave the column out.")
        elif written is None:
            message = words(
                "Not a time that can be read; expected is year, month, day and time such as {example}."
            )
        elif not written.has_clock and not self.days_only:
            message = words("A day without a time of day; expected is both, such as {example}.")
        else:
            return self._plausible(named, value, written.at, now, ahead=ahead)
        self.refuse(named, value, message, example=_MOMENT_EXPECTED)
        return None

    def _raw(self, named: str) -> str:
        column = self.columns.get(named)
        return "" if column is None else self.row.cells[column]

    def _plausible(self, named: str, value: str, at: datetime, now: datetime, *, ahead: bool) -> datetime | None:
        """The moment, cut to its day if the file gives days only; None with a problem if it cannot be."""
        if at > now and not ahead:
            self.refuse(named, value, words("In the future; expected is a time that has passed."))
            return None
        if at < EARLIEST_AT:
            self.refuse(named, value, words("Before {year}; expected is a later time."), year=EARLIEST_AT.year)
            return None
        if self.days_only and ahead:
            return at.astimezone(LOCAL).replace(hour=23, minute=59, second=59, microsecond=0)
        if self.days_only:
            return at.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
        return at

"""Checking every row of a table: it becomes a historical case, or every reason why it cannot. Pure."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from zhicheng.cases.importing.mapping import ColumnMapping, Field
from zhicheng.core.clock import LOCAL
from zhicheng.core.columns import fold
from zhicheng.core.words import words
from zhicheng.ground.importing.api import Row, RowProblem, Table, not_text, read_moment, shortened, too_wide

LONGEST_CELL = 20_000
MOMENTS = (Field.RECEIVED_AT, Field.REPLIED_AT)
LONGEST = {Field.NUMBER: 60, Field.TITLE: 120}
EARLIEST_AT = datetime(1990, 1, 1, tzinfo=LOCAL)
"""Before it there was no system to import from: an earlier year is a slip or Excel's day nought."""
_SHORTENED_NUMBER = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_MOMENT_EXPECTED = "2019-04-25 09:32"


@dataclass(frozen=True, slots=True)
class HistoricalRow:
    """A row that can be recorded. `category` is the id of a term; what the file leaves out stays empty."""

    row: int
    number: str
    title: str
    received_at: datetime
    description: str = ""
    reply: str = ""
    replied_at: datetime | None = None
    category: int | None = None


@dataclass(frozen=True)
class Expected:
    """What a row is checked against. `categories` gives the ids of terms by their folded codes and words."""

    mapping: ColumnMapping
    now: datetime
    categories: Mapping[str, int] = dataclasses.field(default_factory=dict)


Checked = HistoricalRow | tuple[RowProblem, ...]


def check_table(table: Table, expected: Expected) -> Iterator[tuple[Row, Checked]]:
    """Every row in order, with what it becomes or why it is refused. Of one number the first good row counts."""
    first_rows: dict[str, int] = {}
    for row in table.rows:
        checked = check_row(row, expected, len(table.head))
        if isinstance(checked, HistoricalRow):
            first = first_rows.setdefault(checked.number, row.number)
            if first != row.number:
                message = words("Row {first} of this file has the same number; a number is expected once.")
                checked = (RowProblem(row.number, Field.NUMBER, checked.number, message, {"first": first}),)
        yield row, checked


def check_row(row: Row, expected: Expected, width: int) -> Checked:
    """One row by itself; `width` is the number of columns in the head."""
    check = _Check(row, expected)
    if problem := too_wide(row, width):
        check.problems.append(problem)
    texts = {named: check.text(named) for named in Field if named not in MOMENTS}
    received_at, replied_at = check.moment(Field.RECEIVED_AT), check.moment(Field.REPLIED_AT)
    category = check.category(texts[Field.CATEGORY])
    if received_at and replied_at and replied_at < received_at:
        check.refuse(
            Field.REPLIED_AT, check.cell(Field.REPLIED_AT),
            words("Before the message was received ({received}); a reply is expected after it."),
            received=check.cell(Field.RECEIVED_AT),
        )  # fmt: skip
    if check.problems or received_at is None:
        return tuple(check.problems)
    return HistoricalRow(
        row.number, texts[Field.NUMBER], texts[Field.TITLE], received_at, texts[Field.DESCRIPTION],
        texts[Field.REPLY], replied_at, category,
    )  # fmt: skip


class _Check:
    """Reads the fields of one row and collects what is wrong with them."""

    def __init__(self, row: Row, expected: Expected) -> None:
        self.row, self.expected = row, expected
        self.problems: list[RowProblem] = []

    def refuse(self, named: Field | None, value: str, message: str, **params: object) -> None:
        """Adds a problem."""
        self.problems.append(RowProblem(self.row.number, named, shortened(value), message, params))

    def cell(self, named: Field) -> str:
        """What the row holds for a field; empty if its column is left out."""
        return self._raw(named).strip()

    def text(self, named: Field) -> str:
        """The text of a field as it will be kept; empty if its column is left out or the value refused."""
        if problem := not_text(self.row, named, self._raw(named)):
            self.problems.append(problem)
            return ""
        value = self.cell(named).replace("\r\n", "\n").replace("\r", "\n")
        if named in LONGEST:
            value = " ".join(value.split())
        longest = LONGEST.get(named, LONGEST_CELL)
        if not value and named in (Field.NUMBER, Field.TITLE):
            self.refuse(named, value, words("Empty; expected is a value in every row."))
        elif len(value) > longest:
            self.refuse(named, value, words("{count} characters long; at most {limit} are kept."),
                        count=len(value), limit=longest)  # fmt: skip
        elif named is Field.NUMBER and _SHORTENED_NUMBER.fullmatch(value):
            self.refuse(named, value, words("Excel has shortened this number; format the column as text first."))
        else:
            return value
        return ""

    def moment(self, named: Field) -> datetime | None:
        """The time of a field, or None with a problem; None without one if its column is left out."""
        if named not in self.expected.mapping.columns:
            return None
        value = self.cell(named)
        written = read_moment(value)
        if not value:
            message = words("Empty; expected is a time such as {example}. Or leave the column out.")
        elif written is None:
            message = words(
                "Not a time that can be read; expected is year, month, day and time such as {example}."
            )
        elif not written.has_clock and not self.expected.mapping.days_only:
            message = words("A day without a time of day; expected is both, such as {example}.")
        else:
            return self._plausible(named, value, written.at)
        self.refuse(named, value, message, example=_MOMENT_EXPECTED)
        return None

    def category(self, value: str) -> int | None:
        """The id of the term that a cell names by its code or its words; None if it names none."""
        if not value:
            return None
        term = self.expected.categories.get(fold(value))
        if term is None:
            self.refuse(Field.CATEGORY, value, words("Not a category; expected is the code or the words of one."))
        return term

    def _raw(self, named: Field) -> str:
        column = self.expected.mapping.columns.get(named)
        return "" if column is None else self.row.cells[column]

    def _plausible(self, named: Field, value: str, at: datetime) -> datetime | None:
        """The moment, cut to its day if the file gives days only; None with a problem if it cannot be."""
        if at > self.expected.now:
            self.refuse(named, value, words("In the future; expected is a time that has passed."))
            return None
        if at < EARLIEST_AT:
            self.refuse(named, value, words("Before {year}; expected is a later time."), year=EARLIEST_AT.year)
            return None
        if self.expected.mapping.days_only:
            return at.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
        return at


def gives_days_only(table: Table, mapping: ColumnMapping) -> bool:
    """Whether a column of times holds days throughout: then the file knows no time of day."""
    for named in MOMENTS:
        column = mapping.columns.get(named)
        if column is None:
            continue
        values = (read_moment(row.cells[column]) for row in table.rows)
        read = [value for value in values if value is not None]
        if read and not any(value.has_clock for value in read):
            return True
    return False

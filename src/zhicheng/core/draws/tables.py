"""Tables of a draw: read as they are, and hashed in one canonical form whatever the order of their rows.

The canonical form: cells without white space around them, rows sorted by code point, cells in Unicode
normalization form C (Unicode Standard Annex 15), each followed by a tab or, the last of a row, by a newline.

>>> table = read_table("\\ufeffid,size\\r\\nb, 2 \\r\\na,1\\r\\n".encode(), "roster.csv")
>>> table.rows, table.canonical
([['b', ' 2 '], ['a', '1']], 'a\\t1\\nb\\t2\\n')
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from zhicheng.core.draws.showing import shown
from zhicheng.core.refused import Refused
from zhicheng.core.words import words

Rows = list[list[str]]

_BELOW_TAB = re.compile(r"[\x00-\x08]")


@dataclass(frozen=True)
class Table:
    """Rows below the head of a table called `name`; the cells as they were read, an empty line as an empty row.

    The head is neither hashed nor drawn from, and kept only to see whether it is one.
    """

    name: str
    rows: Rows
    head: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def canonical(self) -> str:
        """The text that is hashed: the same for every order of the rows. Raises Refused if a cell is no text."""
        try:
            lines = ["\t".join(map(str.strip, row)) for row in self.rows]
        except TypeError:
            raise self._no_text() from None
        if self._sorts_as_its_cells("\n".join(lines)):
            lines.sort()
        else:
            lines = ["\t".join(row) for row in sorted([cell.strip() for cell in row] for row in self.rows)]
        # Tab and newline take part in no composition, so that the whole is normalized as its cells would be.
        return unicodedata.normalize("NFC", "\n".join([*lines, ""]))

    def _no_text(self) -> Refused:
        """What to say of the first cell that a program has made of something else: 8 could be hashed as “8.0”."""
        cells: Iterator[tuple[int, object]] = (
            (row, cell) for row, cells in enumerate(self.rows) for cell in cells
        )
        row, cell = next((row, cell) for row, cell in cells if not isinstance(cell, str))
        message = words("{name}, row {row}: a cell is {value}, which is no text; expected is what is to be hashed")
        return Refused(message, **self.place(row), value=shown(repr(cell)))

    def _sorts_as_its_cells(self, text: str) -> bool:
        """Whether the lines of `text` sort as their cells do: if the tab is less than all that stands in these."""
        tabs_between = sum(map(len, self.rows)) - sum(map(bool, self.rows))
        return text.count("\t") == tabs_between and not _BELOW_TAB.search(text)

    def place(self, row: int) -> dict[str, str | int]:
        """How a person finds row `row` (from 0): by the table's name and its number, the head being number 1.

        >>> Table("roster.csv", [["a"]]).place(0)
        {'name': 'roster.csv', 'row': 2}
        """
        return {"name": self.name, "row": row + 2}

    def require(self, columns: list[str]) -> None:
        """Raises Refused for the first row that is shorter than `columns`, the names of the first fields."""
        if min(map(len, self.rows), default=len(columns)) < len(columns):
            raise next(
                self.missing(row, columns) for row, cells in enumerate(self.rows) if len(cells) < len(columns)
            )

    def missing(self, row: int, columns: list[str]) -> Refused:
        """What to say of a row that is shorter than `columns`."""
        cells = self.rows[row]
        message = words(
            "{name}, row {row}: the field “{field}” is missing; expected are {fields}, found is {found}"
        )
        return Refused(
            message,
            **self.place(row),
            field=columns[len(cells)],
            fields=", ".join(columns),
            found=shown(", ".join(cells)) or "an empty line",
        )


def read_table(data: bytes, name: str) -> Table:
    """Reads CSV as spreadsheets write it: UTF-8, with or without a byte order mark, any line ends, a head.

    Commas part cells; quotes surround cells with commas, quotes or line ends in them. Raises Refused for what
    is not UTF-8 and for a cell of more than 131,072 characters.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = words("{name}, byte {byte}: not UTF-8; expected is a table saved as “CSV UTF-8”")
        raise Refused(message, name=name, byte=error.start + 1) from None
    reader = csv.reader(StringIO(text, newline=""))
    try:
        head = tuple(next(reader, ()))
        return Table(name, rows=list(reader), head=head)
    except csv.Error as error:
        raise Refused(
            words("{name}, line {line}: {fault}"), name=name, line=reader.line_num, fault=error
        ) from None

"""A table as it was read: the words of its head, and its rows as text with their numbers in the file."""

import re
from dataclasses import dataclass

from zhicheng.core.refused import Refused

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
MOST_ROWS = 100_000
MOST_COLUMNS = 100
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What is no text: control characters except tabulator and line break, halves of characters, non-characters."""


class TableRefused(Refused):
    """A file that cannot be read as a table: the message names the file, what was found and what is expected."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is its row number in the file, as a spreadsheet counts: the first row is 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A head and the rows below it that hold anything. `sheet` and `other_sheets` are empty for a text file."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def column_letter(index: int) -> str:
    """What a spreadsheet calls the column with a zero-based index.

    >>> [column_letter(index) for index in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters, number = "", index + 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def visible(text: str) -> str:
    """The text with its control characters written out, so that it can be shown and stored.

    >>> visible("a" + chr(0))
    'a\\\\u0000'
    """
    return CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)

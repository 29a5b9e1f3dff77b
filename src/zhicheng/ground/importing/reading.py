"""Reading a file as a table: Excel (.xlsx) or text (.csv, .tsv), told by what it holds, within limits."""

from collections.abc import Iterable
from pathlib import Path

from zhicheng.core.words import words
from zhicheng.ground.importing.table import (
    MEGABYTE,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    Table,
    TableRefused,
    visible,
)
from zhicheng.ground.importing.text_file import read_text_file
from zhicheng.ground.importing.workbook import read_workbook

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_table(path: Path, name: str) -> Table:
    """The table in the file at `path`, which people know as `name`. Raises TableRefused.

    The head is the first row with two filled cells or more, so that a title above it does no harm.
    """
    content = _content(path, name)
    if content.startswith(_ZIP):
        rows, sheet, others = read_workbook(content, name)
        return _table(rows, name, sheet, others)
    if content.startswith(_OLD_OFFICE):
        raise TableRefused(
            words("“{name}” is an old .xls or a protected workbook; save it as .xlsx without a password"),
            name=name,
        )
    return _table(read_text_file(content, name), name)


def _content(path: Path, name: str) -> bytes:
    size = path.stat().st_size
    if not size:
        raise TableRefused(words("“{name}” is empty"), name=name)
    if size > MOST_BYTES:
        raise TableRefused(
            words("“{name}” has {size} MB; at most {limit} MB can be imported"),
            name=name, size=-(-size // MEGABYTE), limit=MOST_BYTES // MEGABYTE,
        )  # fmt: skip
    return path.read_bytes()


def _table(rows: Iterable[Row], name: str, sheet: str = "", other_sheets: tuple[str, ...] = ()) -> Table:
    filled = (row for row in rows if any(cell.strip() for cell in row.cells))
    head = next((row for row in filled if sum(bool(cell.strip()) for cell in row.cells) > 1), None)
    if head is None:
        raise TableRefused(
            words("“{name}” has no row with the names of columns, parted by commas, tabs or semicolons"), name=name
        )
    names = _trimmed(head.cells)
    if len(names) > MOST_COLUMNS:
        raise TableRefused(words("“{name}” has {count} columns; at most {limit} can be read"),
                           name=name, count=len(names), limit=MOST_COLUMNS)  # fmt: skip
    below: list[Row] = []
    for row in filled:
        below.append(_fitted(row, len(names)))
        if len(below) > MOST_ROWS:
            raise TableRefused(
                words("“{name}” has more than {limit} rows (row {row}); split it into several files"),
                name=name, limit=f"{MOST_ROWS:,}", row=row.number,
            )  # fmt: skip
    if not below:
        raise TableRefused(words("“{name}” has no row below the names of its columns"), name=name)
    return Table(names, tuple(below), sheet, other_sheets)


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    names = [" ".join(visible(cell).split()) for cell in cells]
    while not names[-1]:
        names.pop()
    return tuple(names)


def _fitted(row: Row, width: int) -> Row:
    """As many cells as the head has; what stands beyond stays, for the check to refuse."""
    cells = row.cells
    if len(cells) < width:
        return Row(row.number, cells + ("",) * (width - len(cells)))
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    return Row(row.number, cells)

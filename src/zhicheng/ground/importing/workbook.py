"""Rows of an Excel workbook (.xlsx), each cell as the text that it stands for."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from zhicheng.core.words import words
from zhicheng.ground.importing.table import MEGABYTE, MOST_COLUMNS, MOST_ROWS, Row, TableRefused

MOST_UNPACKED_BYTES = 500 * MEGABYTE
_CHUNK_BYTES = MEGABYTE
_TEXTS = "xl/sharedStrings.xml"
_LONGEST_PLACE = 96
_TOO_LONG = 32
_BLANKS = re.compile(rb"\s{2,}|[^\S ]")
_PLACE = re.compile(rb""" r ?= ?["']([A-Za-z]{0,32})([0-9]{1,32})""")
_CELL = re.compile(rb"<(\w+:)?(c|row)[ />]")
_SPARE_ROWS = 1_000
"""Rows that a sheet may have above its head or empty between its rows, besides those that are imported."""


def read_workbook(content: bytes, name: str) -> tuple[Iterator[Row], str, tuple[str, ...]]:
    """The rows of the first visible sheet that holds anything, its name, and the names of the other such sheets.

    Raises TableRefused if the workbook is damaged, too large unpacked, or has a cell far outside any table: a
    sheet is held whole in memory, and one cell in its last corner would make it 17,000 million cells.
    """
    _check_size(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        sheets = [book.get_sheet_by_name(title) for title in visible]
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise _damaged(name) from error
    filled = [sheet for sheet in sheets if sheet.start is not None]
    if not filled:
        raise TableRefused(words("“{name}” has no visible sheet that holds anything"), name=name)
    return _rows(filled[0]), filled[0].name, tuple(sheet.name for sheet in filled[1:])


def as_text(value: Any) -> str:
    """A typed cell as text: whole numbers without a point, times as 2019-04-25 09:32:09, days as 2019-04-25.

    >>> [as_text(value) for value in (2549.0, 0.5, True, "", datetime(2019, 4, 25, 9, 32, 8, 999_990))]
    ['2549', '0.5', 'TRUE', '', '2019-04-25 09:32:09']
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        # Excel counts days as fractions, which miss the second by a little.
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield Row(number, tuple(map(as_text, cells)))


def _check_size(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MOST_UNPACKED_BYTES:
                raise TableRefused(
                    words("“{name}” holds {size} MB unpacked; a workbook may hold {limit} MB"),
                    name=name, size=unpacked // MEGABYTE, limit=MOST_UNPACKED_BYTES // MEGABYTE,
                )  # fmt: skip
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    _check_part(part, name, holds_texts=entry.filename == _TEXTS)
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise _damaged(name) from error


def _check_part(part: IO[bytes], name: str, *, holds_texts: bool) -> None:
    """Looks at where the cells of a part say they are, before anything makes room for them.

    Any part can be a sheet, whatever it is called. Only the texts may speak of places; they have no cells.
    Blanks are folded, so that no number of them parts a place between two pieces.
    """
    rest = b""
    while chunk := part.read(_CHUNK_BYTES):
        piece = _BLANKS.sub(b" ", rest + chunk)
        if holds_texts:
            if _CELL.search(piece):
                raise _damaged(name)
        else:
            _check_places(piece, name)
        rest = piece[-_LONGEST_PLACE:]


def _check_places(piece: bytes, name: str) -> None:
    for letters, row in _PLACE.findall(piece):
        outside = int(row) > MOST_ROWS + _SPARE_ROWS or _column_number(letters.upper()) > MOST_COLUMNS
        if outside or len(row) == _TOO_LONG:
            raise TableRefused(
                words("“{name}” has a cell at {place}; a table may have {rows} rows and {columns} columns"),
                name=name, place=(letters + row).decode(), rows=f"{MOST_ROWS:,}", columns=MOST_COLUMNS,
            )  # fmt: skip


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _damaged(name: str) -> TableRefused:
    return TableRefused(
        words("“{name}” is damaged or not an Excel workbook; open it in Excel and save it as .xlsx"), name=name
    )

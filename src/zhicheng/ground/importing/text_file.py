"""Rows of a text file whose columns are parted by commas, tabs or semicolons, in the encodings of our offices."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice, zip_longest

from zhicheng.core.words import words
from zhicheng.ground.importing.table import Row, TableRefused

DELIMITERS = (",", "\t", ";")
_LOOKED_AT = 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_text_file(content: bytes, name: str) -> Iterator[Row]:
    """Every row of the file, empty ones included, so that a row's number is the one a spreadsheet shows.

    Raises TableRefused if the encoding is unknown, if quotation marks are not closed, or if a cell is longer
    than 131,072 characters, which means the same.
    """
    text = decoded(content, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, tuple(cells))
    except csv.Error as error:
        raise TableRefused(
            words("“{name}”, row {row} (line {line}): the quotation marks do not match: {fault}"),
            name=name, row=number + 1, line=reader.line_num, fault=error,
        ) from error  # fmt: skip


def decoded(content: bytes, name: str) -> str:
    """The text: by its mark, else UTF-8, else GB 18030, which is what Excel writes in China."""
    named = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in named or ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            fault = error
    raise TableRefused(
        words("“{name}” is neither UTF-8 nor GB 18030 (byte {place}); save it as CSV UTF-8 or as .xlsx"),
        name=name, place=fault.start,
    )  # fmt: skip


def delimiter_of(text: str) -> str:
    r"""What parts the columns: the one of comma, tab and semicolon that gives the first parted row most of them.

    >>> delimiter_of("编号;主题，内容\n1;a,b,c\n"), delimiter_of("编号\t主题\n")
    (';', '\t')
    """
    counted = {delimiter: _filled_cells(text, delimiter) for delimiter in DELIMITERS}
    for counts in zip_longest(*counted.values(), fillvalue=0):
        if max(counts) > 1:
            return DELIMITERS[counts.index(max(counts))]
    return DELIMITERS[0]


def _filled_cells(text: str, delimiter: str) -> list[int]:
    """How many filled cells the first rows have; none where quotation marks fail, so the delimiter is another."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [sum(bool(cell.strip()) for cell in cells) for cells in islice(reader, _LOOKED_AT)]
    except csv.Error:
        return []

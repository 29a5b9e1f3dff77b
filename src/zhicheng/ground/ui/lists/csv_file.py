"""Writes an export as CSV that Excel opens in UTF-8 and reads no formula from.

>>> from io import BytesIO
>>> file = BytesIO()
>>> write_csv(file, ["Name", "Days"], [["=1+1", -3]], "")
1
>>> file.getvalue().decode("utf-8-sig").splitlines()
['Name,Days', "'=1+1,-3"]
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import IO

from zhicheng.ground.ui.lists.values import Cell

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(file: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Cell]], mark: str) -> int:
    """Writes the heads and the rows; returns the number of rows. A mark, if there is one, is a last column.

    So the first line is the head for every reader, and each row says it, wherever it is copied to.
    """
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", errors="replace")
    writer = csv.writer(text)
    marked = [mark] if mark else []
    writer.writerow([_plain(head) for head in (*heads, *marked)])
    count = 0
    for row in rows:
        writer.writerow([_plain(cell) for cell in (*row, *marked)])
        count += 1
    text.flush()
    text.detach()
    return count


def _plain(cell: Cell) -> Cell:
    """Text that a spreadsheet would calculate gets an apostrophe in front; moments are cut to the minute."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_STARTS_A_FORMULA):
        return f"'{cell}"
    return cell

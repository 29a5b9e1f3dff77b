"""Labelled texts from a table: which columns, and what is wrong with which row."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from zhicheng.cases.suggesting.training import Labelled
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.importing.api import CONTROL, Table, column_letter, read_table

LONGEST_LABEL = 200
PROBLEMS_TOLD = 10


class ColumnUnknown(Refused):
    """The table has no column, or several, with this name."""


class RowsRefused(Refused):
    """Rows that have no text or no usable label. `problems` gives row, column and reason of each."""

    def __init__(self, problems: Sequence[tuple[int, str, str]]) -> None:
        super().__init__(words("{count} rows cannot be learned from."), count=len(problems))
        self.problems = tuple(problems)


def read_labelled(
    path: Path, *, texts: Sequence[str], label: str, leave_out: bool = False
) -> tuple[list[Labelled], int]:
    """Every row's text (several columns joined) and label, and how many rows were left out.

    Raises TableRefused for a file that is no table, ColumnUnknown for a wrong column, and RowsRefused for faulty
    rows unless those are to be left out.
    """
    table = read_table(path, path.name)
    text_columns = [_column(table, name, path.name) for name in texts]
    label_column = _column(table, label, path.name)
    problems = list(_problems(table, text_columns, label_column))
    if problems and not leave_out:
        raise RowsRefused(problems)
    faulty = {row for row, _, _ in problems}
    kept = [row for row in table.rows if row.number not in faulty]
    if not kept:
        raise RowsRefused(problems)
    return [
        Labelled("\n".join(filter(None, (row.cells[at].strip() for at in text_columns))),
                 row.cells[label_column].strip())
        for row in kept
    ], len(faulty)  # fmt: skip


def _column(table: Table, name: str, file: str) -> int:
    found = [at for at, title in enumerate(table.head) if title == name.strip()]
    if len(found) == 1:
        return found[0]
    if found:
        raise ColumnUnknown(words("“{file}” has several columns called “{name}”"), file=file, name=name)
    known = "、".join(table.head)
    raise ColumnUnknown(
        words("“{file}” has no column “{name}”; it has: {known}"), file=file, name=name, known=known
    )


def _problems(table: Table, texts: Sequence[int], label: int) -> Iterator[tuple[int, str, str]]:
    for row in table.rows:
        if not any(row.cells[at].strip() for at in texts):
            yield row.number, _named(table, texts[0]), words("empty; expected a text")
        given = row.cells[label].strip()
        if not given:
            yield row.number, _named(table, label), words("empty; expected a category")
        elif len(given) > LONGEST_LABEL or CONTROL.search(given):
            yield row.number, _named(table, label), words("no category: too long, or with control characters")


def _named(table: Table, column: int) -> str:
    return f"{column_letter(column)} {table.head[column]}"

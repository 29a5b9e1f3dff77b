"""What was refused, in words: for a page, the terminal, and the file to mend."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext

from zhicheng.ground.importing.models import ImportRun
from zhicheng.ground.importing.problems import RowProblem
from zhicheng.ground.importing.queries import cells_of, problems_of
from zhicheng.ground.ui.lists.excel_file import write_excel
from zhicheng.ground.ui.templatetags.house import sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One problem as people read it."""

    row: int
    field: str
    value: str
    reason: str


def line_of(problem: RowProblem, labels: Mapping[str, str]) -> Line:
    """A problem in the reader's language; what concerns the whole row names no field."""
    label = gettext(labels[problem.field]) if problem.field else gettext("The whole row")
    return Line(problem.row, label, problem.value, sentence(problem.message, problem.params))


RefusedRows = Sequence[tuple[Sequence[str], tuple[RowProblem, ...]]]
"""The cells of refused rows with their problems."""


def refused_of(run: ImportRun) -> RefusedRows:
    """Every refused row of an import, in the order of the file."""
    return [(cells_of(row), problems_of(row)) for row in run.refused_rows.order_by("row")]


def write_errors(file: IO[bytes], head: Sequence[str], refused: RefusedRows, labels: Mapping[str, str]) -> int:
    """Writes the error file (.xlsx): the row as it was, then row, field, value and reason; one line a problem.

    Every cell is a text, never a formula. Returns the number of lines.
    """
    heads = [*head, gettext("Row"), gettext("Field"), gettext("Value"), gettext("Reason")]
    return write_excel(file, heads, _lines(len(head), refused, labels), mark="")


def _lines(width: int, refused: RefusedRows, labels: Mapping[str, str]) -> Iterator[list[str]]:
    for cells, problems in refused:
        original = [*cells, *("" for _ in range(width - len(cells)))]
        # What stands beyond the head goes into its last cell, so that nothing of the row is lost.
        original = [*original[: width - 1], " | ".join(original[width - 1 :])]
        for problem in problems:
            line = line_of(problem, labels)
            yield [*original, str(line.row), line.field, line.value, line.reason]

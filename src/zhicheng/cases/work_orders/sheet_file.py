"""A sheet of answers as an Excel or CSV file, in the reader's language. No cell is ever a formula."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import IO

from django.utils.translation import gettext

from zhicheng.cases.kinds import kind_of
from zhicheng.cases.models import AnswerLine, AnswerSheet
from zhicheng.cases.work_orders.answers import lines_of
from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.proceedings.api import process_version
from zhicheng.ground.ui.lists.csv_file import write_csv
from zhicheng.ground.ui.lists.excel_file import write_excel
from zhicheng.ground.ui.templatetags.house import words_of


class Format(StrEnum):
    """What a sheet can be written as, by the ending of the file's name."""

    EXCEL = "xlsx"
    CSV = "csv"


_WRITERS = {Format.EXCEL: write_excel, Format.CSV: write_csv}
CONTENT_TYPES = {
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}
HEADS = (
    words("Number there"),
    words("Number here"),
    words("How far it is"),
    words("Body"),
    words("Accepted on"),
    words("Closed on"),
    words("Result"),
    words("Last moved"),
)


def format_of(name: str) -> Format:
    """The format that a file's name asks for. Raises Refused."""
    try:
        return Format(name.rpartition(".")[2].lower())
    except ValueError:
        raise Refused(words("“{name}” ends neither in .xlsx nor in .csv."), name=name) from None


def write_sheet(file: IO[bytes], sheet: AnswerSheet, as_: Format, actor: Actor) -> int:
    """Writes the heads and a row for every line; returns the number of rows."""
    return _WRITERS[as_](file, [gettext(head) for head in HEADS], rows_of(lines_of(sheet, actor)), "")


def rows_of(lines: Iterable[AnswerLine]) -> Iterator[list[str]]:
    """The cells of every line as text: a number of another system never loses its zeros."""
    for line in lines:
        times = (line.accepted_at, line.ended_at, line.moved_at)
        accepted, ended, moved = (f"{local(at):%Y-%m-%d %H:%M}" if at else "" for at in times)
        yield [
            line.case.external_number, line.case.number, line.get_stage_display(),
            line.unit.name if line.unit else "", accepted, ended, result_of(line), moved,
        ]  # fmt: skip


def result_of(line: AnswerLine) -> str:
    """How every proceeding of the case ended, in words."""
    return gettext("; ").join(
        f"{words_of(kind_of(kind).label)}: {words_of(process_version(kind, version).state(state).label)}"
        for kind, version, state in line.endings
    )

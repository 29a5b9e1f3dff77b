"""Takes a list out of the house: every row that is filtered, within the actor's scope, as Excel or CSV.

Rows are fetched and written portion by portion, so that memory stays small however long the list is. An export
is an entry in the person's chain of the ledger.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from enum import StrEnum
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.database.simulation import is_simulated
from zhicheng.ground.ledger.api import record
from zhicheng.ground.personal.api import keyed_hash_of
from zhicheng.ground.ui.lists.csv_file import write_csv
from zhicheng.ground.ui.lists.excel_file import write_excel
from zhicheng.ground.ui.lists.paging import count_up_to
from zhicheng.ground.ui.lists.reading import Reading
from zhicheng.ground.ui.lists.spec import RecordList
from zhicheng.ground.ui.lists.values import Cell, exported
from zhicheng.ground.ui.templatetags.house import words_of

MOST_ROWS = 100_000
PORTION = 2_000
SIMULATED = "模拟数据 Simulated"


class Format(StrEnum):
    """What an export is written as; also the file's suffix."""

    EXCEL = "xlsx"
    CSV = "csv"


_WRITERS = {Format.EXCEL: write_excel, Format.CSV: write_csv}
_TYPES = {
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}


def export(spec: RecordList[Any], reading: Reading, form: Format, *, by: Actor, now: datetime) -> FileResponse:
    """The whole filtered list as a file to download.

    Raises Refused if a filter could not be used (the file would hold more than was asked for), if there are more
    than 100,000 rows, or if the actor is not a person who signed in.
    """
    if by.user_id is None:
        raise Refused(words("Sign in to export this list."))
    if reading.form.errors:
        raise Refused(words("Put the filters right first."))
    if count_up_to(reading.rows, MOST_ROWS) > MOST_ROWS:
        raise Refused(
            words("The list has more than {limit} rows. Narrow it with the filters, then export it."),
            limit=f"{MOST_ROWS:,}",
        )
    with ExitStack() as undo:
        file = undo.enter_context(TemporaryFile())
        with transaction.atomic():
            count = _write(spec, reading, form, file, by)
            _record(spec, reading, form, count, by, now)
        file.seek(0)
        undo.pop_all()  # from here the response closes the file, when it has been sent
    return _response(file, spec, form, now)


def _write(spec: RecordList[Any], reading: Reading, form: Format, file: IO[bytes], by: Actor) -> int:
    heads = [words_of(column.label) for column in spec.columns]
    return _WRITERS[form](file, heads, _cells(spec, reading, by), SIMULATED if is_simulated() else "")


def _cells(spec: RecordList[Any], reading: Reading, by: Actor) -> Iterator[list[Cell]]:
    """Every row as typed cells, in the order of the list."""
    records = reading.sort.apply(reading.rows).iterator(chunk_size=PORTION)
    for portion in _portions(records):
        for row in spec.presented(portion, by):
            yield [exported(column.kind, column.value(row)) for column in spec.columns]


def _portions(records: Iterable[Any]) -> Iterator[list[Any]]:
    records = iter(records)
    while portion := list(islice(records, PORTION)):
        yield portion


def _record(spec: RecordList[Any], reading: Reading, form: Format, count: int, by: Actor, now: datetime) -> None:
    personal = {name for one in spec.filters if one.personal for name in one.names}
    asked: dict[str, Any] = {
        name: {"text": keyed_hash_of(value)} if name in personal else value
        for name, value in reading.given.items()
    }
    body = {
        "list": spec.key, "format": str(form), "filter": asked, "sort": reading.sort.word, "rows": count,
        "simulated": is_simulated(),
    }  # fmt: skip
    record(subject=("user", by.user_id or 0), act="export", by=by, now=now, body=body)


def _response(file: IO[bytes], spec: RecordList[Any], form: Format, now: datetime) -> FileResponse:
    name = f"{gettext(spec.title)} {timezone.localtime(now):%Y-%m-%d %H%M}.{form}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=_TYPES[form])
    response["Cache-Control"] = "no-store"
    return response

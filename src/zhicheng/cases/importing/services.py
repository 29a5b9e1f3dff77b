"""An import step by step: receive the file, confirm its columns, carry it out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import IO
from uuid import UUID, uuid4

from django.db import transaction

from zhicheng.cases.importing import store
from zhicheng.cases.importing.checking import Checked, Expected, HistoricalRow, RowProblem, check_table
from zhicheng.cases.importing.mapping import ColumnMapping, Field, fingerprint
from zhicheng.cases.importing.models import ImportMapping, ImportRun, RefusedRow
from zhicheng.cases.importing.reading import read_table
from zhicheng.cases.importing.recording import Origin, lock_system, origin_of, record_rows, sort_rows
from zhicheng.cases.importing.table import Row, Table, visible
from zhicheng.cases.kinds import CATALOGUES
from zhicheng.core.access import Actor
from zhicheng.core.columns import fold
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record
from zhicheng.ground.packs.api import list_terms
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import keyed_hash_of

BATCH = 500
LONGEST_SYSTEM, LONGEST_NAME = 40, 120
UPLOAD_LASTS = timedelta(hours=24)
UNFINISHED_LASTS = timedelta(days=14)
"""A confirmed import that was interrupted goes on while the worker runs; after two weeks nobody waits for it."""
REFUSED_ROWS_LAST = timedelta(days=90)


@dataclass(frozen=True)
class Trial:
    """What an import would do, found out without writing anything."""

    new: int
    known: int
    refused: tuple[tuple[Row, tuple[RowProblem, ...]], ...]


def receive_file(
    *, source: IO[bytes], name: str, organization: Organization, by: Actor, now: datetime
) -> tuple[ImportRun, Table]:
    """Keeps an uploaded table until it is confirmed, for a day at most. Raises TableRefused; then none is kept."""
    name = visible(name)[-LONGEST_NAME:]
    key = uuid4()
    sha256 = store.keep(key, source, name)
    try:
        table = read_table(store.path_of(key), name)
        run = ImportRun.objects.create(
            key=key, organization=organization, user_id=by.user_id, actor=by.key, actor_name=by.name,
            file_name=name, sha256=sha256, head=list(table.head), rows=len(table.rows),
            uploaded_at=now,
        )  # fmt: skip
    except BaseException:
        store.discard(key)
        raise
    return run, table


def discard_upload(*, run: ImportRun) -> None:
    """Removes an upload that was not confirmed, and its file."""
    deleted, _ = ImportRun.objects.filter(pk=run.pk, confirmed_at__isnull=True).delete()
    if deleted:
        store.discard(run.key)


def forget_files(now: datetime) -> int:
    """Removes files of imports that did not come to their end within two weeks, and those that no import names."""
    waiting = ImportRun.objects.filter(finished_at__isnull=True)
    keys = waiting.filter(confirmed_at__isnull=True) | waiting.filter(confirmed_at__gte=now - UNFINISHED_LASTS)
    kept = {str(key) for key in keys.values_list("key", flat=True)}
    over = [path for path in store.kept_paths(before=now - UPLOAD_LASTS) if path.name not in kept]
    for path in over:
        path.unlink(missing_ok=True)
    return len(over)


def forget_expired(*, now: datetime) -> None:
    """Removes uploads that nobody confirmed within a day, and refused rows 90 days after their import."""
    for run in ImportRun.objects.filter(confirmed_at__isnull=True, uploaded_at__lt=now - UPLOAD_LASTS):
        discard_upload(run=run)
    RefusedRow.objects.filter(run__finished_at__lt=now - REFUSED_ROWS_LAST).delete()


@transaction.atomic
def confirm_import(*, run: ImportRun, mapping: ColumnMapping, system: str, now: datetime) -> ImportRun:
    """Fixes system and columns, remembers the columns for the next file with this head; nothing is imported yet.

    Raises Refused (also MappingRefused); confirming twice changes nothing.
    """
    system = checked_system(system)
    mapping.checked(len(run.head))
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.confirmed_at is not None:
        return current
    current.system, current.columns, current.days_only = system, dict(mapping.columns), mapping.days_only
    current.confirmed_at = now
    current.save(update_fields=["system", "columns", "days_only", "confirmed_at"])
    ImportMapping.objects.update_or_create(
        organization_id=run.organization_id, fingerprint=fingerprint(run.head),
        defaults={"name": system, "columns": dict(mapping.columns), "days_only": mapping.days_only,
                  "saved_by": run.actor, "saved_at": now},
    )  # fmt: skip
    return current


def checked_system(system: str) -> str:
    """The name of the earlier system in its one form. Raises Refused if it is missing or too long."""
    name = " ".join(system.split())
    if not name or len(name) > LONGEST_SYSTEM or not name.isprintable():
        raise Refused(words("Give the earlier system a name of 1 to {limit} characters, such as “wenzheng”."),
                      limit=LONGEST_SYSTEM)  # fmt: skip
    return name


def carry_out(*, key: UUID, now: datetime, progress: Callable[[ImportRun], None] | None = None) -> ImportRun:
    """Imports a confirmed file batch by batch, each in one transaction; an interrupted import goes on.

    `progress` is told after every batch. The last transaction writes the one ledger entry of the whole import.
    Raises TableRefused or FileNotFoundError if the file cannot be read any more.
    """
    run = ImportRun.objects.select_related("organization__area").get(key=key, confirmed_at__isnull=False)
    if run.finished_at is None:
        table = read_table(store.path_of(key), run.file_name)
        origin = origin_of(run.organization, run.system)
        by = Actor(run.actor, run.actor_name, user_id=run.user_id, organization_id=run.organization_id)
        checked = check_table(table, expected_of(mapping_of(run), origin, now))
        for batch in _batches(islice(checked, run.rows_done, None)):
            run = _import_batch(run, batch, origin, by, now)
            if progress:
                progress(run)
        _finish(run, by, now)
    store.discard(key)
    return run


def try_out(*, table: Table, mapping: ColumnMapping, origin: Origin, now: datetime) -> Trial:
    """Checks every row and compares it with what is recorded; writes nothing."""
    new = known = 0
    refused: list[tuple[Row, tuple[RowProblem, ...]]] = []
    for batch in _batches(check_table(table, expected_of(mapping, origin, now))):
        found = sort_rows([one for _, one in batch if isinstance(one, HistoricalRow)], origin)
        new, known = new + len(found.new), known + found.known
        refused += _refused(batch, found.changed)
    return Trial(new, known, tuple(refused))


def mapping_of(run: ImportRun) -> ColumnMapping:
    """The columns as they were confirmed."""
    return ColumnMapping({Field(name): column for name, column in run.columns.items()}, run.days_only)


def expected_of(mapping: ColumnMapping, origin: Origin, now: datetime) -> Expected:
    """What rows are checked against; categories are known by code and by their words in both languages."""
    if Field.CATEGORY not in mapping.columns:
        return Expected(mapping, now)
    offered = (term for catalogue in CATALOGUES for term in list_terms(catalogue, origin.area))
    terms = [term for term in offered if term.parent_id is not None]
    by_words = {fold(label): term.id for term in reversed(terms) for label in (term.zh, term.en)}
    return Expected(mapping, now, by_words | {fold(term.code): term.id for term in terms})


Batch = Sequence[tuple[Row, Checked]]


def _batches(checked: Iterator[tuple[Row, Checked]]) -> Iterator[Batch]:
    while batch := list(islice(checked, BATCH)):
        yield batch


@transaction.atomic
def _import_batch(run: ImportRun, batch: Batch, origin: Origin, by: Actor, now: datetime) -> ImportRun:
    """One batch: cases, steps, refused rows and the progress, all or nothing."""
    lock_system(run.system)
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.rows_done != run.rows_done:
        raise Refused(words("This import is being carried out already."))
    found = sort_rows([one for _, one in batch if isinstance(one, HistoricalRow)], origin)
    record_rows(found.new, origin, by, now)
    refused = _refused(batch, found.changed)
    RefusedRow.objects.bulk_create(
        RefusedRow(
            run=current, row=row.number, cells=list(map(visible, row.cells)), problems=list(map(_stored, problems))
        )
        for row, problems in refused
    )
    current.rows_done += len(batch)
    current.imported += len(found.new)
    current.known += found.known
    current.refused += len(refused)
    current.save(update_fields=["rows_done", "imported", "known", "refused"])
    return current


def _refused(batch: Batch, changed: Sequence[RowProblem]) -> list[tuple[Row, tuple[RowProblem, ...]]]:
    """Every refused row of a batch with its problems, in the order of the file."""
    differing = {problem.row: (problem,) for problem in changed}
    told = ((row, one if isinstance(one, tuple) else differing.get(row.number, ())) for row, one in batch)
    return [(row, problems) for row, problems in told if problems]


def _stored(problem: RowProblem) -> dict[str, object]:
    return {
        "field": problem.field, "value": problem.value, "message": problem.message, "params": dict(problem.params),
    }  # fmt: skip


@transaction.atomic
def _finish(run: ImportRun, by: Actor, now: datetime) -> None:
    run.finished_at = now
    run.save(update_fields=["finished_at"])
    body = {
        "organization": run.organization_id, "system": run.system, "file": keyed_hash_of(run.file_name),
        "sha256": run.sha256, "rows": run.rows, "imported": run.imported, "known": run.known,
        "refused": run.refused,
    }  # fmt: skip
    record(subject=("import", run.id), act="import.finish", by=by, now=now, body=body)

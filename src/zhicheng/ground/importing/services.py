"""An import step by step: receive the file, confirm its columns, carry it out."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import IO, Any
from uuid import UUID, uuid4

from django.db import transaction

from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import actor_for
from zhicheng.ground.importing import store
from zhicheng.ground.importing.models import ImportMapping, ImportRun, RefusedRow
from zhicheng.ground.importing.problems import RowProblem
from zhicheng.ground.importing.queries import fingerprint, plan_of
from zhicheng.ground.importing.reading import read_table
from zhicheng.ground.importing.registry import Batch, Importer, Outcome, Plan, importer_of
from zhicheng.ground.importing.table import Row, Table, visible
from zhicheng.ground.ledger.api import record
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import keyed_hash_of, seal

LONGEST_NAME = 120
UPLOAD_LASTS = timedelta(hours=24)
UNFINISHED_LASTS = timedelta(days=14)
"""A confirmed import that was interrupted goes on while the worker runs; after two weeks nobody waits for it."""
REFUSED_ROWS_LAST = timedelta(days=90)


def receive_file(
    *, importer: Importer, source: IO[bytes], name: str, organization: Organization, by: Actor, now: datetime
) -> tuple[ImportRun, Table]:
    """Keeps an uploaded table until it is confirmed, for a day at most. Raises TableRefused; then none is kept."""
    name = visible(name)[-LONGEST_NAME:]
    key = uuid4()
    sha256 = store.keep(key, source, name)
    try:
        table = read_table(store.path_of(key), name)
        run = ImportRun.objects.create(
            key=key, importer=importer.key, organization=organization, user_id=by.user_id, actor=by.key,
            actor_name=by.name, file_name=name, sha256=sha256, head=list(table.head), rows=len(table.rows),
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
def confirm_import(*, run: ImportRun, plan: Plan, now: datetime) -> ImportRun:
    """Fixes how the file is read, and remembers it for the next file with this head; nothing is imported yet.

    Raises Refused; confirming twice changes nothing.
    """
    importer_of(run.importer).check(plan, len(run.head))
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.confirmed_at is not None:
        return current
    current.name, current.columns, current.options = plan.name, dict(plan.columns), dict(plan.options)
    current.confirmed_at = now
    current.save(update_fields=["name", "columns", "options", "confirmed_at"])
    ImportMapping.objects.update_or_create(
        importer=run.importer, organization_id=run.organization_id, fingerprint=fingerprint(run.head),
        defaults={"columns": current.columns, "options": current.options, "saved_by": run.actor, "saved_at": now},
    )  # fmt: skip
    return current


def carry_out(*, key: UUID, now: datetime, progress: Callable[[ImportRun], None] | None = None) -> ImportRun:
    """Imports a confirmed file batch by batch, each in one transaction; an interrupted import goes on.

    `progress` is told after every batch. The last transaction writes the one ledger entry of the whole import.
    Raises TableRefused or FileNotFoundError if the file cannot be read any more.
    """
    found = ImportRun.objects.select_related("organization__area", "user")
    run = found.get(key=key, confirmed_at__isnull=False)
    if run.finished_at is None:
        importer, plan, by = importer_of(run.importer), plan_of(run), _actor(run, now)
        read = importer.read(read_table(store.path_of(key), run.file_name), plan, now)
        for batch in _batches(islice(read, run.rows_done, None), importer.batch):
            run = _import_batch(run, batch, importer, plan, by, now)
            if progress:
                progress(run)
        _finish(run, by, now)
    store.discard(key)
    return run


def try_out(
    *, importer: Importer, table: Table, plan: Plan, by: Actor, now: datetime, rows: int | None = None
) -> Outcome:
    """What an import of the table, or of its first `rows`, would do; nothing stays."""
    new = known = 0
    refused: list[tuple[Row, tuple[RowProblem, ...]]] = []
    with transaction.atomic():
        for batch in _batches(islice(importer.read(table, plan, now), rows), importer.batch):
            found = importer.try_out(batch, plan, by, now)
            new, known = new + found.new, known + found.known
            refused += found.refused
        transaction.set_rollback(True)
    return Outcome(new, known, tuple(refused))


def _actor(run: ImportRun, now: datetime) -> Actor:
    """Whoever imports, with what they may do today; the command line, which is nobody's account, as itself."""
    if run.user is not None:
        return actor_for(run.user, local(now).date())
    return Actor(run.actor, run.actor_name, organization_id=run.organization_id)


def _batches(read: Iterator[tuple[Row, Any]], size: int) -> Iterator[Batch]:
    while batch := list(islice(read, size)):
        yield batch


@transaction.atomic
def _import_batch(
    run: ImportRun, batch: Batch, importer: Importer, plan: Plan, by: Actor, now: datetime
) -> ImportRun:
    """One batch: records, refused rows and the progress, all or nothing."""
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.rows_done != run.rows_done:
        raise Refused(words("This import is being carried out already."))
    found = importer.write(batch, plan, by, now)
    RefusedRow.objects.bulk_create(
        RefusedRow(run=current, row=row.number, problems=list(map(_stored, problems)), **_kept(row, importer))
        for row, problems in found.refused
    )
    current.rows_done += len(batch)
    current.imported += found.new
    current.known += found.known
    current.refused += len(found.refused)
    current.save(update_fields=["rows_done", "imported", "known", "refused"])
    return current


def _kept(row: Row, importer: Importer) -> dict[str, Any]:
    """What is kept of a refused row, for the file in which it is mended."""
    cells = list(map(visible, row.cells))
    return {"cells": [], "sealed": seal(json.dumps(cells))} if importer.sealed else {"cells": cells}


def _stored(problem: RowProblem) -> dict[str, object]:
    return {
        "field": problem.field, "value": problem.value, "message": problem.message, "params": dict(problem.params),
    }  # fmt: skip


@transaction.atomic
def _finish(run: ImportRun, by: Actor, now: datetime) -> None:
    run.finished_at = now
    run.save(update_fields=["finished_at"])
    body = {
        "importer": run.importer, "organization": run.organization_id, **run.options,
        "file": keyed_hash_of(run.file_name), "sha256": run.sha256, "rows": run.rows, "imported": run.imported,
        "known": run.known, "refused": run.refused,
    }  # fmt: skip
    record(subject=("import", run.id), act="import.finish", by=by, now=now, body=body)

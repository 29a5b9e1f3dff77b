"""Reads of imports: whose they are, what was refused in them, and which columns were chosen before."""

import json
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from zhicheng.core.access import Actor
from zhicheng.core.columns import fold
from zhicheng.ground.importing.models import ImportMapping, ImportRun, RefusedRow
from zhicheng.ground.importing.problems import RowProblem
from zhicheng.ground.importing.registry import Importer, Plan
from zhicheng.ground.importing.table import Table
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import unseal


def get_run(importer: Importer, actor: Actor, key: UUID) -> ImportRun | None:
    """An import of the actor's body; one that is not confirmed yet only for who uploaded it."""
    found = ImportRun.objects.select_related("organization__area").filter(
        key=key, importer=importer.key, organization=importer.organization_of(actor)
    )
    run = found.first()
    return None if run is None or (run.confirmed_at is None and run.actor != actor.key) else run


def list_runs(importer: Importer, organization: Organization, limit: int = 20) -> list[ImportRun]:
    """The latest confirmed imports of a body."""
    found = ImportRun.objects.filter(importer=importer.key, organization=organization, confirmed_at__isnull=False)
    return list(found.order_by("-confirmed_at")[:limit])


def problems_of(refused: RefusedRow) -> tuple[RowProblem, ...]:
    """Why a row was refused."""
    return tuple(
        RowProblem(refused.row, one["field"], one["value"], one["message"], one["params"])
        for one in refused.problems
    )


def cells_of(refused: RefusedRow) -> Sequence[str]:
    """The cells of a refused row as they were in the file."""
    return list(json.loads(unseal(refused.sealed)) if refused.sealed else refused.cells)


def plan_of(run: ImportRun) -> Plan:
    """How a confirmed file is read."""
    return Plan(run.organization, run.columns, run.options, run.name)


def remembered_plan(importer: Importer, organization: Organization, table: Table) -> ImportMapping | None:
    """What the body chose before for a file with this head."""
    return ImportMapping.objects.filter(
        importer=importer.key, organization=organization, fingerprint=fingerprint(table.head)
    ).first()


def proposed_plan(importer: Importer, organization: Organization, table: Table) -> Plan:
    """As chosen before, else as guessed."""
    saved = remembered_plan(importer, organization, table)
    if saved is None:
        columns, options = importer.guess(table, organization)
        return Plan(organization, dict(columns), options)
    kept = {field: column for field, column in saved.columns.items() if field in importer.labels}
    return Plan(organization, kept, saved.options)


def fingerprint(head: Sequence[str]) -> str:
    """Tells heads apart: files with the same names of columns in the same order have the same fingerprint."""
    return sha256("\x1f".join(map(fold, head)).encode()).hexdigest()

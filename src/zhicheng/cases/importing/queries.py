"""Reads of imports: whose they are, and what was refused in them."""

from uuid import UUID

from zhicheng.cases.importing.checking import RowProblem, gives_days_only
from zhicheng.cases.importing.mapping import ColumnMapping, Field, fingerprint, guess_columns
from zhicheng.cases.importing.models import ImportMapping, ImportRun, RefusedRow
from zhicheng.cases.importing.table import Table
from zhicheng.core.access import Actor, Role
from zhicheng.ground.parties.api import Kind, Organization

ROLES = (Role.OFFICER, Role.CLERK)
KINDS = (Kind.PUBLIC_BODY, Kind.HOTLINE_CENTRE)


def importing_organization(actor: Actor) -> Organization | None:
    """The actor's own body, if they are a clerk or an officer of it: what they import becomes its cases."""
    own = actor.organization_id
    if own is None or not any(reach.role in ROLES and own in reach.organizations for reach in actor.reaches):
        return None
    return Organization.objects.select_related("area").filter(id=own, kind__in=KINDS).first()


def get_run(actor: Actor, key: UUID) -> ImportRun | None:
    """An import of the actor's body; one that is not confirmed yet only for who uploaded it."""
    found = ImportRun.objects.select_related("organization__area").filter(
        key=key, organization=importing_organization(actor)
    )
    run = found.first()
    return None if run is None or (run.confirmed_at is None and run.actor != actor.key) else run


def list_runs(organization: Organization, limit: int = 20) -> list[ImportRun]:
    """The latest confirmed imports of a body."""
    return list(
        ImportRun.objects.filter(organization=organization, confirmed_at__isnull=False).order_by("-confirmed_at")[
            :limit
        ]
    )


def problems_of(refused: RefusedRow) -> tuple[RowProblem, ...]:
    """Why a row was refused."""
    return tuple(
        RowProblem(
            refused.row, Field(one["field"]) if one["field"] else None, one["value"], one["message"], one["params"]
        )
        for one in refused.problems
    )


def remembered_mapping(organization: Organization, table: Table) -> ImportMapping | None:
    """The columns that the body chose before for a file with this head."""
    return ImportMapping.objects.filter(organization=organization, fingerprint=fingerprint(table.head)).first()


def proposed_mapping(organization: Organization, table: Table) -> ColumnMapping:
    """The columns as chosen before, else as guessed."""
    saved = remembered_mapping(organization, table)
    if saved is not None:
        return ColumnMapping({Field(name): column for name, column in saved.columns.items()}, saved.days_only)
    guessed = ColumnMapping({field: column for field, (column, _) in guess_columns(table.head).items()})
    return ColumnMapping(guessed.columns, gives_days_only(table, guessed))

"""Writing good rows as historical cases, and telling which of them are there already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from zhicheng.cases.importing.checking import HistoricalRow
from zhicheng.cases.importing.mapping import Field
from zhicheng.cases.models import SUBJECT, Case, Source
from zhicheng.cases.rules import LOOP
from zhicheng.cases.services import index_case
from zhicheng.core.access import Actor, Domain
from zhicheng.core.clock.due import local
from zhicheng.core.codes import RecordNumber
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area
from zhicheng.ground.importing.api import RowProblem, shortened
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import process_in_force, record_historical

COMPARED = ("title", "description", "received_at", "reply", "replied_at")
"""What tells whether a row is what was imported before. A category may have been given since."""


@dataclass(frozen=True)
class Origin:
    """Where imported cases come from and whose they become: the organization's, in the area of its city."""

    organization: Organization
    system: str
    area: Area


@dataclass(frozen=True)
class Sorted:
    """Good rows told apart: not yet known, known with the same content, refused because the content differs."""

    new: tuple[HistoricalRow, ...]
    known: int
    changed: tuple[RowProblem, ...]


def origin_of(organization: Organization, system: str) -> Origin:
    """The origin for an organization; its city is the area at city level that it lies in, or is."""
    ids = [*organization.area.ancestor_ids, organization.area_id]
    return Origin(organization, system, Area.objects.get(id=ids[min(1, len(ids) - 1)]))


def sort_rows(rows: Sequence[HistoricalRow], origin: Origin) -> Sorted:
    """Compares rows with the cases that their numbers name in this system."""
    recorded = {
        case.external_number: case
        for case in Case.objects.filter(
            external_system=origin.system, external_number__in=[row.number for row in rows]
        )
    }
    changed = [_difference(row, case, origin) for row in rows if (case := recorded.get(row.number))]
    problems = tuple(problem for problem in changed if problem is not None)
    new = tuple(row for row in rows if row.number not in recorded)
    return Sorted(new, len(changed) - len(problems), problems)


def record_rows(rows: Sequence[HistoricalRow], origin: Origin, by: Actor, now: datetime) -> None:
    """Records rows as historical cases: each by one step, directly in the final state, findable at once."""
    if not rows:
        return
    on = local(now).date()
    with transaction.atomic():
        numbers = _numbers(origin.area, on.year, len(rows))
        cases = Case.objects.bulk_create(
            _case(row, number, origin) for row, number in zip(rows, numbers, strict=True)
        )
        record = partial(
            record_historical, process=process_in_force(LOOP.key, on), area=origin.area,
            holder=origin.organization.id, domain=Domain.GENERAL, by=by, now=now,
        )  # fmt: skip
        for case in cases:
            record(subject=(SUBJECT, case.id))
            index_case(case)


def lock_system(system: str) -> None:
    """Until the transaction ends, no other import of the same system compares or writes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"cases.import:{system}"])


def _difference(row: HistoricalRow, case: Case, origin: Origin) -> RowProblem | None:
    if not case.historical or case.importer_id != origin.organization.id:
        message = words("This number of “{system}” belongs to another organization's case; it is left alone.")
        return RowProblem(row.row, Field.NUMBER, row.number, message, {"system": origin.system})
    if case.erased_at is not None:
        return None  # known, and not to be brought back by the file it came from
    for name in COMPARED:
        if getattr(row, name) != getattr(case, name):
            message = words("Already imported with other content; the case is left as it is.")
            return RowProblem(row.row, Field(name), shortened(str(getattr(row, name) or "")), message)
    return None


def _numbers(area: Area, year: int, count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_case_serial') FROM generate_series(1, %s)", [count])
        return [str(RecordNumber("TS", area.code[:4], year, serial)) for (serial,) in cursor.fetchall()]


def _case(row: HistoricalRow, number: str, origin: Origin) -> Case:
    return Case(
        number=number, title=row.title, description=row.description, category_id=row.category,
        area=origin.area, source=Source.IMPORT, received_at=row.received_at, replied_at=row.replied_at,
        reply=row.reply, historical=True, importer=origin.organization, external_system=origin.system,
        external_number=row.number,
    )  # fmt: skip

"""Opening work orders as live cases, and telling which of them are there already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from zhicheng.cases.importing.recording import Origin
from zhicheng.cases.models import Case, ExternalClock, Source
from zhicheng.cases.services import Complaint, NumberTaken, open_case
from zhicheng.cases.titles import title_of
from zhicheng.cases.work_orders.checking import WorkOrder
from zhicheng.cases.work_orders.columns import Field
from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.importing.api import RowProblem, shortened
from zhicheng.ground.proceedings.api import StepRefused

_REQUESTS = UUID("5d1c0b2e-63c4-4c37-9b0a-6f6c1d0b9a11")
"""The same work order is the same request, however often it is imported."""


@dataclass(frozen=True)
class SortedOrders:
    """Good rows told apart: not yet known, known with the same content, refused because the content differs."""

    new: tuple[WorkOrder, ...]
    known: int
    changed: tuple[RowProblem, ...]


def sort_orders(rows: Sequence[WorkOrder], origin: Origin) -> SortedOrders:
    """Compares rows with the cases that their numbers name in this system, however those came here."""
    numbers = [row.number for row in rows]
    found = Case.objects.filter(external_system=origin.system, external_number__in=numbers).select_related("area")
    recorded = {case.external_number: case for case in found}
    compared = [_difference(row, case, origin) for row in rows if (case := recorded.get(row.number))]
    changed = tuple(problem for problem in compared if problem is not None)
    return SortedOrders(
        tuple(row for row in rows if row.number not in recorded), len(compared) - len(changed), changed
    )


def open_orders(rows: Sequence[WorkOrder], origin: Origin, by: Actor, now: datetime) -> Sequence[RowProblem]:
    """Opens a case for each row, all or nothing of a row; returns what was refused only now."""
    return [problem for row in rows if (problem := _open(row, origin, by, now)) is not None]


def _open(row: WorkOrder, origin: Origin, by: Actor, now: datetime) -> RowProblem | None:
    try:
        with transaction.atomic():
            case = open_case(complaint=_complaint(row, origin), now=now, by=by).case
            ExternalClock.objects.create(case=case, received_at=row.received_at, due_at=row.due_at)
    except StepRefused as refused:
        one = refused.refusals[0]
        return RowProblem(row.row, None, "", one.message, one.params)
    except NumberTaken:
        return RowProblem(row.row, Field.NUMBER, row.number, words("Another case has this number by now."))
    except Refused as refused:
        return RowProblem(row.row, None, "", refused.message, refused.params)
    return None


def _complaint(row: WorkOrder, origin: Origin) -> Complaint:
    return Complaint(
        title=title_of(row.category, None, row.area), description=row.description, category=row.category,
        area=row.area, request_key=uuid5(_REQUESTS, f"{origin.system} {row.number}"), source=Source.HOTLINE,
        place=row.place, respondent=row.respondent, reporter_name=row.name, reporter_phone=row.phone,
        told=row.told, external_system=origin.system, external_number=row.number,
    )  # fmt: skip


def _difference(row: WorkOrder, case: Case, origin: Origin) -> RowProblem | None:
    if case.historical or not case.area.path.startswith(origin.organization.area.path):
        message = words(
            "This number of “{system}” belongs to a case that is not this hotline's; it is left alone."
        )
        return RowProblem(row.row, Field.NUMBER, row.number, message, {"system": origin.system})
    if case.erased_at is None and row.description != case.description:
        message = words("Already imported with other content; the case is left as it is.")
        return RowProblem(row.row, Field.DESCRIPTION, shortened(row.description), message)
    return None

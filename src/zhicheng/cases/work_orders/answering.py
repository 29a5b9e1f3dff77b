"""Giving answers back to an external hotline: one sheet, its lines, one entry in the ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhicheng.cases.importing.recording import lock_system
from zhicheng.cases.models import AnswerLine, AnswerSheet
from zhicheng.cases.work_orders.answers import Answer, answers_of_period, new_answers
from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record
from zhicheng.ground.parties.api import Organization


@dataclass(frozen=True)
class Period:
    """The days, both included, in which a work order moved."""

    first_on: date
    last_on: date


def find_answers(*, system: str, by: Actor, period: Period | None = None) -> list[Answer]:
    """What would be handed over: what is new, or what moved within the period. Raises Refused for no period."""
    if period is None:
        return new_answers(by, system)
    if period.last_on < period.first_on:
        raise Refused(words("The period ends before it begins: the last day has to be the first or a later one."))
    return answers_of_period(by, system, period.first_on, period.last_on)


@transaction.atomic
def hand_over(
    *, organization: Organization, system: str, by: Actor, now: datetime, period: Period | None = None
) -> AnswerSheet:
    """Writes down what the external hotline is told now. Raises Refused if there is nothing to tell.

    Two at once wait for each other: what the first has told is not new to the second.
    """
    lock_system(system)
    answers = find_answers(system=system, by=by, period=period)
    if not answers:
        raise Refused(words("There is nothing to tell “{system}”: no work order of it moved."), system=system)
    days = {"first_on": period.first_on, "last_on": period.last_on} if period else {}
    sheet = AnswerSheet.objects.create(
        organization=organization, system=system, rows=len(answers), made_by=by.key, made_by_name=by.name,
        made_at=now, **days,
    )  # fmt: skip
    AnswerLine.objects.bulk_create(
        AnswerLine(
            sheet=sheet, case=one.case, stage=one.stage, unit_id=one.unit, accepted_at=one.accepted_at,
            ended_at=one.ended_at, moved_at=one.moved_at, endings=list(one.endings), fingerprint=one.fingerprint,
        )
        for one in answers
    )  # fmt: skip
    body = {"organization": organization.id, "system": system, "rows": len(answers)}
    record(subject=("answer_sheet", sheet.id), act="answers.hand_over", by=by, now=now, body=body)
    return sheet

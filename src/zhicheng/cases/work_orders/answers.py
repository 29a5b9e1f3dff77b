"""How far the work orders of an external hotline are, and what of it that hotline has not been told."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import OuterRef, QuerySet, Subquery

from zhicheng.cases.models import SUBJECT, AnswerLine, AnswerSheet, Case, Stage
from zhicheng.cases.rules import LOOP
from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import Proceeding, Step

ACCEPT = "accept"


@dataclass(frozen=True)
class Answer:
    """What an external hotline is told of one work order. `endings` are kind, version and state of what ended."""

    case: Case
    stage: Stage
    unit: int | None
    accepted_at: datetime | None
    ended_at: datetime | None
    moved_at: datetime
    endings: tuple[tuple[str, str, str], ...]

    @property
    def fingerprint(self) -> str:
        """The same for an answer that says nothing new: when something moved is no news by itself."""
        ended = self.ended_at.isoformat() if self.ended_at else ""
        return sha256(json.dumps([self.stage, self.unit, ended, self.endings]).encode()).hexdigest()


def orders_of(actor: Actor) -> QuerySet[Case]:
    """The live cases that the actor may see and that have a number in another system."""
    found = Case.objects.counted_for(actor).filter(historical=False)
    return found.exclude(external_number="").select_related("external_clock", "area", "category")


def systems_of(actor: Actor) -> list[str]:
    """The other systems whose numbers those cases have."""
    return list(orders_of(actor).order_by("external_system").values_list("external_system", flat=True).distinct())


def new_answers(actor: Actor, system: str) -> list[Answer]:
    """What the hotline of a system was not told yet, in the order of its numbers."""
    latest = AnswerLine.objects.filter(case=OuterRef("pk")).order_by("-id").values("fingerprint")[:1]
    cases = orders_of(actor).filter(external_system=system).annotate(told=Subquery(latest))
    return [one for one in _answers(list(cases)) if one.fingerprint != getattr(one.case, "told", None)]


def answers_of_period(actor: Actor, system: str, first_on: date, last_on: date) -> list[Answer]:
    """How far every work order is that moved on one of these days, told already or not."""
    cases = list(orders_of(actor).filter(external_system=system))
    return [one for one in _answers(cases) if first_on <= local(one.moved_at).date() <= last_on]


def list_sheets(organization: Organization, limit: int = 50) -> list[AnswerSheet]:
    """The latest sheets that an organization gave back."""
    return list(AnswerSheet.objects.filter(organization=organization).order_by("-made_at", "-id")[:limit])


def get_sheet(organization: Organization, sheet_id: int) -> AnswerSheet | None:
    """A sheet of the organization."""
    return AnswerSheet.objects.filter(organization=organization, id=sheet_id).first()


def lines_of(sheet: AnswerSheet, actor: Actor) -> QuerySet[AnswerLine]:
    """The lines of a sheet about cases that the actor may see, in the order of the numbers there."""
    seen = AnswerLine.objects.filter(sheet=sheet, case__in=Case.objects.visible_to(actor))
    return seen.select_related("case", "unit").order_by("case__external_number", "id")


def _answers(cases: Sequence[Case]) -> Iterator[Answer]:
    """The answers to cases: three queries for all of them."""
    ids = [case.pk for case in cases]
    held: dict[int, list[Proceeding]] = defaultdict(list)
    for one in Proceeding.objects.filter(subject_kind=SUBJECT, subject_id__in=ids).order_by("id"):
        held[one.subject_id].append(one)
    steps = Step.objects.filter(proceeding__subject_kind=SUBJECT, proceeding__subject_id__in=ids, verb=ACCEPT)
    accepted = dict(steps.order_by("-at").values_list("proceeding", "at"))  # the first of each comes last
    for case in sorted(cases, key=lambda one: one.external_number):
        yield _answer(case, held[case.pk], accepted)


def _answer(case: Case, proceedings: list[Proceeding], accepted: dict[int, datetime]) -> Answer:
    departmental = [one for one in proceedings if one.kind != LOOP.key]
    latest = departmental[-1] if departmental else None
    begun = [accepted[one.id] for one in departmental if one.id in accepted]
    closed = all(not one.is_open for one in proceedings)
    moved = any(one.last_step > (2 if one.id in accepted else 1) for one in departmental)
    stage = Stage.CLOSED if closed else Stage.IN_HAND if moved else Stage.ACCEPTED if begun else Stage.RECEIVED
    return Answer(
        case=case, stage=stage, unit=latest.holder_id if latest else None, accepted_at=min(begun, default=None),
        ended_at=max((one.state_since for one in proceedings), default=None) if closed else None,
        moved_at=max(one.state_since for one in proceedings),
        endings=tuple((one.kind, one.version, one.state) for one in departmental) if closed else (),
    )  # fmt: skip

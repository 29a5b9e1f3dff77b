"""What the HTTP interface says of cases. Free text of internal steps and personal data are not part of it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ninja import Schema

from zhicheng.cases.joining.queries import Joined
from zhicheng.cases.models import Case
from zhicheng.core.access import Actor
from zhicheng.core.process import Need, NeedKind, Step
from zhicheng.ground.proceedings.api import Proceeding, Situation, may_assign


class ProceedingOut(Schema):
    """Where one proceeding of a case stands. `number` is that of its last step: send it back with the next."""

    id: int
    kind: str
    state: str
    number: int
    holder: str | None
    assignee: str | None
    """The login name of the person who handles it, told to those who may say so."""
    due_at: datetime | None
    opened_at: datetime

    @classmethod
    def of(cls, proceeding: Proceeding, actor: Actor) -> "ProceedingOut":
        """The proceeding as the interface shows it to the actor."""
        told = may_assign(proceeding, actor) and proceeding.assignee is not None
        return cls(
            id=proceeding.id,
            kind=proceeding.kind,
            state=proceeding.state,
            number=proceeding.last_step,
            holder=proceeding.holder.name if proceeding.holder else None,
            assignee=proceeding.assignee.username if told and proceeding.assignee else None,
            due_at=proceeding.due_at,
            opened_at=proceeding.opened_at,
        )


class CaseOut(Schema):
    """One case."""

    number: str
    title: str
    category: str | None
    area: str
    received_at: datetime
    historical: bool
    simulated: bool

    @classmethod
    def of(cls, case: Case) -> "CaseOut":
        """The case as lists show it."""
        return cls(
            number=case.number,
            title=case.title,
            category=case.category.code if case.category else None,
            area=case.area.code,
            received_at=case.received_at,
            historical=case.historical,
            simulated=case.simulated,
        )


class JoinedOut(Schema):
    """A case of the same matter. If it `leads`, this one follows it or is handled together with it."""

    number: str
    manner: str
    leads: bool

    @classmethod
    def of(cls, joined: Joined) -> "JoinedOut":
        """The other case as the interface shows it."""
        return cls(number=joined.case.number, manner=joined.manner, leads=joined.leads)


class CaseDetailOut(CaseOut):
    """One case with its proceedings. `erased_at` says since when its words are gone."""

    description: str
    erased_at: datetime | None
    proceedings: list[ProceedingOut]
    joined: list[JoinedOut]


class CaseListOut(Schema):
    """A page of cases; `after` is the cursor of the next page, if there is one."""

    items: list[CaseOut]
    after: str | None


class NeedOut(Schema):
    """One value that a step asks for."""

    key: str
    kind: str
    required: bool
    catalogue: str | None
    also: list[str]
    """Further catalogues whose codes are accepted."""
    choices: list[str]

    @classmethod
    def of(cls, need: Need) -> "NeedOut":
        """The need as the interface shows it."""
        return cls(
            key=need.key,
            kind=need.kind,
            required=need.required,
            catalogue=need.catalogue or None,
            also=list(need.also),
            choices=[code for code, _ in need.choices],
        )


class OfferOut(Schema):
    """A step that the caller may take now."""

    proceeding: int
    number: int
    verb: str
    needs: list[NeedOut]

    @classmethod
    def of(cls, situation: Situation, step: Step) -> "OfferOut":
        """The offer as the interface shows it."""
        return cls(
            proceeding=situation.id,
            number=situation.number,
            verb=step.verb,
            needs=[NeedOut.of(need) for need in step.needs],
        )


class StepIn(Schema):
    """A step to take. `number` is the last step that the caller saw; `data` holds the step's needs."""

    proceeding: int
    verb: str
    number: int
    data: dict[str, Any] = {}


class StepOut(Schema):
    """The step as it stands."""

    proceeding: int
    number: int
    state: str


class AssigneeIn(Schema):
    """Whose a proceeding becomes, by login name, or nobody's; `seen` is whose it was when the caller read it."""

    proceeding: int
    to: str | None = None
    seen: str | None = None


class AssigneeOut(Schema):
    """Whose a proceeding is."""

    proceeding: int
    assignee: str | None


class ColleagueOut(Schema):
    """Somebody to whom a proceeding can be handed."""

    username: str
    name: str


def typed(needs: Iterable[Need], data: dict[str, Any]) -> dict[str, Any]:
    """The data with its dates read, and without characters that no text may hold.

    What is no date stays as it came: the step's own check refuses it and names the field.
    """
    dates = {need.key for need in needs if need.kind is NeedKind.DATE}
    plain = {key: _storable(value) if isinstance(value, str) else value for key, value in data.items()}
    return {key: _as_date(value) if key in dates else value for key, value in plain.items()}


def _storable(text: str) -> str:
    """The text without NUL and halves of characters, which JSON can write and the database cannot."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


def _as_date(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value

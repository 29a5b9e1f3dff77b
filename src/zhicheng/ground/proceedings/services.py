"""Opening and moving proceedings. `advance` is the only way anything changes its state."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from zhicheng.core.access import Actor, Domain, Matter, Part, Role, Subject
from zhicheng.core.clock.due import local
from zhicheng.core.process import (
    WAS,
    Automatic,
    Context,
    Need,
    Process,
    Step,
    Taken,
    available,
    awaited_approver,
    refusal_of,
)
from zhicheng.ground.areas.api import Area
from zhicheng.ground.database.writing import Writing
from zhicheng.ground.proceedings.data import CheckedData, check_data
from zhicheng.ground.proceedings.effects import holder_after, joined_by
from zhicheng.ground.proceedings.keeping import why_kept
from zhicheng.ground.proceedings.kept import hashes_of, keep_personal, keep_texts
from zhicheng.ground.proceedings.models import Proceeding
from zhicheng.ground.proceedings.opening import write_openings
from zhicheng.ground.proceedings.refusals import StepConflict, StepRefused
from zhicheng.ground.proceedings.registry import SYSTEM, list_followers, process_version, subject_kind
from zhicheng.ground.proceedings.repeating import is_repeated
from zhicheng.ground.proceedings.situation import Situation, Taking, read_situation
from zhicheng.ground.proceedings.telling import tell
from zhicheng.ground.proceedings.timing import ClockChanges, clocks_after, has_lapsed, opening_clocks
from zhicheng.ground.proceedings.writing import StepRow, write_step


def open_proceeding(
    *,
    process: Process,
    subject: Subject,
    area: Area,
    holder: int | None,
    by: Actor,
    now: datetime,
    parts: Mapping[int, Part] | None = None,
    data: Mapping[str, Any] | None = None,
    domain: Domain | None = None,
    told: Mapping[str, Any] | None = None,
    since: datetime | None = None,
    simulated: bool = False,
) -> int:
    """Opens a proceeding about `subject` in the process's first state; returns its id.

    `holder` becomes the leading participant. `data` holds codes, dates and references only. `domain` is the
    matter's, where the process serves several. `told` is as much as is known of what the table asks for at the
    opening: nobody is at hand to answer the rest. `since` is when the holder received the matter, if it had it
    before: limits count from then. Raises StepRefused with one refusal per wrong answer.
    """
    matter = Matter(area.path, domain or process.domain, holder, {}, subject)
    asked = tuple(replace(need, required=False) for need in process.opening)
    known = _answers(asked, told or {}, matter, now)
    row = _opening(
        process, subject, area, holder, by, now, parts or {}, {"holder": holder, **(data or {}), **known.stored},
        matter.domain, simulated, since,
    )  # fmt: skip
    (opened,) = write_openings([row])
    keep_texts(proceeding=opened, needs=asked, values=known.values, now=now)
    return opened


def open_together(
    *, processes: Sequence[Process], subject: Subject, area: Area, holder: int, domain: Domain, by: Actor,
    now: datetime, told: Mapping[str, Any] | None = None, simulated: bool = False, beside: Sequence[Writing] = (),
) -> list[int]:  # fmt: skip
    """Opens a proceeding of each kind about one record, held by one body, in one statement; returns their ids.

    `beside` is written by the same statement: the record itself, if it is new. `told` answers what the tables ask
    for at the opening; each takes what it asks for. Raises StepRefused with one refusal per answer that is
    missing or wrong.
    """
    answers = [
        _answers(process.opening, told or {}, Matter(area.path, domain, holder, {}, subject), now)
        for process in processes
    ]
    rows = [
        _opening(process, subject, area, holder, by, now, {}, {"holder": holder, **one.stored}, domain, simulated)
        for process, one in zip(processes, answers, strict=True)
    ]
    opened = write_openings(rows, beside)
    for proceeding, process, one in zip(opened, processes, answers, strict=True):
        keep_texts(proceeding=proceeding, needs=process.opening, values=one.values, now=now)
    return opened


def _answers(needs: Sequence[Need], told: Mapping[str, Any], matter: Matter, now: datetime) -> CheckedData:
    """What was told of what a table asks for, checked; texts as the hashes that the first step keeps."""
    asked = {need.key: told[need.key] for need in needs if need.key in told}
    today = local(now).date()
    checked = check_data(needs=needs, data=asked, matter=matter, today=today, opened_on=today)
    if checked.refusals:
        raise StepRefused(checked.refusals)
    checked.stored |= hashes_of(needs, checked.values)
    return checked


def record_historical(
    *, process: Process, subject: Subject, area: Area, holder: int, domain: Domain, by: Actor, now: datetime
) -> int:
    """Records a matter that ended in an earlier system: one step, directly into the table's historical state.

    Nothing else is known of it, so nothing else is written: no clock runs and no role has to act.
    """
    assert process.historical is not None, f"process {process.key} has no historical state"
    row = _opening(process, subject, area, holder, by, now, {}, {"holder": holder}, domain, simulated=False)
    historical = replace(row, verb="record_historical", to=process.historical, clocks=ClockChanges(), awaited=None)
    return write_openings([historical])[0]


def _opening(
    process: Process, subject: Subject, area: Area, holder: int | None, by: Actor, now: datetime,
    parts: Mapping[int, Part], data: Mapping[str, Any], domain: Domain, simulated: bool,
    since: datetime | None = None,
) -> StepRow:  # fmt: skip
    return StepRow(
        proceeding_id=None, process=process, subject=subject, domain=domain, opened_at=now, number=1,
        verb="open", from_state="", to=process.initial, by=by, on_behalf_of=None, now=now, data=data,
        holder=holder, area_id=area.id, simulated=simulated,
        clocks=opening_clocks(process, area.path, now, data, since),
        joined={**parts, **({holder: Part.LEAD} if holder else {})}, awaited=process.initial.owner,
    )  # fmt: skip


def advance(
    *,
    proceeding: int,
    verb: str,
    by: Actor,
    now: datetime,
    data: Mapping[str, Any] | None = None,
    expected_number: int | None = None,
) -> Taking:
    """Takes a step: locks, checks role, scope, guards and data, and writes everything in one transaction.

    `expected_number` is the number of the last step that the person saw: if somebody has moved the matter
    since, `StepConflict` says so instead of acting on what is no longer true. The same step with the same data,
    sent twice by the same person, is taken once. Raises StepRefused with one refusal per field or rule.
    """
    with transaction.atomic():
        situation = read_situation(proceeding, lock=True)
        if situation is None or not by.sees(situation.matter):
            raise Proceeding.DoesNotExist(f"proceeding {proceeding}")
        if expected_number is not None and expected_number != situation.number:
            again = is_repeated(situation, seen=expected_number, verb=verb, by=by, now=now, data=data or {})
            raise StepConflict(situation, repeated=again)
        _refuse_if_kept(situation)
        step, checked = _judged(situation, verb, by, now, data or {})
        taking = _take(situation, step, checked, by, now)
        _follow_up(taking)
        if not situation.process.state(taking.to_state).is_open:
            settle(situation.subject, now=now)
    return taking


def steps_offered(situation: Situation, by: Actor, now: datetime) -> tuple[Step, ...]:
    """The steps that the actor may take now, in the order of the table: the buttons of every screen."""
    if not situation.process.state(situation.state).is_open and why_kept(situation.subject) is not None:
        return ()
    roles = by.roles_on(situation.matter)
    return available(situation.process, situation.context(by, now), roles) if roles else ()


def _refuse_if_kept(situation: Situation) -> None:
    """Of a record that has to stay as it is no step is taken; only what has ended is kept so."""
    if situation.process.state(situation.state).is_open:
        return
    if (refusal := why_kept(situation.subject)) is not None:
        raise StepRefused([refusal])


def settle(subject: Subject, *, now: datetime) -> None:
    """Takes every automatic step about the subject whose condition has become true, after one of its
    proceedings has ended.
    """
    proceedings = Proceeding.objects.filter(subject_kind=subject[0], subject_id=subject[1], ending="open")
    for proceeding, kind, version, state in proceedings.order_by("id").values_list(
        "id", "kind", "version", "state"
    ):
        steps = process_version(kind, version).steps_from(state)
        if any(step.automatic is Automatic.WHEN_TRUE for step in steps):
            _take_automatic(proceeding, Automatic.WHEN_TRUE, now)


def lapse(proceeding: int, *, now: datetime) -> bool:
    """Takes the step that a lapsed clock calls for, if the clock has lapsed; says whether it did."""
    with transaction.atomic():
        situation = read_situation(proceeding, lock=True)
        if situation is None:
            return False
        taken = _take_automatic(proceeding, Automatic.CLOCK_LAPSED, now)
        if taken:
            settle(situation.subject, now=now)
    return taken


def _take_automatic(proceeding: int, automatic: Automatic, now: datetime) -> bool:
    # Looked at before it is locked: most proceedings of a record have nothing to do yet.
    if _automatic_step(read_situation(proceeding), automatic, now) is None:
        return False
    with transaction.atomic():
        situation = read_situation(proceeding, lock=True)
        step = _automatic_step(situation, automatic, now)
        if situation is None or step is None:
            return False
        taking = _take(situation, step, CheckedData(), SYSTEM, now)
        _follow_up(taking)
    return True


def _follow_up(taking: Taking) -> None:
    """What the record does about the step, what the house makes of it, and who is told of it."""
    subject_kind(taking.before.subject[0]).after_step(taking)
    for follower in list_followers():
        follower(taking)
    tell(taking)


def _automatic_step(situation: Situation | None, automatic: Automatic, now: datetime) -> Step | None:
    """The first step of this kind that the table lets the system take now."""
    if situation is None or not any(
        step.automatic is automatic for step in situation.process.steps_from(situation.state)
    ):
        return None
    offered = available(situation.process, situation.context(SYSTEM, now), frozenset({Role.SYSTEM}))
    return next((step for step in offered if step.automatic is automatic and _is_time(situation, step, now)), None)


def _is_time(situation: Situation, step: Step, now: datetime) -> bool:
    """Other clocks may have lapsed in this state too: a step that waits for one waits for that one."""
    return step.automatic is not Automatic.CLOCK_LAPSED or has_lapsed(situation, step, now)


def _judged(
    situation: Situation, verb: str, by: Actor, now: datetime, data: Mapping[str, Any]
) -> tuple[Step, CheckedData]:
    """Asks the rules twice: as the screen did, without data; then with data that has been checked."""
    roles, context = by.roles_on(situation.matter), situation.context(by, now)
    if (refusal := refusal_of(situation.process, verb, context, roles)) is not None:
        raise StepRefused([refusal])
    step = situation.process.step(situation.state, verb)
    assert step is not None
    checked = check_data(
        needs=step.needs,
        data=data,
        matter=situation.matter,
        today=local(now).date(),
        opened_on=situation.opened_on,
    )
    if checked.refusals:
        raise StepRefused(checked.refusals)
    given = replace(context, data=checked.values)
    if (refusal := refusal_of(situation.process, verb, given, roles)) is not None:
        raise StepRefused([refusal])
    return step, checked


def _take(situation: Situation, step: Step, checked: CheckedData, by: Actor, now: datetime) -> Taking:
    to_state = step.target_from(situation.state)
    number = situation.number + 1
    kept = keep_personal(proceeding=situation.id, step=step, number=number, values=checked.values, by=by, now=now)
    stored = {**_recalled(situation, step, by, now), **checked.stored, **kept}
    holder = holder_after(situation, step, checked.values)
    clocks = clocks_after(situation, step=step, to_state=to_state, now=now, data=checked.values)
    row = StepRow(
        proceeding_id=situation.id, process=situation.process, subject=situation.subject,
        domain=situation.matter.domain, opened_at=situation.opened_at, number=number, verb=step.verb,
        from_state=situation.state, to=situation.process.state(to_state), by=by,
        on_behalf_of=_giver(situation, step, by), now=now, data=stored, holder=holder,
        area_id=situation.area_id, simulated=situation.simulated, clocks=clocks,
        joined=joined_by(situation, step, checked.values, holder),
        awaited=_awaited(situation, step, to_state, by, now),
    )  # fmt: skip
    write_step(row)
    return Taking(situation, step, to_state, by, now, checked.values, stored, number)


def _recalled(situation: Situation, step: Step, by: Actor, now: datetime) -> dict[str, Any]:
    """What the step keeps of the record as it is before: codes of its facts, where it has any."""
    if not step.recalls:
        return {}
    facts = situation.context(by, now).facts
    known = {need.key: facts[need.key.removesuffix(WAS)] for need in step.recalls}
    return {key: value for key, value in known.items() if value}


def _awaited(situation: Situation, step: Step, to_state: str, by: Actor, now: datetime) -> Role | None:
    """Who has to act next: an approver while a request stands, else the owner of the state."""
    taken = Taken(step.verb, by.key, now, {}, to_state)
    after = Context(now, by.key, to_state, (*situation.history, taken))
    approver = awaited_approver(situation.process.steps_from(to_state), after)
    return approver or situation.process.state(to_state).owner


def _giver(situation: Situation, step: Step, by: Actor) -> int | None:
    """On whose behalf the step is taken; nobody's if the actor holds one of its roles themselves."""
    used = sorted(step.roles & by.roles_on(situation.matter))
    givers = [by.on_behalf_of(role, situation.matter) for role in used]
    return None if None in givers else next(iter(givers), None)

"""Random walks through the tables of cases: nothing escapes them, and everything can end."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.cases.agriculture.rules import AGRICULTURE
from zhicheng.cases.engineering.rules import ENGINEERING
from zhicheng.cases.hazards.rules import HAZARDS
from zhicheng.cases.housing.rules import HOUSING
from zhicheng.cases.market.rules import MARKET_COMPLAINTS
from zhicheng.cases.reports.rules import MARKET_REPORTS
from zhicheng.cases.rules import LOOP
from zhicheng.cases.tourism.rules import TOURISM
from zhicheng.core.access import Role
from zhicheng.core.process import Context, Effect, Need, NeedKind, Process, Step, Taken, available, former_holder
from zhicheng.core.process.states import Ending

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
TABLES = [HOUSING, ENGINEERING, *MARKET_COMPLAINTS, *MARKET_REPORTS, TOURISM, HAZARDS, AGRICULTURE, LOOP]
EVERY = pytest.mark.parametrize("process", TABLES, ids=lambda one: f"{one.key} {one.version}")
PEOPLE = ["user:1", "user:2", "user:3"]


def drawn_facts(draw: Any) -> dict[str, Any]:
    return {
        "endings": draw(st.sampled_from([(), ("open",), ("final",), ("final", "open")])),
        "handlers": frozenset({"user:1"}),
        "has_contact": draw(st.booleans()),
        "can_be_told": draw(st.booleans()),
        "erased": draw(st.booleans()),
        "followers": draw(st.integers(0, 1)),
        "together": draw(st.booleans()),
        "leading_ended": draw(st.sampled_from(["", "verified", "rejected"])),
        "category": draw(st.sampled_from(["", "leak", "term"])),
        "cause": draw(st.sampled_from(["", "workmanship", "term"])),
        "in_hand": frozenset(draw(st.sets(st.sampled_from(["housing_quality", "market_report", "hazard"])))),
        "reopen_until": draw(st.sampled_from([None, START, START + timedelta(days=400)])),
    }


def drawn_value(draw: Any, need: Need) -> Any:
    if need.kind is NeedKind.DATE:
        return date(2026, 11, 24) + timedelta(days=draw(st.integers(0, 90)))
    if need.kind is NeedKind.CHOICE:
        return draw(st.sampled_from([code for code, _ in need.choices]))
    return draw(st.integers(1, 5))


def stored(data: dict[str, Any]) -> dict[str, Any]:
    """Data as a step keeps it."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}


@st.composite
def walks(draw: Any, process: Process) -> tuple[list[str], tuple[Taken, ...]]:
    """Up to 25 steps that the table allows, by anybody: the states passed through and the history."""
    states, history = (
        [process.initial.key],
        [Taken("open", "reporter:1", START, {"holder": 1}, process.initial.key)],
    )
    for number in range(1, draw(st.integers(1, 25)) + 1):
        now = START + timedelta(days=number)
        context = Context(
            now=now, actor_key=draw(st.sampled_from(PEOPLE)), state=states[-1], history=tuple(history),
            facts=drawn_facts(draw),
        )  # fmt: skip
        offered = available(process, context, frozenset(Role))
        if not offered:
            break
        step: Step = draw(st.sampled_from(offered))
        data = {need.key: drawn_value(draw, need) for need in step.needs if need.kind is not NeedKind.TEXT}
        given_data = Context(now, context.actor_key, context.state, context.history, context.facts, data)
        if any(guard(given_data) for guard in step.guards):
            continue
        states.append(step.target_from(states[-1]))
        history.append(Taken(step.verb, context.actor_key, now, stored(data), states[-1]))
    return states, tuple(history)


@EVERY
@given(data=st.data())
def test_no_walk_escapes_the_table_or_leaves_a_final_state(process: Process, data: st.DataObject) -> None:
    states, history = data.draw(walks(process))
    for before, taken, after in zip(states, history[1:], states[1:], strict=False):
        assert process.state(before).ending is not Ending.FINAL
        step = process.step(before, taken.verb)
        assert step is not None
        assert step.target_from(before) == after


@given(data=st.data())
def test_an_order_stands_until_it_is_verified_or_withdrawn(data: st.DataObject) -> None:
    """No ordered rectification ends unverified: only withdrawal by a leader or an objection ends it."""
    _, history = data.draw(walks(HOUSING))
    standing = False
    for taken in history:
        if taken.verb == "order":
            standing = True
        elif taken.verb in ("verify", "revoke", "object"):
            standing = False
        assert not (standing and HOUSING.state(taken.to).ending is Ending.FINAL), taken.verb


@given(data=st.data())
def test_no_grave_approval_is_given_by_whoever_asked(data: st.DataObject) -> None:
    _, history = data.draw(walks(HOUSING))
    for verb in ("dismiss", "revoke"):
        for number, taken in enumerate(history):
            if taken.verb == verb:
                asked = [one for one in history[:number] if one.verb == f"request_{verb}"]
                assert asked
                assert asked[-1].by != taken.by


@given(data=st.data())
def test_a_promise_never_lasts_longer_than_its_order(data: st.DataObject) -> None:
    _, history = data.draw(walks(HOUSING))
    due_on = None
    for taken in history:
        if taken.verb in ("order", "refuse", "postpone"):
            due_on = taken.data["due_on"]
        elif taken.verb == "promise":
            assert due_on is not None
            assert taken.data["promised_on"] <= due_on


@given(data=st.data())
def test_nothing_is_returned_that_was_not_transferred(data: st.DataObject) -> None:
    _, history = data.draw(walks(HOUSING))
    for number, taken in enumerate(history):
        if taken.verb == "return":
            assert former_holder(history[:number]) is not None


@EVERY
def test_every_open_state_has_a_way_to_an_ending(process: Process) -> None:
    for state in process.states:
        seen, frontier = {state.key}, [state.key]
        while frontier:
            here = frontier.pop()
            for step in process.steps_from(here):
                if (there := step.target_from(here)) not in seen:
                    seen.add(there)
                    frontier.append(there)
        assert any(not process.state(key).is_open for key in seen), state.key


@EVERY
def test_the_owner_of_an_open_state_can_move_it_on(process: Process) -> None:
    for state in process.states:
        if state.is_open:
            moving = [s for s in process.steps_from(state.key) if s.move.target and state.owner in s.roles]
            assert moving, state.key


def test_reporter_and_company_take_only_their_own_steps() -> None:
    by_role = {
        role: {step.verb for step in HOUSING.steps if role in step.roles}
        for role in (Role.REPORTER, Role.COMPANY, Role.ASSISTING, Role.LEADER, Role.SYSTEM)
    }
    assert by_role == {
        Role.REPORTER: {"retract"},
        Role.COMPANY: {"promise", "request_object", "prove"},
        Role.ASSISTING: {"advise"},
        Role.LEADER: {
            "dismiss",
            "decline_dismiss",
            "revoke",
            "decline_revoke",
            "postpone",
            "note",
            "extend",
            "decline_extend",
        },
        Role.SYSTEM: {"break", "come_back", "end_with"},
    }


def test_the_bodies_own_business_is_internal() -> None:
    internal = {step.verb for step in HOUSING.steps if step.internal}
    assert internal == {
        "involve", "advise", "note", "request_dismiss", "decline_dismiss", "request_revoke", "decline_revoke",
        "request_extend", "decline_extend",
    }  # fmt: skip
    assert not any(set(step.notify) & {Role.REPORTER, Role.COMPANY} for step in HOUSING.steps if step.internal)


def test_what_a_step_changes_besides_the_state() -> None:
    effects = {step.verb: set(step.effects) for step in HOUSING.steps if step.effects}
    assert effects == {
        "transfer": {Effect.TRANSFER}, "return": {Effect.RETURN},
        "involve": {Effect.INVOLVE}, "order": {Effect.INVITE},
        "pause": {Effect.PAUSE}, "resume": {Effect.RESUME}, "extend": {Effect.EXTEND},
        "object": {Effect.RELEASE}, "refile": {Effect.REFILE},
    }  # fmt: skip

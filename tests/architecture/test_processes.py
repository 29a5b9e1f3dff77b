"""Every registered table is walked through: whatever happens, somebody can go on."""

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.access import Role
from zhicheng.core.process import Process, State, Step, usual_place
from zhicheng.ground.proceedings.registry import list_processes

PROCESSES = list_processes()
EVERY = pytest.mark.parametrize("process", PROCESSES, ids=lambda process: f"{process.key} {process.version}")
LONGEST_WALK = 60
FEW = 3
UNTIMED = {
    # The leader who gave the instruction reads the reply; the matter it is about keeps its own limits meanwhile.
    "instruction": frozenset({"answered"}),
    # Its body's leaders were told because a limit had passed: the instruction itself stays red until answered.
    "instruction_escalation": frozenset({"raised"}),
}
"""Open states that wait for somebody and have no limit, by kind, each with its reason."""


def test_processes_are_registered():
    assert {(process.key, str(process.in_force)) for process in PROCESSES} >= {
        ("case", "2020-01-01"),
        ("housing_quality", "2020-01-01"),
        ("engineering_quality", "2020-01-01"),
        ("market_complaint", "2020-01-01"),
        ("market_complaint", "2026-04-15"),
        ("market_report", "2020-01-01"),
        ("market_report", "2026-04-15"),
        ("tourism_complaint", "2010-07-01"),
        ("agricultural_product", "2023-01-01"),
        ("hazard", "2020-01-01"),
    }


@EVERY
def test_every_state_can_be_reached(process: Process):
    elsewhere = {process.historical} if process.historical else set()
    assert _reachable_from(process, process.initial) | elsewhere == set(process.states)


@EVERY
def test_every_open_state_has_somebody_to_act(process: Process):
    for state in process.states:
        if not state.is_open:
            continue
        assert state.owner is not None, state
        actors = set().union(*(step.roles for step in _leaving(process, state)))
        # The owner has a way on, or the system moves the matter when its condition comes true.
        assert {state.owner, Role.SYSTEM} & actors, state


@EVERY
def test_from_every_state_an_end_can_be_reached(process: Process):
    for state in process.states:
        assert any(not reached.is_open for reached in _reachable_from(process, state)), state


@EVERY
def test_nothing_leaves_a_final_state(process: Process):
    assert not [
        step.verb for state in process.states if state.ending == "final" for step in _steps(process, state)
    ]


@EVERY
def test_a_verb_means_one_step_in_each_state(process: Process):
    for state in process.states:
        verbs = [step.verb for step in _steps(process, state)]
        assert len(verbs) == len(set(verbs)), state


@EVERY
def test_every_step_is_somebodys(process: Process):
    assert not [step.verb for step in process.steps if not step.roles]


@EVERY
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_no_walk_escapes_the_table(process: Process, seed: int):
    """At random for a while, then by the shortest way: every walk stays in the table and can be ended."""
    chance = random.Random(seed)
    state = process.initial
    for _ in range(LONGEST_WALK):
        steps = _steps(process, state)
        if not steps:
            assert not state.is_open, f"{state.key} is open and nothing can be done"
            return
        state = process.state(chance.choice(steps).target_from(state.key))
    assert any(not reached.is_open for reached in _reachable_from(process, state))


@EVERY
def test_whoever_has_to_act_finds_first_what_usually_comes_next(process: Process):
    """Where the owner of a state has more steps than stand side by side, the table says which come first."""
    for state in process.states:
        own = [step for step in _steps(process, state) if state.owner in step.roles and not step.automatic]
        first = [step for step in own if usual_place(process, state.key, step) is not None]
        assert first or len(own) <= FEW, f"{state.key}: none of {[step.verb for step in own]} is usual"


@EVERY
def test_whatever_waits_for_somebody_has_a_clock(process: Process):
    """A state without a limit turns neither yellow nor red, however long a matter is left in it."""
    timed = {key for rule in process.clocks for key in rule.states}
    waiting = {state.key for state in process.states if state.is_open and state.owner is not Role.SYSTEM}
    assert waiting - timed == UNTIMED.get(process.key, frozenset())


def _steps(process: Process, state: State) -> tuple[Step, ...]:
    return process.steps_from(state.key)


def _leaving(process: Process, state: State) -> Iterable[Step]:
    return [step for step in _steps(process, state) if step.target_from(state.key) != state.key]


def _reachable_from(process: Process, start: State) -> set[State]:
    known, fresh = {start}, [start]
    while fresh:
        state = fresh.pop()
        targets = {process.state(step.target_from(state.key)) for step in _steps(process, state)}
        fresh += targets - known
        known |= targets
    return known

"""What can be wrong with a table, found when it is made and not while somebody works with it.

>>> from datetime import date
>>> from zhicheng.core.access import Role
>>> from zhicheng.core.process.states import open_
>>> from zhicheng.core.process.table import Process
>>> Process(key="letter", label="Letter", in_force=date(2020, 1, 1), states=(open_("sent", Role.CLERK),), steps=())
Traceback (most recent call last):
zhicheng.core.process.table.ProcessError: process letter: open state sent has no way to an ending
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from zhicheng.core.access import Role
from zhicheng.core.process.needs import NeedKind
from zhicheng.core.process.states import Ending, State
from zhicheng.core.process.steps import WAS, Automatic, DueBy, Effect, Step
from zhicheng.core.process.transfers import was_transferred

if TYPE_CHECKING:
    from zhicheng.core.process.table import Process

MOST_USUAL = 3
"""How many steps of a state can be said to come next before that says nothing."""
_ASKED_BY = {Effect.TRANSFER: "body", Effect.INVOLVE: "body", Effect.INVITE: "company", Effect.REFILE: "kind"}
_CALLED = {Effect.TRANSFER: "transfer", Effect.RETURN: "return"}


def problems_of(process: "Process") -> Iterator[str]:
    """Everything that is wrong with the table, each in a few words; nothing if it can be used."""
    if not process.states:
        yield "it has no states"
        return
    if files := [need.key for need in process.opening if need.kind is NeedKind.FILES]:
        yield f"the opening asks for files {files}"
    for step in process.steps:
        yield from _step_problems(process, step)
    yield from _state_problems(process)
    yield from _clock_problems(process)
    yield from _dead_ends(process)


def _step_problems(process: "Process", step: Step) -> Iterator[str]:
    known = set(process.states)
    strangers = [s.key for s in (*step.move.sources, step.move.target) if s and s not in known]
    if strangers:
        yield f"step {step.verb} names unknown states {strangers}"
    if not step.roles:
        yield f"step {step.verb} has no role"
    if any(source.ending is Ending.FINAL for source in step.move.sources):
        yield f"step {step.verb} leaves a final state"
    if step.automatic is Automatic.CLOCK_LAPSED and step.within is None:
        yield f"step {step.verb} waits for a clock to lapse but does not say which: name it as within"
    if step.owed and Role.REPORTER not in step.notify:
        yield f"step {step.verb} is owed to the reporter but does not notify them"
    recalled = [need for need in step.recalls if need.kind is not NeedKind.CODE or not need.key.endswith(WAS)]
    if wrong := [need.key for need in recalled]:
        yield f"step {step.verb} recalls {wrong}: only codes are recalled, under keys that end with {WAS!r}"
    asked = {need.key for need in step.needs if need.required}
    for effect in sorted(step.effects):
        if effect in _ASKED_BY and _ASKED_BY[effect] not in asked:
            yield f"step {step.verb} has the effect {effect} but does not ask for {_ASKED_BY[effect]!r}"
        if effect in _CALLED and step.verb != _CALLED[effect]:
            yield f"step {step.verb} has the effect {effect} and must be called {_CALLED[effect]!r}"
    if Effect.RETURN in step.effects and was_transferred not in step.guards:
        yield f"step {step.verb} returns what nobody may have transferred: guard it by was_transferred"


def _state_problems(process: "Process") -> Iterator[str]:
    if repeated := _repeated(state.key for state in process.states):
        yield f"two states have the same key: {repeated}"
    for state in process.states:
        if repeated := _repeated(step.verb for step in process.steps_from(state.key)):
            yield f"state {state.key} has a verb twice: {repeated}"
        if state.is_open and state.owner is None:
            yield f"open state {state.key} has no owner"
        yield from _usual_problems(process, state)
    historical = process.historical
    if historical and (historical not in process.states or historical.ending is not Ending.FINAL):
        yield f"historical state {historical.key} is not a final state of the table"


def _usual_problems(process: "Process", state: State) -> Iterator[str]:
    verbs = {step.verb.removeprefix("request_") for step in process.steps_from(state.key) if not step.automatic}
    if strangers := [verb for verb in state.usual if verb not in verbs]:
        yield f"state {state.key} calls usual what nobody can do in it: {strangers}"
    if len(state.usual) > MOST_USUAL or len(set(state.usual)) < len(state.usual):
        yield f"state {state.key} calls more than {MOST_USUAL} steps usual, or one of them twice"


def _clock_problems(process: "Process") -> Iterator[str]:
    known = {state.key for state in process.states}
    asked = (process.opening, *(step.needs for step in process.steps))
    dates = {need.key for needs in asked for need in needs if need.kind is NeedKind.DATE}
    for rule in process.clocks:
        if strangers := sorted(rule.states - known):
            yield f"the clock {rule.limit} runs in unknown states {strangers}"
        if isinstance(rule.limit, DueBy) and rule.limit.need not in dates:
            yield f"a clock runs to {rule.limit.need!r}, which no step asks for as a date"
    if any(count > 1 for count in Counter(rule.limit for rule in process.clocks).values()):
        yield "two clocks have the same limit"


def _dead_ends(process: "Process") -> Iterator[str]:
    arrows = {
        state.key: {step.target_from(state.key) for step in process.steps_from(state.key)}
        for state in process.states
    }
    reached = _closure({process.initial.key}, arrows)
    backwards = {key: {source for source, targets in arrows.items() if key in targets} for key in arrows}
    endings = {state.key for state in process.states if not state.is_open}
    ending = _closure(endings, backwards)
    for state in process.states:
        if state.key not in reached and state != process.historical:
            yield f"state {state.key} cannot be reached"
        if state.key not in ending:
            yield f"open state {state.key} has no way to an ending"


def _closure(start: set[str], arrows: dict[str, set[str]]) -> set[str]:
    """Every state that can be reached from `start`, itself included."""
    reached, frontier = set(start), list(start)
    while frontier:
        new = arrows.get(frontier.pop(), set()) - reached
        reached |= new
        frontier.extend(new)
    return reached


def _repeated(keys: Iterable[str]) -> list[str]:
    return sorted(key for key, count in Counter(keys).items() if count > 1)

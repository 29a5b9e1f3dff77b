"""The table of one kind of proceeding.

>>> from zhicheng.core.access import Role
>>> received, closed = open_("received", Role.CLERK), final("closed")
>>> table = Process(key="letter", label="Letter", in_force=date(2020, 1, 1), states=(received, closed),
...     steps=(Step("answer", received >> closed, Role.CLERK),))
>>> table.step("received", "answer").target.key
'closed'
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from zhicheng.core.access import Domain, Role
from zhicheng.core.process.context import Context, Guard, Refusal
from zhicheng.core.process.needs import REASON, Need
from zhicheng.core.words import words


class ProcessError(ValueError):
    """A table that contradicts itself; raised when it is made, never while it is used."""


class Ending(StrEnum):
    """How a state ends, if it does: a resting state is closed but may be reopened."""

    OPEN = "open"
    RESTING = "resting"
    FINAL = "final"


@dataclass(frozen=True)
class State:
    """Where a proceeding can stand; `owner` is the role that has to act next."""

    key: str
    owner: Role | None
    ending: Ending
    label: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.ending is Ending.OPEN

    def __rshift__(self, target: "State") -> "Move":
        return Move((self,), target)

    def __or__(self, other: "State") -> "Sources":
        return Sources((self, other))


@dataclass(frozen=True)
class Sources:
    """Several states that one step leaves."""

    states: tuple[State, ...]

    def __or__(self, other: State) -> "Sources":
        return Sources((*self.states, other))

    def __rshift__(self, target: State) -> "Move":
        return Move(self.states, target)


@dataclass(frozen=True)
class Move:
    """From any of `sources` to `target`; without a target the step stays where it is."""

    sources: tuple[State, ...]
    target: State | None


def staying(*sources: State) -> Move:
    """A move that leaves the state as it is: a note, a request, a pause."""
    return Move(sources, None)


def open_(key: str, owner: Role, label: str = "") -> State:
    """A state in which `owner` has to act."""
    return State(key, owner, Ending.OPEN, label or key)


def resting(key: str, label: str = "") -> State:
    """A closed state that a step may reopen."""
    return State(key, None, Ending.RESTING, label or key)


def final(key: str, label: str = "") -> State:
    """A closed state that nothing leaves."""
    return State(key, None, Ending.FINAL, label or key)


class Automatic(StrEnum):
    """When the system takes a step by itself."""

    CLOCK_LAPSED = "clock_lapsed"
    WHEN_TRUE = "when_true"


class Effect(StrEnum):
    """What a step does besides moving the state."""

    PAUSE = "pause"
    """Stops all running clocks."""
    RESUME = "resume"
    """Lets the paused clocks run on."""
    EXTEND = "extend"
    """Lengthens the running clocks, once each, by the limit called `<key>.extension`."""
    TRANSFER = "transfer"
    """Hands the matter to the body in the need `body`; the former one goes on seeing it."""
    RETURN = "return"
    """Hands the matter back to the body that transferred it."""
    INVOLVE = "involve"
    """Adds the body in the need `body` as assisting."""
    INVITE = "invite"
    """Opens the matter to the company in the need `company`."""


@dataclass(frozen=True)
class DueBy:
    """A due date promised or ordered: the value of a date need of the step that led into the state."""

    need: str


@dataclass(frozen=True)
class ClockRule:
    """A clock that runs while the proceeding is in one of `states`, by a limit's key or a given date."""

    limit: str | DueBy
    states: frozenset[str]


@dataclass(frozen=True)
class Step:
    """One line of the table.

    `within` names the limit for taking the step, counted from entering its source state. `approval` makes
    the step a request that a person with that role approves or declines. `automatic` marks what the system
    takes. `form` names a printed paper and `citation` its legal ground.
    """

    verb: str
    move: Move
    role: Role | tuple[Role, ...] = ()
    label: str = ""
    needs: tuple[Need, ...] = ()
    guards: tuple[Guard, ...] = ()
    within: str | DueBy | None = None
    approval: Role | None = None
    automatic: Automatic | None = None
    form: str = ""
    citation: str = ""
    notify: tuple[Role, ...] = ()
    effects: frozenset["Effect"] = frozenset()
    grave: bool = False
    """Whether the step ends or refuses something: the screen asks once more."""

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that may take the step."""
        named = (self.role,) if isinstance(self.role, Role) else self.role
        return frozenset(named) | (frozenset({Role.SYSTEM}) if self.automatic else frozenset())

    @property
    def target(self) -> State:
        """Where the step leads; asked only of steps that move."""
        assert self.move.target is not None, self.verb
        return self.move.target

    def target_from(self, state: str) -> str:
        """The key of the state after the step is taken in `state`."""
        return self.move.target.key if self.move.target else state

    def leaves(self, state: str) -> bool:
        """Whether the step can be taken in `state`."""
        return any(source.key == state for source in self.move.sources)


@dataclass(frozen=True)
class Process:
    """All states and steps of one kind of proceeding, for matters opened from `in_force` on.

    Raises `ProcessError` when the table is inconsistent: a duplicate, an unknown or unreachable state, an
    open state without a way out, a final state that something leaves.
    """

    key: str
    label: str
    in_force: date
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    domain: Domain = Domain.GENERAL
    until: date | None = None
    spans: tuple[ClockRule, ...] = ()
    version: str = ""
    historical: State | None = field(default=None)
    """The final state in which a matter that ended elsewhere is recorded in one step."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", self.version or self.in_force.isoformat())
        object.__setattr__(self, "steps", tuple(expanded(self.steps)))
        problems = list(_problems(self))
        if problems:
            raise ProcessError(f"process {self.key}: " + "; ".join(problems))

    @property
    def initial(self) -> State:
        """The first state of the table: where a proceeding opens."""
        return self.states[0]

    @cached_property
    def by_key(self) -> dict[str, State]:
        """The states by key."""
        return {state.key: state for state in self.states}

    def state(self, key: str) -> State:
        """The state with this key; raises KeyError naming table and key."""
        try:
            return self.by_key[key]
        except KeyError:
            raise KeyError(f"process {self.key} has no state {key!r}") from None

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """The steps that can be taken in `state`, in the order of the table."""
        return tuple(step for step in self.steps if step.leaves(state))

    def step(self, state: str, verb: str) -> Step | None:
        """The step `verb` taken in `state`, if the table has it."""
        return next((step for step in self.steps_from(state) if step.verb == verb), None)

    @cached_property
    def clocks(self) -> tuple[ClockRule, ...]:
        """One rule per limit: the states it runs in, from the steps' `within` and the spans."""
        running: dict[str | DueBy, set[str]] = {}
        for step in self.steps:
            if step.within is not None:
                running.setdefault(step.within, set()).update(s.key for s in step.move.sources)
        derived = tuple(ClockRule(limit, frozenset(states)) for limit, states in running.items())
        return derived + self.spans


def expanded(steps: Iterable[Step]) -> Iterable[Step]:
    """The steps with every `approval` spelt out as request, approval and refusal of the request."""
    for step in steps:
        if step.approval is None:
            yield step
            continue
        stays = Move(step.move.sources, None)
        pending = _pending(step.verb)
        yield replace(
            step, verb=f"request_{step.verb}", move=stays, approval=None, within=None, form="",
            effects=frozenset(), guards=(*step.guards, _not_pending(step.verb)), notify=(step.approval,),
        )  # fmt: skip
        yield replace(step, role=step.approval, approval=None, needs=(), guards=(pending,))
        yield Step(
            f"decline_{step.verb}", stays, step.approval, label=words("Decline the request"),
            needs=(REASON,), guards=(pending,),
        )  # fmt: skip


def is_pending(context: Context, verb: str) -> bool:
    """Whether a request for `verb` stands that was neither approved nor declined."""
    taken = context.last(f"request_{verb}", verb, f"decline_{verb}")
    return taken is not None and taken.verb == f"request_{verb}"


def _pending(verb: str) -> Guard:
    def requested(context: Context) -> Refusal | None:
        if not is_pending(context, verb):
            return Refusal(words("Nobody has requested this."))
        request = context.last(f"request_{verb}")
        if request is not None and request.by == context.actor_key:
            return Refusal(words("Another person has to approve what you requested."))
        return None

    return requested


def _not_pending(verb: str) -> Guard:
    def unrequested(context: Context) -> Refusal | None:
        return Refusal(words("This has been requested already.")) if is_pending(context, verb) else None

    return unrequested


def _problems(process: Process) -> Iterable[str]:
    keys = [state.key for state in process.states]
    if len(keys) != len(set(keys)):
        yield "two states have the same key"
    known = set(process.states)
    for step in process.steps:
        strangers = [s.key for s in (*step.move.sources, step.move.target) if s and s not in known]
        if strangers:
            yield f"step {step.verb} names unknown states {strangers}"
        if not step.roles:
            yield f"step {step.verb} has no role"
        if any(source.ending is Ending.FINAL for source in step.move.sources):
            yield f"step {step.verb} leaves a final state"
    for state in process.states:
        verbs = [step.verb for step in process.steps_from(state.key)]
        if len(verbs) != len(set(verbs)):
            yield f"state {state.key} has a verb twice"
    yield from _dead_ends(process)


def _dead_ends(process: Process) -> Iterable[str]:
    reached, frontier = {process.initial.key}, [process.initial.key]
    while frontier:
        here = frontier.pop()
        for step in process.steps_from(here):
            there = step.target_from(here)
            if there not in reached:
                reached.add(there)
                frontier.append(there)
    for state in process.states:
        if state.key not in reached and state != process.historical:
            yield f"state {state.key} cannot be reached"
        if state.is_open and state.owner is None:
            yield f"open state {state.key} has no owner"
        if state.is_open and all(step.move.target in (None, state) for step in process.steps_from(state.key)):
            yield f"open state {state.key} has no way out"

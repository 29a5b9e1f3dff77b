"""The table of one kind of proceeding.

>>> from zhicheng.core.access import Role
>>> from zhicheng.core.process.states import final, open_
>>> received, closed = open_("received", Role.CLERK), final("closed")
>>> table = Process(key="letter", label="Letter", in_force=date(2020, 1, 1), states=(received, closed),
...     steps=(Step("answer", received >> closed, Role.CLERK),))
>>> table.step("received", "answer").target.key
'closed'
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from zhicheng.core.access import Domain
from zhicheng.core.process.approval import expanded
from zhicheng.core.process.needs import Need
from zhicheng.core.process.problems import problems_of
from zhicheng.core.process.states import Ending, State
from zhicheng.core.process.steps import ClockRule, DueBy, Step

__all__ = ["Ending", "Process", "ProcessError"]


class ProcessError(ValueError):
    """A table that contradicts itself; raised when it is made, never while it is used."""


@dataclass(frozen=True)
class Process:
    """All states and steps of one kind of proceeding, for matters opened from `in_force` on.

    Raises `ProcessError` when the table is inconsistent, saying everything that is wrong with it: a duplicate,
    an unknown or unreachable state, an open state from which no ending can be reached, a final state that
    something leaves, a clock or an effect that asks for what no step gives (see `problems`).
    """

    key: str
    label: str
    in_force: date
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    domain: Domain = Domain.GENERAL
    until: date | None = None
    opening: tuple[Need, ...] = ()
    """What has to be told when a proceeding is opened; files are attached to the record instead."""
    spans: tuple[ClockRule, ...] = ()
    version: str = ""
    historical: State | None = field(default=None)
    """The final state in which a matter that ended elsewhere is recorded in one step."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", self.version or self.in_force.isoformat())
        object.__setattr__(self, "steps", tuple(expanded(self.steps)))
        problems = list(problems_of(self))
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

    def needs_of(self, state: str, verb: str) -> tuple[Need, ...]:
        """What the step `verb` recalled and asked for in `state`; of the opening if the table has no such step."""
        step = self.step(state, verb)
        return (*step.recalls, *step.needs) if step else self.opening

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

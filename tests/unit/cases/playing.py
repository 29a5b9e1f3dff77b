"""Plays a table without a database: takes steps as the house does, and says why one is refused."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any

from zhicheng.core.access import Role
from zhicheng.core.process import Automatic, Clocks, Context, Effect, Process, Taken, available, refusal_of

STAFF = {Role.CLERK: "user:1", Role.OFFICER: "user:2", Role.LEADER: "user:3", Role.ASSISTING: "user:4",
         Role.CALLER: "user:5", Role.COMPANY: "company:1", Role.REPORTER: "reporter:1",
         Role.SYSTEM: "system:rules"}  # fmt: skip


FACTS: dict[str, Any] = {"has_contact": True, "can_be_told": True, "followers": 0, "together": False,
                         "leading_ended": "", "category": "", "cause": "", "in_hand": frozenset()}  # fmt: skip
"""What guards may know of an ordinary case."""


@dataclass
class Play:
    """One matter under a table; `on` is the day on which the next step is taken."""

    process: Process
    on: date = date(2026, 5, 11)
    facts: dict[str, Any] = field(default_factory=lambda: dict(FACTS))
    history: list[Taken] = field(default_factory=list)

    def __post_init__(self) -> None:
        first = self.process.initial.key
        self.history.append(Taken("open", STAFF[Role.REPORTER], self.now, {"holder": 1}, first))

    @property
    def state(self) -> str:
        return self.history[-1].to

    @property
    def ended(self) -> bool:
        return self.process.state(self.state).ending == "final"

    @property
    def now(self) -> datetime:
        return datetime.combine(self.on, time(9), UTC)

    def take(self, verb: str, by: Role, **data: Any) -> "Play":
        """Takes a step with what it needs; fails the test if the table refuses it."""
        said = self.said(verb, by, **data)
        assert said is None, f"{verb} in {self.state}: {said}"
        step = self.process.step(self.state, verb)
        assert step is not None
        missing = [need.key for need in step.needs if need.required and need.key not in data]
        assert not missing, f"{verb} needs {missing}"
        unknown = set(data) - {need.key for need in step.needs}
        assert not unknown, f"{verb} does not ask for {unknown}"
        kept = {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}
        self.history.append(Taken(verb, STAFF[by], self.now, kept, step.target_from(self.state)))
        return self

    def said(self, verb: str, by: Role, **data: Any) -> str | None:
        """Why the step would be refused, without data as a screen asks and then with them; None if it is not."""
        for given in ({}, data):
            if refusal := refusal_of(self.process, verb, self._context(by, given), frozenset({by})):
                return str(refusal)
        return None

    def refused_field(self, verb: str, by: Role, **data: Any) -> str:
        """The field that the refusal points at."""
        refusal = refusal_of(self.process, verb, self._context(by, data), frozenset({by}))
        assert refusal is not None
        return refusal.field

    def offered(self, by: Role) -> set[str]:
        """The steps that somebody in that role may take now."""
        return {step.verb for step in available(self.process, self._context(by, {}), frozenset({by}))}

    def automatic(self) -> set[str]:
        """The steps that a lapsed clock would take from here."""
        return {s.verb for s in self.process.steps_from(self.state) if s.automatic is Automatic.CLOCK_LAPSED}

    def limits(self) -> set[str]:
        """The clocks that run in the present state."""
        return {str(getattr(r.limit, "need", r.limit)) for r in self.process.clocks if self.state in r.states}

    def _context(self, by: Role, data: dict[str, Any]) -> Context:
        return Context(
            self.now, STAFF[by], self.state, tuple(self.history), self.facts, data, self._clocks()
        )  # fmt: skip

    def _clocks(self) -> Clocks:
        """One limit runs, and stands still or has been extended as the steps said since it began."""
        paused = extended = 0
        for before, taken in pairwise(self.history):
            step = self.process.step(before.to, taken.verb)
            effects = step.effects if step else frozenset()
            if Effect.RESTART in effects or not self._limits_in(before.to) & self._limits_in(taken.to):
                paused = extended = 0
            paused = int(Effect.PAUSE in effects or (paused and Effect.RESUME not in effects))
            extended = int(extended or Effect.EXTEND in effects)
        return Clocks(1, paused, extended)

    def _limits_in(self, state: str) -> set[str]:
        return {rule.limit for rule in self.process.clocks if state in rule.states and isinstance(rule.limit, str)}

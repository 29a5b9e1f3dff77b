"""The lines of a table: who may do what from where, with which needs, guards, clocks and effects.

>>> from zhicheng.core.process.states import final, open_
>>> sent, lost = open_("sent", Role.CLERK), final("lost")
>>> step = Step("lose", sent >> lost, automatic=Automatic.CLOCK_LAPSED)
>>> sorted(step.roles), step.target_from("sent")
([<Role.SYSTEM: 'system'>], 'lost')
"""

from dataclasses import dataclass
from enum import StrEnum

from zhicheng.core.access import Role
from zhicheng.core.process.context import Guard
from zhicheng.core.process.needs import Need
from zhicheng.core.process.states import Move, State


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
    RESTART = "restart"
    """Starts the running limits anew, without pauses and extension; a date that was named stays that date."""
    TRANSFER = "transfer"
    """Hands the matter to the body in the need `body`; the former one goes on seeing it."""
    RETURN = "return"
    """Hands the matter back to the body that transferred it."""
    INVOLVE = "involve"
    """Adds the body in the need `body` as assisting."""
    INVITE = "invite"
    """Opens the matter to the company in the need `company`."""
    RELEASE = "release"
    """Closes the matter to the company that answered it: it was not the one."""
    REFILE = "refile"
    """Ends the matter here, to go on as one of the kind in the need `kind`."""


WAS = "_was"
"""What the key of a recalled fact ends with."""
ACCEPT = "accept"
"""The verb of every table for taking a matter up."""


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

    `within` names the limit for taking the step, counted from entering its source state. `until` names a limit
    after which it can no longer be taken, counted from the same moment or from the last transfer. `approval` makes
    the step a request that a person with that role approves or declines. `automatic` marks what the system
    takes: when the clock named by `within` has lapsed, or when its guards have become true. `form` names a
    printed paper and `citation` its legal ground. `recalls` is what the step keeps of the record as it was before:
    codes, each under the key of one of the record's facts with `_was` added. A step that changes a fact keeps the
    old one.
    """

    verb: str
    move: Move
    role: Role | tuple[Role, ...] = ()
    label: str = ""
    needs: tuple[Need, ...] = ()
    guards: tuple[Guard, ...] = ()
    within: str | DueBy | None = None
    until: str = ""
    approval: Role | None = None
    automatic: Automatic | None = None
    form: str = ""
    citation: str = ""
    notify: tuple[Role, ...] = ()
    effects: frozenset["Effect"] = frozenset()
    approves: bool = False
    """Whether the step grants what was requested."""
    internal: bool = False
    """Whether only the bodies see the step: neither the reporter nor the company does."""
    grave: bool = False
    """Whether the step ends or refuses something: the screen asks once more."""
    recalls: tuple[Need, ...] = ()
    owed: bool = False
    """Whether its reporter has to be told of it, agreed or not, though it neither accepts nor ends the matter."""

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

    @property
    def is_owed(self) -> bool:
        """Whether whoever reported the matter has to be told: that it was accepted, how it ended, or else."""
        target = self.move.target
        return self.owed or self.verb == ACCEPT or (target is not None and not target.is_open)

    def leaves(self, state: str) -> bool:
        """Whether the step can be taken in `state`."""
        return any(source.key == state for source in self.move.sources)

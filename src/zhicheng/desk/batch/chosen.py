"""Which matters were chosen in a list, and which steps they have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhicheng.core.access import Actor, Part
from zhicheng.core.process import Effect, NeedKind, Process, Step
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.desk.inbox import InboxRow, with_titles
from zhicheng.ground.proceedings.api import Proceeding, process_version

MOST_CHOSEN = 100
LONGEST_DIGITS = 18
EACH_ITS_OWN = frozenset({NeedKind.FILES, NeedKind.PARTY})
"""What no two matters share: evidence, and who has to answer."""


@dataclass(frozen=True)
class Chosen:
    """One matter, and the number of its last step when it was chosen."""

    row: InboxRow
    number: int

    @property
    def proceeding(self) -> Proceeding:
        """The matter's proceeding."""
        return self.row.proceeding

    @property
    def value(self) -> str:
        """How the address names it."""
        return f"{self.proceeding.id}.{self.number}"

    @property
    def process(self) -> Process:
        """The table that it was opened under."""
        return process_version(self.proceeding.kind, self.proceeding.version)


@dataclass(frozen=True)
class Common:
    """A step that some of the chosen may take, as far as table and roles say; guards are asked one by one."""

    process: Process
    step: Step
    takers: tuple[Chosen, ...]

    @property
    def key(self) -> str:
        """Tells the steps apart: kind, version and verb."""
        return f"{self.process.key}:{self.process.version}:{self.step.verb}"


def read_chosen(values: Sequence[str], actor: Actor) -> list[Chosen]:
    """The chosen matters that the actor may see, in the order chosen: `12.3` is matter 12 after its third step.

    Raises Refused if a value is none, or if there are too many.
    """
    if len(values) > MOST_CHOSEN:
        raise Refused(words("At most {limit} matters can be chosen together; you chose {count}."),
                      limit=MOST_CHOSEN, count=len(values))  # fmt: skip
    numbers = dict(_read(value) for value in values)
    found = Proceeding.objects.visible_to(actor).filter(id__in=numbers)
    found = found.select_related("holder", "area", "assignee").prefetch_related("participants")
    rows = with_titles(list(found), actor)
    place = {proceeding: index for index, proceeding in enumerate(numbers)}
    rows.sort(key=lambda row: place[row.proceeding.id])
    return [Chosen(row, numbers[row.proceeding.id]) for row in rows]


def _read(value: str) -> tuple[int, int]:
    parts = value.split(".")
    if len(parts) != 2 or not all(p.isascii() and p.isdecimal() and len(p) <= LONGEST_DIGITS for p in parts):
        raise Refused(
            words("“{value}” names no matter: two numbers such as 12.3 were expected."), value=value[:40]
        )
    return int(parts[0]), int(parts[1])


def common_steps(chosen: Iterable[Chosen], actor: Actor) -> list[Common]:
    """The steps that can be taken for several matters at once, in the order of their tables; no query a matter."""
    takers: dict[tuple[str, str, str], list[Chosen]] = {}
    steps: dict[tuple[str, str, str], tuple[Process, Step]] = {}
    for one in chosen:
        roles = actor.roles_on(one.proceeding.matter())
        process = one.process
        for step in process.steps_from(one.proceeding.state):
            if can_be_shared(step) and not step.roles.isdisjoint(roles) and _has_whence(step, one):
                key = (process.key, process.version, step.verb)
                takers.setdefault(key, []).append(one)
                steps.setdefault(key, (process, step))
    return [Common(*steps[key], tuple(takers[key])) for key in steps]


def _has_whence(step: Step, one: Chosen) -> bool:
    """Whether the matter came from somebody, where the step gives it back."""
    return Effect.RETURN not in step.effects or Part.FORMER in one.proceeding.matter().parts.values()


def can_be_shared(step: Step) -> bool:
    """Whether one form can speak for many matters.

    Not what cannot be undone, nor what is different in each: those are decided one by one.
    """
    return step.automatic is None and not step.grave and all(need.kind not in EACH_ITS_OWN for need in step.needs)

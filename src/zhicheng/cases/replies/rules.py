"""What a reply template can stand for: the blanks that a case fills, and the fields in which texts are written.

No blank holds what a person told about themselves: a template's text may be read by everybody of the body.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from zhicheng.core.access import OUTSIDE, Role
from zhicheng.core.process import NeedKind, Process
from zhicheng.core.words import words

BLANKS = {
    "number": words("Case number"),
    "title": words("Matter"),
    "category": words("Category"),
    "place": words("Place"),
    "received_on": words("Day of receipt"),
    "today": words("Today"),
    "due_on": words("Last day of the limit"),
    "body": words("Body"),
    "company": words("Company"),
}
"""What can stand in braces, and how a person names it."""
LONGEST_TITLE = 80
LONGEST_TEXT = 2_000


@dataclass(frozen=True)
class Spot:
    """A field in which somebody writes: of a kind of proceeding, a step of it, a need of that; each may be any."""

    kind: str = ""
    verb: str = ""
    need: str = ""

    @classmethod
    def read(cls, code: str) -> "Spot":
        """The spot of a code such as `market_complaint:reject:reason`."""
        kind, _, rest = code.partition(":")
        verb, _, need = rest.partition(":")
        return cls(kind, verb, need)

    @property
    def code(self) -> str:
        """How forms and packs name it; nothing for any field of any kind."""
        return ":".join((self.kind, self.verb, self.need)).rstrip(":")

    def holds(self, other: "Spot") -> bool:
        """Whether a template for this spot is offered in the field `other`."""
        return all(
            mine in ("", theirs)
            for mine, theirs in zip(
                (self.kind, self.verb, self.need), (other.kind, other.verb, other.need), strict=True
            )
        )


@dataclass(frozen=True)
class Field:
    """A field in which staff write a text, in words to translate."""

    spot: Spot
    process: str
    step: str
    label: str
    max_length: int


def fields_of(processes: Iterable[Process]) -> list[Field]:
    """Every text that staff write in a step of these tables, each once, in their order."""
    found: dict[Spot, Field] = {}
    for process in processes:
        for step in process.steps:
            if not _is_staffs(step.roles):
                continue
            for need in step.needs:
                spot = Spot(process.key, step.verb, need.key)
                if need.kind is NeedKind.TEXT:
                    found.setdefault(spot, Field(spot, process.label, step.label, need.label, need.max_length))
    return list(found.values())


def room_in(spot: Spot, fields: Iterable[Field]) -> int:
    """How many characters the widest field of a spot takes; 0 if no table has such a field."""
    return max((one.max_length for one in fields if spot.holds(one.spot)), default=0)


def _is_staffs(roles: frozenset[Role]) -> bool:
    return bool(roles - OUTSIDE - {Role.SYSTEM})

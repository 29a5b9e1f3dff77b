"""What is wrong with a pack, said so that the person who keeps its files can mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhicheng.core.refused import Refused
from zhicheng.core.words import words

NOTHING = "—"
"""Shown where something was expected and nothing was found."""


@dataclass(frozen=True)
class Problem:
    """One fault of one value.

    `file` is relative to the pack, `place` a row or table of it ("row 17", "limit 3"), `column` a column or
    key; place and column are empty where the whole file is meant. `found` is the value as it stands there.
    `expected` is an English sentence with `{name}` places that `params` fill, so that it can be translated.
    """

    file: str
    place: str = ""
    column: str = ""
    found: str = NOTHING
    expected: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.file, self.place, self.column)))
        return f"{where}: found {self.found}, expected {self.expected.format(**self.params)}"


class PackInvalid(Refused):
    """A pack cannot be used; `problems` are all its faults."""

    def __init__(self, pack: str, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(
            words("The pack “{pack}” has {count} faults:\n{faults}"),
            pack=pack, count=len(self.problems), faults="\n".join(map(str, self.problems)),
        )  # fmt: skip


class UnknownPack(Refused, LookupError):
    """There is no pack of that name, nor a directory at that path."""

"""What applying a pack would change, and what it did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from zhicheng.ground.packs.sections import Scope, Section


@dataclass(frozen=True)
class Counts:
    """How many rows a section gained, changed, kept and gave up."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether everything stayed as it was."""
        return not (self.created or self.changed or self.retired)


@dataclass(frozen=True)
class Difference:
    """A section's rows in the pack against those in the database.

    `changed` pairs the stored row with the pack's. `retired` pairs a stored row that the pack no longer has
    with what becomes of it: the row with its last day, or `None` if it is deleted. `absent` counts all rows
    that the pack does not have, those that had ended before too.
    """

    section: str
    created: Sequence[Any] = ()
    changed: Sequence[tuple[Any, Any]] = ()
    retired: Sequence[tuple[Any, Any | None]] = ()
    unchanged: int = 0
    absent: int = 0

    @property
    def counts(self) -> Counts:
        """The sizes of the parts."""
        return Counts(len(self.created), len(self.changed), self.unchanged, len(self.retired))


def difference(section: Section[Any], rows: Iterable[Any], scope: Scope) -> Difference:
    """Compares the pack's rows of a section with the stored ones in scope."""
    assert section.store is not None, section.name
    stored = {section.key_of(row): row for row in section.store.read(scope)}
    created, changed, unchanged = [], [], 0
    for row in rows:
        before = stored.pop(section.key_of(row), None)
        if before is None:
            created.append(row)
        elif before != row:
            changed.append((before, row))
        else:
            unchanged += 1
    endings = [(row, section.store.end(row, scope.on)) for row in stored.values()]
    retired = [(before, after) for before, after in endings if after != before]
    unchanged += len(endings) - len(retired)
    return Difference(section.name, created, changed, retired, unchanged, len(endings))

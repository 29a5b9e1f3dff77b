"""The registry of what a pack can hold: one section is one file, one kind of row, and the table it lands in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from zhicheng.core.codes import Level
from zhicheng.ground.areas.api import Area, find_area
from zhicheng.ground.packs.manifest import Manifest
from zhicheng.ground.packs.problems import Problem

Row = TypeVar("Row", bound=BaseModel)


@dataclass(frozen=True)
class Scope:
    """Whose rows of the database a pack speaks for: those of one area, or the national ones. `on` is today."""

    area_code: str | None
    level: Level
    on: date

    def find_area(self) -> Area | None:
        """The pack's area; `None` for the national pack, and before the areas have been applied."""
        return find_area(self.area_code, self.on, self.level) if self.area_code else None

    @property
    def is_national(self) -> bool:
        """Whether this is the scope of the national pack."""
        return self.area_code is None


@dataclass(frozen=True)
class Line(Generic[Row]):
    """A row and where it stands in its file."""

    row: Row
    place: str


@dataclass(frozen=True)
class Contents:
    """The rows of a pack by section; a section that the pack says nothing about is absent.

    `broken` names the sections of which some rows could not be read: what refers to them cannot be judged.
    """

    manifest: Manifest
    lines: Mapping[str, Sequence[Line[Any]]]
    broken: frozenset[str] = frozenset()

    def of(self, section: str) -> Sequence[Line[Any]]:
        """The rows of a section; none if it is absent."""
        return self.lines.get(section, ())


@dataclass(frozen=True)
class Store(Generic[Row]):
    """How the rows of a section get into the database and back.

    `read` returns every row in scope, ended ones too, so that reading after `save` gives what was saved.
    `save` receives new, changed and ended rows, `remove` rows to delete. `end` says what becomes on a day of a
    row that the file no longer has: the row with its last day, the same row if it has ended already, or
    `None` if it is to be deleted.
    """

    read: Callable[[Scope], Iterable[Row]]
    save: Callable[[Scope, Sequence[Row]], None]
    remove: Callable[[Scope, Sequence[Row]], None]
    end: Callable[[Row, date], Row | None]


Check = Callable[["Section[Any]", Contents], Iterable[Problem]]
"""Looks at all rows of a section at once. Reads no database, so that a pack can be checked anywhere."""


@dataclass(frozen=True)
class Section(Generic[Row]):
    """One file of a pack.

    `key` names the columns that tell rows apart. `table` is the name of the tables in a TOML file: a list of
    them, or, if `keyed`, one for each value of the first key column ([calendar.2027]). `order` sorts an
    exported file (default: by key). `totals` counts what `expected` in pack.toml can state.
    """

    name: str
    file: str
    row: type[Row]
    key: tuple[str, ...]
    table: str = ""
    keyed: bool = False
    order: Callable[[Row], Any] | None = None
    checks: tuple[Check, ...] = ()
    totals: Callable[[Sequence[Row]], Mapping[str, int]] | None = None
    store: Store[Row] | None = None

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """What tells this row from the others."""
        return tuple(getattr(row, column) for column in self.key)

    def sorted(self, rows: Iterable[Row]) -> list[Row]:
        """The rows in the order in which they are exported; an absent value comes first."""
        return sorted(rows, key=self.order or self._by_key)

    def _by_key(self, row: Row) -> Any:
        return tuple((value is not None, value) for value in self.key_of(row))


_sections: dict[str, Section[Any]] = {}


def register_section(section: Section[Any]) -> None:
    """Adds a section; called from the `ready()` of the app that owns the data. They apply in this order."""
    if section.name in _sections:
        raise ValueError(f"section {section.name!r} is registered already")
    _sections[section.name] = section


def bind_store(name: str, store: Store[Any], *checks: Check) -> None:
    """Gives a section that packs declares (organizations, jurisdictions) the app that keeps its rows.

    `checks` are what only that app knows to be wrong.
    """
    section = _sections[name]
    _sections[name] = replace(section, store=store, checks=(*section.checks, *checks))


def sections() -> list[Section[Any]]:
    """Every section, in the order in which they are applied."""
    return list(_sections.values())


def ended(row: Row, on: date) -> Row | None:
    """`Store.end` of rows with `valid_from` and `valid_to`: the last day was yesterday.

    A row that has not begun before `on` never was in force and is deleted.
    """
    first: date = row.valid_from  # type: ignore[attr-defined]
    last: date | None = row.valid_to  # type: ignore[attr-defined]
    if last is not None and last < on:
        return row
    return None if first >= on else row.model_copy(update={"valid_to": on - timedelta(days=1)})


def deleted(row: BaseModel, on: date) -> None:
    """`Store.end` of rows that have no period: gone is gone."""

"""areas.csv, succession.csv and boundaries.geojson."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from zhicheng.core.codes import AreaCode, CodeError, Level
from zhicheng.core.words import words
from zhicheng.ground.areas.api import (
    AreaEntry,
    BoundaryEntry,
    SuccessionEntry,
    read_areas,
    read_boundaries,
    read_successions,
    remove_areas,
    remove_boundaries,
    remove_successions,
    write_areas,
    write_boundaries,
    write_successions,
)
from zhicheng.ground.packs.checks import check_apart, check_periods
from zhicheng.ground.packs.manifest import MANIFEST
from zhicheng.ground.packs.problems import Problem
from zhicheng.ground.packs.sections import Contents, Scope, Section, Store, deleted, ended

ONE_DAY = timedelta(days=1)


def area_codes(contents: Contents) -> set[str]:
    """Every area code of the pack."""
    return {line.row.code for line in contents.of("areas")}


def _totals(rows: Sequence[AreaEntry]) -> Mapping[str, int]:
    """How many areas of each level have no last day; how many are statistical only."""
    present = [row for row in rows if row.valid_to is None]
    counts = Counter(row.level.name.lower() for row in present)
    return counts | {"statistical_only": sum(row.statistical_only for row in present)}


def _outline_totals(rows: Sequence[BoundaryEntry]) -> Mapping[str, int]:
    """How many areas of each level have an outline."""
    return Counter(row.level.name.lower() for row in rows)


def _check_codes(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """A code has the digits of its level, and the kind stands on that level."""
    for line in contents.of(section.name):
        row: AreaEntry = line.row
        try:
            AreaCode(row.code, row.level)
        except CodeError:
            expected, params = words("a {level} code"), {"level": row.level.name.lower()}
            yield Problem(section.file, line.place, "code", row.code, expected, params)
        if row.kind.level != row.level:
            expected, params = words("a kind of {level}"), {"level": row.level.name.lower()}
            yield Problem(section.file, line.place, "kind", row.kind, expected, params)


def _check_tree(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """Every area but a province has its parent in the file, one level up, on its first day."""
    if section.name in contents.broken:
        return
    known = _Periods([line.row for line in contents.of(section.name)])
    for line in contents.of(section.name):
        row: AreaEntry = line.row
        above = row.level - 1
        if not above:
            if row.parent is not None:
                yield Problem(section.file, line.place, "parent", row.parent, words("nothing above a province"))
        elif row.parent is None or known.on(row.parent, Level(above), row.valid_from) is None:
            expected = words("the code of a {level} of this file that exists on {day}")
            params = {"level": Level(above).name.lower(), "day": row.valid_from}
            yield Problem(section.file, line.place, "parent", row.parent or "—", expected, params)


def _check_root(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """The file holds the area that the pack is for."""
    root = contents.manifest.area
    if root is not None and section.name not in contents.broken and root not in area_codes(contents):
        expected = words("an area of {file}")
        yield Problem(MANIFEST, "", "area", root, expected, {"file": section.file})


class _Periods:
    """The periods of areas by code and level."""

    def __init__(self, rows: Sequence[AreaEntry]) -> None:
        self._rows: dict[tuple[str, Level], list[AreaEntry]] = {}
        for row in rows:
            self._rows.setdefault((row.code, row.level), []).append(row)

    def on(self, code: str, level: Level, day: date) -> AreaEntry | None:
        return next((row for row in self._rows.get((code, level), ()) if row.is_valid_on(day)), None)


def _check_succession(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """The predecessor exists on the day before, the successor on the day."""
    if "areas" in contents.broken:
        return
    known = _Periods([line.row for line in contents.of("areas")])
    for line in contents.of(section.name):
        row: SuccessionEntry = line.row
        sides = (("predecessor", row.predecessor, row.on - ONE_DAY), ("successor", row.successor, row.on))
        found = [known.on(code, row.level, day) for _, code, day in sides]
        for (column, code, day), area in zip(sides, found, strict=True):
            if area is None:
                expected = words("the code of a {level} of areas.csv that exists on {day}")
                params = {"level": row.level.name.lower(), "day": day}
                yield Problem(section.file, line.place, column, code, expected, params)
        if found[0] is not None and found[0] == found[1]:
            expected = words("an area that begins on this day")
            yield Problem(section.file, line.place, "successor", row.successor, expected)


def _check_outlined(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """Every outline belongs to an area of areas.csv."""
    if "areas" in contents.broken:
        return
    known = {line.row.address for line in contents.of("areas")}
    for line in contents.of(section.name):
        if line.row.address not in known:
            expected = words("code, level and first day of an area of areas.csv")
            yield Problem(section.file, line.place, "code", line.row.code, expected)


def _read_areas(scope: Scope) -> list[AreaEntry]:
    return read_areas(scope.area_code, scope.level) if scope.area_code else []


def _read_successions(scope: Scope) -> list[SuccessionEntry]:
    return read_successions(scope.area_code, scope.level) if scope.area_code else []


def _read_boundaries(scope: Scope) -> list[BoundaryEntry]:
    return read_boundaries(scope.area_code, scope.level) if scope.area_code else []


AREAS = Section(
    name="areas", file="areas.csv", row=AreaEntry, key=("code", "level", "valid_from"), totals=_totals,
    checks=(check_periods, check_apart("code", "level"), _check_codes, _check_tree, _check_root),
    store=Store(
        read=_read_areas,
        save=lambda scope, rows: write_areas(rows),
        remove=lambda scope, rows: remove_areas(rows),
        end=ended,
    ),
)  # fmt: skip
SUCCESSION = Section(
    name="succession", file="succession.csv", row=SuccessionEntry,
    key=("on", "level", "predecessor", "successor"), checks=(_check_succession,),
    store=Store(
        read=_read_successions,
        save=lambda scope, rows: write_successions(rows),
        remove=lambda scope, rows: remove_successions(rows),
        end=deleted,
    ),
)  # fmt: skip
BOUNDARIES = Section(
    name="boundaries", file="boundaries.geojson", row=BoundaryEntry, key=("code", "level", "valid_from"),
    totals=_outline_totals,
    checks=(_check_outlined,),
    store=Store(
        read=_read_boundaries,
        save=lambda scope, rows: write_boundaries(rows),
        remove=lambda scope, rows: remove_boundaries(rows),
        end=deleted,
    ),
)  # fmt: skip

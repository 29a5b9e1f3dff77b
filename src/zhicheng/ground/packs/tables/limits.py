"""limits.toml: how long things may take."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import Field

from zhicheng.core.clock import Roll, Unit
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area, Entry, FullCode, get_area
from zhicheng.ground.areas.api import within as within_areas
from zhicheng.ground.packs.checks import check_apart, check_periods, check_refers
from zhicheng.ground.packs.models import LimitRow
from zhicheng.ground.packs.problems import Problem
from zhicheng.ground.packs.sections import Contents, Scope, Section, Store, ended
from zhicheng.ground.packs.tables.areas import area_codes
from zhicheng.ground.packs.tables.terms import Key


class LimitEntry(Entry):
    """One limit. `area` narrows it to an area inside the pack's; `valid_to` is the last day in force.

    `verified` says that the cited provision was read in its text; only then may a document print it.
    """

    key: Key
    area: FullCode | None = None
    amount: int = Field(gt=0, le=10_000)
    unit: Unit
    roll: Roll = Roll.NONE
    citation: str = Field(min_length=1, max_length=200)
    verified: bool = False
    sample: bool = False
    valid_from: date
    valid_to: date | None = None


def _check_rolls(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """Only calendar days can end on a day off."""
    for line in contents.of(section.name):
        row: LimitEntry = line.row
        if row.roll is not Roll.NONE and row.unit is not Unit.CALENDAR_DAYS:
            expected = words("none, because only calendar days roll and the unit is {unit}")
            yield Problem(section.file, line.place, "roll", row.roll, expected, {"unit": row.unit})


def _stored(scope: Scope) -> "list[LimitRow]":
    rows = LimitRow.objects.select_related("area")
    if scope.is_national:
        return list(rows.filter(area__isnull=True))
    area = scope.find_area()
    return list(within_areas(rows, [area.path])) if area else []


def _read(scope: Scope) -> list[LimitEntry]:
    return [
        LimitEntry(
            key=row.key, area=_narrowed(row, scope), amount=row.amount, unit=Unit(row.unit),
            roll=Roll(row.roll), citation=row.citation, verified=row.verified, sample=row.sample,
            valid_from=row.valid_from, valid_to=row.valid_to,
        )
        for row in _stored(scope)
    ]  # fmt: skip


def _narrowed(row: LimitRow, scope: Scope) -> str | None:
    """The code of the row's area, unless that is the pack's own."""
    return None if row.area is None or row.area.code == scope.area_code else row.area.code


def _save(scope: Scope, rows: Sequence[LimitEntry]) -> None:
    LimitRow.objects.bulk_create(
        [
            LimitRow(
                key=row.key, area=_area_of(row, scope), amount=row.amount, unit=row.unit, roll=row.roll,
                citation=row.citation, verified=row.verified, sample=row.sample,
                valid_from=row.valid_from, valid_to=row.valid_to,
            )
            for row in rows
        ],
        update_conflicts=True,
        update_fields=["amount", "unit", "roll", "citation", "verified", "sample", "valid_to"],
        unique_fields=["key", "area", "valid_from"],
    )  # fmt: skip


def _area_of(row: LimitEntry, scope: Scope) -> Area | None:
    return get_area(row.area, scope.on) if row.area else scope.find_area()


def _remove(scope: Scope, rows: Sequence[LimitEntry]) -> None:
    for row in rows:
        LimitRow.objects.filter(key=row.key, area=_area_of(row, scope), valid_from=row.valid_from).delete()


LIMITS = Section(
    name="limits", file="limits.toml", row=LimitEntry, key=("key", "area", "valid_from"), table="limit",
    checks=(
        check_periods,
        check_apart("key", "area"),
        _check_rolls,
        check_refers("area", "areas", area_codes, words("the code of an area of areas.csv")),
    ),
    store=Store(read=_read, save=_save, remove=_remove, end=ended),
)  # fmt: skip

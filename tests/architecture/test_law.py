"""Every registered table finds its limits and catalogues in the law or in each city's pack, and a body to act."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from zhicheng.core.access import Domain
from zhicheng.core.process import DueBy, Effect, NeedKind, Process
from zhicheng.ground.packs.api import NATIONAL
from zhicheng.ground.packs.reading import read_pack
from zhicheng.ground.proceedings.registry import list_processes

CITIES = ("jining", "zaozhuang")
EVERY = pytest.mark.parametrize("process", list_processes(), ids=lambda one: f"{one.key} {one.version}")
IN_EVERY_CITY = pytest.mark.parametrize("city", CITIES)
FIRST_RECORDS = date(2023, 9, 10)
"""No matter is opened before: the simulator begins a year before the first source."""


contents = cache(lambda pack: read_pack(pack).contents)


def rows(city: str, section: str) -> list[Any]:
    """What the law and a city's pack say together."""
    return [line.row for pack in (NATIONAL, city) for line in contents(pack).of(section)]


def opening_days(process: Process) -> tuple[date, date]:
    """The first and a late day on which a matter may be opened under the table."""
    first = max(process.in_force, FIRST_RECORDS)
    return first, (process.until - timedelta(days=1)) if process.until else date(2027, 1, 1)


def holds(row: Any, on: date) -> bool:
    """Whether a row is in force on a day."""
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


@EVERY
@IN_EVERY_CITY
def test_every_limit_is_stated(process: Process, city: str):
    keys = {rule.limit for rule in process.clocks if not isinstance(rule.limit, DueBy)}
    lengthened = [step for step in process.steps if Effect.EXTEND in step.effects]
    states = {source.key for step in lengthened for source in step.move.sources}
    keys |= {f"{rule.limit}.extension" for rule in process.clocks if states & rule.states and rule.limit in keys}
    for day in opening_days(process):
        stated = {row.key for row in rows(city, "limits") if holds(row, day)}
        assert not keys - stated, day


@EVERY
@IN_EVERY_CITY
def test_every_catalogue_has_terms(process: Process, city: str):
    needs = [need for step in process.steps for need in step.needs] + list(process.opening)
    catalogues = {need.catalogue for need in needs if need.kind is NeedKind.CODE}
    for day in opening_days(process):
        offered = {row.catalogue for row in rows(city, "terms") if holds(row, day)}
        assert not catalogues - offered, day


@EVERY
@IN_EVERY_CITY
def test_somebody_is_competent_for_the_whole_city(process: Process, city: str):
    if process.domain is Domain.GENERAL:
        return
    head = contents(city).manifest.area
    bodies = {row.key: row.kind for row in rows(city, "organizations")}
    held = [row for row in rows(city, "jurisdictions") if row.area == head and row.domain == process.domain]
    assert any(bodies[row.organization] == "public_body" for row in held)

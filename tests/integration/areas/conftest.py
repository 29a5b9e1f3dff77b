"""A small tree of areas."""

from datetime import date

import pytest

from zhicheng.core.codes import Level
from zhicheng.ground.areas.api import Area, AreaEntry, AreaKind, get_area, write_areas


def entry(code: str, level: Level, kind: AreaKind, parent: str | None, name: str, since: int = 1980) -> AreaEntry:
    """An area that exists from the beginning of a year on."""
    parent = parent.ljust(12, "0") if parent else None
    return AreaEntry(
        code=code.ljust(12, "0"), level=level, name=name, kind=kind, parent=parent, valid_from=date(since, 1, 1)
    )


TREE = [
    entry("990101001001", Level.VILLAGE, AreaKind.RESIDENTS, "990101001", "河边居委会", 2000),
    entry("990101001", Level.TOWNSHIP, AreaKind.SUBDISTRICT, "990101", "河边街道", 2000),
    entry("990101", Level.COUNTY, AreaKind.DISTRICT, "9901", "东区"),
    entry("990102", Level.COUNTY, AreaKind.DISTRICT, "9901", "西区"),
    entry("9901", Level.CITY, AreaKind.CITY, "99", "小城市"),
    entry("99", Level.PROVINCE, AreaKind.PROVINCE, None, "大省"),
]
"""The children come first: the order of a file must not matter."""


@pytest.fixture
def city(database: None) -> Area:
    write_areas(TREE)
    return get_area("9901")

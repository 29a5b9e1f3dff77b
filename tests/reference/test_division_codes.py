"""Every published area and industry code reads at its level under its parent.

The tables lie beside the checkout in a shared data folder (`ZHICHENG_SHARED_DATA` names another place) and
are skipped where they are not there.
"""

import csv
import os
from pathlib import Path

import pytest

from zhicheng.core.codes import AreaCode, IndustryCode, Level, TownshipClass, VillageClass

BESIDE = Path(__file__).parents[2].parent / "shared" / "data"
DATA = Path(os.environ.get("ZHICHENG_SHARED_DATA", BESIDE))
FILES = {Level.COUNTY: "areas", Level.TOWNSHIP: "streets", Level.VILLAGE: "villages"}
PARENT_COLUMN = {Level.COUNTY: "cityCode", Level.TOWNSHIP: "areaCode", Level.VILLAGE: "streetCode"}


def rows(path: str) -> list[dict[str, str]]:
    if not (DATA / path).exists():
        pytest.skip(f"no {path} in the shared data folder")
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("city", ["3704", "3708"])
@pytest.mark.parametrize("level", list(FILES))
def test_areas_read_at_their_level_under_their_parent(city: str, level: Level) -> None:
    for row in rows(f"divisions/{city}_{FILES[level]}.csv"):
        code = AreaCode.parse(row["code"], level)
        assert code.short == row["code"]
        assert code.parent is not None
        assert code.parent.short == row[PARENT_COLUMN[level]]
        assert AreaCode.parse(city, Level.CITY).contains(code)


@pytest.mark.parametrize("city", ["3704", "3708"])
def test_classes_agree_with_the_names(city: str) -> None:
    endings = {TownshipClass.SUBDISTRICT: "街道", TownshipClass.TOWN: "镇", TownshipClass.TOWNSHIP: "乡"}
    for row in rows(f"divisions/{city}_streets.csv"):
        found = AreaCode.parse(row["code"], Level.TOWNSHIP).township_class
        if row["name"].endswith(tuple(endings.values())):
            assert found is not None
            assert row["name"].endswith(endings[found]), row
    for row in rows(f"divisions/{city}_villages.csv"):
        if row["name"].endswith("村委会"):
            assert AreaCode.parse(row["code"], Level.VILLAGE).village_class is VillageClass.VILLAGERS, row


def test_industries_read_at_their_level_under_their_parent() -> None:
    table = rows("industry/gbt4754_2017.csv")
    codes = {row["code"] for row in table}
    for row in table:
        code = IndustryCode.parse(row["code"])
        assert code.level == int(row["level"]), row
        assert (code.parent.digits if code.parent else "") == row["parent"], row
        assert IndustryCode.parse(code.section + code.digits if code.level > 1 else code.section) == code
    assert len(codes) == len(table) == 20 + 97 + 473 + 1381

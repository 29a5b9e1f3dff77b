"""What stands for areas that ended: one heir for all of it, several for its parts, or the area above."""

from datetime import date

import pytest

from zhicheng.core.codes import Level
from zhicheng.ground.areas.api import (
    Area,
    AreaKind,
    Succession,
    SuccessionKind,
    areas_around,
    current_path,
    standing_ids,
    standing_paths,
    write_areas,
)
from zhicheng.ground.kept import forget_kept

from .conftest import TREE, entry

BEFORE, AFTER = date(2019, 12, 31), date(2020, 1, 1)


@pytest.fixture
def east(city: Area) -> Area:
    """东区, which ended with its street and village."""
    forget_kept()
    write_areas([one.model_copy(update={"valid_to": BEFORE}) for one in TREE if one.code.startswith("990101")])
    return Area.objects.get(code="990101000000")


def heir(code: str, level: Level, parent: str, name: str, until: date | None = None) -> Area:
    write_areas([entry(code, level, AreaKind.DISTRICT, parent, name, 2020).model_copy(update={"valid_to": until})])
    return Area.objects.get(code=code.ljust(12, "0"), valid_from=AFTER)


def follows(before: Area, after: Area) -> None:
    Succession.objects.create(predecessor=before, successor=after, on=AFTER, kind=SuccessionKind.RECODED)
    forget_kept()


def test_the_heir_stands_for_all_that_lay_in_the_ended_area(east: Area) -> None:
    new = heir("990103", Level.COUNTY, "9901", "新东区")
    follows(east, new)
    street = Area.objects.get(code="990101001000")
    assert current_path(street.path, AFTER) == new.path
    assert current_path(street.path, BEFORE) == street.path
    assert set(standing_paths([new.path], AFTER)) == {new.path, east.path}
    assert set(standing_paths([east.path], AFTER)) == {new.path, east.path}
    assert standing_paths([new.path], BEFORE) == (new.path,)
    assert standing_ids(AFTER) == {east.pk: new.pk}
    assert {street.pk, east.pk, new.pk} <= areas_around(street.path, AFTER)
    assert {east.pk, new.pk} <= areas_around(new.path, AFTER)


def test_a_chain_of_successions_ends_at_the_last(east: Area) -> None:
    ended_on = date(2021, 12, 31)
    middle = heir("990103", Level.COUNTY, "9901", "新东区", ended_on)
    last = heir("990104", Level.COUNTY, "9901", "新新东区")
    follows(east, middle)
    Succession.objects.create(predecessor=middle, successor=last, on=date(2022, 1, 1), kind=SuccessionKind.RENAMED)
    forget_kept()
    assert current_path(east.path, date(2022, 1, 1)) == last.path
    assert current_path(east.path, ended_on) == middle.path
    assert set(standing_paths([last.path], date(2022, 1, 1))) == {east.path, middle.path, last.path}


def test_a_split_area_falls_to_the_area_above(east: Area) -> None:
    new, west = heir("990103", Level.COUNTY, "9901", "新东区"), Area.objects.get(code="990102000000")
    follows(east, new)
    follows(east, west)
    assert standing_paths([new.path], AFTER) == (new.path,)
    assert standing_paths([west.path], AFTER) == (west.path,)
    assert current_path(east.path, AFTER) == east.path


def test_a_part_that_went_elsewhere_is_followed_by_itself(east: Area) -> None:
    new, west = heir("990103", Level.COUNTY, "9901", "新东区"), Area.objects.get(code="990102000000")
    street = Area.objects.get(code="990101001000")
    follows(east, new)
    follows(street, west)
    assert set(standing_paths([west.path], AFTER)) == {west.path, street.path}
    assert standing_paths([new.path], AFTER) == (new.path,)

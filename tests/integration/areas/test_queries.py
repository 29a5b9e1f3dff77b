"""Areas are found by code and day, and say where they lie."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhicheng.core.codes import Level
from zhicheng.ground.areas.api import (
    Area,
    AreaKind,
    Succession,
    SuccessionEntry,
    SuccessionKind,
    UnknownArea,
    area_label,
    area_labels,
    current_successor,
    find_area,
    get_area,
    list_children,
    within,
    write_areas,
    write_successions,
)

from .conftest import entry


def end(code: str, last: date) -> None:
    Area.objects.filter(code=code.ljust(12, "0"), valid_to__isnull=True).update(valid_to=last)


def test_a_code_is_written_with_the_digits_of_its_level_or_all_twelve(city: Area) -> None:
    assert get_area("990100000000") == city
    assert get_area("990101").name == "东区"
    assert get_area("990101001").name == "河边街道"
    assert get_area("990101001001").name == "河边居委会"


def test_an_unknown_code_names_code_and_day(city: Area) -> None:
    assert find_area("990199") is None
    with pytest.raises(UnknownArea, match="No area has the code 990199 on 2020-02-29"):
        get_area("990199", date(2020, 2, 29))


def test_one_code_is_different_areas_on_different_days(city: Area) -> None:
    end("990102", date(1999, 12, 31))
    write_areas([entry("990102", Level.COUNTY, AreaKind.DISTRICT, "9901", "新西区", 2000)])
    assert get_area("990102", date(1999, 12, 31)).name == "西区"
    assert get_area("990102", date(2000, 1, 1)).name == "新西区"
    assert get_area("990102").name == "新西区"


def test_twelve_digits_mean_the_highest_level_unless_told(city: Area) -> None:
    below = entry("990100000000", Level.COUNTY, AreaKind.PSEUDO_UNIT, "9901", "直管区")
    write_areas([below])
    assert get_area("990100000000").level == Level.CITY
    assert get_area("990100000000", level=Level.COUNTY).name == "直管区"


def test_children_come_in_the_order_of_codes_without_the_ended_ones(city: Area) -> None:
    assert [area.name for area in list_children(city)] == ["东区", "西区"]
    end("990101", date(2010, 12, 31))
    assert [area.name for area in list_children(city)] == ["西区"]
    assert [area.name for area in list_children(city, date(2010, 12, 31))] == ["东区", "西区"]


def test_the_label_is_the_name_of_every_level(city: Area) -> None:
    village = get_area("990101001001")
    assert area_label(village) == "大省小城市东区河边街道河边居委会"


def test_many_labels_cost_one_query(city: Area) -> None:
    areas = list(Area.objects.all())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        labels = area_labels(areas)
    assert len(queries) == 1
    assert labels[city.pk] == "大省小城市"


def test_within_takes_an_area_and_everything_below_and_no_neighbour(city: Area) -> None:
    district = get_area("990101")
    inside = within(Area.objects.all(), [district.path], field="")
    assert {area.name for area in inside} == {"东区", "河边街道", "河边居委会"}
    assert {a.name for a in within(Area.objects.all(), [district.path], field="parent")} == {
        "河边街道",
        "河边居委会",
    }
    assert not within(Area.objects.all(), [], field="").exists()


def test_a_path_is_no_prefix_of_a_longer_number(city: Area) -> None:
    """/1/2/ does not hold /1/21/: the closing slash is part of the path."""
    assert all(area.path.endswith(f"/{area.pk}/") for area in Area.objects.all())


def follow(predecessor: str, successor: str, on: date, kind: SuccessionKind) -> None:
    entry_ = SuccessionEntry(
        predecessor=predecessor.ljust(12, "0"),
        successor=successor.ljust(12, "0"),
        level=Level.COUNTY,
        on=on,
        kind=kind,
    )
    write_successions([entry_])


def test_the_current_successor_is_found_through_several_changes(city: Area) -> None:
    old = get_area("990102")
    for code, name, since in (("990182", "西市", 1992), ("990112", "西新区", 2013)):
        write_areas([entry(code, Level.COUNTY, AreaKind.DISTRICT, "9901", name, since)])
    end("990102", date(1991, 12, 31))
    end("990182", date(2012, 12, 31))
    follow("990102", "990182", date(1992, 1, 1), SuccessionKind.RECODED)
    follow("990182", "990112", date(2013, 1, 1), SuccessionKind.RECODED)
    old.refresh_from_db()
    successor = current_successor(old)
    assert successor is not None
    assert successor.name == "西新区"
    between = current_successor(old, date(2000, 1, 1))
    assert between is not None
    assert between.name == "西市"
    assert current_successor(successor) == successor


def test_a_split_area_and_a_lost_one_have_no_successor(city: Area) -> None:
    old = get_area("990102")
    end("990102", date(1999, 12, 31))
    old.refresh_from_db()
    assert current_successor(old) is None
    write_areas([entry("990103", Level.COUNTY, AreaKind.DISTRICT, "9901", "南区", 2000)])
    follow("990102", "990101", date(2000, 1, 1), SuccessionKind.SPLIT)
    follow("990102", "990103", date(2000, 1, 1), SuccessionKind.SPLIT)
    assert Succession.objects.count() == 2
    assert current_successor(old) is None

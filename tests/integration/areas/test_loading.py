"""Entries become areas, and areas the same entries."""

from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from zhicheng.core.codes import Level
from zhicheng.core.pinyin import sort_key
from zhicheng.ground.areas.api import Area, AreaKind, AreaRefused, get_area, read_areas, write_areas
from zhicheng.ground.packs.reading import read_pack

from .conftest import TREE, entry


def test_reading_gives_what_was_written(city: Area) -> None:
    assert sorted(read_areas(city.code, Level.CITY), key=lambda one: one.code) == sorted(
        TREE, key=lambda one: one.code
    )


def test_reading_a_city_leaves_its_neighbours_out(city: Area) -> None:
    write_areas([entry("9902", Level.CITY, AreaKind.CITY, "99", "邻市")])
    assert "邻市" not in {one.name for one in read_areas(city.code, Level.CITY)}


def test_writing_again_keeps_the_areas_and_changes_what_differs(city: Area) -> None:
    before = {area.code: area.pk for area in Area.objects.all()}
    renamed = [one.model_copy(update={"name": "河岸街道"}) if one.name == "河边街道" else one for one in TREE]
    write_areas(renamed)
    assert {area.code: area.pk for area in Area.objects.all()} == before
    street = get_area("990101001")
    assert (street.name, street.sort_key) == ("河岸街道", sort_key("河岸街道"))


def test_an_area_is_not_moved(city: Area) -> None:
    moved = [one.model_copy(update={"parent": "990102000000"}) for one in TREE if one.name == "河边街道"]
    with pytest.raises(AreaRefused, match="河边街道 990101001000 cannot move to 990102000000"):
        write_areas(moved)


def test_a_missing_parent_is_named(city: Area) -> None:
    with pytest.raises(AreaRefused, match="There is no county 990199000000 on 2000-01-01"):
        write_areas([entry("990199001", Level.TOWNSHIP, AreaKind.TOWN, "990199", "孤镇", 2000)])


def test_a_parent_is_the_one_of_its_day(city: Area) -> None:
    Area.objects.filter(code="990101000000").update(valid_to=date(2009, 12, 31))
    write_areas([entry("990101", Level.COUNTY, AreaKind.DISTRICT, "9901", "新东区", 2010)])
    write_areas([entry("990101002", Level.TOWNSHIP, AreaKind.TOWN, "990101", "山镇", 2015)])
    assert get_area("990101002").parent == get_area("990101")
    assert get_area("990101001").parent == get_area("990101", date(2000, 1, 1))


@pytest.mark.usefixtures("database")
def test_both_cities_are_loaded_by_few_statements_with_the_keys_of_the_core(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """Over ten thousand areas: written by level and not one by one."""
    entries = [[line.row for line in read_pack(pack).contents.of("areas")] for pack in ("jining", "zaozhuang")]
    with django_assert_max_num_queries(25), transaction.atomic():
        for one in entries:
            write_areas(one)
    assert Area.objects.count() == sum(map(len, entries)) - 1, "both state their province"
    assert all(area.sort_key == sort_key(area.name) for area in Area.objects.all())

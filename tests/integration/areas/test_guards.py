"""What the database refuses, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from zhicheng.core.codes import Level
from zhicheng.ground.areas.api import Area, Succession, get_area


def insert(parent: Area, /, **changes: object) -> Area:
    """Inserts an area below `parent` with everything right but the changes."""
    pk = 5_000_000
    fields: dict[str, object] = {
        "code": "990103000000", "level": parent.level + 1, "name": "南区", "sort_key": "nan2 qu1",
        "kind": "district", "parent_id": parent.pk, "path": f"{parent.path}{pk}/",
        "valid_from": date(2000, 1, 1),
    }  # fmt: skip
    with transaction.atomic():
        return Area.objects.create(pk=pk, **{**fields, **changes})


def test_what_is_right_is_taken(city: Area) -> None:
    assert insert(city).ancestor_ids == [*city.ancestor_ids, city.pk]


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"valid_to": date(1999, 12, 31)}, "area_period_forward"),
        ({"code": "990103"}, "area_code_digits"),
        ({"path": "/5000000/"}, "path /5000000/ found, /"),
        ({"path": ""}, "path .* found"),
        ({"level": 4}, "level 4 found, 3 expected"),
        ({"level": 2}, "level 2 found, 3 expected"),
        ({"parent_id": None}, "level 3 found, 1 expected"),
        ({"parent_id": None, "path": "/5000000/"}, "level 3 found, 1 expected"),
        ({"parent_id": 4_999_999}, "its parent 4999999 is not there"),
        ({"code": "990101000000", "valid_from": date(1980, 1, 1)}, "area_code_once"),
    ],
)
def test_what_is_wrong_is_refused(city: Area, changes: dict[str, object], guard: str) -> None:
    with pytest.raises(IntegrityError, match=guard):
        insert(city, **changes)


def test_an_area_below_a_province_needs_a_parent_even_without_the_trigger(city: Area) -> None:
    """The check constraint stands for itself: it would hold if the trigger were dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'area_below_province_has_parent'"
        )
        definition = cursor.fetchone()[0]
    assert "parent_id IS NULL" in definition
    assert "parent_id IS NOT NULL" in definition


@pytest.mark.parametrize("column", ["path", "parent_id", "level", "id"])
def test_an_area_does_not_move(city: Area, column: str) -> None:
    value = {"path": "/1/", "parent_id": get_area("990101").pk, "level": 4, "id": 5_000_001}[column]
    with pytest.raises(IntegrityError, match="990102000000 cannot move"), transaction.atomic():
        Area.objects.filter(code="990102000000").update(**{column: value})


def test_what_an_area_is_called_may_change(city: Area) -> None:
    area = get_area("990102")
    area.name, area.valid_to = "西城区", date(2030, 12, 31)
    area.save(update_fields=["name", "valid_to"])
    assert get_area("990102").name == "西城区"


def test_an_area_with_others_below_it_is_not_deleted(city: Area) -> None:
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="foreign key"), transaction.atomic():
        cursor.execute("DELETE FROM areas_area WHERE id = %s; SET CONSTRAINTS ALL IMMEDIATE", [city.pk])


def test_nothing_follows_itself(city: Area) -> None:
    with pytest.raises(IntegrityError, match="succession_of_another_area"), transaction.atomic():
        Succession.objects.create(predecessor=city, successor=city, on=date(2000, 1, 1), kind="renamed")


def test_the_path_index_serves_prefixes(city: Area) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM areas_area WHERE path LIKE '/1/2/%'")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "area_path_once" in plan
    assert "Index Cond" in plan


def test_levels_of_the_core_are_the_levels_of_the_table(city: Area) -> None:
    assert [Level(area.level) for area in Area.objects.order_by("level").distinct("level")] == list(Level)

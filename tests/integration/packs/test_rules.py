"""Limits, terms and working days at a place and on a day."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from zhicheng.core.clock import LimitError, MissingLimit, UnknownYear
from zhicheng.ground import kept
from zhicheng.ground.areas.api import Area, get_area
from zhicheng.ground.packs.api import (
    Term,
    UnknownTerm,
    apply_pack,
    forget_loaded,
    get_term,
    limit_for,
    list_terms,
    term_label,
    term_tree,
    working_calendar,
)
from zhicheng.ground.packs.models import LimitRow

ON = date(2026, 11, 23)


@pytest.fixture
def street(database: None, pack: Path) -> Area:
    apply_pack(pack, on=ON)
    return get_area("990101001")


def amount(area: Area | None, on: date = ON, key: str = "leak.accept") -> int:
    return limit_for(key=key, area=area, on=on).amount


def national_limit(**fields: object) -> LimitRow:
    values = {"key": "leak.accept", "amount": 9, "unit": "working_days", "roll": "none", "citation": "law"}
    return LimitRow.objects.create(**{**values, "valid_from": date(2010, 1, 1), **fields})


def test_the_nearest_area_with_a_limit_wins(street: Area) -> None:
    national_limit()
    forget_loaded()
    assert amount(street) == 2, "the district's"
    assert amount(get_area("990102")) == 3, "the city's"
    assert amount(get_area("99")) == 9, "the nation's"
    assert amount(None) == 9


def test_a_day_has_the_limit_of_its_day(street: Area) -> None:
    """The district has none before 2026, so the city's of that time holds."""
    assert amount(street, date(2025, 12, 31)) == 5
    assert amount(street, date(2026, 1, 1)) == 2
    assert limit_for(key="leak.accept", area=street, on=date(2025, 12, 31)).in_force.until_on == date(2026, 1, 1)


def test_a_path_does_as_well_as_an_area(street: Area) -> None:
    assert limit_for(key="leak.accept", area=street.path, on=ON) == limit_for(
        key="leak.accept", area=street, on=ON
    )


def test_a_missing_limit_names_key_place_and_day(street: Area) -> None:
    with pytest.raises(LimitError, match=r"No limit “leak.call” is in force on 2026-11-23 for 街道 990101001000"):
        amount(street, key="leak.call")
    with pytest.raises(LimitError, match="on 2019-12-31 for"):
        amount(street, date(2019, 12, 31))


def test_a_missing_limit_names_the_place_also_where_only_its_path_was_given(street: Area) -> None:
    with pytest.raises(MissingLimit, match="for 街道 990101001000;"):
        limit_for(key="leak.call", area=street.path, on=ON)


def test_an_applied_pack_is_seen_at_once(street: Area, pack: Path) -> None:
    assert amount(get_area("990102")) == 3
    text = (pack / "limits.toml").read_text(encoding="utf-8")
    (pack / "limits.toml").write_text(text.replace("amount = 3", "amount = 4"), encoding="utf-8")
    apply_pack(pack, on=ON)
    assert amount(get_area("990102")) == 4


def test_rules_are_read_once(street: Area) -> None:
    amount(street)
    with CaptureQueriesContext(connection) as queries:
        amount(street)
        list_terms("leak.cause", street)
        working_calendar()
    assert len(queries) == 0


def test_what_another_process_applied_is_seen_after_a_while(street: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    assert amount(street) == 2
    LimitRow.objects.filter(amount=2).update(amount=1)
    assert amount(street) == 2
    monkeypatch.setattr(kept, "KEPT_SECONDS", -1.0)
    assert amount(street) == 1


@pytest.mark.parametrize(
    ("fields", "guard"),
    [
        ({"amount": 0}, "limit_amount_positive"),
        ({"valid_to": date(2009, 12, 31)}, "limit_period_forward"),
        ({"roll": "forward"}, "limit_rolls_calendar_days_only"),
        ({}, "limit_once"),
    ],
)
def test_the_database_refuses_a_wrong_limit(database: None, fields: dict[str, object], guard: str) -> None:
    national_limit(key="leak.accept" if guard == "limit_once" else "another")
    with pytest.raises(IntegrityError, match=guard), transaction.atomic():
        national_limit(**fields)


def test_terms_come_in_order_and_as_a_tree(street: Area) -> None:
    assert [term.code for term in list_terms("leak.cause", street)] == ["works", "sealing", "use"]
    tree = term_tree("leak.cause", street)
    assert [(branch.term.code, [leaf.term.code for leaf in branch.below]) for branch in tree] == [
        ("works", ["sealing"]),
        ("use", []),
    ]


def test_national_terms_are_offered_everywhere_and_a_nearer_code_replaces_them(street: Area) -> None:
    for code in ("use", "law"):
        Term.objects.create(catalogue="leak.cause", code=code, zh="国家", en="Nation", sort=99, valid_from=ON)
    forget_loaded()
    assert [(term.code, term.zh) for term in list_terms("leak.cause", street)][-2:] == [
        ("use", "使用"),
        ("law", "国家"),
    ]
    assert [term.code for term in list_terms("leak.cause", None)] == ["law", "use"]
    assert list_terms("leak.cause", get_area("99")) == list_terms("leak.cause", None)


def test_an_ended_term_is_not_offered_but_keeps_its_name(street: Area) -> None:
    Term.objects.filter(code="use").update(valid_to=date(2026, 6, 30))
    forget_loaded()
    assert [term.code for term in list_terms("leak.cause", street, ON)] == ["works", "sealing"]
    assert [term.code for term in list_terms("leak.cause", street, date(2026, 6, 30))][-1] == "use"
    assert get_term("leak.cause", "use", street).zh == "使用"


def test_a_term_is_named_in_the_language_of_the_page(street: Area) -> None:
    with translation.override("zh-hans"):
        assert term_label("leak.cause", "use", street) == "使用"
    with translation.override("en"):
        assert term_label("leak.cause", "use", street) == "Use"
    assert term_label("leak.cause", "gone", street) == "gone"


def test_an_unknown_term_names_catalogue_and_code(street: Area) -> None:
    with pytest.raises(UnknownTerm, match=r"The catalogue “leak.cause” has no term “gone”"):
        get_term("leak.cause", "gone", street)


@pytest.mark.parametrize("area", ["9901", None])
def test_a_code_names_one_term_of_a_place(street: Area, area: str | None) -> None:
    place = get_area(area) if area else None
    values = {"catalogue": "x", "code": "x", "zh": "x", "en": "x", "area": place, "valid_from": ON}
    Term.objects.create(**values)
    with pytest.raises(IntegrityError, match="term_once"), transaction.atomic():
        Term.objects.create(**{**values, "valid_from": date(2027, 1, 1)})


def test_a_national_pack_supplies_the_year_that_the_library_lacks(database: None, tmp_path: Path) -> None:
    with pytest.raises(UnknownYear, match="The working days of 2027 are unknown"):
        working_calendar().is_working_day(date(2027, 2, 6))
    (tmp_path / "pack.toml").write_text('name = "years"\ntitle = "年"\ntitle_en = "Years"\n', encoding="utf-8")
    calendar = tmp_path / "calendar.toml"
    calendar.write_text("[calendar.2027]\nholidays = [2027-02-08]\nworkdays = [2027-02-06]\n", encoding="utf-8")
    apply_pack(tmp_path, on=ON)
    days = [date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8)]
    assert [working_calendar().is_working_day(day) for day in days] == [True, True, False, False]
    assert working_calendar().is_working_day(date(2026, 10, 10)), "the library still counts"
    calendar.write_text("", encoding="utf-8")
    assert apply_pack(tmp_path, on=ON)["calendar"].retired == 1
    with pytest.raises(UnknownYear):
        working_calendar().is_working_day(date(2027, 2, 6))

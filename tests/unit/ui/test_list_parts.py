"""The parts of a list that need no database: its declaration, filters, cells and files."""

import csv
import io
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from zhicheng.core.access import Actor
from zhicheng.core.clock import LOCAL
from zhicheng.core.refused import Refused
from zhicheng.ground.ui.lists import Choice, Column, DateRange, Empty, Flag, Kind, RecordList
from zhicheng.ground.ui.lists.cells import write_rows
from zhicheng.ground.ui.lists.csv_file import write_csv
from zhicheng.ground.ui.lists.excel_file import LONGEST_CELL, write_excel
from zhicheng.ground.ui.lists.values import exported
from zhicheng.ground.ui.marks import ClockMark, StateMark, Tone

LI = Actor("user:1", "Li")
NAME = Column("name", "Name", lambda row: row.name, sort="name")
MOMENT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


def listed(*columns: Column, **settings: Any) -> RecordList[Any]:
    made = {"rows": lambda actor: None, "default_sort": "name", "empty": Empty("None"), **settings}
    return RecordList(key="test", title="Test", columns=columns or (NAME,), **made)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "settings",
    [
        {"default_sort": "age"},
        {"columns": (NAME, NAME)},
        {"columns": (Column("name", "Name", str),)},
        {"columns": (NAME, Column("code", "Code", str, beneath="place"))},
        {"columns": (NAME, Column("code", "Code", str, beneath="name", sort="code"))},
        {"columns": (NAME, Column("a", "A", str, beneath="name"), Column("b", "B", str, beneath="a"))},
        {"filters": (Flag("sort", "Sort", Q),)},
        {"filters": (Flag("a", "A", Q), Choice("a", "A", []))},
        {"filters": (Flag("on_from", "A", Q), DateRange("on", "On", "on"))},
    ],
)
def test_a_list_that_contradicts_itself_is_refused(settings: dict[str, Any]) -> None:
    columns = settings.pop("columns", (NAME,))
    with pytest.raises(ValueError, match="list test"):
        listed(*columns, **settings)


def test_a_range_over_moments_takes_whole_days_of_the_city() -> None:
    days = {"on_from": date(2026, 11, 1), "on_to": date(2026, 11, 2)}
    assert DateRange("on", "On", "opened_on").condition(days, LI) == Q(opened_on__gte=days["on_from"]) & Q(
        opened_on__lte=days["on_to"]
    )
    in_moments, first = DateRange("on", "On", "opened_at"), datetime(2026, 11, 1, tzinfo=LOCAL)
    last = datetime(2026, 11, 2, 23, 59, 59, 999_999, tzinfo=LOCAL)
    assert in_moments.condition(days, LI) == Q(opened_at__gte=first) & Q(opened_at__lte=last)
    ends = {"on_from": date(9999, 12, 31), "on_to": None}
    assert in_moments.condition(ends, LI)
    with pytest.raises(Refused, match="after the last"):
        in_moments.condition({"on_from": days["on_to"], "on_to": days["on_from"]}, LI)


def test_options_may_depend_on_who_asks() -> None:
    def own(value: str, actor: Actor) -> Q:
        return Q(x=value, by=actor.key)

    choice = Choice("kind", "Kind", lambda actor: [(actor.key, actor.name)], where=own)
    field = choice.fields(LI)["kind"]
    assert field.clean("user:1") == "user:1"
    assert choice.condition({"kind": "a"}, LI) == Q(x="a", by="user:1")
    assert Choice("kind", "Kind", [], field="state__code").condition({"kind": "a"}, LI) == Q(state__code="a")


def test_every_kind_of_cell() -> None:
    columns = (
        NAME,
        Column("n", "N", lambda row: Decimal("12345.5"), Kind.NUMBER),
        Column("d", "D", lambda row: date(2026, 11, 23), Kind.DATE),
        Column("m", "M", lambda row: MOMENT, Kind.MOMENT),
        Column("s", "S", lambda row: StateMark("Open <1>", Tone.WRONG), Kind.STATE),
        Column("c", "C", lambda row: ClockMark("red", "by 1 day"), Kind.CLOCK),
        Column("e", 'E"', lambda row: None, Kind.DATE),
    )
    with translation.override("en"):
        [row] = write_rows(listed(*columns), [SimpleNamespace(name="<b>&")])
    assert row.startswith('<th scope="row" data-title data-label="Name">&lt;b&gt;&amp;</th>')
    assert '<td data-label="N" class="zc-number">12,345.5</td>' in row
    assert '<time datetime="2026-11-23">2026-11-23\N{NO-BREAK SPACE}Mon</time>' in row
    assert ">2026-11-23 09:05</time>" in row
    assert 'data-tone="wrong"' in row
    assert "Open &lt;1&gt;" in row
    assert "by 1 day" in row
    assert row.endswith('<td data-label="E&quot;"></td>')


def test_what_stands_beneath_a_column_keeps_its_name_and_its_place_in_exports() -> None:
    below = Column("code", "Code", lambda row: row.code, Kind.CODE, beneath="name")
    spec = listed(NAME, below)
    with translation.override("en"):
        full, empty = write_rows(spec, [SimpleNamespace(name="A", code="<7>"), SimpleNamespace(name="B", code="")])
    assert full.endswith('<div class="zc-beneath"><span class="visually-hidden">Code</span> &lt;7&gt;</div></th>')
    assert empty == '<th scope="row" data-title data-label="Name">B</th>'
    assert spec.shown == (NAME,)
    assert [column.key for column in spec.columns] == ["name", "code"]


@given(st.text())
def test_no_text_leaves_a_cell_unescaped(text: str) -> None:
    column = Column("name", "Name", lambda row: text, sort="name", link=lambda row: text)
    with translation.override("en"):
        [row] = write_rows(listed(column), [None])
    inside = row.removeprefix('<th scope="row" data-title data-label="Name">').removesuffix("</th>")
    assert inside.count("<") == (2 if text else 0)
    assert inside.count('"') == (4 if text else 0)


def test_exported_values_are_typed_and_local() -> None:
    assert exported(Kind.MOMENT, MOMENT) == datetime(2026, 11, 23, 9, 5)  # noqa: DTZ001
    assert exported(Kind.STATE, StateMark("Open")) == "Open"
    assert exported(Kind.CLOCK, ClockMark("red", "x", MOMENT)) == datetime(2026, 11, 23, 9, 5)  # noqa: DTZ001
    assert exported(Kind.CLOCK, ClockMark("paused")) is None
    assert exported(Kind.NUMBER, 0) == 0
    assert exported(Kind.TEXT, "") is None


def test_the_last_day_of_a_limit_is_not_the_next_one_in_a_table_program() -> None:
    last = datetime.combine(date(2026, 11, 23), time.max, LOCAL)
    assert exported(Kind.CLOCK, ClockMark("red", "x", last)) == datetime(2026, 11, 23, 23, 59, 59)  # noqa: DTZ001


def sheet(*rows: list[Any]) -> list[list[Any]]:
    file = io.BytesIO()
    assert write_excel(file, ["A"], list(rows), "") == len(rows)
    return CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()[1:]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("1.10"), 1.1),
        (-3, -3.0),
        (2**60, str(2**60)),
        (float("nan"), "nan"),
        (Decimal("NaN"), "NaN"),
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(1899, 12, 31), "1899-12-31"),
        (datetime(2026, 11, 23, 9, 5), datetime(2026, 11, 23, 9, 5)),  # noqa: DTZ001
        ("0012", "0012"),
        ("a\x01b", "a\x01b"),
        ("<b>&\"'", "<b>&\"'"),
        ("\ud800x", "?x"),
        ("长" * 40_000, "长" * (LONGEST_CELL - 1) + "…"),
    ],
)
def test_excel_keeps_types_and_loses_nothing_silently(value: Any, kept: Any) -> None:
    assert sheet([value]) == [[kept]]


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_no_csv_cell_begins_like_a_formula(text: str) -> None:
    file = io.BytesIO()
    write_csv(file, ["A"], [[text]], "")
    [_, [cell]] = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert cell in (text, f"'{text}")
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))

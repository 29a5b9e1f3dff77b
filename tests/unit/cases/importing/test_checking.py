from datetime import datetime, timedelta

import pytest

from zhicheng.cases.importing.checking import (
    Expected,
    HistoricalRow,
    check_row,
    check_table,
    gives_days_only,
)
from zhicheng.cases.importing.mapping import ColumnMapping, Field
from zhicheng.core.clock import LOCAL
from zhicheng.ground.importing.problems import shortened
from zhicheng.ground.importing.table import Row, Table

NOW = datetime(2026, 11, 23, 10, tzinfo=LOCAL)
MAPPING = ColumnMapping({field: number for number, field in enumerate(Field)})
GOOD = {
    Field.NUMBER: "2549", Field.TITLE: "楼顶漏水", Field.RECEIVED_AT: "2019/4/25 9:32:09",
    Field.DESCRIPTION: "下雨就漏", Field.REPLY: "已修好", Field.REPLIED_AT: "2019/5/10 14:56:53",
    Field.CATEGORY: "",
}  # fmt: skip

UNREADABLE = "Not a time that can be read; expected is year, month, day and time such as 2019-04-25 09:32."
TOO_EARLY = f"Before the message was received ({GOOD[Field.RECEIVED_AT]}); a reply is expected after it."


def expected(mapping: ColumnMapping = MAPPING) -> Expected:
    return Expected(mapping, NOW, {"渗漏": 7, "leak": 7})


def checked(mapping: ColumnMapping = MAPPING, **changes: str):
    cells = GOOD | {Field(name): value for name, value in changes.items()}
    return check_row(Row(2, tuple(cells[field] for field in Field)), expected(mapping), len(Field))


def said(outcome) -> list[tuple[str, str, str]]:
    return [(one.field, one.value, one.message.format(**one.params)) for one in outcome]


def test_a_good_row_is_taken_as_it_stands():
    row = checked(category="渗漏")

    assert row == HistoricalRow(
        2, "2549", "楼顶漏水", datetime(2019, 4, 25, 9, 32, 9, tzinfo=LOCAL), "下雨就漏", "已修好",
        datetime(2019, 5, 10, 14, 56, 53, tzinfo=LOCAL), 7,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+86 100", "-", "@SUM(A1)", "<script>alert(1)</script>", "{name}"])
def test_text_that_looks_like_a_formula_or_a_tag_stays_text(text):
    row = checked(title=text, description=text)

    assert isinstance(row, HistoricalRow)
    assert (row.title, row.description) == (text, text)


def test_white_space_is_put_in_order():
    row = checked(number=" 2549 ", title="楼顶\r\n 漏水", description=" 一\r\n二\r三 ")

    assert isinstance(row, HistoricalRow)
    assert (row.number, row.title, row.description) == ("2549", "楼顶 漏水", "一\n二\n三")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("number", " ", "Empty; expected is a value in every row."),
        ("title", "", "Empty; expected is a value in every row."),
        ("number", "3.70811E+17", "Excel has shortened this number; format the column as text first."),
        ("number", "9" * 61, "61 characters long; at most 60 are kept."),
        ("title", "漏" * 121, "121 characters long; at most 120 are kept."),
        ("description", "漏" * 20_001, "20001 characters long; at most 20000 are kept."),
        ("reply", "a\x00b", "Holds the control character U+0000; expected is plain text."),
        ("title", "a\x1f", "Holds the control character U+001F; expected is plain text."),
        ("received_at", "", "Empty; expected is a time such as 2019-04-25 09:32. Or leave the column out."),
        ("replied_at", "", "Empty; expected is a time such as 2019-04-25 09:32. Or leave the column out."),
        ("received_at", "25/4/2019", UNREADABLE),
        ("replied_at", "2019/5/10", "A day without a time of day; expected is both, such as 2019-04-25 09:32."),
        ("replied_at", "2026-11-23 10:00:01", "In the future; expected is a time that has passed."),
        ("received_at", "1900-01-01 00:00", "Before 1990; expected is a later time."),
        ("replied_at", "2019/4/25 9:32:08", TOO_EARLY),
        ("category", "颜色", "Not a category; expected is the code or the words of one."),
    ],
)  # fmt: skip
def test_each_fault_names_field_value_and_what_was_expected(name, value, reason):
    assert said(checked(**{name: value})) == [(Field(name), shortened(value.strip(" ")), reason)]


def test_every_fault_of_a_row_is_told():
    problems = checked(number="", received_at="gestern", category="颜色")

    assert [problem.field for problem in problems] == [Field.NUMBER, Field.RECEIVED_AT, Field.CATEGORY]
    assert {problem.row for problem in problems} == {2}


def test_reply_and_receipt_may_be_the_same_moment():
    assert isinstance(checked(replied_at=GOOD[Field.RECEIVED_AT]), HistoricalRow)


def test_a_file_without_times_of_reply_is_imported_without_them():
    columns = {field: column for field, column in MAPPING.columns.items() if field is not Field.REPLIED_AT}

    row = checked(ColumnMapping(columns), replied_at="")

    assert isinstance(row, HistoricalRow)
    assert (row.replied_at, row.reply) == (None, "已修好")


def test_in_a_file_of_days_every_time_is_its_day():
    mapping = ColumnMapping(MAPPING.columns, days_only=True)

    row = checked(mapping, received_at="2019/4/25 9:32:09", replied_at="2019/4/25")

    assert isinstance(row, HistoricalRow)
    assert row.received_at == row.replied_at == datetime(2019, 4, 25, tzinfo=LOCAL)


def test_a_row_that_is_wider_than_the_head_is_refused():
    (problem,) = check_row(Row(5, (*(GOOD[field] for field in Field), "x")), expected(), len(Field))

    assert problem.field is None
    assert problem.message.format(**problem.params).startswith("The row has 8 cells, the head 7")


def test_of_one_number_the_first_good_row_counts():
    cells = [dict(GOOD), GOOD | {Field.TITLE: ""}, dict(GOOD), GOOD | {Field.NUMBER: "7"}]
    rows = tuple(Row(number, tuple(one[field] for field in Field)) for number, one in enumerate(cells, start=2))

    outcomes = [one for _, one in check_table(Table(tuple(Field), rows), expected())]

    assert isinstance(outcomes[0], HistoricalRow)
    assert said(outcomes[1])[0][0] == Field.TITLE
    assert said(outcomes[2]) == [
        (Field.NUMBER, "2549", "Row 2 of this file has the same number; a number is expected once.")
    ]
    assert isinstance(outcomes[3], HistoricalRow)


def test_a_column_of_days_is_recognised_and_one_lone_day_is_not():
    def table(*times):
        rows = tuple(Row(2, (time,)) for time in times)
        return gives_days_only(Table(("时间",), rows), ColumnMapping({Field.RECEIVED_AT: 0}))

    assert table("2019/4/25", "2019/4/26")
    assert not table("2019/4/25", "2019/4/26 9:00")
    assert not table("", "?")


def test_the_present_moment_is_not_in_the_future():
    assert isinstance(checked(replied_at=f"{NOW:%Y-%m-%d %H:%M:%S}"), HistoricalRow)
    assert not isinstance(checked(replied_at=f"{NOW + timedelta(seconds=1):%Y-%m-%d %H:%M:%S}"), HistoricalRow)

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.inputs import Inputs, read_inputs
from zhicheng.core.draws.plan import Plan
from zhicheng.core.draws.tables import Table
from zhicheng.core.refused import Refused


def inputs(roster=(), inspectors=(), conflicts=(), **plan) -> Inputs:
    content = {"n": {"食品": 1}, "inspectors_per_visit": 1, **plan}
    tables = [Table(f"{name}.csv", [list(row) for row in rows]) for name, rows in
              (("roster", roster), ("inspectors", inspectors), ("conflicts", conflicts))]  # fmt: skip
    return Inputs(*tables, plan=Plan("plan.json", content))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("8", 8), (" 7\t", 7), ("1e3", 1000), ("2/3", Fraction(2, 3)), ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)), ("2.", 2), ("1_000", 1000), ("-3", -3), ("+3", 3), ("1E-2", Fraction(1, 100)),
        ("１２", 12), ("0", 0),
    ],
)  # fmt: skip
def test_sizes_are_read_exactly(text: str, size: Fraction | int) -> None:
    assert list(inputs([("A", "食品", text)]).strata()) == [("食品", {"A": size}, 1)]


@pytest.mark.parametrize(
    "text", ["", "x", "1/0", "0x1", "1,5", "1/2e3", "--1", "1__0", "nan", "inf", "1 / 2x", "²", "½"]
)
def test_what_is_no_size_is_told_with_its_row(text: str) -> None:
    with pytest.raises(
        Refused, match=r"roster.csv, row 3: the size “.*” is not a number; expected is one like 12"
    ):
        list(inputs([("A", "食品", "1"), ("B", "食品", text)]).strata())


@pytest.mark.parametrize("text", ["1e1000001", "1E-9999999999", "0e1_000_001", "1e" + "9" * 4000])
def test_a_power_of_ten_that_keeps_a_computer_busy_is_refused(text: str) -> None:
    with pytest.raises(
        Refused, match=r"roster.csv, row 2: the size “.{1,60}” has a power of ten beyond 1,000,000$"
    ):
        list(inputs([("A", "食品", text)]).strata())


@pytest.mark.parametrize("text", ["1e5000", "2E+6_000", "3e-5000"])
def test_a_large_power_of_ten_is_read(text: str) -> None:
    assert list(inputs([("A", "食品", text)]).strata()) == [("食品", {"A": Fraction(text)}, 1)]


def test_a_size_is_told_on_one_line_and_not_without_end() -> None:
    with pytest.raises(Refused) as refused:
        list(inputs([("A", "食品", "1\nB,食品" * 1000)]).strata())
    assert len(str(refused.value)) < 200
    assert r"“1\nB,食品1\nB" in str(refused.value)


def test_rows_of_other_strata_are_not_looked_at() -> None:
    assert list(inputs([("A", "食品", "1"), ("B", "工业", "?"), ("C", "")]).strata()) == [("食品", {"A": 1}, 1)]


def test_a_plan_without_strata_looks_at_no_row() -> None:
    assert list(inputs([()], n={}).strata()) == []


def test_the_last_size_of_a_unit_counts() -> None:
    assert list(inputs([("A", "食品", "1"), ("A", "食品", "2")]).strata()) == [("食品", {"A": 2}, 1)]


def test_units_are_told_apart_by_white_space() -> None:
    found = inputs([("A", "食品", "1"), ("A ", "食品", "2"), ("A", "食品 ", "3")])
    assert list(found.strata()) == [("食品", {"A": 1, "A ": 2}, 1)]


def test_a_stratum_without_units_needs_no_count() -> None:
    assert list(inputs([], n={"食品": None, "工业": 3}).strata()) == []
    with pytest.raises(Refused, match="“n” of stratum “食品”"):
        list(inputs([], n={"食品": "3"}).strata())


@pytest.mark.parametrize("row", [(), ("A",), ("A", "食品")])
def test_a_short_row_of_the_roster_is_told(row: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match=r"roster.csv, row 2: the field “(id|stratum|size)” is missing"):
        list(inputs([row]).strata())


def test_capacities_are_whole_numbers_row_by_row() -> None:
    rows = [("执01", "4"), ("执02", " +1_0 "), ("执01", "-1", "note")]
    assert inputs(inspectors=rows).capacities() == [("执01", 4), ("执02", 10), ("执01", -1)]


@pytest.mark.parametrize(
    ("row", "told"), [(("执01", "4.0"), "max_visits is “4.0”"), (("执01",), "“max_visits” is miss")]
)
def test_what_is_no_capacity_is_told_with_its_row(row: tuple[str, ...], told: str) -> None:
    with pytest.raises(Refused, match=f"inspectors.csv, row 2: .*{told}"):
        inputs(inspectors=[row]).capacities()


def test_conflicts_are_pairs() -> None:
    assert inputs(conflicts=[("执01", "A"), ("执01", "A", "brother")]).barred() == {("执01", "A")}
    with pytest.raises(Refused, match=r"conflicts.csv, row 2: the field “enterprise” is missing"):
        inputs(conflicts=[("执01",)]).barred()


def test_files_are_read_together_and_checked_as_a_whole() -> None:
    plan = b'{"n": {"F": 1}, "inspectors_per_visit": 1}'
    files = [("r", b"id,s,x\nA,F,1\n"), ("p", plan), ("i", b"i,m\n1,2\n"), ("c", b"i,e\n1,A\n")]
    read = read_inputs(*files)
    read.check()
    assert read.barred() == {("1", "A")}
    files[2] = ("i", b"i,m\n1\n")
    with pytest.raises(Refused, match="i, row 2"):
        read_inputs(*files).check()


@pytest.mark.parametrize("per_visit", ["2", 2.0, None])
def test_nothing_is_committed_to_that_cannot_be_run_once_units_are_drawn(per_visit: object) -> None:
    with pytest.raises(Refused, match=r"“inspectors_per_visit” is .*; expected is a whole number"):
        inputs([("A", "食品", "1")], inspectors_per_visit=per_visit).check()


def test_a_power_of_ten_may_be_a_million_and_no_more() -> None:
    (_, sizes, _), *_ = inputs([("A", "食品", "1E+1_000_000")]).strata()
    assert sizes == {"A": 10**1_000_000}


def test_a_size_may_have_4300_digits_and_no_more() -> None:
    """As many as Python reads of one number."""
    assert list(inputs([("A", "食品", "9" * 4300)]).strata()) == [("食品", {"A": 10**4300 - 1}, 1)]
    with pytest.raises(Refused, match=r"roster.csv, row 2: the size “9{59}…” is not a number"):
        list(inputs([("A", "食品", "9" * 4301)]).strata())


@given(st.fractions(max_denominator=10**6), st.integers(0, 3))
def test_a_fraction_is_read_as_it_is_written(size: Fraction, spaces: int) -> None:
    text = " " * spaces + str(size) + "\t" * spaces
    assert list(inputs([("A", "食品", text)]).strata()) == [("食品", {"A": size}, 1)]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e9", max_value="1e9"))
def test_a_decimal_is_read_without_rounding(size: Decimal) -> None:
    assert list(inputs([("A", "食品", str(size))]).strata()) == [("食品", {"A": Fraction(size)}, 1)]


def test_strata_come_by_code_point_with_their_units_and_counts() -> None:
    rows = [("A", "食品", "1"), ("B", "工业", "2"), ("C", "食品", "3"), ("D", "𠀀", "4"), ("E", "ﬀ", "5")]
    found = inputs(rows, n={"𠀀": 3, "食品": 0, "ﬀ": 2, "工业": 1, "无": 9})
    assert list(found.strata()) == [
        ("工业", {"B": 2}, 1),
        ("食品", {"A": 1, "C": 3}, 0),
        ("ﬀ", {"E": 5}, 2),
        ("𠀀", {"D": 4}, 3),
    ]


ROW = ("A", "食品", "1")


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"roster": [ROW, ("B", "食品", "x")]}, "roster.csv, row 3: the size “x” is not a number"),
        (
            {"roster": [ROW, ("B", "食品")]},
            "roster.csv, row 3: the field “size” is missing; expected are id, stratum,",
        ),
        (
            {"roster": [ROW, ("B",)]},
            "roster.csv, row 3: the field “stratum” is missing; expected are id, stratum, f",
        ),
        ({"roster": [("B",)], "n": {}}, "roster.csv, row 2: the field “stratum” is missing"),
        (
            {"inspectors": [("执01", "two")]},
            "inspectors.csv, row 2: max_visits is “two”; expected is a whole number",
        ),
        (
            {"inspectors": [("执01",)]},
            "row 2: the field “max_visits” is missing; expected are inspector, max_visits,",
        ),
        (
            {"conflicts": [("执01",)]},
            "row 2: the field “enterprise” is missing; expected are inspector, enterprise,",
        ),
        (
            {"conflicts": [()]},
            "row 2: the field “inspector” is missing; expected are inspector, enterprise, found is",
        ),
        ({"n": {"食品": "2"}}, 'plan.json: “n” of stratum “食品” is "2"; expected is a whole number'),
        ({"n": {"无": 1.5}}, "plan.json: “n” of stratum “无” is 1.5; expected is a whole number"),
        ({"n": 5}, "plan.json: “n” is 5; expected is how many of each stratum"),
        (
            {"inspectors_per_visit": "two"},
            'plan.json: “inspectors_per_visit” is "two"; expected is a whole number',
        ),
    ],
)
def test_a_check_finds_whatever_a_draw_could_not_use(broken: dict[str, Any], told: str) -> None:
    good: dict[str, Any] = {"roster": [ROW], "inspectors": [("执01", "1")], "conflicts": [("执01", "A")]}
    inputs(**good).check()
    with pytest.raises(Refused) as refused:
        inputs(**(good | broken)).check()
    assert told in str(refused.value)


@pytest.mark.parametrize("key", ["n", "inspectors_per_visit"])
def test_a_check_finds_what_the_plan_lacks(key: str) -> None:
    found = inputs([ROW])
    del found.plan.content[key]
    with pytest.raises(Refused, match=f"plan.json: “{key}” is missing"):
        found.check()


def test_a_check_asks_no_size_of_who_cannot_be_drawn() -> None:
    inputs([ROW, ("B", "无"), ("C", "工业", "?")]).check()


@pytest.mark.parametrize(
    ("place", "content", "told"),
    [
        (0, b"id,stratum,size\nA,F,x\n", "a.csv, row 2: the size"),
        (0, b"\xff", "a.csv, byte 1"),
        (1, b"[]", "b.json holds"),
        (2, b"i,m\n1,x\n", "c.csv, row 2: max_visits"),
        (3, b"i,e\n1\n", "d.csv, row 2: the field"),
    ],
)
def test_what_is_wrong_is_told_by_the_name_of_its_file(place: int, content: bytes, told: str) -> None:
    contents = [b"id,s,x\nA,F,1\n", b'{"n": {"F": 1}, "inspectors_per_visit": 1}', b"i,m\n", b"i,e\n"]
    contents[place] = content
    with pytest.raises(Refused, match=f"^{told}"):
        read_inputs(*zip(("a.csv", "b.json", "c.csv", "d.csv"), contents, strict=True)).check()

"""What should not be drawn from is told; what is not told has one draw for one commitment."""

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from zhicheng.core.draws.commitment import commit
from zhicheng.core.draws.doubts import mistakes, unbound
from zhicheng.core.draws.drawing import Inputs, Plan, Table, draw
from zhicheng.core.draws.tables import read_table

ROSTER = [["A", "食品", "8"], ["B", "食品", "1"], ["C", "食品", "2/3"], ["é", "工业", "1", "branch"]]
STAFF = [["执01", "2"], ["执02", "3"]]
CONFLICTS = [["执01", "A"], ["执02", "elsewhere"]]
PLAN = {"n": {"食品": 2, "工业": 1}, "inspectors_per_visit": 1}

Rows = Sequence[Sequence[str]]


def inputs(
    roster: Rows = ROSTER, staff: Rows = STAFF, conflicts: Rows = CONFLICTS, plan: dict[str, object] | None = None
) -> Inputs:
    tables = (Table(name, [list(row) for row in rows]) for name, rows in
              (("r.csv", roster), ("i.csv", staff), ("c.csv", conflicts)))  # fmt: skip
    return Inputs(*tables, Plan("plan.json", PLAN | (plan or {})))


def test_of_good_inputs_nothing_is_told() -> None:
    assert not [*unbound(inputs()), *mistakes(inputs())]


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (inputs([*ROSTER, ["B", "工业", "9"]]), "r.csv, row 6: id “B” is in row 3 too; expected is once"),
        (inputs([*ROSTER, [" A", "食品", "9"]]), "r.csv, row 6: id is “ A”, which the commitment does not"),
        (inputs([["A", "食品\u3000", "9"], *ROSTER[1:]]), "r.csv, row 2: stratum is “食品\u3000”, which"),
        (inputs([*ROSTER[:3], ["e\u0301", "工业", "1"]]), "r.csv, row 5: id is “e\u0301”, which"),
        (inputs([*ROSTER[:3], ["é", "工业", "1", "a\nD\t食品\t3"]]), "r.csv, row 5: a tab or a line end stands"),
        (inputs(staff=[*STAFF, ["执02", "9"]]), "i.csv, row 4: inspector “执02” is in row 3 too"),
        (inputs(staff=[["执01 ", "2"], ["执02", "3"]]), "i.csv, row 2: inspector is “执01 ”, which"),
        (inputs(conflicts=[["执01", "A\u00a0"]]), "c.csv, row 2: enterprise is “A\\xa0”, which"),
    ],
)  # fmt: skip
def test_what_the_commitment_does_not_bind(given_: Inputs, told: str) -> None:
    first = next(unbound(given_), None)
    assert first is not None
    assert str(first).startswith(told)


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (inputs([*ROSTER, ["D", "食品", "-1"]]), "r.csv, row 6: size is “-1”; expected is more than 0"),
        (inputs([["A", "食品", "0/7"], *ROSTER[1:]]), "r.csv, row 2: size is “0/7”; expected is more than 0"),
        (
            inputs(plan={"n": {"食品": 4}}),
            "plan.json: “n” of stratum “食品” is 4; expected is one from 0 to 3, the units that r.csv has of it",
        ),
        (inputs(plan={"n": {"玩具": 1}}), "plan.json: “n” of stratum “玩具” is 1; expected is one from 0 to 0"),
        (inputs(plan={"n": {"食品": -1}}), "plan.json: “n” of stratum “食品” is -1; expected is one from 0 to 3"),
        (
            inputs(plan={"inspectors_per_visit": -1}),
            "plan.json: “inspectors_per_visit” is -1; expected is 0 or more",
        ),
        (inputs(staff=[["执01", "-2"], ["执02", "3"]]), "i.csv, row 2: max_visits is -2; expected is 0 or more"),
        (
            inputs(conflicts=[["执03", "A"]]),
            "c.csv, row 2: inspector “执03” is not in i.csv, so that this conflict keeps nobody away",
        ),
        (
            inputs(staff=[["执01", "1"], ["执02", "1"]]),
            "i.csv: max_visits add up to 2; expected are 3 or more for the plan's visits",
        ),
        (
            inputs(conflicts=[["执01", "C"], ["执02", "C"]]),
            "c.csv: inspectors free to visit “C” are 0; expected are 1 or more",
        ),
        (
            inputs(staff=[["执01", "9"], ["执02", "0"]], plan={"inspectors_per_visit": 2}),
            "c.csv: inspectors free to visit “é” are 1; expected are 2 or more",
        ),
    ],
)  # fmt: skip
def test_what_nobody_can_have_meant(given_: Inputs, told: str) -> None:
    assert not list(unbound(given_))
    assert str(next(mistakes(given_), "nothing")).startswith(told)


def test_a_first_row_that_would_be_lost_as_the_head() -> None:
    texts = {"r.csv": "A,食品,8\nB,食品,1\n", "i.csv": "执01,2\n执02,3\n", "c.csv": "执02,B\n"}
    tables = [read_table(text.encode(), name) for name, text in texts.items()]
    told = [str(doubt) for doubt in mistakes(Inputs(*tables, Plan("plan", PLAN | {"n": {"食品": 1}})))]
    assert told[0] == "r.csv, row 1: “A, 食品, 8” would be lost as the head; expected are names of the columns"
    assert told[1].startswith("i.csv, row 1: “执01, 2” would be lost")


@pytest.mark.parametrize("head", ["id,stratum,size", "编号,层,规模", "id,stratum", "", "id,stratum,2026 size"])
def test_a_head_is_what_is_no_number(head: str) -> None:
    roster = read_table(f"{head}\nA,食品,8\n".encode(), "r.csv")
    assert roster.rows == [["A", "食品", "8"]]
    plan = Plan("plan", {"n": {"食品": 1}, "inspectors_per_visit": 0})
    assert not list(mistakes(Inputs(roster, Table("i.csv", []), Table("c.csv", []), plan)))


@pytest.mark.parametrize("row", ["A,食品,8,branch", "A,食品,1e3,2026", "A,食品, 2/3 ,"])
def test_further_columns_do_not_make_a_head_of_a_row(row: str) -> None:
    roster = read_table(f"{row}\nB,食品,1\n".encode(), "r.csv")
    plan = Plan("plan", {"n": {"食品": 1}, "inspectors_per_visit": 0})
    told = list(mistakes(Inputs(roster, Table("i.csv", []), Table("c.csv", []), plan)))
    assert [str(doubt).partition(":")[0] for doubt in told] == ["r.csv, row 1"]


def test_sizes_and_capacities_may_have_space_around_them() -> None:
    """They are numbers with and without it."""
    spaced = inputs([["A", "食品", " 8 "], *ROSTER[1:]], staff=[["执01", " 2"], ["执02", "3 "]])
    assert not [*unbound(spaced), *mistakes(spaced)]
    assert draw(spaced, "00").document() == draw(inputs(), "00").document()


def test_every_row_is_told_and_only_those_that_could_be_drawn() -> None:
    roster = [*ROSTER, ["D", "other", "0"], ["E", "食品", "0"], ["F", "other", "?"], ["G", "工业", "-1/2"]]
    assert [str(doubt) for doubt in mistakes(inputs(roster))] == [
        "r.csv, row 7: size is “0”; expected is more than 0",
        "r.csv, row 9: size is “-1/2”; expected is more than 0",
    ]


def test_a_stratum_of_which_none_are_drawn_needs_nobody() -> None:
    """Not even where all inspectors are barred from its only unit."""
    none = inputs(conflicts=[["执01", "é"], ["执02", "é"]], plan={"n": {"食品": 2, "工业": 0}})
    assert not list(mistakes(none))
    nobody = inputs(staff=[], conflicts=[], plan={"n": {"食品": 0, "工业": 0}})
    assert not list(mistakes(nobody))


@pytest.mark.parametrize("count", [None, 0, False])
def test_a_stratum_without_units_of_which_none_are_drawn_is_no_mistake(count: object) -> None:
    assert not list(mistakes(inputs(plan={"n": {"食品": 1, "无": count}})))


def test_who_makes_no_visit_is_neither_counted_nor_barred() -> None:
    """A conflict of an inspector without capacity takes away nobody."""
    resting = [["执01", "0"], ["执02", "3"]]
    assert not list(mistakes(inputs(staff=resting, conflicts=[["执01", "A"]])))
    told = [str(doubt) for doubt in mistakes(inputs(staff=[["执01", "0"], ["执02", "2"]], conflicts=[]))]
    assert told == ["i.csv: max_visits add up to 2; expected are 3 or more for the plan's visits"]


def test_one_visit_each_is_enough_for_as_many_visits() -> None:
    staff = [["执01", "1"], ["执02", "1"], ["执03", "1"]]
    assert not list(mistakes(inputs(staff=staff, conflicts=[])))


def test_a_plan_for_more_than_there_are_needs_inspectors_for_those_there_are() -> None:
    told = [str(doubt) for doubt in mistakes(inputs(staff=[["执01", "4"]], conflicts=[], plan={"n": {"食品": 9}}))]
    assert told == [
        "plan.json: “n” of stratum “食品” is 9; expected is one from 0 to 3, the units that r.csv has of it"
    ]


@pytest.mark.parametrize("rows", [["A\tx"], ["A\tx", "B"], ["A\tx", "B\ty"], ["A\nx"], ["A\nx", "B", "C\ny"]])
def test_every_row_with_a_parted_cell_is_told(rows: list[str]) -> None:
    """However many there are, and whatever else would make their number look right."""
    told = [str(doubt) for doubt in unbound(inputs([[cell, "食品", "1"] for cell in rows], conflicts=[]))]
    assert [line.partition(":")[0] for line in told] == [
        f"r.csv, row {row}" for row, cell in enumerate(rows, start=2) if len(cell) > 1
    ]


def test_who_is_told_of_is_shown_on_one_line() -> None:
    told = [str(doubt) for doubt in unbound(inputs([["A\n" * 50, "食品", "1"]]))]
    assert told
    assert all("\n" not in line and len(line) < 250 for line in told)


def test_what_is_not_drawn_is_left_alone() -> None:
    without = inputs([*ROSTER, ["D", "other", "-1"]], staff=[], plan={"n": {"食品": 2}, "inspectors_per_visit": 0})
    assert not [*unbound(without), *mistakes(without)]


def test_of_an_empty_plan_no_row_is_looked_at() -> None:
    without = inputs([[], ["A"], []], staff=[], conflicts=[], plan={"n": {}})
    assert not [*unbound(without), *mistakes(without)]


cells = st.sampled_from(["A", "B", "C", "1", "2", "食品", "A\t食品", "1\nB", "é"])


def blurred(cell: str, how: int) -> str:
    return (cell, f" {cell}", f"{cell}\u2003", unicodedata.normalize("NFD", cell))[how]


def again(rows: list[list[str]], order: list[int], hows: list[int], split: bool) -> list[list[str]]:
    """Rows of the same canonical text: in another order, cells blurred, or cut where tabs and line ends are."""
    kept = [[blurred(cell, hows[(at + place) % len(hows)]) for place, cell in enumerate(row)]
            for at, row in enumerate(rows)]  # fmt: skip
    kept = [kept[place] for place in sorted(range(len(kept)), key=lambda place: order[place % len(order)])]
    if split:
        kept = [line.split("\t") for row in kept for line in "\t".join(row).split("\n")]
    return kept


@given(
    st.lists(
        st.tuples(cells, st.just("食品"), st.sampled_from(["1", "2", "7"])).map(list), min_size=1, max_size=6
    ),
    st.lists(
        st.tuples(st.sampled_from(["i", "j", "j\t1"]), st.sampled_from(["1", "2", "3"])).map(list), max_size=3
    ),
    st.permutations(range(6)),
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.booleans(),
    st.integers(1, 3),
)
@example([["A", "食品", "1"], ["A", "食品", "7"], ["B", "食品", "2"]], [], [2, 1, 0, 3, 4, 5], [0], False, 1)
@example([["A", "食品", "1"], ["B", "食品", "2"]], [["i", "3"]], [0, 1, 2, 3, 4, 5], [1], False, 1)
def test_one_commitment_has_one_draw(roster, staff, order, hows, split, n) -> None:
    plan: dict[str, object] = {"n": {"食品": n}, "inspectors_per_visit": 1}
    one = inputs(roster, staff, [], plan)
    other = inputs(again(roster, order, hows, split), again(staff, order, hows, split), [], plan)
    assume(commit(one) == commit(other))
    if next(unbound(one), None) is None and next(unbound(other), None) is None:
        assert draw(one, "00").document() == draw(other, "00").document()


def test_a_space_can_choose_who_is_drawn() -> None:
    """Why it is told: the commitment stays, and so many spaces give as many draws."""
    one_each = [["A", "食品", "1"], ["B", "食品", "1"], ["C", "食品", "1"]]
    plan: dict[str, object] = {"n": {"食品": 1}, "inspectors_per_visit": 0}
    variants = [inputs([[" " * spaces + "A", "食品", "1"], *one_each[1:]], plan=plan) for spaces in range(12)]
    assert len({commit(variant).commitment for variant in variants}) == 1
    assert len({draw(variant, "00").selected[0].strip() for variant in variants}) > 1
    assert all((next(unbound(variant), None) is None) == (variant is variants[0]) for variant in variants)

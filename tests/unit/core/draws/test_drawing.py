import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.drawing import Drawn, Inputs, Plan, Table, draw
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.refused import Refused

rosters = st.lists(
    st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from(["食品", "工业"]), st.integers(0, 20).map(str)),
    max_size=16,
)


def inputs(roster, n, *, per_visit=0, staff=(), **more) -> Inputs:
    tables = [
        Table("roster", [list(row) for row in roster]),
        Table("inspectors", list(staff)),
        Table("conflicts", []),
    ]
    return Inputs(*tables, plan=Plan("plan", {"n": n, "inspectors_per_visit": per_visit, **more}))


def orders(drawn: Drawn) -> dict[str, list[str]]:
    return {stratum.stratum: [*stratum.selected, *stratum.reserve] for stratum in drawn.strata}


@given(rosters, st.integers(0, 9), st.text("0123456789abcdefABCDEF", max_size=8))
def test_a_draw_has_no_duplicates_and_the_size_asked_for(roster: list, n: int, randomness: str) -> None:
    drawn = draw(inputs(roster, {"食品": n, "工业": 1}), randomness)
    for stratum in drawn.strata:
        listed = [*stratum.selected, *stratum.reserve]
        assert len(set(listed)) == len(listed)
        positive = {unit for unit, where, size in roster if where == stratum.stratum and int(size)}
        asked = {"食品": n, "工业": 1}[stratum.stratum]
        assert len(stratum.selected) == min(asked, len(listed))
        if asked:
            assert set(listed) >= {unit for unit in positive if _last_size(roster, unit, stratum.stratum)}


def _last_size(roster: list, unit: str, stratum: str) -> int:
    return [int(size) for each, where, size in roster if (each, where) == (unit, stratum)][-1]


@given(rosters, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_plays_no_part(roster: list, random) -> None:
    once = list({(unit, stratum): (unit, stratum, size) for unit, stratum, size in roster}.values())
    first = draw(inputs(once, {"食品": 3, "工业": 2}), "00")
    second = draw(inputs(random.sample(once, len(once)), {"工业": 2, "食品": 3}), "00")
    assert first.document() == second.document()


def test_randomness_may_be_of_either_case() -> None:
    roster = [("A", "食品", "1"), ("B", "食品", "1")]
    assert (
        draw(inputs(roster, {"食品": 1}), "aBcD").document()
        == draw(inputs(roster, {"食品": 1}), "ABCD").document()
    )


def test_everything_changes_with_the_plan_and_nothing_with_a_stratum_without_units() -> None:
    roster = [(unit, "食品", "1") for unit in "ABCDEFGH"]
    one, two = draw(inputs(roster, {"食品": 1}), "00"), draw(inputs(roster, {"食品": 1}, note="second try"), "00")
    assert one.seed != two.seed
    assert one.commitment.roster == two.commitment.roster
    empty = draw(inputs(roster, {"无": 5, "食品": 1}), "00")
    assert list(orders(empty)) == ["食品"]


def test_a_unit_of_two_strata_has_one_ticket_and_one_visit() -> None:
    drawn = draw(inputs([("A", "食品", "1"), ("A", "工业", "1")], {"食品": 1, "工业": 1}), "00")
    assert drawn.selected == ["A", "A"]
    assert drawn.assignment == {"A": []}
    assert len({ticket["u_hex"] for ticket in drawn.tickets()}) == 1


def test_where_nothing_is_drawn_nobody_is_asked_for() -> None:
    drawn = draw(inputs([("A", "食品", "1")], {"食品": 0}, per_visit="many"), "00")
    assert (drawn.selected, drawn.assignment, list(drawn.tickets())) == ([], {}, [])


def test_what_cannot_be_assigned_is_drawn_all_the_same() -> None:
    drawn = draw(inputs([("A", "食品", "1")], {"食品": 1}, per_visit=1), "00")
    assert (drawn.selected, drawn.assignment) == (["A"], None)


def test_sizes_too_long_to_write_are_told() -> None:
    roster = [("A", "食品", "1e5000"), ("B", "食品", "1")]
    with pytest.raises(Refused, match="stratum “食品”: the sizes have so many digits"):
        draw(inputs(roster, {"食品": 1}), "00")


def test_sm3_is_named_by_every_hash() -> None:
    drawn = draw(inputs([("A", "食品", "1")], {"食品": 1}), "00", Algorithm.SM3)
    assert list(drawn.document())[:5] == ["frame_sm3", "inspectors_sm3", "conflicts_sm3", "plan_sm3", "commitment"]
    plain = draw(inputs([("A", "食品", "1")], {"食品": 1}), "00")
    assert drawn.seed != plain.seed

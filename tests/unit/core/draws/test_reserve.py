from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.drawing import DrawnStratum, Inputs, Plan, Table, draw
from zhicheng.core.draws.reserve import replacements

UNITS = "ABCDEFGHIJ"
sizes = st.lists(st.integers(1, 9), min_size=10, max_size=10)


def stratum(sizes: list[int], n: int, randomness: str = "00") -> DrawnStratum:
    roster = Table("roster", [[unit, "食品", str(size)] for unit, size in zip(UNITS, sizes, strict=True)])
    plan = Plan("plan", {"n": {"食品": n}, "inspectors_per_visit": 0})
    return draw(Inputs(roster, Table("i", []), Table("c", []), plan), randomness).strata[0]


@given(sizes, st.integers(1, 9), st.sets(st.sampled_from(UNITS)))
def test_the_first_who_can_be_visited_are_visited(sizes: list[int], n: int, closed: set[str]) -> None:
    drawn = stratum(sizes, n)
    instead = replacements(drawn.selected, drawn.reserve, closed)
    visited = {instead.get(unit, unit) for unit in drawn.selected} - {None}
    in_order = [unit for unit in [*drawn.selected, *drawn.reserve] if unit not in closed]
    assert visited == set(in_order[:n])
    assert list(instead) == [unit for unit in drawn.selected if unit in closed]


@given(sizes, st.integers(1, 9), st.permutations(UNITS), st.integers(0, 10))
def test_it_does_not_matter_in_which_order_they_turn_out_to_be_closed(sizes, n, order, count) -> None:
    drawn = stratum(sizes, n)
    listed = [*drawn.selected, *drawn.reserve]
    visited, closed = set(drawn.selected), set()
    for unit in order[:count]:
        closed.add(unit)
        if unit in visited:
            visited.remove(unit)
            visited |= set([other for other in listed if other not in closed | visited][:1])
    assert visited == {unit for unit in listed if unit not in closed} & set(
        [unit for unit in listed if unit not in closed][:n]
    )


def test_nobody_is_left_in_the_end() -> None:
    assert replacements(["A", "B"], ["C"], {"A", "B"}) == {"A": "C", "B": None}
    assert replacements(["A"], ["B"], set()) == {}

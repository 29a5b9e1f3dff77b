from collections import Counter
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2

from zhicheng.core.draws.assignment import assign
from zhicheng.core.draws.hashing import Algorithm

VISITS = ["A", "B", "C", "D", "E"]
STAFF = ["执01", "执02", "执03", "执04"]
pairs = st.sets(st.sampled_from([(inspector, visit) for inspector in STAFF for visit in VISITS]), max_size=12)
staffs = st.lists(st.integers(0, 5), min_size=4, max_size=4).map(lambda most: list(zip(STAFF, most, strict=True)))


@given(staffs, pairs, st.integers(0, 3), st.text(max_size=3))
def test_an_assignment_breaks_no_rule(staff: list, conflicts: set, per_visit: int, seed: str) -> None:
    found = assign(VISITS, staff, conflicts, per_visit=per_visit, seed=seed)
    assume(found is not None)
    assert list(found) == VISITS
    assert all(len(set(inspectors)) == len(inspectors) == per_visit for inspectors in found.values())
    assert not {(inspector, visit) for visit, inspectors in found.items() for inspector in inspectors} & conflicts
    made = Counter(inspector for inspectors in found.values() for inspector in inspectors)
    assert all(made[inspector] <= most for inspector, most in staff)


@given(staffs, pairs, st.integers(0, 3), st.text(max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_the_staff_plays_no_part(staff: list, conflicts: set, per: int, seed: str, random) -> None:
    shuffled = random.sample(staff, len(staff))
    assert assign(VISITS, staff, conflicts, per_visit=per, seed=seed) == assign(
        VISITS, shuffled, list(conflicts), per_visit=per, seed=seed
    )


def test_the_lowest_hash_is_taken_where_nothing_forbids_it() -> None:
    staff = [(inspector, 9) for inspector in STAFF]
    found = assign(VISITS, staff, set(), per_visit=2, seed="s")
    for visit, inspectors in found.items():
        by_hash = sorted(STAFF, key=lambda each: Algorithm.SHA256.joined("s", "I", visit, each))
        assert inspectors == by_hash[:2]


def test_a_choice_that_leads_to_a_dead_end_is_passed_over() -> None:
    """Whoever is first by hash for A is the only one who can visit B."""
    first, second = sorted(STAFF[:2], key=lambda each: Algorithm.SHA256.joined("s", "I", "A", each))
    staff = [(first, 1), (second, 1)]
    assert assign(["A", "B"], staff, {(second, "B")}, per_visit=1, seed="s") == {"A": [second], "B": [first]}


@pytest.mark.parametrize(
    ("staff", "conflicts", "per_visit"),
    [([("执01", 4)], set(), 1), ([("执01", 9)], set(), 2), ([("执01", 9)], {("执01", "C")}, 1), ([], set(), 1)],
)
def test_what_cannot_be_is_none(staff: list, conflicts: set, per_visit: int) -> None:
    assert assign(VISITS, staff, conflicts, per_visit=per_visit, seed="s") is None


def test_no_inspectors_are_needed_for_none() -> None:
    assert assign(["A"], [], set(), per_visit=0, seed="s") == {"A": []}
    assert assign([], [], set(), per_visit=3, seed="s") == {}


def test_a_visit_named_twice_is_made_once() -> None:
    assert assign(["A", "A"], [("执01", 1)], set(), per_visit=1, seed="s") == {"A": ["执01"]}


def test_who_is_listed_twice_has_the_last_capacity_and_is_asked_twice() -> None:
    assert assign(["A"], [("执01", 0), ("执01", 2)], set(), per_visit=1, seed="s") == {"A": ["执01"]}
    found = assign(["A"], [("执01", 1), ("执02", 1), ("执01", 2)], set(), per_visit=2, seed="s")
    assert found in ({"A": ["执01", "执01"]}, {"A": ["执02", "执01"]})


def test_a_negative_capacity_is_no_limit_and_no_help() -> None:
    assert assign(["A"], [("执01", -1)], set(), per_visit=1, seed="s") is None
    first, second = sorted(STAFF[:2], key=lambda each: Algorithm.SHA256.joined("s", "I", "A", each))
    assert assign(["A"], [(first, -1), (second, 1)], set(), per_visit=1, seed="s") == {"A": [first]}


def test_a_negative_number_sends_everybody() -> None:
    found = assign(["A", "B"], [("执01", 1), ("执02", 5)], {("执02", "A")}, per_visit=-1, seed="s")
    assert found == {"A": ["执01"], "B": ["执02"]}


def test_five_hundred_visits_with_hardly_room_are_assigned() -> None:
    """Capacity for exactly all visits, and each inspector barred from every second one."""
    visits, staff = [f"v{number}" for number in range(500)], [f"i{number}" for number in range(50)]
    barred = {(i, v) for row, v in enumerate(visits) for place, i in enumerate(staff) if (row + place) % 2}
    found = assign(visits, [(inspector, 20) for inspector in staff], barred, per_visit=2, seed="s")
    made = Counter(inspector for inspectors in found.values() for inspector in inspectors)
    assert set(made.values()) == {20}


def test_sm3_gives_another_lot() -> None:
    staff = [(inspector, 9) for inspector in STAFF]
    assert assign(VISITS, staff, set(), per_visit=1, seed="s") != assign(
        VISITS, staff, set(), per_visit=1, seed="s", algorithm=Algorithm.SM3
    )


def by_lot(visit: str, staff: list[str], seed: str) -> list[str]:
    return sorted(staff, key=lambda each: (Algorithm.SHA256.joined(seed, "I", visit, each), each))


def by_trying(visits: list[str], capacities: dict[str, int], conflicts: set, per: int, seed: str) -> dict | None:
    """Every choice for every visit, those of low hashes first: the first that leads to an end."""
    if not visits:
        return {}
    first, *rest = visits
    free = [each for each, most in capacities.items() if most > 0 and (each, first) not in conflicts]
    for chosen in combinations(by_lot(first, free, seed), per):
        left = {each: most - (each in chosen) for each, most in capacities.items()}
        if (found := by_trying(rest, left, conflicts, per, seed)) is not None:
            return {first: list(chosen), **found}
    return None


@given(staffs, pairs, st.integers(0, 3), st.text(max_size=3))
def test_it_is_the_first_by_lot_of_all_that_are_possible(staff: list, conflicts: set, per: int, seed: str) -> None:
    """And none only where there is none."""
    visits = VISITS[:4]
    expected = by_trying(visits, dict(staff), conflicts, per, seed)
    assert assign(visits, staff, conflicts, per_visit=per, seed=seed) == expected


@given(staffs, pairs, st.integers(1, 2), st.sampled_from(STAFF), st.sampled_from(VISITS))
def test_more_room_is_never_in_the_way(staff: list, conflicts: set, per: int, who: str, where: str) -> None:
    """One visit more for somebody, or one conflict less: what could be assigned still can."""
    assume(assign(VISITS, staff, conflicts, per_visit=per, seed="s") is not None)
    wider = [(each, most + (each == who)) for each, most in staff]
    assert assign(VISITS, wider, conflicts, per_visit=per, seed="s") is not None
    assert assign(VISITS, staff, conflicts - {(who, where)}, per_visit=per, seed="s") is not None
    assert assign(VISITS, staff, conflicts, per_visit=per - 1, seed="s") is not None


@given(pairs, st.integers(0, 2), st.integers(0, 5))
def test_later_visits_change_nothing_where_there_is_room(conflicts: set, per: int, count: int) -> None:
    staff = [(each, len(VISITS)) for each in STAFF]
    whole = assign(VISITS, staff, conflicts, per_visit=per, seed="s")
    assume(whole is not None)
    part = assign(VISITS[:count], staff, conflicts, per_visit=per, seed="s")
    assert part == {visit: whole[visit] for visit in VISITS[:count]}


@given(staffs, pairs, st.integers(0, 3))
def test_conflicts_of_strangers_and_with_strangers_play_no_part(staff: list, conflicts: set, per: int) -> None:
    further = conflicts | {("执99", "A"), ("执01", "elsewhere"), ("", "")}
    assert assign(VISITS, staff, further, per_visit=per, seed="s") == assign(
        VISITS, staff, conflicts, per_visit=per, seed="s"
    )


@pytest.mark.parametrize(
    ("capacity", "algorithm"), [(9, Algorithm.SHA256), (9, Algorithm.SM3), (3, Algorithm.SHA256)]
)
def test_every_pair_goes_as_often_as_any_other(capacity: int, algorithm: Algorithm) -> None:
    """Four inspectors for five visits in 600 draws: chi-square at 1 in 100,000, visit by visit.

    With room for all, and with hardly more places than visits; either way the lots know no names.
    """
    times, staff, pairs = 600, [(each, capacity) for each in STAFF], list(combinations(STAFF, 2))
    found: dict[str, Counter[tuple[str, ...]]] = {visit: Counter() for visit in VISITS}
    for number in range(times):
        drawn = assign(VISITS, staff, set(), per_visit=2, seed=f"{number}", algorithm=algorithm)
        assert drawn is not None
        for visit, visitors in drawn.items():
            found[visit][tuple(sorted(visitors))] += 1
    expected = times / len(pairs)
    for counts in found.values():
        away = sum((counts[pair] - expected) ** 2 / expected for pair in pairs)
        assert away < chi2.isf(1e-5, len(pairs) - 1)


def test_a_hash_may_be_named_by_its_text() -> None:
    staff = [(inspector, 5) for inspector in STAFF]
    by_text = assign(VISITS, staff, (), per_visit=2, seed="s", algorithm="sm3")
    assert by_text == assign(VISITS, staff, (), per_visit=2, seed="s", algorithm=Algorithm.SM3)

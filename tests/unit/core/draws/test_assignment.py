from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

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

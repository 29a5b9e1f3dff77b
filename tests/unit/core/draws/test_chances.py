"""Thousands of whole draws, each by a randomness of its own: the chances are those that are stated.

Seeded by counting, so that each run sees the same draws. Limits are at four standard errors and more.
"""

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import chi2, kstest

from zhicheng.core.draws.drawing import Drawn, Inputs, Plan, Table, draw
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.inclusion import inclusion_probabilities, joint_inclusion_probabilities
from zhicheng.core.draws.reserve import replacements

SIZES = {"A": "9", "B": "3", "C": "3", "D": "2", "E": "1", "F": "1/2", "G": "40"}
STRATUM, N, TIMES = "食品", 3, 2000
STAFF = [["i", "3"], ["j", "3"], ["k", "3"], ["l", "3"]]
CONFLICTS = [["i", "A"], ["j", "A"], ["k", "G"], ["l", "elsewhere"]]

Floats = npt.NDArray[np.float64]


def inputs() -> Inputs:
    roster = Table("roster", [[unit, STRATUM, size] for unit, size in SIZES.items()])
    plan = Plan("plan", {"n": {STRATUM: N}, "inspectors_per_visit": 2})
    return Inputs(roster, Table("inspectors", STAFF), Table("conflicts", CONFLICTS), plan)


@cache
def drawn(algorithm: Algorithm = Algorithm.SHA256) -> tuple[Drawn, ...]:
    return tuple(draw(inputs(), f"{number:064x}", algorithm) for number in range(TIMES))


def targets_by_unit() -> dict[str, float]:
    likely = {ticket["id"]: float(Fraction(ticket["lam"])) for ticket in drawn()[0].tickets()}
    return {unit: likely[unit] for unit in SIZES}


def selections(algorithm: Algorithm = Algorithm.SHA256) -> Floats:
    """A row for each draw, a column for each unit: 1 where it is selected."""
    return np.array([[float(unit in one.selected) for unit in SIZES] for one in drawn(algorithm)])


def assert_near(found: Floats, expected: Floats) -> None:
    error = np.sqrt(expected * (1 - expected) / TIMES)
    assert np.all(np.abs(found - expected) <= 4 * error + 1e-12), (found, expected)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_units_are_drawn_as_often_as_stated(algorithm: Algorithm) -> None:
    assert_near(selections(algorithm).mean(axis=0), inclusion_probabilities(list(targets_by_unit().values()), N))


def test_pairs_are_drawn_as_often_as_stated() -> None:
    hits = selections()
    assert_near(hits.T @ hits / TIMES, joint_inclusion_probabilities(list(targets_by_unit().values()), N))


def test_an_estimate_that_divides_by_the_chances_is_right_on_average() -> None:
    """Horvitz and Thompson's, of a total that has nothing to do with the sizes."""
    values = np.array([5.0, 1.0, 7.0, 2.0, 8.0, 3.0, 4.0])
    estimates = selections() @ (values / inclusion_probabilities(list(targets_by_unit().values()), N))
    assert abs(estimates.mean() - values.sum()) < 4 * estimates.std() / np.sqrt(TIMES)


def test_lots_are_uniform_and_those_of_one_unit_tell_nothing_of_another() -> None:
    lots = np.array([
        [int(lot["u_hex"], 16) / 2**256 for lot in sorted(one.tickets(), key=lambda lot: lot["id"])]
        for one in drawn()
    ])  # fmt: skip
    assert all(kstest(lots[:, unit], "uniform").pvalue > 1e-4 for unit in range(len(SIZES)))
    between = np.corrcoef(lots, rowvar=False)[np.triu_indices(len(SIZES), 1)]
    assert np.all(np.abs(between) < 4.5 / np.sqrt(TIMES))


def test_the_first_in_reserve_is_as_likely_as_a_draw_of_one_more_would_have_it() -> None:
    """Of the same λ: whoever takes the first of the reserve too has an order sample of n + 1."""
    more = np.array([
        [float(unit in [*one.selected, one.strata[0].reserve[0]]) for unit in SIZES] for one in drawn()
    ])  # fmt: skip
    likely = list(targets_by_unit().values())
    assert_near(more.mean(axis=0), inclusion_probabilities(likely, N + 1))


def test_without_a_closed_unit_the_rest_is_an_order_sample() -> None:
    closed = "B"
    visited: Counter[str] = Counter()
    for one in drawn():
        instead = replacements(one.selected, one.strata[0].reserve, {closed})
        visited.update(str(instead.get(unit, unit)) for unit in one.selected)
    open_ = [unit for unit in SIZES if unit != closed]
    likely = targets_by_unit()
    expected = inclusion_probabilities([likely[unit] for unit in open_], N)
    assert visited[closed] == 0
    assert_near(np.array([visited[unit] / TIMES for unit in open_]), expected)


def test_inspectors_go_by_lot_where_nothing_forbids_it() -> None:
    """Every pair of those who may visit, as often as any other, for the first visit of a draw."""
    free: dict[str, list[str]] = {
        unit: [who for who, _ in STAFF if [who, unit] not in CONFLICTS] for unit in SIZES
    }
    pairs: dict[str, Counter[frozenset[str]]] = {unit: Counter() for unit in SIZES}
    for one in drawn():
        assert one.assignment is not None
        first = one.selected[0]
        pairs[first][frozenset(one.assignment[first])] += 1
    assert pairs["G"].total() == TIMES  # certain, and therefore first
    possible = [frozenset(pair) for pair in combinations(free["G"], 2)]
    assert set(pairs["G"]) == set(possible)
    assert_near(
        np.array([pairs["G"][pair] / TIMES for pair in possible]), np.full(len(possible), 1 / len(possible))
    )


def test_nobody_is_sent_against_a_rule() -> None:
    capacities = {who: int(most) for who, most in STAFF}
    for one in drawn():
        assert one.assignment is not None
        sent = [(who, unit) for unit, visitors in one.assignment.items() for who in visitors]
        assert len(set(sent)) == len(sent) == 2 * N
        assert not [pair for pair in sent if list(pair) in CONFLICTS]
        assert all(count <= capacities[who] for who, count in Counter(who for who, _ in sent).items())


def test_every_sample_comes_as_often_as_stated() -> None:
    """Two of five: ten samples, and the chance of each is π_ij. Chi-square at 1 in 100,000."""
    sizes, times = {"A": 1, "B": 2, "C": 3, "D": 4, "E": 6}, 3000
    roster = Table("roster", [[unit, STRATUM, str(size)] for unit, size in sizes.items()])
    plan = Plan("plan", {"n": {STRATUM: 2}, "inspectors_per_visit": 0})
    given_ = Inputs(roster, Table("i", []), Table("c", []), plan)
    found = Counter(frozenset(draw(given_, f"{number:x}").selected) for number in range(times))
    joint = joint_inclusion_probabilities([2 * size / 16 for size in sizes.values()], 2)
    samples = list(combinations(range(5), 2))
    expected = np.array([times * joint[pair] for pair in samples])
    assert expected.sum() == pytest.approx(times)
    assert expected.min() > 30
    observed = np.array([found[frozenset("ABCDE"[unit] for unit in pair)] for pair in samples])
    assert observed.sum() == times
    assert ((observed - expected) ** 2 / expected).sum() < chi2.isf(1e-5, len(samples) - 1)


def test_strata_are_drawn_independently_of_each_other() -> None:
    """One of three in one stratum and one of four in another: twelve outcomes, all alike. Chi-square as above."""
    rows = [[unit, "食品" if unit in "ABC" else "工业", "1"] for unit in "ABCDEFG"]
    plan = Plan("plan", {"n": {"食品": 1, "工业": 1}, "inspectors_per_visit": 0})
    given_ = Inputs(Table("roster", rows), Table("i", []), Table("c", []), plan)
    times = 2400
    found = Counter(tuple(draw(given_, f"{number:x}").selected) for number in range(times))
    assert len(found) == 12
    assert sum((count - 200) ** 2 / 200 for count in found.values()) < chi2.isf(1e-5, 11)


def test_the_order_in_reserve_among_equals_is_any_order() -> None:
    """Of four alike one is drawn: 24 orders, all alike. Chi-square as above."""
    rows = [[unit, STRATUM, "7"] for unit in "ABCD"]
    plan = Plan("plan", {"n": {STRATUM: 1}, "inspectors_per_visit": 0})
    given_ = Inputs(Table("roster", rows), Table("i", []), Table("c", []), plan)
    times = 2400
    strata = (draw(given_, f"{number:x}").strata[0] for number in range(times))
    found = Counter((*stratum.selected, *stratum.reserve) for stratum in strata)
    assert len(found) == 24
    assert sum((count - 100) ** 2 / 100 for count in found.values()) < chi2.isf(1e-5, 23)

import sys
import time
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unit.core.allocation.populations import every_allocation, limited_strata, spreads_of, within_limits
from zhicheng.core.allocation import (
    AllocationError,
    Strata,
    Target,
    bethel,
    by_domain,
    cheapest,
    judged,
    total_variance,
)
from zhicheng.core.allocation.cones import Solution


@st.composite
def reachable_targets(draw: st.DrawFn) -> tuple[Strata, list[Target]]:
    """Strata with one to three targets that all units that may be drawn meet."""
    strata = draw(limited_strata())
    targets = []
    for number in range(draw(st.integers(1, 3))):
        spread = spreads_of(draw, strata)
        reached = total_variance(strata, spread, strata.most)
        assume(np.isfinite(reached))
        variance = max(reached, 0.0) * draw(st.floats(1.001, 3)) + draw(st.floats(0.1, 100))
        targets.append(Target.by_variance(strata, f"t{number}", spreads=spread, variance=variance))
    return strata, targets


@settings(max_examples=60)
@given(reachable_targets())
def test_every_target_is_met_at_a_cost_near_what_is_proved_to_be_the_least(case):
    strata, targets = case
    for plan in (bethel(strata, targets), bethel(strata, targets, trim=True)):
        assert all(each.met for each in plan.judgements)
        assert within_limits(strata, plan.numbers)
        assert within_limits(strata, plan.ideal)
        ideally = float(strata.costs @ plan.ideal)
        assert plan.bound <= ideally + 1e-6 * (1 + ideally)
        assert ideally == pytest.approx(plan.bound, rel=1e-4, abs=1e-4)
        assert plan.cost <= plan.bound + strata.costs.sum() * 1.001


@settings(max_examples=40)
@given(reachable_targets())
def test_no_whole_numbers_that_meet_the_targets_cost_less_than_the_bound(case):
    strata, targets = case
    plan = bethel(strata, targets, trim=True)
    meeting = (each for each in every_allocation(strata) if all(one.met for one in judged(strata, targets, each)))
    least = min(float(strata.costs @ each) for each in meeting)
    assert plan.bound <= least * (1 + 1e-6) + 1e-6
    assert plan.cost >= least * (1 - 1e-9)


@settings(max_examples=40)
@given(limited_strata(), st.data())
def test_with_one_target_it_is_the_closed_form(strata: Strata, data: st.DataObject):
    spread = spreads_of(data.draw, strata)
    reached = total_variance(strata, spread, strata.most)
    assume(np.isfinite(reached))
    variance = max(reached, 0.0) * 1.3 + 5
    plan = bethel(strata, [Target.by_variance(strata, "v", spreads=spread, variance=variance)])
    assert strata.costs @ plan.ideal == pytest.approx(cheapest(strata, spread, variance).bound, rel=1e-5, abs=1e-5)


def many_demands() -> tuple[Strata, list[Target]]:
    """A city with sizes over four orders of magnitude, whose counties and products all want their precision."""
    draws = np.random.default_rng(20260101)
    sizes = np.round(10 ** draws.uniform(2, 6, 60))
    strata = Strata.of(sizes, costs=draws.uniform(1, 5, 60))
    counties, products = [f"county {i % 6}" for i in range(60)], [f"product {i // 6}" for i in range(60)]
    targets = []
    for figure in range(3):
        rates = draws.uniform(0.01, 0.2, 60)
        spreads = np.sqrt(rates * (1 - rates))
        targets += by_domain(strata, f"figure {figure}", rates, spreads, counties, cv=0.1)
        targets += by_domain(strata, f"figure {figure}", rates, spreads, products, cv=0.15)
    return strata, targets


def test_sizes_over_four_orders_of_magnitude_are_scaled_and_solved():
    strata, targets = many_demands()
    started = time.process_time()
    plan = bethel(strata, targets)
    assert time.process_time() - started < 1
    assert len(targets) == 48
    assert all(each.met for each in plan.judgements)
    assert strata.costs @ plan.ideal == pytest.approx(plan.bound, rel=1e-7)
    trimmed = bethel(strata, targets, trim=True)
    assert plan.bound <= trimmed.cost <= plan.cost


def test_the_price_of_a_target_is_what_easing_it_saves():
    strata, targets = many_demands()
    plan = bethel(strata, targets)
    dearest = int(np.argmax(plan.prices))
    eased = [
        Target(each.name, each.spreads, each.variance * (1.01 if place == dearest else 1.0), each.total)
        for place, each in enumerate(targets)
    ]
    saved = plan.bound - bethel(strata, eased).bound
    assert saved == pytest.approx(plan.prices[dearest], rel=0.05)
    free = [each.used < 0.99 for each in judged(strata, targets, plan.ideal)]
    assert any(free)
    assert plan.prices[free] == pytest.approx(0, abs=1e-6)


def test_a_target_that_is_implied_changes_nothing():
    strata = Strata.of([500, 700])
    hard = Target.by_variance(strata, "hard", spreads=[1, 2], variance=5000)
    easy = Target.by_variance(strata, "easy", spreads=[1, 2], variance=9000)
    alone, both = bethel(strata, [hard]), bethel(strata, [easy, hard])
    assert both.numbers.tolist() == alone.numbers.tolist()
    assert both.prices[0] == pytest.approx(0, abs=1e-6)


def test_strata_of_the_census_and_minima_are_kept():
    strata = Strata.of([40, 500, 700], names=["cranes", "rice", "toys"], census=["cranes"], least=5)
    plan = bethel(strata, [Target.by_variance(strata, "rate", spreads=[9, 1, 0], variance=20_000)])
    assert (plan["cranes"], plan["toys"]) == (40, 5)
    assert plan.judgements[0].used <= 1


def test_if_nothing_varies_the_minima_are_enough():
    strata = Strata.of([40, 50])
    plan = bethel(strata, [Target.by_variance(strata, "constant", spreads=0.0, variance=1)])
    assert plan.numbers.tolist() == [2, 2]
    assert plan.bound == pytest.approx(4)


def test_all_targets_that_cannot_be_met_are_named_and_how_far_they_are_from_it():
    strata = Strata.of([100, 100, 100], most=[10, 10, 100])
    spreads = [sqrt(0.1 * 0.9)] * 3
    targets = by_domain(strata, "rate", [0.1] * 3, spreads, ["east", "west", "south"], cv=0.2)
    with pytest.raises(AllocationError) as refused:
        bethel(strata, targets)
    assert str(refused.value) == (
        "Not to be met even by all units that may be drawn: rate in east (4.50 × the allowed standard error);"
        " rate in west (4.50 × the allowed standard error)"
    )


def test_without_targets_there_is_nothing_to_solve():
    with pytest.raises(AllocationError, match="No target of precision is given; expected is one or more"):
        bethel(Strata.of([10]), [])


@pytest.mark.parametrize(
    "solution",
    [
        Solution("MaxIterations", None, np.zeros(2), 0.0, np.inf),
        Solution("Solved", np.ones(2), np.zeros(2), 0.5, 0.5),
    ],
)
def test_a_solver_that_gives_up_or_proves_nothing_is_not_believed(monkeypatch, solution):
    monkeypatch.setattr(sys.modules[bethel.__module__], "solve", lambda _: solution)
    strata = Strata.of([500, 700], most=400)
    targets = [
        Target.by_variance(strata, name, spreads=[1, 2], variance=variance)
        for name, variance in (("easy", 9000), ("hard", 5000))
    ]
    sentence = (
        f"The solver ended with “{solution.status}” and without a proven allocation; hardest to meet is “hard”"
    )
    with pytest.raises(AllocationError, match=sentence):
        bethel(strata, targets)

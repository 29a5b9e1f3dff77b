import sys
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

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


@pytest.mark.parametrize("excess", [0.0, 1e-14, 1e-12, 1e-9, 1e-6])
def test_targets_that_take_all_but_nothing_of_what_may_be_drawn_are_met(excess: float):
    """The solver then ends a little short of its own precision; the bound shows that its numbers are good."""
    random = np.random.default_rng(1)
    for _ in range(60):
        count = random.integers(1, 6)
        sizes, most = random.integers(300, 5000, count), random.integers(2, 300, count)
        strata = Strata.of(sizes, costs=random.uniform(0.1, 50, count), most=most, least=1)
        spreads = random.uniform(0, 3, count) * 10.0 ** random.integers(-6, 7)
        variance = total_variance(strata, spreads, strata.most) * (1 + excess)
        plan = bethel(strata, [Target.by_variance(strata, "only just", spreads=spreads, variance=variance)])
        assert plan.judgements[0].met


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
    plan = bethel(strata, targets)
    assert len(targets) == 48
    assert all(each.met for each in plan.judgements)
    assert strata.costs @ plan.ideal == pytest.approx(plan.bound, rel=1e-7)
    trimmed = bethel(strata, targets, trim=True)
    assert plan.bound <= trimmed.cost <= plan.cost


def test_numbers_are_rounded_up_as_is_the_practice_and_trimmed_only_when_asked():
    strata = Strata.of([10**6] * 4, least=1)
    allowed = 1e12 * np.array([0.4, 0.1])
    targets = [
        Target.by_variance(strata, name, spreads=np.sqrt(squares), variance=variance)
        for name, squares, variance in zip("ab", ([25.0] * 4, [1.0, 4.0, 16.0, 64.0]), allowed, strict=True)
    ]
    plain, trimmed = bethel(strata, targets), bethel(strata, targets, trim=True)
    assert plain.numbers.tolist() == np.ceil(plain.ideal - 1e-6).tolist()
    assert trimmed.cost <= plain.cost
    for stratum in range(4):
        fewer = trimmed.numbers - (np.arange(4) == stratum)
        assert not all(each.met for each in judged(strata, targets, fewer))


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


def test_a_solver_that_proves_nothing_is_not_believed(monkeypatch):
    module = sys.modules[bethel.__module__]
    monkeypatch.setattr(module, "solve", lambda problem: ("Solved", np.ones(len(problem.demands))))
    monkeypatch.setattr(module, "sharpened", lambda _, prices: prices)
    strata = Strata.of([500, 700], most=400)
    targets = [
        Target.by_variance(strata, name, spreads=[1, 2], variance=variance)
        for name, variance in (("easy", 9000), ("hard", 5000))
    ]
    sentence = "The solver ended with “Solved” and without a proven allocation for the targets easy; hard"
    with pytest.raises(AllocationError, match=sentence):
        bethel(strata, targets)


def test_a_solver_that_gives_up_does_no_harm_if_its_prices_lead_to_a_proof(monkeypatch):
    strata, targets = many_demands()
    believed = bethel(strata, targets)
    module = sys.modules[bethel.__module__]
    monkeypatch.setattr(module, "solve", lambda problem: ("MaxIterations", np.zeros(len(problem.demands))))
    assert bethel(strata, targets).bound == pytest.approx(believed.bound, rel=1e-6)


def test_a_target_for_other_strata_is_refused():
    one = Target.by_variance(Strata.of([30]), "one", spreads=1, variance=5)
    with pytest.raises(AllocationError, match="Target “one” is one for 1 strata; there are 2"):
        bethel(Strata.of([30, 40]), [one])


def test_a_target_that_only_everything_meets_takes_everything():
    strata, free = Strata.of([100, 200, 300, 50], most=[50, 60, 70, 50]), [1, 2, 3, 0]
    exact = Target.by_variance(strata, "v", spreads=free, variance=total_variance(strata, free, strata.most))
    plan = bethel(strata, [exact])
    assert plan.numbers.tolist() == [50, 60, 70, 2]
    assert plan.bound == pytest.approx(plan.cost)


def wild_case(draws: np.random.Generator) -> tuple[Strata, list[Target]]:
    """Sizes over nine orders of magnitude, costs over eight, and variances over forty; strata of one unit."""
    count = int(draws.choice([2, 6, 30]))
    sizes = np.floor(10 ** draws.uniform(0, 9, count))
    sizes[draws.random(count) < 0.2] = 1
    strata = Strata.of(sizes, costs=10 ** draws.uniform(-4, 4, count), least=int(draws.choice([0, 2])))
    targets = []
    for place in range(int(draws.choice([1, 4, 10]))):
        spreads = 10 ** (draws.uniform(-6, 6, count) + draws.uniform(-6, 6))
        spreads *= draws.random(count) < 0.6
        worst = total_variance(strata, spreads, np.maximum(strata.least, 0.5))
        variance = worst * 10 ** draws.uniform(-6, 0) if worst else 1.0
        targets.append(Target.by_variance(strata, f"t{place}", spreads=spreads, variance=variance))
    return strata, targets


def test_whatever_the_magnitudes_targets_are_met_at_no_more_than_a_unit_a_stratum_above_the_proof():
    draws = np.random.default_rng(7)
    for _ in range(20):
        strata, targets = wild_case(draws)
        for plan in (bethel(strata, targets), bethel(strata, targets, trim=True)):
            assert all(each.met for each in plan.judgements)
            assert within_limits(strata, plan.numbers)
            assert plan.bound <= plan.cost * (1 + 1e-9)
            assert plan.cost <= plan.bound * (1 + 1e-5) + strata.costs.sum()


def test_a_general_solver_that_knows_nothing_of_the_method_finds_nothing_cheaper():
    draws = np.random.default_rng(11)
    strata = Strata.of(draws.integers(50, 900, 5), costs=draws.uniform(1, 9, 5))
    for _ in range(4):
        spreads = draws.uniform(0.1, 3, (3, 5))
        allowed = [total_variance(strata, each, strata.sizes * 0.2) * draws.uniform(0.8, 1.2) for each in spreads]
        targets = [
            Target.by_variance(strata, str(place), spreads=spread, variance=variance)
            for place, (spread, variance) in enumerate(zip(spreads, allowed, strict=True))
        ]
        kept = [
            {"type": "ineq", "fun": lambda n, s=spread, v=variance: 1 - total_variance(strata, s, n) / v}
            for spread, variance in zip(spreads, allowed, strict=True)
        ]
        found = minimize(
            lambda n: strata.costs @ n / 1000,
            strata.sizes * 0.5,
            bounds=list(zip(strata.least, strata.most, strict=True)),
            constraints=kept,
            method="SLSQP",
            options={"ftol": 1e-12, "maxiter": 500},
        )
        plan = bethel(strata, targets)
        assert found.success
        assert plan.bound == pytest.approx(found.fun * 1000, rel=1e-6)
        assert plan.ideal == pytest.approx(found.x, rel=1e-2)

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unit.core.allocation.populations import every_allocation, limited_strata, spreads_of, within_limits
from zhicheng.core.allocation import AllocationError, Strata, cheapest, most_precise, total_variance
from zhicheng.core.allocation.strata import variances


@given(limited_strata(), st.data())
def test_a_budget_is_kept_and_none_that_helps_is_left(strata: Strata, data: st.DataObject):
    spread = spreads_of(data.draw, strata)
    least, most = float(strata.costs @ strata.least), float(strata.costs @ strata.most)
    budget = least + data.draw(st.floats(0, 1.1)) * (most - least)
    allocation = most_precise(strata, spread, budget)
    assert within_limits(strata, allocation.numbers)
    assert allocation.cost <= budget * (1 + 1e-9) + 1e-9
    useful = (np.array(spread) > 0) & (allocation.numbers < strata.most)
    assert not np.any(useful & (strata.costs <= (budget - allocation.cost) * (1 - 1e-9)))


@settings(max_examples=60)
@given(limited_strata(equal_costs=True), st.data())
def test_with_equal_costs_no_spending_of_the_budget_is_more_precise(strata: Strata, data: st.DataObject):
    spread = spreads_of(data.draw, strata)
    budget = 2.5 * data.draw(st.integers(int(strata.least.sum()), int(strata.most.sum()))) + 1
    ours = total_variance(strata, spread, most_precise(strata, spread, budget).numbers)
    affordable = (each for each in every_allocation(strata) if strata.costs @ each <= budget)
    best = min(total_variance(strata, spread, each) for each in affordable)
    assert ours == pytest.approx(best, rel=1e-9, abs=1e-6)


@settings(max_examples=60)
@given(limited_strata(), st.data())
def test_a_variance_is_kept_at_a_cost_between_its_bound_and_one_unit_a_stratum_more(strata, data):
    spread = np.array(spreads_of(data.draw, strata))
    reached = total_variance(strata, spread, strata.most)
    assume(np.isfinite(reached))
    variance = max(reached, 0.0) * data.draw(st.floats(1, 5)) + data.draw(st.floats(0.1, 1e4))
    allocation = cheapest(strata, spread, variance)
    assert total_variance(strata, spread, allocation.numbers) <= variance * (1 + 1e-9) + 1e-6
    assert within_limits(strata, allocation.numbers)
    assert allocation.bound <= allocation.cost * (1 + 1e-9)
    assert allocation.cost <= allocation.bound + strata.costs.sum()


@settings(max_examples=60)
@given(limited_strata(), st.data())
def test_no_single_unit_can_be_spared(strata: Strata, data: st.DataObject):
    spread = np.array(spreads_of(data.draw, strata))
    assume(np.isfinite(total_variance(strata, spread, strata.most)))
    variance = max(total_variance(strata, spread, strata.most), 0.0) * 1.5 + 10
    numbers = cheapest(strata, spread, variance).numbers
    for stratum in np.flatnonzero(numbers > strata.least):
        fewer = numbers.copy()
        fewer[stratum] -= 1
        assert total_variance(strata, spread, fewer) > variance * (1 - 1e-6)


def test_with_different_costs_it_is_the_best_mostly_and_near_it_on_average():
    """Against every allocation of small populations."""
    draws = np.random.default_rng(3)
    dearer, less_precise = [], []
    for _ in range(25):
        strata = Strata.of(draws.integers(4, 20, 3), costs=draws.uniform(1, 9, 3), least=1)
        spread, every = draws.uniform(0.1, 3, 3), np.array(list(every_allocation(strata)))
        costs = every @ strata.costs
        left = variances((strata.sizes * spread) ** 2, strata.sizes, every)
        budget, variance = (float(draws.choice(values[values > np.median(values)])) for values in (costs, left))
        best, least = left[costs <= budget].min(), costs[left <= variance].min()
        bought = total_variance(strata, spread, most_precise(strata, spread, budget).numbers)
        less_precise.append(bought / best if best else 1.0)
        dearer.append(cheapest(strata, spread, variance).cost / least)
    assert min(*dearer, *less_precise) >= 1 - 1e-9
    assert max(np.mean(dearer), np.mean(less_precise)) < 1.03
    assert min(np.mean(np.array(each) < 1 + 1e-9) for each in (dearer, less_precise)) > 0.5


def test_a_stratum_that_is_taken_whole_does_not_swallow_the_digits_of_the_others():
    """The whole stratum saves a variance of 10⁸, beside which that allowed, 10⁻⁷, is nothing."""
    strata = Strata.of([84, 1], costs=2, least=1)
    plan = cheapest(strata, [1.2e-5, 1e4], 1.45e-7)
    assert total_variance(strata, [1.2e-5, 1e4], plan.ideal) == pytest.approx(1.45e-7)
    assert plan.numbers.tolist() == [7, 1]


def test_what_a_stratum_leaves_of_which_all_that_may_be_drawn_is_needed_is_not_asked_of_the_others():
    """10 of 100 may be drawn in the first, which leave 9 · 10¹²; 50 of the second keep the 100 beside it."""
    strata = Strata.of([100, 100], most=[10, 100])
    plan = cheapest(strata, [1e5, 1.0], 9e12 + 100)
    assert plan.ideal == pytest.approx([10, 50], rel=1e-3)


def test_a_stratum_that_does_not_vary_gets_what_is_left_when_all_others_are_drawn_and_nothing_before():
    strata = Strata.of([10, 10], costs=[1, 3], least=1)
    assert most_precise(strata, [1, 0], 9).numbers.tolist() == [6, 1]
    everything = most_precise(strata, [1, 0], 25)
    assert everything.numbers.tolist() == everything.ideal.tolist() == [10, 5]


def test_units_are_exchanged_where_their_money_buys_more_elsewhere():
    """Against all that 7 units of money buy."""
    strata = Strata.of([9, 9], costs=[2, 3], least=1)
    plan = most_precise(strata, [1.0, 1.0], 7)
    assert plan.numbers.tolist() == [2, 1]
    assert plan.cost == 7
    best = min(total_variance(strata, 1.0, each) for each in every_allocation(strata) if strata.costs @ each <= 7)
    assert total_variance(strata, 1.0, plan.numbers) == pytest.approx(best)


def test_what_is_left_of_a_budget_never_exceeds_what_there_is():
    for size in (742_707, 333_331, 99_991):
        strata = Strata.of([size, size - 2, 5], costs=[0.1, 0.3, 0.7])
        budget = float(strata.costs @ strata.sizes)
        assert most_precise(strata, [0, 0, 1], budget).numbers[2] == 5


def test_dear_strata_get_less_by_the_root_of_their_cost():
    strata = Strata.of([10**6, 10**6], costs=[1, 4])
    ideal = most_precise(strata, [1, 1], 3000).ideal
    assert ideal == pytest.approx([1000, 500])
    assert ideal @ strata.costs == pytest.approx(3000)


def test_more_money_than_everything_costs_draws_everything():
    assert most_precise(Strata.of([5, 6], costs=[1, 9]), [2, 3], 1e6).numbers.tolist() == [5, 6]


def test_a_budget_below_the_minima_is_refused():
    with pytest.raises(AllocationError, match="The budget is 7; the minima of the strata alone cost 20"):
        most_precise(Strata.of([5, 6], costs=[1, 9]), [2, 3], 7)


@pytest.mark.parametrize(("costs", "budget"), [(0.1 * 3, 1.5), ([0.1 * 3, 0.7], 1.5 + 1.4)])
def test_a_budget_that_is_the_minima_but_for_rounding_is_enough(costs, budget):
    """5 × 0.30000000000000004 is more than 1.5 by a last digit, and nobody's mistake."""
    strata = Strata.of([9, 9][: np.size(costs)], costs=costs, least=[5, 2][: np.size(costs)])
    assert float(strata.costs @ strata.least) > budget
    plan = most_precise(strata, 1.0, budget)
    assert plan.numbers.tolist() == plan.ideal.tolist() == strata.least.tolist()
    with pytest.raises(AllocationError, match="the minima of the strata alone cost"):
        most_precise(strata, 1.0, budget * (1 - 1e-9))


def test_a_variance_that_everything_leaves_is_refused_with_what_is_left():
    strata = Strata.of([100, 100], most=10)
    with pytest.raises(AllocationError, match=r"A variance of 50 cannot be reached: .* leave 1800"):
        cheapest(strata, 1.0, 50)


@pytest.mark.parametrize("variance", [0, -1, np.nan])
def test_a_variance_that_is_none_is_refused(variance):
    with pytest.raises(AllocationError, match=f"A variance of {variance:g}; expected is more than 0"):
        cheapest(Strata.of([100]), 1.0, variance)


def test_a_budget_without_end_buys_everything_and_one_that_is_no_number_nothing():
    for costs in ([2, 2], [1, 9]):
        strata = Strata.of([5, 6], costs=costs)
        assert most_precise(strata, [2, 3], np.inf).numbers.tolist() == [5, 6]
        with pytest.raises(AllocationError, match="The budget is nan; the minima of the strata alone cost"):
            most_precise(strata, [2, 3], np.nan)


def test_millions_of_units_are_not_bought_one_by_one():
    strata = Strata.of([1e8] * 4, costs=[1, 1e-5, 3e-5, 1e4])
    bought = most_precise(strata, [1, 1, 1, 1], 1e6)
    needed = cheapest(strata, [1, 1, 1, 1], total_variance(strata, 1.0, bought.numbers))
    assert bought.cost == pytest.approx(1e6, rel=1e-9)
    assert total_variance(strata, 1.0, bought.numbers) == pytest.approx(bought.bound, rel=1e-2)
    assert needed.cost == pytest.approx(bought.cost, rel=1e-5)


@given(limited_strata(), st.data())
def test_no_stratum_that_matters_is_left_out_if_one_unit_of_each_can_be_paid(strata: Strata, data: st.DataObject):
    """Nothing drawn from a stratum with spread leaves an infinite variance, however much the others gain."""
    free = replace(strata, least=np.zeros(len(strata)))
    spread = np.array(spreads_of(data.draw, free))
    assume((free.most[spread > 0] > 0).all())
    budget = float(free.costs @ (spread > 0)) * data.draw(st.floats(1 + 1e-9, 3))
    assert np.isfinite(total_variance(free, spread, most_precise(free, spread, budget).numbers))


def test_the_last_money_goes_to_the_stratum_that_has_nothing():
    """The ideal (3.6, 0.5), rounded down and filled, would be 5 of the cheap stratum and none of the other."""
    plan = most_precise(Strata.of([8, 4], costs=[1, 3], least=0), [2, 1], 5.2)
    assert plan.numbers.tolist() == [2, 1]
    assert most_precise(Strata.of([8, 4], costs=[1, 3], least=0), [2, 1], 3.9).numbers.tolist() == [3, 0]

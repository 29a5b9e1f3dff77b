import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import minimize

from unit.core.allocation.populations import limited_strata, spreads_of, within_limits
from zhicheng.core.allocation.ideal import ideal_for_budget, ideal_for_loss
from zhicheng.core.allocation.strata import Reals, Strata, loss, loss_weights


def for_budget(strata: Strata, weights: Reals, budget: float) -> Reals:
    return ideal_for_budget(weights, strata.costs, strata.least, strata.most, budget)


def for_loss(strata: Strata, weights: Reals, limit: float) -> Reals:
    return ideal_for_loss(weights, strata.costs, strata.least, strata.most, limit)


@given(limited_strata(), st.data())
def test_a_budget_is_spent_exactly_within_the_limits(strata: Strata, data: st.DataObject):
    weights = loss_weights(strata, spreads_of(data.draw, strata))
    share = data.draw(st.floats(0, 1))
    budget = float(strata.costs @ (strata.least + share * (strata.most - strata.least)))
    numbers = for_budget(strata, weights, budget)
    assert within_limits(strata, numbers)
    assert strata.costs @ numbers == pytest.approx(budget, rel=1e-9, abs=1e-9)


@given(limited_strata(), st.data())
def test_no_other_spending_of_the_budget_loses_less(strata: Strata, data: st.DataObject):
    """Moving money from any stratum to any other, as far as the limits allow, gains nothing."""
    weights = loss_weights(strata, spreads_of(data.draw, strata))
    budget = float(strata.costs @ (strata.least + strata.most) / 2)
    numbers = for_budget(strata, weights, budget)
    best = loss(weights, numbers)
    assume(np.isfinite(best))
    for giver in range(len(strata)):
        for taker in set(range(len(strata))) - {giver}:
            moved = numbers.copy()
            room = (numbers[giver] - strata.least[giver]) * strata.costs[giver]
            money = min(room, (strata.most[taker] - numbers[taker]) * strata.costs[taker]) * 0.01
            moved[giver] -= money / strata.costs[giver]
            moved[taker] += money / strata.costs[taker]
            assert loss(weights, moved) >= best * (1 - 1e-9)


@given(limited_strata(), st.data())
def test_a_loss_is_reached_within_the_limits_and_by_a_budget_that_would_reach_it_too(strata, data):
    weights = loss_weights(strata, spreads_of(data.draw, strata))
    reachable = loss(weights, strata.most)
    assume(np.isfinite(reachable))
    limit = reachable * data.draw(st.floats(1, 4))
    numbers = for_loss(strata, weights, limit)
    assert within_limits(strata, numbers)
    assert loss(weights, numbers) <= limit * (1 + 1e-9)
    same = for_budget(strata, weights, float(strata.costs @ numbers))
    assert loss(weights, same) == pytest.approx(loss(weights, numbers), rel=1e-6, abs=1e-9)


def test_a_general_solver_finds_the_same():
    """Against SciPy's SLSQP, with limits that bind on both sides."""
    strata = Strata.of([300, 400, 500, 200], least=[50, 40, 10, 30], most=[100, 90, 70, 80], costs=[1, 2, 3, 4])
    weights = loss_weights(strata, [48, 79, 76, 16])
    budget = 420.0
    found = minimize(
        lambda numbers: loss(weights, numbers) / 1e7,
        (strata.least + strata.most) / 2,
        jac=lambda numbers: -(weights**2) / numbers**2 / 1e7,
        bounds=list(zip(strata.least, strata.most, strict=True)),
        constraints={"type": "eq", "fun": lambda numbers: strata.costs @ numbers - budget},
        method="SLSQP",
        options={"ftol": 1e-12, "maxiter": 500},
    )
    assert found.success
    assert for_budget(strata, weights, budget) == pytest.approx(found.x, rel=1e-4)


def test_strata_that_matter_are_filled_first_and_the_others_share_what_is_left():
    strata = Strata.of([10, 20, 40], least=0)
    numbers = for_budget(strata, np.array([5.0, 0.0, 0.0]), 40.0)
    assert numbers == pytest.approx([10, 10, 20])


def test_nothing_is_spent_on_what_does_not_matter_when_only_a_loss_is_asked_for():
    strata = Strata.of([10, 20], least=[0, 3])
    assert for_loss(strata, np.array([10.0, 0.0]), 50.0) == pytest.approx([2, 3])


def test_the_minima_are_enough_for_a_loss_that_is_large():
    strata = Strata.of([10, 20], least=2)
    assert for_loss(strata, np.array([10.0, 1.0]), 1e9).tolist() == [2, 2]


def test_everything_is_drawn_where_that_alone_is_enough():
    strata = Strata.of([10, 20], least=0)
    weights = np.array([10.0, 1.0])
    assert for_loss(strata, weights, loss(weights, strata.most)) == pytest.approx([10, 20])


def test_what_is_left_is_shared_by_the_room_beyond_the_minima():
    """25 are needed; of the 15 left, the same third of the rooms of 15 and 30 that the minima leave."""
    strata = Strata.of([10, 20, 40], least=[0, 5, 10])
    numbers = for_budget(strata, np.array([5.0, 0.0, 0.0]), 40.0)
    assert numbers == pytest.approx([10, 10, 20])
    dearer = Strata.of([10, 20, 40], least=[0, 5, 10], costs=[1, 2, 0.5])
    assert for_budget(dearer, np.array([5.0, 0.0, 0.0]), 40.0) == pytest.approx([10, 5 + 15 / 3, 10 + 30 / 3])


def test_between_two_turns_the_numbers_are_those_of_the_rule_by_hand():
    """n = λ w/√c between the limits: at λ = 2 it is 6, 4 and the most, and 6 + 2 · 4 + 10 is spent."""
    weights, costs = np.array([3.0, 2.0 * 2**0.5, 50.0]), np.array([1.0, 2.0, 1.0])
    least, most = np.array([1.0, 1.0, 1.0]), np.array([90.0, 90.0, 10.0])
    numbers = ideal_for_budget(weights, costs, least, most, 24.0)
    assert numbers == pytest.approx([6, 4, 10])
    lost = 9 / 6 + 8 / 4 + 250.0
    assert ideal_for_loss(weights, costs, least, most, lost) == pytest.approx([6, 4, 10])


@pytest.mark.parametrize("size", [1e-12, 1e-3, 1.0, 1e9])
def test_weights_of_any_size_give_the_same(size: float):
    strata = Strata.of([300, 400, 500], least=[50, 40, 10], most=[100, 90, 70], costs=[1, 2, 3])
    weights = np.array([3.0, 7.0, 5.0])
    assert for_budget(strata, size * weights, 350.0) == pytest.approx(for_budget(strata, weights, 350.0))
    limit = 0.5 * (loss(weights, strata.least) + loss(weights, strata.most))
    assert for_loss(strata, size * weights, size**2 * limit) == pytest.approx(for_loss(strata, weights, limit))

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.core.allocation.problems import problems
from zhicheng.core.allocation.duality import Problem, best_under, lower_bound, meeting, sharpened, used
from zhicheng.core.allocation.strata import Reals


def prices_for(data: st.DataObject, problem: Problem, highest: float = 20) -> Reals:
    return np.array([data.draw(st.floats(0, highest)) for _ in problem.demands])


@given(problems(), st.data())
def test_no_prices_prove_more_than_some_numbers_cost(problem: Problem, data: st.DataObject):
    """Weak duality, for any prices and any numbers that keep the demands."""
    prices = prices_for(data, problem)
    assert lower_bound(problem, prices) <= problem.costs @ problem.most + 1e-9
    between = np.array(
        [data.draw(st.floats(low, high)) for low, high in zip(problem.least, problem.most, strict=True)]
    )
    if np.all(used(problem, between) <= 1):
        assert lower_bound(problem, prices) <= problem.costs @ between + 1e-9


@given(problems(), st.data())
def test_numbers_under_prices_are_the_best_for_each_stratum(problem: Problem, data: st.DataObject):
    prices = prices_for(data, problem)
    pulls, numbers = prices @ problem.demands, best_under(problem, prices)
    other = np.array(
        [data.draw(st.floats(low, high)) for low, high in zip(problem.least, problem.most, strict=True)]
    )
    assert np.all(problem.costs * numbers + pulls / numbers <= problem.costs * other + pulls / other + 1e-9)


@given(problems(), st.data())
def test_sharpened_from_anywhere_prices_prove_what_their_numbers_cost(problem: Problem, data: st.DataObject):
    prices = sharpened(problem, prices_for(data, problem))
    assert np.all(prices >= 0)
    numbers = meeting(problem, best_under(problem, prices))
    assert problem.costs @ numbers == pytest.approx(lower_bound(problem, prices), rel=1e-5)


@given(problems(), st.data())
def test_what_does_not_meet_the_demands_is_raised_until_it_does(problem: Problem, data: st.DataObject):
    numbers = np.array(
        [data.draw(st.floats(low, high)) for low, high in zip(problem.least, problem.most, strict=True)]
    )
    raised = meeting(problem, numbers)
    assert np.all(used(problem, raised) <= 1 + 1e-12)
    assert np.all((raised >= numbers) & (raised <= problem.most))
    if np.all(used(problem, numbers) <= 1):
        assert raised.tolist() == numbers.tolist()


def test_a_demand_that_is_said_twice_has_its_price_once():
    once = Problem(np.ones(2), np.array([[0.5, 0.5]]), np.full(2, 0.1), np.full(2, 9.0))
    twice = Problem(once.costs, np.repeat(once.demands, 2, axis=0), once.least, once.most)
    assert sharpened(once, np.array([0.3])) == pytest.approx([2])
    assert sharpened(twice, np.array([0.1, 0.5])).sum() == pytest.approx(2)


def test_prices_of_very_different_size_are_all_sharpened():
    """Two strata with a demand each, one a million millions times cheaper: each price is its cost."""
    problem = Problem(np.array([1.0, 1e-12]), np.eye(2), np.full(2, 0.01), np.full(2, 100.0))
    prices = sharpened(problem, np.array([0.9, 1e-9]))
    assert prices == pytest.approx([1, 1e-12], rel=1e-6)


def test_a_problem_is_the_same_in_other_units():
    problem = Problem(np.array([2.0, 1.0]), np.array([[3.0, 4.0]]), np.full(2, 0.1), np.full(2, 50.0))
    by = np.array([10.0, 20.0])
    scaled = problem.scaled_by(by)
    assert scaled.costs.sum() == pytest.approx(1)
    prices = sharpened(problem, np.array([1.0]))
    numbers = best_under(scaled, sharpened(scaled, np.array([1.0]))) * by
    assert numbers == pytest.approx(best_under(problem, prices))
    assert lower_bound(scaled, prices / (problem.costs @ by)) * (problem.costs @ by) == pytest.approx(
        lower_bound(problem, prices)
    )


def test_a_scaled_problem_costs_one_and_no_stratum_may_cost_more_than_all():
    """Numbers 2 and 5 at the prices 3 and 4 cost 26, which would buy 8.67 of the first, 4.33 times 2."""
    problem = Problem(np.array([3.0, 4.0]), np.array([[1.0, 2.0]]), np.array([0.5, 1.0]), np.array([100.0, 6.0]))
    scaled = problem.scaled_by(np.array([2.0, 5.0]))
    assert scaled.costs == pytest.approx([6 / 26, 20 / 26])
    assert scaled.demands == pytest.approx(np.array([[0.5, 0.4]]))
    assert scaled.least == pytest.approx([0.25, 0.2])
    assert scaled.most == pytest.approx([26 / 6, 1.2], rel=2e-3)
    assert scaled.most[0] * scaled.costs[0] > 1


def test_the_demand_that_is_missed_most_is_met_first():
    """Meeting it meets the other as well, and nothing is drawn of the second for it."""
    problem = Problem(np.ones(2), np.array([[4.0, 0.0], [1.0, 0.1]]), np.full(2, 0.1), np.full(2, 50.0))
    raised = meeting(problem, np.array([1.0, 1.0]))
    assert raised == pytest.approx([4, 1])


def test_prices_that_are_right_are_left_alone():
    problem = Problem(np.ones(2), np.array([[0.5, 0.5]]), np.full(2, 0.1), np.full(2, 9.0))
    assert sharpened(problem, np.array([2.0])).tolist() == [2.0]


@given(problems(), st.floats(0.2, 5))
def test_bounds_and_prices_scale_with_the_costs(problem: Problem, times: float):
    dearer = Problem(problem.costs * times, problem.demands, problem.least, problem.most)
    prices = np.linspace(0.5, 2, len(problem.demands))
    assert lower_bound(dearer, times * prices) == pytest.approx(times * lower_bound(problem, prices))
    assert best_under(dearer, times * prices) == pytest.approx(best_under(problem, prices))

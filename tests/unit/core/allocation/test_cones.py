import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.allocation.cones import Scaled, lower_bound, solve
from zhicheng.core.allocation.strata import Reals

positive = st.floats(0.1, 2)


@st.composite
def problems(draw: st.DrawFn) -> Scaled:
    """Scaled problems of one to four strata and one to three demands, which x = 1 meets."""
    strata, demands = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    pulls = np.array([[draw(positive) for _ in range(strata)] for _ in range(demands)])
    return Scaled(
        np.array([draw(positive) for _ in range(strata)]),
        pulls / pulls.sum(axis=1, keepdims=True) / draw(st.floats(1.0, 4)),
        np.array([draw(st.floats(0, 0.99)) for _ in range(strata)]),
        np.array([draw(st.floats(1, 1000)) for _ in range(strata)]),
    )


def used(problem: Scaled, numbers: Reals) -> Reals:
    return np.asarray((problem.demands / numbers).sum(axis=1))


@given(problems())
def test_what_is_solved_keeps_demands_and_limits_and_meets_its_bound(problem: Scaled):
    solution = solve(problem)
    assert solution.status == "Solved"
    assert solution.numbers is not None
    assert np.all(used(problem, solution.numbers) <= 1 + 1e-7)
    assert np.all((solution.numbers >= problem.least - 1e-7) & (solution.numbers <= problem.most + 1e-7))
    assert -1e-7 <= solution.gap <= 1e-6


@given(problems(), st.data())
def test_no_multipliers_prove_more_than_some_numbers_cost(problem: Scaled, data: st.DataObject):
    """Weak duality, for any multipliers and any numbers that keep the demands."""
    multipliers = np.array([data.draw(st.floats(0, 20)) for _ in problem.demands])
    assert lower_bound(problem, multipliers) <= problem.costs @ problem.most + 1e-9
    between = np.array(
        [data.draw(st.floats(low, high)) for low, high in zip(problem.least, problem.most, strict=True)]
    )
    if np.all(between > 1e-3) and np.all(used(problem, between) <= 1):
        assert lower_bound(problem, multipliers) <= problem.costs @ between + 1e-9


def test_a_problem_without_a_solution_has_no_numbers():
    impossible = Scaled(np.array([1.0]), np.array([[5.0]]), np.array([0.1]), np.array([1.0]))
    solution = solve(impossible)
    assert solution.status == "PrimalInfeasible"
    assert solution.numbers is None
    assert solution.gap == np.inf


def test_multipliers_are_what_demands_cost_at_the_margin():
    problem = Scaled(np.array([1.0, 1.0]), np.array([[0.5, 0.5], [0.1, 0.1]]), np.full(2, 0.1), np.full(2, 9.0))
    solution = solve(problem)
    assert solution.multipliers == pytest.approx([2, 0], abs=1e-6)

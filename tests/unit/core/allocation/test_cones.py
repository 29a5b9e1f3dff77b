import numpy as np
import pytest
from hypothesis import given

from unit.core.allocation.problems import IMPOSSIBLE, problems
from zhicheng.core.allocation.cones import solve
from zhicheng.core.allocation.duality import Problem, best_under, lower_bound, meeting


@given(problems())
def test_the_solvers_prices_prove_nearly_what_their_numbers_cost(problem: Problem):
    status, prices = solve(problem)
    assert status == "Solved"
    numbers = meeting(problem, best_under(problem, prices))
    assert problem.costs @ numbers == pytest.approx(lower_bound(problem, prices), rel=1e-4)


def test_a_problem_without_a_solution_is_said_to_have_none():
    status, prices = solve(IMPOSSIBLE)
    assert status == "PrimalInfeasible"
    assert np.all(np.isfinite(prices))


def test_prices_are_what_demands_cost_at_the_margin():
    problem = Problem(np.array([1.0, 1.0]), np.array([[0.5, 0.5], [0.1, 0.1]]), np.full(2, 0.1), np.full(2, 9.0))
    assert solve(problem)[1] == pytest.approx([2, 0], abs=1e-6)

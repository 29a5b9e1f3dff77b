"""Bethel's problem as a cone program, for Clarabel: least Σ c x, with Σ d/x ≤ 1 for each demand, within limits.

1/x is replaced by t with x t ≥ 1, which is a second-order cone: ‖(x − t, 2)‖ ≤ x + t. Numbers are of the order
of 1 in a scaled problem; without scaling the solver stops at points that break a demand by a factor of three.

>>> alone = Problem(np.array([0.5, 0.5]), np.array([[0.5, 0.5]]), np.array([0.1, 0.1]), np.array([9.0, 9.0]))
>>> status, prices = solve(alone)
>>> status, prices.round(6).tolist()
('Solved', [1.0])
"""

import clarabel
import numpy as np
from scipy import sparse

from zhicheng.core.allocation.duality import Problem
from zhicheng.core.allocation.strata import Reals

PRECISION = 1e-9


def solve(problem: Problem) -> tuple[str, Reals]:
    """How the solver ended, and its prices, shape (demands,): what a demand costs at the margin. Never raises.

    Of its answer only the prices are taken, because they prove what they are worth whatever the status says.
    """
    count = problem.costs.size
    rows, sides, cones = _constraints(problem)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = PRECISION
    costs = np.concatenate([problem.costs, np.zeros(count)])
    nothing = sparse.csc_matrix((2 * count, 2 * count))
    found = clarabel.DefaultSolver(nothing, costs, rows, sides, cones, settings).solve()
    prices = np.array(found.z[: len(problem.demands)])
    return str(found.status), np.maximum(np.where(np.isfinite(prices), prices, 0.0), 0.0)


def _constraints(problem: Problem) -> tuple[sparse.csc_matrix, Reals, list[object]]:
    """Rows, right-hand sides and cones of A (x, t) + s = b: demands, limits, and a cone for each stratum."""
    count = problem.costs.size
    unit, none = sparse.identity(count, format="csr"), sparse.csr_matrix((count, count))
    demands = sparse.hstack([sparse.csr_matrix(problem.demands.shape), sparse.csr_matrix(problem.demands)])
    above, below = sparse.hstack([-unit, none]), sparse.hstack([unit, none])
    cones = sparse.vstack(
        [sparse.hstack([-unit, -unit]), sparse.hstack([-unit, unit]), sparse.hstack([none, none])]
    ).tocsr()
    together = np.arange(3 * count).reshape(3, count).T.ravel()
    rows = sparse.vstack([demands, above, below, cones[together]])
    sides = [np.ones(len(problem.demands)), -problem.least, problem.most, np.tile([0.0, 0.0, 2.0], count)]
    kinds = [
        clarabel.NonnegativeConeT(len(problem.demands) + 2 * count),
        *(clarabel.SecondOrderConeT(3) for _ in range(count)),
    ]
    return sparse.csc_matrix(rows), np.concatenate(sides), kinds

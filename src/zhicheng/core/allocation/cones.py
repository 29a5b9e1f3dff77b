"""Bethel's problem as a cone program, for Clarabel: least Σ c x, with Σ d/x ≤ 1 for each demand, within limits.

1/x is replaced by t with x t ≥ 1, which is a second-order cone: ‖(x − t, 2)‖ ≤ x + t. Numbers are of the order
of 1 in a scaled problem; without scaling the solver stops at points that break a demand by a factor of three.

>>> alone = Scaled(np.array([0.5, 0.5]), np.array([[0.5, 0.5]]), np.array([0.1, 0.1]), np.array([9.0, 9.0]))
>>> solved = solve(alone)
>>> solved.numbers.round(6).tolist(), round(solved.bound, 6)
([1.0, 1.0], 1.0)
"""

from dataclasses import dataclass

import clarabel
import numpy as np
from scipy import sparse

from zhicheng.core.allocation.strata import Reals

PRECISION = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """`costs`, `least` and `most` (above `least`) have shape (strata,), `demands` has shape (demands, strata).

    Scaled well, x = 1 everywhere meets all demands, and some of them barely.
    """

    costs: Reals
    demands: Reals
    least: Reals
    most: Reals


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What the solver found. `numbers` is None unless it says that it has solved the problem.

    `multipliers`, shape (demands,): what a demand costs at the margin. `bound`: the cost that they prove
    to be the least possible. `gap`: how much more the numbers cost.
    """

    status: str
    numbers: Reals | None
    multipliers: Reals
    bound: float
    gap: float


def solve(problem: Scaled) -> Solution:
    """Solves and bounds a scaled problem; never raises, the status says how it ended."""
    count = problem.costs.size
    rows, sides, cones = _constraints(problem)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = PRECISION
    costs = np.concatenate([problem.costs, np.zeros(count)])
    nothing = sparse.csc_matrix((2 * count, 2 * count))
    found = clarabel.DefaultSolver(nothing, costs, rows, sides, cones, settings).solve()
    multipliers = np.maximum(np.array(found.z[: len(problem.demands)]), 0.0)
    bound = lower_bound(problem, multipliers)
    solved = found.status == clarabel.SolverStatus.Solved
    numbers = np.array(found.x[:count]) if solved else None
    gap = float(problem.costs @ numbers) - bound if numbers is not None else np.inf
    return Solution(str(found.status), numbers, multipliers, bound, gap)


def lower_bound(problem: Scaled, multipliers: Reals) -> float:
    """A cost that nothing meeting the demands can undercut, for any multipliers of 0 or more, shape (demands,).

    Weak duality: the least of Σ c x + Σ λ (Σ d/x − 1) between the limits, where each x = √(Σ λ d / c) by itself.
    """
    pulls = multipliers @ problem.demands
    numbers = np.clip(np.sqrt(pulls / problem.costs), problem.least, problem.most)
    lost = np.divide(pulls, numbers, out=np.zeros_like(pulls), where=pulls > 0)
    return float(problem.costs @ numbers + lost.sum() - multipliers.sum())


def _constraints(problem: Scaled) -> tuple[sparse.csc_matrix, Reals, list[object]]:
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

"""The cheapest sample that meets many targets of precision at once: many figures, many domains (Bethel 1989).

Cost is linear and every variance convex in the numbers, so this is a convex problem and has one best value. It
is given to the cone solver Clarabel in a scaled form, and what comes back is believed only as far as it proves
itself: its multipliers give, by weak duality, a cost that no allocation can undercut, and the two have to
agree.

>>> from zhicheng.core.allocation.targets import by_domain
>>> strata = Strata.of([400, 300, 200], names=["A1", "A2", "B1"])
>>> rates = [0.05, 0.1, 0.2]
>>> spreads = [(rate * (1 - rate)) ** 0.5 for rate in rates]
>>> plan = bethel(strata, by_domain(strata, "failures", rates, spreads, ["A", "A", "B"], cv=0.15))
>>> plan.numbers.tolist(), [(each.name, each.met) for each in plan.judgements]
([152, 156, 95], [('failures in A', True), ('failures in B', True)])
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhicheng.core.allocation.cones import Scaled, solve
from zhicheng.core.allocation.ideal import ideal_for_loss
from zhicheng.core.allocation.rounding import losses, rounded_up, thrifty
from zhicheng.core.allocation.strata import Allocation, AllocationError, Mask, Reals, Strata
from zhicheng.core.allocation.targets import Judgement, Target, judged
from zhicheng.core.words import words

GAP = 1e-6
"""How far the solution's cost may lie above what is proved to be the least, as a share of the start's."""


@dataclass(frozen=True, slots=True, eq=False)
class JointAllocation(Allocation):
    """An allocation with its targets, each evaluated anew for the whole numbers.

    `prices`, shape (targets,): what one percent more variance allowed by a target would save, at the margin; 0 for
    targets that are met by the way. `bound` is a cost that no allocation meeting the targets can undercut.
    """

    judgements: tuple[Judgement, ...]
    prices: Reals


def bethel(strata: Strata, targets: Sequence[Target], *, trim: bool = False) -> JointAllocation:
    """The lowest cost at which every target is met, in whole numbers by rounding up, as is the practice.

    Rounding up costs less than one unit a stratum; `trim` saves most of that, by numbers of which no unit can
    be spared. Raises AllocationError: with the names of all targets that cannot be met by what may be drawn; if
    there are no targets; or if the solver ends without a solution that proves itself, with the target that is
    hardest to meet.
    """
    if not targets:
        raise AllocationError(words("No target of precision is given; expected is one or more"))
    _check_reachable(strata, targets)
    demands, limits = _demands(strata, targets)
    ideal, bound, multipliers = _solved(strata, targets, demands, limits)
    numbers = (thrifty if trim else rounded_up)(strata, demands, limits, ideal)
    prices = multipliers * np.array([target.variance for target in targets]) / limits / 100
    return JointAllocation(strata, numbers, ideal, bound, judged(strata, targets, numbers), prices)


def _solved(
    strata: Strata, targets: Sequence[Target], demands: Reals, limits: Reals
) -> tuple[Reals, float, Reals]:
    """The ideal, the least cost, and what each target costs at the margin, for its limit."""
    ideal, multipliers = strata.least.copy(), np.zeros(len(targets))
    # Only what may be drawn in different numbers, and matters, is left to the solver.
    open_ = (strata.most > strata.least) & demands.any(axis=0)
    counting = demands[:, open_].any(axis=1)
    fixed_cost = float(strata.costs[~open_] @ ideal[~open_])
    if not counting.any():
        return ideal, fixed_cost, multipliers
    pulls = demands[np.ix_(counting, open_)]
    left = limits[counting] - losses(demands[np.ix_(counting, ~open_)], ideal[~open_])
    start = _start(strata, open_, pulls, left)
    cost = float(strata.costs[open_] @ start)
    solution = solve(
        Scaled(
            costs=strata.costs[open_] * start / cost,
            demands=pulls / start / left[:, np.newaxis],
            least=strata.least[open_] / start,
            most=strata.most[open_] / start,
        )
    )
    if solution.numbers is None or solution.gap > GAP:
        hardest = max(judged(strata, targets, strata.most), key=lambda each: each.used)
        message = words(
            "The solver ended with “{status}” and without a proven allocation; hardest to meet is “{target}”"
        )
        raise AllocationError(message, status=solution.status, target=hardest.name)
    ideal[open_] = np.clip(solution.numbers * start, strata.least[open_], strata.most[open_])
    multipliers[counting] = solution.multipliers * cost * limits[counting] / left
    return ideal, fixed_cost + solution.bound * cost, multipliers


def _check_reachable(strata: Strata, targets: Sequence[Target]) -> None:
    """Every variance falls with every number: what all units that may be drawn do not meet, nothing meets."""
    missed = [each for each in judged(strata, targets, strata.most) if not each.met]
    if missed:
        message = words("Not to be met even by all units that may be drawn: {targets}")
        named = "; ".join(
            f"{each.name} ({np.sqrt(each.used):.2f} × the allowed standard error)" for each in missed
        )
        raise AllocationError(message, targets=named)


def _demands(strata: Strata, targets: Sequence[Target]) -> tuple[Reals, Reals]:
    """The targets as Σ w²/n ≤ limit: what sampling without replacement saves is moved to the right-hand side."""
    weights = np.array([strata.sizes * target.spreads for target in targets])
    saved = np.sum(weights**2 / strata.sizes, axis=1)
    return np.asarray(weights**2), np.array([target.variance for target in targets]) + saved


def _start(strata: Strata, open_: Mask, demands: Reals, limits: Reals) -> Reals:
    """Numbers that meet every target, to scale by: in each stratum the most that one target by itself asks."""
    costs, least, most = strata.costs[open_], strata.least[open_], strata.most[open_]
    alone = [
        ideal_for_loss(np.sqrt(demand), costs, least, most, limit)
        for demand, limit in zip(demands, limits, strict=True)
    ]
    return np.asarray(np.maximum(np.max(alone, axis=0), 1e-3))

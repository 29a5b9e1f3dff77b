"""The cheapest sample that meets many targets of precision at once: many figures, many domains (Bethel 1989).

Cost is linear and every variance convex in the numbers, so this is a convex problem and has one best value. It
is given to the cone solver Clarabel in a scaled form, and what comes back is believed only as far as it proves
itself: its prices of the targets give, by weak duality, a cost that no allocation can undercut, and the two have
to agree.

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

from zhicheng.core.allocation.cones import solve
from zhicheng.core.allocation.duality import Problem, best_under, lower_bound, meeting, sharpened
from zhicheng.core.allocation.ideal import ideal_for_loss
from zhicheng.core.allocation.rounding import Demands, rounded_up, thrifty
from zhicheng.core.allocation.strata import Allocation, AllocationError, Reals, Strata, variances
from zhicheng.core.allocation.targets import Judgement, Target, judged
from zhicheng.core.words import words

GAP = 1e-6
"""How far the solution's cost may lie above what is proved to be the least, as a share of the start's."""
SCALINGS = 3
"""How often a problem is scaled anew before it is given up."""


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
    demands = _demands(strata, targets)
    ideal, bound, prices = _solved(strata, targets, demands)
    numbers = (thrifty if trim else rounded_up)(strata, demands, ideal)
    return JointAllocation(strata, numbers, ideal, bound, judged(strata, targets, numbers), prices / 100)


def _solved(strata: Strata, targets: Sequence[Target], demands: Demands) -> tuple[Reals, float, Reals]:
    """The ideal, the least cost, and what each target costs at the margin, for its limit."""
    (needed, barely), prices = demands.unavoidable(strata), np.zeros(len(targets))
    ideal = np.where(barely, strata.most, needed)
    # Only what may be drawn in different numbers, and matters, is left to the solver.
    open_ = ~barely & demands.squares.any(axis=0)
    counting = demands.squares[:, open_].any(axis=1)
    fixed_cost = float(strata.costs[~open_] @ needed[~open_])
    if not counting.any():
        return ideal, fixed_cost, prices
    squares, limits = demands.squares[counting], demands.limits[counting]
    saved = (squares[:, open_] / strata.sizes[open_]).sum(axis=1)
    left = limits + saved - variances(squares[:, ~open_], strata.sizes[~open_], ideal[~open_])
    problem = Problem(
        strata.costs[open_], squares[:, open_] / left[:, np.newaxis], needed[open_], strata.most[open_]
    )
    ideal[open_], bound, found = _proven(problem, targets)
    prices[counting] = found * limits / left
    return ideal, fixed_cost + bound, prices


def _proven(problem: Problem, targets: Sequence[Target]) -> tuple[Reals, float, Reals]:
    """Numbers, the least cost, and the prices that prove it; scaled anew if nothing is proved."""
    numbers = _start(problem)
    for _ in range(SCALINGS):
        cost, scaled = float(problem.costs @ numbers), problem.scaled_by(numbers)
        status, found = solve(scaled)
        prices = sharpened(scaled, found)
        steps, bound = meeting(scaled, best_under(scaled, prices)), lower_bound(scaled, prices)
        numbers = np.clip(numbers * steps, problem.least, problem.most)
        if scaled.costs @ steps - bound <= GAP:
            return numbers, bound * cost, prices * cost
    message = words("The solver ended with “{status}” and without a proven allocation for the targets {targets}")
    raise AllocationError(message, status=status, targets="; ".join(each.name for each in targets))


def _check_reachable(strata: Strata, targets: Sequence[Target]) -> None:
    """Every variance falls with every number: what all units that may be drawn do not meet, nothing meets."""
    for each in targets:
        if each.spreads.shape != (len(strata),):
            message = words("Target “{target}” is one for {given} strata; there are {count}")
            raise AllocationError(message, target=each.name, given=each.spreads.size, count=len(strata))
    missed = [each for each in judged(strata, targets, strata.most) if not each.met]
    if missed:
        message = words("Not to be met even by all units that may be drawn: {targets}")
        named = "; ".join(
            f"{each.name} ({np.sqrt(each.used):.2f} × the allowed standard error)" for each in missed
        )
        raise AllocationError(message, targets=named)


def _demands(strata: Strata, targets: Sequence[Target]) -> Demands:
    squares = np.array([(strata.sizes * target.spreads) ** 2 for target in targets])
    return Demands(squares, strata.sizes, np.array([target.variance for target in targets]))


def _start(problem: Problem) -> Reals:
    """Numbers that meet every target, to scale by: in each stratum the most that one target by itself asks."""
    alone = [
        ideal_for_loss(np.sqrt(demand), problem.costs, problem.least, problem.most, 1.0)
        for demand in problem.demands
    ]
    return np.asarray(np.max(alone, axis=0))

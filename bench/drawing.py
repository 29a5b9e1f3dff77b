"""How long a draw takes: a million units beside numpy's weighted choice, and 5,000 visits to 500 inspectors.

`python bench/drawing.py`; in processor time, so that other work on the machine plays little part. Numpy's
`Generator.choice(p=…, replace=False)` draws as many of the same sizes; nobody can repeat its draw without numpy.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from zhicheng.core.draws.assignment import assign
from zhicheng.core.draws.commitment import commit
from zhicheng.core.draws.drawing import Inputs, Plan, Table, draw
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.ordering import pareto_order
from zhicheng.core.draws.publishing import written
from zhicheng.core.draws.targets import targets

UNITS = 1_000_000
VISITS, INSPECTORS, PER_VISIT = 5_000, 500, 2
Result = TypeVar("Result")


def timed(what: str, action: Callable[[], Result], times: int = 3) -> tuple[float, Result]:
    """The least processor time of some runs, and what came of the last."""
    taken = []
    for _ in range(times):
        before = time.process_time()
        result = action()
        taken.append(time.process_time() - before)
    print(f"{what:64} {min(taken):7.2f} s")
    return min(taken), result


def units() -> None:
    """A million units: the draw itself beside numpy's, and everything around it."""
    sizes = (np.random.default_rng(1).pareto(1.5, UNITS) * 10 + 1).astype(int).tolist()
    ids = [f"91{number:08}X" for number in range(UNITS)]
    weights = np.array(sizes) / sum(sizes)
    timed("a million hashes alone", lambda: Algorithm.SHA256.digests(("seed", "E"), ids))
    for n in (1_000, 10_000, 100_000, 300_000):

        def ours(n: int = n) -> object:
            shared = targets(sizes, n)
            return pareto_order(ids, Algorithm.SHA256.digests(("seed", "E"), ids), shared)[:n]

        own, _ = timed(f"{n:,} of {UNITS:,}: λ, hashes, order", ours)
        their, _ = timed(
            "  numpy's choice",
            lambda n=n: np.random.default_rng(2).choice(UNITS, n, replace=False, p=weights),  # type: ignore[misc]
        )
        print(f"  ratio {own / their:.1f}")
    rows = [[unit, "食品", str(size)] for unit, size in zip(ids, sizes, strict=True)]
    plan = Plan("plan", {"n": {"食品": 10_000}, "inspectors_per_visit": 0})
    inputs = Inputs(Table("roster", rows), Table("inspectors", []), Table("conflicts", []), plan)
    timed("commitment to a roster of a million rows", lambda: commit(inputs), 1)
    _, drawn = timed("commitment and draw", lambda: draw(inputs, "00"), 1)
    timed("a million tickets as JSON", lambda: sum(map(len, written(drawn))), 1)


def visits() -> None:
    """5,000 visits, with room to spare and with none, and with more and more conflicts."""
    chance = random.Random(1)
    names = [f"91{number:06}X" for number in range(VISITS)]
    staff = [f"执{number:03}" for number in range(INSPECTORS)]
    for capacity, share in ((30, 0.01), (20, 0.01), (20, 0.5), (21, 0.9)):
        barred = {(inspector, visit) for visit in names for inspector in staff if chance.random() < share}
        inspectors = [(inspector, capacity) for inspector in staff]
        _, found = timed(
            f"{VISITS:,} visits, {INSPECTORS} inspectors of {capacity}, {share:.0%} in conflict",
            lambda: assign(names, inspectors, barred, per_visit=PER_VISIT, seed="00"),  # noqa: B023
            1,
        )
        assert found is not None


if __name__ == "__main__":
    units()
    visits()

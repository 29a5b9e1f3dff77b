"""Small populations for properties: few strata, whose best allocations can be found by trying them all."""

import itertools
from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

from zhicheng.core.allocation.strata import Counts, Reals, Strata

sizes = st.lists(st.integers(1, 9), min_size=1, max_size=4)
spreads = st.floats(0, 50).map(lambda value: round(value, 3))
costs = st.floats(0.1, 20).map(lambda value: round(value, 3))


@st.composite
def limited_strata(draw: st.DrawFn, *, equal_costs: bool = False) -> Strata:
    """Strata of sizes 1 to 9 with minima, maxima and costs."""
    units = draw(sizes)
    least = [draw(st.integers(0, size)) for size in units]
    most = [draw(st.integers(low, size)) for low, size in zip(least, units, strict=True)]
    prices = [2.5] * len(units) if equal_costs else [draw(costs) for _ in units]
    return Strata.of(units, least=least, most=most, costs=prices)


def spreads_of(draw: st.DrawFn, strata: Strata) -> list[float]:
    """A standard deviation for each stratum."""
    return [draw(spreads) for _ in strata.names]


def every_allocation(strata: Strata) -> Iterator[Counts]:
    """All whole numbers between the minima and the maxima."""
    ranges = (range(int(low), int(high) + 1) for low, high in zip(strata.least, strata.most, strict=True))
    for numbers in itertools.product(*ranges):
        yield np.array(numbers)


def within_limits(strata: Strata, numbers: Counts | Reals) -> bool:
    """Whether no number is below its minimum or above its maximum."""
    slack = 1e-9
    return bool(np.all((numbers >= strata.least - slack) & (numbers <= strata.most + slack)))

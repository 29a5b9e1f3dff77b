"""Scaled problems of Bethel's kind, for properties of the solver and of its proof."""

import numpy as np
from hypothesis import strategies as st

from zhicheng.core.allocation.duality import Problem

positive = st.floats(0.1, 2)
IMPOSSIBLE = Problem(np.array([1.0]), np.array([[5.0]]), np.array([0.1]), np.array([1.0]))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """One to four strata and one to three demands, which x = 1 meets."""
    strata, demands = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    pulls = np.array([[draw(positive) for _ in range(strata)] for _ in range(demands)])
    return Problem(
        np.array([draw(positive) for _ in range(strata)]),
        pulls / pulls.sum(axis=1, keepdims=True) / draw(st.floats(1.0, 4)),
        np.array([draw(st.floats(0.001, 0.99)) for _ in range(strata)]),
        np.array([draw(st.floats(1, 1000)) for _ in range(strata)]),
    )

"""A line through a population: coefficients that its least squares would have, from a sample with weights.

The standard errors hold whether or not the line is true of the population (Binder 1983; R's `svyglm`).

>>> design = Design.clusters([1, 1, 2, 2, 3, 3, 4, 4], weights=3)
>>> found = regression(design, [1, 2, 2, 4, 3, 5, 4, 7], {"x": [0, 1, 1, 2, 2, 3, 3, 4]})
>>> found.names, found.values.round(4).tolist(), found.degrees_of_freedom
(('(Intercept)', 'x'), [0.6667, 1.4167], 2)
"""

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.designs import Design, DesignError, Floats
from zhicheng.core.estimates.estimate import Estimates
from zhicheng.core.estimates.variables import Columns, no_row_has_a_value, unsigned_weights, variables
from zhicheng.core.words import words

INTERCEPT = "(Intercept)"
CONSTANT = 1e-12
"""A column that varies by no more than this share of its size does not vary, but for rounding."""
EPSILON = float(np.finfo(np.float64).eps)


def regression(design: Design, y: ArrayLike, x: Columns) -> Estimates:
    """The coefficients of the columns of `x` and of an intercept that explain `y` (n,) best.

    A row that lacks a value is outside the domain. Degrees of freedom are those of its rows, less the slopes.
    Raises DesignError for columns that explain each other.
    """
    explained, explaining = variables(design, y), variables(design, x)
    if explained.values.shape[1] != 1:
        raise DesignError(words("{count} columns are to be explained; expected one"), count=len(explained.names))
    domain = design.domain(explained.design.inside & explaining.design.inside)
    if not domain.observed:
        raise no_row_has_a_value()
    weights = unsigned_weights(domain)
    size, root = float(weights.sum()), np.sqrt(weights)
    middle, response = weights @ explaining.values / size, explained.values[:, 0]
    centre = float(weights @ response) / size
    centred = explaining.values - middle
    basis, triangle = _factored(root, explaining.values, centred)
    slopes = np.linalg.solve(triangle, basis.T @ (root * (response - centre)))
    rest = response - centre - centred @ slopes
    moves = (root * rest)[:, None] * np.linalg.solve(triangle, basis.T).T
    return Estimates.of(
        design,
        (INTERCEPT, *explaining.names),
        np.concatenate(([centre - middle @ slopes], slopes)),
        np.column_stack((weights * rest / size - moves @ middle, moves)),
        domain=domain,
        degrees_of_freedom=domain.degrees_of_freedom - len(slopes),
    )


def _factored(root: Floats, columns: Floats, centred: Floats) -> tuple[Floats, Floats]:
    """Q (n, k) and R (k, k) of the columns less their means, times the `root` of the weights.

    Less their means and without squares: years and prices far from 0 lose no digits. Raises DesignError for
    columns that explain each other, or that do not vary.
    """
    whole = np.linalg.norm(root[:, None] * columns, axis=0)
    length = np.linalg.norm(root[:, None] * centred, axis=0)
    varies = length > CONSTANT * whole
    if varies.all() and np.count_nonzero(root) > len(length):
        basis, triangle = np.linalg.qr(root[:, None] * centred / length)
        if not len(length) or np.linalg.matrix_rank(triangle, rtol=EPSILON * len(root)) == len(length):
            return basis, triangle * length
    raise DesignError(words("the columns explain each other; expected columns that are not sums of others"))

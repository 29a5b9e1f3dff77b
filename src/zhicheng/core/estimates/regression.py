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
from zhicheng.core.estimates.variables import Columns, unsigned_weights, variables
from zhicheng.core.words import words

INTERCEPT = "(Intercept)"


def regression(design: Design, y: ArrayLike, x: Columns) -> Estimates:
    """The coefficients of the columns of `x` and of an intercept that explain `y` (n,) best.

    A row that lacks a value is outside the domain. Degrees of freedom are those of its rows, less the slopes.
    Raises DesignError for columns that explain each other.
    """
    explained, explaining = variables(design, y), variables(design, x)
    if explained.values.shape[1] != 1:
        raise DesignError(words("{count} columns are to be explained; expected one"), count=len(explained.names))
    domain = design.domain(explained.design.inside & explaining.design.inside)
    weights = unsigned_weights(domain)
    columns = np.column_stack((np.ones(design.size), explaining.values))
    response = explained.values[:, 0]
    root = np.sqrt(weights)
    fitted, _, rank, _ = np.linalg.lstsq(root[:, None] * columns, root * response, rcond=None)
    values: Floats = np.asarray(fitted, dtype=np.float64)
    if rank < columns.shape[1]:
        raise DesignError(words("the columns explain each other; expected columns that are not sums of others"))
    bread = np.linalg.inv(columns.T @ (weights[:, None] * columns))
    influence = (weights * (response - columns @ values))[:, None] * columns @ bread
    return Estimates.of(
        design,
        (INTERCEPT, *explaining.names),
        values,
        influence,
        domain=domain,
        degrees_of_freedom=domain.degrees_of_freedom + 1 - columns.shape[1],
    )

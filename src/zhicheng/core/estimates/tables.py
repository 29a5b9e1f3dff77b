"""Whether two ways of sorting a population are independent: Pearson's test, corrected for the design.

Counts of a clustered sample scatter more than those of independent draws, so that Pearson's statistic rejects too
often. Rao and Scott (1984) divide it by what the design adds on average, and Thomas and Rao (1987) refer it to F.

>>> design = Design.clusters([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], weights=1)
>>> found = independence(design, "aababbaabbab", "xyxxyyxxyyxy")
>>> round(found.f, 4), found.numerator, found.denominator, round(found.p, 4)
(2.2222, 1.0, 3.0, 0.2328)
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from zhicheng.core.designs import Design, DesignError, Floats, Labels
from zhicheng.core.estimates.means import mean
from zhicheng.core.estimates.variables import coded, without
from zhicheng.core.words import words


@dataclass(frozen=True, eq=False)
class Independence:
    """The test: `f` with its two degrees of freedom and `p`, and Pearson's statistic with Rao and Scott's `p`.

    `shares` (r, c) are the estimated shares of the cells, `rows` and `columns` their labels in order.
    `chi_squared` is Pearson's statistic scaled to the number of rows in the sample, `chi_squared_p` what it
    says divided by the mean design effect (first-order correction).
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shares: Floats
    f: float
    numerator: float
    denominator: float
    p: float
    chi_squared: float
    chi_squared_p: float


def independence(design: Design, rows: Labels, columns: Labels) -> Independence:
    """Tests whether labels `rows` (n,) and `columns` (n,) are independent in the population.

    A row that lacks either (None, NaN) is outside the domain. Raises DesignError for a table with one row or
    column, and if the cells do not vary at all.
    """
    (across, named), (down, titled) = coded(rows), coded(columns)
    if len(across) != design.size or len(down) != design.size:
        raise DesignError(
            words("“{name}” has {count} labels; expected one for each of {rows} rows"),
            name="rows, columns",
            count=f"{len(across)}, {len(down)}",
            rows=design.size,
        )
    if len(named) < 2 or len(titled) < 2:
        raise DesignError(
            words("the table has {rows} rows and {columns} columns; expected two or more of each"),
            rows=len(named),
            columns=len(titled),
        )
    domain = without(design, (across < 0) | (down < 0))
    cell = across * len(titled) + down
    cells = mean(domain, (cell[:, None] == np.arange(len(named) * len(titled))).astype(np.float64))
    shares = cells.values.reshape(len(named), len(titled))
    effects = _design_effects(cells.values, cells.covariance, (len(named), len(titled))) * domain.observed
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    pearson = domain.observed * float(((shares - expected) ** 2 / expected).sum())
    whole = float(np.trace(effects))
    if not whole > 0:
        raise DesignError(words("the cells of the table do not vary; expected some that the design leaves open"))
    numerator = whole**2 / float(np.trace(effects @ effects))
    denominator = numerator * domain.degrees_of_freedom
    return Independence(
        rows=tuple(str(label) for label in named),
        columns=tuple(str(label) for label in titled),
        shares=shares,
        f=pearson / whole,
        numerator=numerator,
        denominator=denominator,
        p=float(stats.f.sf(pearson / whole, numerator, denominator)),
        chi_squared=pearson,
        chi_squared_p=float(stats.chi2.sf(pearson * len(effects) / whole, len(effects))),
    )


def _design_effects(shares: Floats, covariance: Floats, shape: tuple[int, int]) -> Floats:
    """The covariance of what contradicts independence, over that of one independent draw."""
    contrasts = np.kron(_contrasts(shape[0]), _contrasts(shape[1]))
    inverse = np.divide(1, shares, out=np.zeros_like(shares), where=shares > 0)
    simple = contrasts.T @ (inverse[:, None] * contrasts)
    actual = contrasts.T @ (inverse[:, None] * covariance * inverse) @ contrasts
    effects: Floats = np.linalg.solve(simple, actual)
    return effects


def _contrasts(count: int) -> Floats:
    """Columns that add up to 0 and span all of which that is true: (count, count − 1)."""
    return np.eye(count)[:, :-1] - 1 / count

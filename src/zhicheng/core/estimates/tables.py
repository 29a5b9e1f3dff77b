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
from zhicheng.core.designs.columns import check_labels, is_missing
from zhicheng.core.estimates.means import mean
from zhicheng.core.estimates.variables import coded, titled, without
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

    A row that lacks either (None, NaN) is outside the domain, and labels that only such rows have are not in the
    table. Degrees of freedom stay those of the design given, as in R. Raises DesignError for a table with one row
    or column, and if the cells do not vary at all.
    """
    check_labels("rows", rows, design.size)
    check_labels("columns", columns, design.size)
    pairs = zip(zip(rows, columns, strict=True), design.inside, strict=True)
    told = [pair if inside and not is_missing(pair) else (None, None) for pair, inside in pairs]
    (across, sides), (down, heads) = coded([row for row, _ in told]), coded([column for _, column in told])
    if len(sides) < 2 or len(heads) < 2:
        raise DesignError(
            words("the table has {rows} rows and {columns} columns; expected two or more of each"),
            rows=len(sides),
            columns=len(heads),
        )
    domain = without(design, across < 0)
    cell = across * len(heads) + down
    cells = mean(domain, (cell[:, None] == np.arange(len(sides) * len(heads))).astype(np.float64))
    shares = cells.values.reshape(len(sides), len(heads))
    effects = _design_effects(cells.values, cells.covariance, (len(sides), len(heads))) * domain.observed
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    pearson = domain.observed * float(((shares - expected) ** 2 / expected).sum())
    whole = float(np.trace(effects))
    if not whole > 0:
        raise DesignError(words("the cells of the table do not vary; expected some that the design leaves open"))
    numerator = whole**2 / float(np.trace(effects @ effects))
    denominator = numerator * design.degrees_of_freedom
    return Independence(
        rows=tuple(map(titled, sides)),
        columns=tuple(map(titled, heads)),
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

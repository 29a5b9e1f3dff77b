"""Means, totals, ratios and variances of a population, from a sample with weights.

Horvitz and Thompson (1952) for totals; a mean is a total over the total of weights (Hájek 1971), and its
influence values are those of a ratio (Särndal, Swensson and Wretman 1992 §5.5-5.8).

>>> design = Design.stratified(["n", "n", "s", "s"], population=[10, 10, 30, 30])
>>> y = [3.0, 5.0, 10.0, 14.0]
>>> mean(design, y).value, total(design, y).value
(10.0, 400.0)
>>> round(mean(design, y).standard_error, 6)
1.466288
>>> round(ratio(design, y, [1.0, 1.0, 2.0, 2.0]).value, 6)
5.714286
"""

import numpy as np

from zhicheng.core.designs import Design, DesignError, Floats
from zhicheng.core.estimates.estimate import Estimates
from zhicheng.core.estimates.variables import Columns, Undefined, no_row_has_a_value, variables
from zhicheng.core.words import words


def mean(design: Design, y: Columns) -> Estimates:
    """The population means of the columns of `y`. A column of 0 and 1 gives a share (see `shares`)."""
    found = variables(design, y)
    weights = found.design.weights
    size = float(weights.sum())
    values = found.values.T @ weights / size
    influence = (weights / size)[:, None] * (found.values - values)
    return Estimates.of(
        design,
        found.names,
        values,
        influence,
        domain=found.design,
        simple_variances=_spread(weights, found.values) / found.design.observed,
        left_out=_left_out(found.design, len(values)),
    )


def total(design: Design, y: Columns) -> Estimates:
    """The population totals of the columns of `y`. A column of ones counts the population."""
    found = variables(design, y)
    weights = found.design.weights
    return Estimates.of(
        design,
        found.names,
        found.values.T @ weights,
        weights[:, None] * found.values,
        domain=found.design,
        simple_variances=_simple_total(found.design, found.values),
        left_out=_left_out(found.design, len(found.names)),
    )


def ratio(design: Design, y: Columns, x: Columns) -> Estimates:
    """The totals of the columns of `y` over the total of `x`, or over those of as many columns `x`.

    A row that lacks either is outside the domain of both. Raises DesignError if columns do not pair up,
    Undefined if a total of `x` is 0.
    """
    over, under = variables(design, y), variables(design, x)
    if under.values.shape[1] not in (1, over.values.shape[1]):
        raise DesignError(
            words("{over} columns stand over {under}; expected one below, or as many"),
            over=over.values.shape[1],
            under=under.values.shape[1],
        )
    domain = design.domain(over.design.inside & under.design.inside)
    if not domain.observed:
        raise no_row_has_a_value()
    weights = domain.weights
    below = under.values.T @ weights
    if (below == 0).any():
        raise Undefined(words("the denominator has the total 0; expected another"))
    values = over.values.T @ weights / below
    residuals = (over.values - values * under.values) / below
    names = tuple(f"{name}/{under.names[min(at, len(under.names) - 1)]}" for at, name in enumerate(over.names))
    return Estimates.of(
        design,
        names,
        values,
        weights[:, None] * residuals,
        domain=domain,
        simple_variances=_simple_total(domain, residuals),
        left_out=_left_out(domain, len(names)),
    )


def variance(design: Design, y: Columns) -> Estimates:
    """The population variances S² of the columns of `y`, with the divisor n − 1 of a sample of n rows.

    Raises Undefined if the domain has one row.
    """
    found = variables(design, y)
    rows = found.design.observed
    if rows < 2:
        raise Undefined(words("the domain has one row; expected two or more for a variance"))
    weights = found.design.weights
    size = float(weights.sum())
    squares = (found.values - found.values.T @ weights / size) ** 2 * (rows / (rows - 1))
    values = squares.T @ weights / size
    return Estimates.of(
        design,
        found.names,
        values,
        (weights / size)[:, None] * (squares - values),
        domain=found.design,
    )


def _simple_total(domain: Design, values: Floats) -> Floats:
    size, rows = float(domain.weights.sum()), domain.observed
    return _spread(domain.weights, values) * (size**2 / rows)


def _left_out(domain: Design, count: int) -> Floats:
    """The share of the population that the rows of the domain are not, for each of `count` estimates."""
    size = float(domain.weights.sum())
    return np.full(count, (size - domain.observed) / size)


def _spread(weights: Floats, values: Floats) -> Floats:
    """The variances S² (k,) of the columns, as a sample with `weights` shows them; NaN of one row."""
    rows, size = int(np.count_nonzero(weights)), float(weights.sum())
    if rows < 2:
        return np.full(values.shape[1], np.nan)
    middle = values.T @ weights / size
    spread: Floats = ((values - middle) ** 2).T @ weights / size * (rows / (rows - 1))
    return spread

"""Estimates for areas with few batches: their own estimate and a model of all areas, weighted by how sure each is.

The empirical best linear unbiased predictor of Fay and Herriot (1979), with its mean squared error: Prasad and
Rao (1990), Datta and Lahiri (2000), Datta, Rao and Smith (2005), as in R's package sae (Molina and Marhuenda
2015).

>>> rates, tested = [0.0, 0.10, 0.02, 0.16, 0.05, 0.09], np.array([8, 60, 55, 25, 90, 40])
>>> failed = np.round(np.array(rates) * tested)
>>> areas = Areas.of(failed / tested, binomial_variances(failed, tested), np.ones((6, 1)), names=list("ABCDEF"))
>>> estimates = fay_herriot(areas)
>>> estimates.values.round(3).tolist()
[0.064, 0.086, 0.047, 0.097, 0.056, 0.083]
>>> estimates.own_weights.round(2).tolist(), estimates.at_zero
([0.11, 0.48, 0.46, 0.28, 0.58, 0.38], False)
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from zhicheng.core.given import between
from zhicheng.core.small_area.areas import Areas, Reals, binomial_variances
from zhicheng.core.small_area.variance import Fit, Method, fitted, method_named, model_variance

__all__ = ["SmallAreaEstimates", "binomial_variances", "fay_herriot"]


@dataclass(frozen=True, slots=True, eq=False)
class SmallAreaEstimates:
    """Estimates for all areas. Arrays have shape (areas,), except for those of the coefficients, (regressors,).

    `values`: the estimates. `mean_squared_errors`: of them, unbiased up to terms smaller than 1/areas.
    `own_weights`: the part of an area's own estimate in `values`, from 0, as in areas without one, to 1.
    `model_variance`: A, how much areas differ beyond the regressors. `log_likelihood`: at A and the coefficients.
    """

    areas: Areas
    method: Method
    values: Reals
    mean_squared_errors: Reals
    own_weights: Reals
    coefficients: Reals
    coefficient_errors: Reals
    model_variance: float
    iterations: int
    log_likelihood: float

    @property
    def at_zero(self) -> bool:
        """Whether no A above 0 fits better: the values are those of the model alone, whatever the areas' own say.

        This happens by chance too where A is small, the oftener the fewer the areas are.
        """
        return self.model_variance == 0

    @property
    def standard_errors(self) -> Reals:
        """Square roots of the mean squared errors."""
        return np.sqrt(self.mean_squared_errors)

    def interval(self, confidence: float = 0.95) -> tuple[Reals, Reals]:
        """Values ± quantile × standard error; `confidence` between 0 and 1. Raises Refused.

        Normal quantiles for areas with batches: of 8 to 40 simulated areas 90 % intervals held 88 to 96 %. For the
        others, whose error is mostly the variance A itself, Student's quantiles with areas less regressors degrees
        of freedom, which is still too little: 80 to 91 %, the least where A is small.
        """
        level = (1 + between("confidence", confidence, 0, 1)) / 2
        own = self.areas.sampled
        freedom = int(own.sum()) - self.coefficients.size
        reach = np.where(own, ndtri(level), stdtrit(freedom, level)) * self.standard_errors
        return self.values - reach, self.values + reach


def fay_herriot(areas: Areas, method: str = Method.REML, *, most_iterations: int = 100) -> SmallAreaEstimates:
    """Estimates for all areas, also for those without batches, which get what the model says of them.

    `method` is a `Method` or its text. Raises SmallAreaError for another, and if the model variance is not found
    within `most_iterations`.
    """
    named, own = method_named(method), areas.sampled
    direct, errors, table = areas.direct[own], areas.variances[own], areas.regressors[own]
    found = model_variance(direct, errors, table, named, most_iterations=most_iterations)
    fit = fitted(found.variance, direct, errors, table)
    weights, values = np.zeros(len(areas)), areas.regressors @ fit.coefficients
    weights[own] = found.variance * fit.weights
    values[own] += weights[own] * fit.residuals
    densities = np.log(2 * np.pi / fit.weights) + fit.weights * fit.residuals**2
    return SmallAreaEstimates(
        areas=areas,
        method=named,
        values=values,
        mean_squared_errors=_mean_squared_errors(areas, found.variance, fit, named),
        own_weights=weights,
        coefficients=fit.coefficients,
        coefficient_errors=fit.coefficient_errors,
        model_variance=found.variance,
        iterations=found.iterations,
        log_likelihood=-0.5 * float(densities.sum()),
    )


def _mean_squared_errors(areas: Areas, variance: float, fit: Fit, method: Method) -> Reals:
    """What is left when all is known, plus what estimating the coefficients and A adds, less the bias of A.

    For an area without estimate, the variance of its effect plus that of the model's value, less the same bias.
    The bias of A by moments can exceed all the rest where A is near 0 and D of very different size; as no error is
    below 0, it is not taken off there.
    """
    own = areas.sampled
    uncertain, bias = _of_the_variance(areas.regressors[own], fit, method)
    model = fit.variances(areas.regressors)
    errors, corrections = variance + model, np.full(len(areas), bias)
    kept = areas.variances[own] * fit.weights
    errors[own] = variance * kept + kept**2 * (model[own] + 2 * uncertain * fit.weights)
    corrections[own] *= kept**2
    return np.asarray(np.where(errors > corrections, errors - corrections, errors))


def _of_the_variance(table: Reals, fit: Fit, method: Method) -> tuple[float, float]:
    """The variance and the bias of the estimated A, for many areas."""
    count, weights = len(table), fit.weights
    squares = float(weights @ weights)
    if method is Method.FH:
        total = float(weights.sum())
        return 2 * count / total**2, 2 * (count * squares - total**2) / total**3
    if method is Method.ML:
        return 2 / squares, -float(weights**2 @ fit.variances(table)) / squares
    return 2 / squares, 0.0

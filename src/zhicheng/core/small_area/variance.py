"""How much areas differ beyond what their regressors explain and their samples blur: the variance A of the model.

Direct estimate = regressors · coefficients + area effect + sampling error, the effects having the variance A and
the errors known variances D. Three ways to A, each the place where a function of A crosses zero: restricted and
plain maximum likelihood, and the moments of Fay and Herriot (1979). It is looked for over all A from 0 up and
not only from a start on, so that of several maxima the highest is taken; where none is above 0, A is 0.

>>> direct, errors = np.array([1.0, 2.0, 4.0, 7.0]), np.array([0.5, 0.5, 1.0, 1.0])
>>> found = model_variance(direct, errors, np.ones((4, 1)), Method.REML)
>>> round(found.variance, 3), found.iterations > 0
(6.154, True)
>>> model_variance(direct, 100 * errors, np.ones((4, 1)), Method.FH).variance
0.0
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from scipy.linalg import solve_triangular
from scipy.optimize import brentq

from zhicheng.core.choices import named
from zhicheng.core.small_area.areas import Reals, SmallAreaError
from zhicheng.core.words import words

PLACES = 80
"""At how many values of A its function is looked at, to find where it crosses zero."""
PRECISION = 1e-12
"""Up to which share of itself A is found."""


class Method(StrEnum):
    """How A is estimated."""

    REML = "REML"
    """Restricted maximum likelihood: allows for the coefficients being estimated, and is nearly unbiased."""
    ML = "ML"
    """Maximum likelihood: somewhat too small."""
    FH = "FH"
    """Moments: the weighted squares of what is not explained have the size that they are expected to have."""


def method_named(method: str) -> Method:
    """The method, also by its text. Raises SmallAreaError.

    >>> method_named("ML") is Method.ML
    True
    """
    return named(Method, "method", method, SmallAreaError)


@dataclass(frozen=True, slots=True)
class ModelVariance:
    """A (0 or more), and in how many steps it was found: 0 if nothing above 0 fits better than 0."""

    variance: float
    iterations: int


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Weighted least squares, given A. `weights` are 1/(A + D); `root` times itself transposed is the covariance.

    That of the coefficients, (regressors, regressors): the root keeps twice as many digits as the covariance.
    """

    weights: Reals
    coefficients: Reals
    root: Reals
    residuals: Reals

    @property
    def coefficient_errors(self) -> Reals:
        """Standard errors of the coefficients, shape (regressors,)."""
        return np.asarray(np.linalg.norm(self.root, axis=1))

    def variances(self, regressors: Reals) -> Reals:
        """Of what the model says of areas with these regressors, shape (areas,)."""
        return np.asarray(((regressors @ self.root) ** 2).sum(axis=1))


def fitted(variance: float, direct: Reals, errors: Reals, regressors: Reals) -> Fit:
    """Coefficients by weighted least squares for this A.

    >>> fitted(1.0, np.array([1.0, 3.0]), np.array([1.0, 1.0]), np.ones((2, 1))).coefficients.round(9).tolist()
    [2.0]
    """
    weights = 1 / (variance + errors)
    halves = np.sqrt(weights)
    weighted = regressors * halves[:, np.newaxis]
    # By orthogonal columns of length 1: sums of squares would lose the small regressors, and half of all digits.
    lengths = np.linalg.norm(weighted, axis=0)
    orthogonal, triangle = np.linalg.qr(weighted / lengths)
    root = solve_triangular(triangle, np.eye(len(lengths)), check_finite=False) / lengths[:, np.newaxis]
    explained = orthogonal.T @ (halves * direct)
    coefficients = solve_triangular(triangle, explained, check_finite=False) / lengths
    return Fit(weights, coefficients, root, direct - regressors @ coefficients)


def model_variance(
    direct: Reals, errors: Reals, regressors: Reals, method: Method, *, most_iterations: int = 100
) -> ModelVariance:
    """A by the method. `direct` and `errors` have shape (areas,), `regressors` (areas, regressors) and full rank.

    Raises SmallAreaError if A is not found within `most_iterations`.
    """
    slopes = {Method.REML: _reml, Method.ML: _ml, Method.FH: _fh}[method]

    def at(variances: Reals) -> Reals:
        return slopes(_projected(variances, direct, errors, regressors))

    places = _places(direct, errors)
    signs = at(np.array(places)).tolist()
    falls = [(low, high) for (low, a), (high, b) in pairwise(zip(places, signs, strict=True)) if a > 0 >= b]
    found = [
        _crossing(lambda one: float(at(np.array([one]))[0]), *ends, method, most_iterations) for ends in falls
    ]
    if method is Method.FH or not found:
        return found[0] if found else ModelVariance(0.0, 0)
    candidates = [ModelVariance(0.0, 0), *found]
    heights = [_height(each.variance, direct, errors, regressors, method) for each in candidates]
    return candidates[int(np.argmax(heights))]


def _places(direct: Reals, errors: Reals) -> list[float]:
    """Values of A from 0 to where the model has more variance than the estimates themselves."""
    highest = 10 * (float(np.sum((direct - direct.mean()) ** 2)) + float(errors.max()))
    return [0.0, *np.geomspace(float(errors.min()) * 1e-4, highest, PLACES).tolist()]


def _crossing(
    at: Callable[[float], float], low: float, high: float, method: Method, most_iterations: int
) -> ModelVariance:
    variance, report = brentq(
        at, low, high, xtol=PRECISION * high, rtol=1e-12, maxiter=most_iterations, full_output=True, disp=False
    )
    if not report.converged:
        message = words(
            "The model variance by {method} was not found in {iterations} steps; it is {low:g} to {high:g}"
        )
        raise SmallAreaError(message, method=method, iterations=report.iterations, low=low, high=high)
    return ModelVariance(float(variance), int(report.iterations))


@dataclass(frozen=True, slots=True, eq=False)
class _Projected:
    """Weighted least squares at several values of A at once; arrays have shape (values of A, areas).

    `scaled` are the residuals times the roots of their weights, `leverages` an area's part in its own value.
    """

    weights: Reals
    scaled: Reals
    leverages: Reals
    columns: int


def _projected(variances: Reals, direct: Reals, errors: Reals, regressors: Reals) -> _Projected:
    """What `fitted` projects, for many A in one stack: what A is looked for by needs no coefficients."""
    weights = 1 / (variances[:, np.newaxis] + errors)
    halves = np.sqrt(weights)
    weighted = regressors * halves[:, :, np.newaxis]
    orthogonal = np.linalg.qr(weighted / np.linalg.norm(weighted, axis=1, keepdims=True)).Q
    own = (halves * direct)[:, :, np.newaxis]
    explained = orthogonal @ (orthogonal.swapaxes(1, 2) @ own)
    return _Projected(weights, (own - explained)[:, :, 0], (orthogonal**2).sum(axis=2), regressors.shape[1])


def _reml(at: _Projected) -> Reals:
    """Twice the slope of the restricted log-likelihood: yᵀPPy − tr P."""
    return np.asarray((at.weights * (at.scaled**2 - (1 - at.leverages))).sum(axis=1))


def _ml(at: _Projected) -> Reals:
    """Twice the slope of the log-likelihood, the coefficients being the best for each A."""
    return np.asarray((at.weights * (at.scaled**2 - 1)).sum(axis=1))


def _fh(at: _Projected) -> Reals:
    """Σ r²/(A + D) less its expectation, areas less regressors; it falls with A."""
    return np.asarray((at.scaled**2).sum(axis=1) - (at.weights.shape[1] - at.columns))


def _height(variance: float, direct: Reals, errors: Reals, regressors: Reals, method: Method) -> float:
    """The (restricted) log-likelihood up to a constant."""
    fit = fitted(variance, direct, errors, regressors)
    height = float(np.log(fit.weights).sum() - fit.weights @ fit.residuals**2)
    return height / 2 + (float(np.linalg.slogdet(fit.root)[1]) if method is Method.REML else 0.0)

"""Calibration: weights that stay as near as possible to those of the design and agree with known totals.

>>> design = Design.simple(4, population=100)
>>> staff = [3.0, 10.0, 4.0, 7.0]
>>> linear = calibrated(design, {"all": np.ones(4), "staff": staff}, {"all": 100, "staff": 720})
>>> linear.weights.round(3).tolist(), round(float(linear.weights @ staff), 6)
([13.0, 41.0, 17.0, 29.0], 720.0)
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from zhicheng.core.designs import Design, Floats
from zhicheng.core.designs.columns import floats
from zhicheng.core.estimates.distances import Distance, Linear, distance_named
from zhicheng.core.estimates.dual import Dual
from zhicheng.core.estimates.margins import CalibrationError
from zhicheng.core.estimates.residuals import RegressionResiduals, starting_weights
from zhicheng.core.words import words


def calibrated(
    design: Design,
    auxiliary: Mapping[str, ArrayLike],
    totals: Mapping[str, float],
    *,
    distance: Distance | str = Linear(),  # noqa: B008  # frozen
    spread: ArrayLike = 1.0,
    tolerance: float = 1e-10,
    most_steps: int = 100,
) -> Design:
    """The design with weights under which every auxiliary variable has its known total, and the variance for them.

    `auxiliary` has for each variable its values (n), none missing; `totals` the sum of each over the population. A
    variable that is 1 for all, with the size of the population, belongs among them unless there is a reason
    against; classes are indicators (`Margin.indicators`). With the distance `Linear()`, or `"linear"`, estimates
    are those of the generalised regression estimator (GREG); `"raking"` is `Raking()`. `spread` (n or one number,
    above 0) is the variance of what is studied around the regression, up to a factor; for the ratio estimator of
    totals, one variable, and itself as the spread.

    Newton's method on the convex problem that is dual to calibration, with steps halved until they help; done when
    each total is met to the share `tolerance`. Raises CalibrationError if names or lengths do not fit, values are
    missing, no weights within the bounds of the distance have these totals, or `most_steps` steps were not enough;
    the sentence says which total was missed and by how much.

    Source: Deville & Särndal 1992, Journal of the American Statistical Association 87:376. Equal to R's
    `calibrate` with `calfun` linear (`spread` is its `variance`), raking and logit and with `bounds`.
    """
    columns = _columns(auxiliary, totals, design.size)
    target = np.array([totals[name] for name in auxiliary], dtype=np.float64)
    variance = _spread(spread, design.size)
    before = starting_weights(design)
    dual = Dual(columns, target, before, variance, distance_named(distance))
    found = dual.minimised(tolerance=tolerance, most_steps=most_steps)
    if not dual.is_met(found, tolerance):
        raise _missed(dual, found, list(auxiliary), most_steps)
    weights = before * dual.factors(found)
    return design.reweighted(weights, RegressionResiduals.on(columns, before=before / variance, after=weights))


def _columns(auxiliary: Mapping[str, ArrayLike], totals: Mapping[str, float], rows: int) -> Floats:
    if not auxiliary or set(auxiliary) != set(totals):
        raise CalibrationError(
            words(
                "Auxiliary variables are {variables}, and totals are given for {totals}; expected the same names"
            ),
            variables=", ".join(map(str, auxiliary)) or "none",
            totals=", ".join(map(str, totals)) or "none",
        )
    for name, values in auxiliary.items():
        column = floats(name, values)
        if column.shape != (rows,):
            raise CalibrationError(
                words("“{name}” has the shape {shape}; expected a value for each of {rows} units"),
                name=name,
                shape=column.shape,
                rows=rows,
            )
        known = np.isfinite(column)
        if not (known.all() and np.isfinite(floats(name, totals[name]))):
            raise CalibrationError(
                words(
                    "“{name}” is missing for {missing} units, and its total is {total}; expected finite numbers"
                ),
                name=name,
                missing=int(rows - known.sum()),
                total=totals[name],
            )
    return np.column_stack([np.asarray(values, dtype=np.float64) for values in auxiliary.values()])


def _spread(spread: ArrayLike, rows: int) -> Floats:
    variance = floats("spread", spread)
    if variance.shape not in ((), (rows,)) or not (np.isfinite(variance) & (variance > 0)).all():
        raise CalibrationError(
            words(
                "The spread has the shape {shape} and the least value {least}; expected a number above 0 for each "
                "of {rows} units, or one for all"
            ),
            shape=variance.shape,
            least=float(variance.min(initial=np.inf)),
            rows=rows,
        )
    return np.broadcast_to(variance, (rows,))


def _missed(dual: Dual, found: Floats, names: list[str], most_steps: int) -> CalibrationError:
    """Why no weights were found, with the total that was missed by most."""
    worst = int(np.argmax(np.abs(dual.shortfall(found))))
    reached = float(dual.sums(found)[worst])
    if dual.can_be_met():
        sentence = words(
            "Calibration has not converged after {steps} steps: “{name}” sums up to {sum:.6g} instead of "
            "{total:.6g}"
        )
    elif np.isinf(dual.distance.low) and np.isinf(dual.distance.high):
        sentence = words(
            "No weights have the known totals, which contradict each other: “{name}” sums up to {sum:.6g} "
            "instead of {total:.6g}"
        )
    else:
        sentence = words(
            "No weights between {low:g} and {high:g} times those of the design have the known totals: “{name}” "
            "sums up to {sum:.6g} instead of {total:.6g}; widen the bounds, or look for totals that contradict "
            "each other"
        )
    return CalibrationError(
        sentence,
        steps=most_steps,
        low=dual.distance.low,
        high=dual.distance.high,
        name=names[worst],
        sum=reached,
        total=float(dual.totals[worst]),
    )

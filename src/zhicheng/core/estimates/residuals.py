"""What calibration leaves of an estimate: the part that the known totals do not explain, which alone still varies.

A calibrated estimate is, up to terms that vanish, the estimate of residuals from the regression on the auxiliary
variables; its variance is theirs (Deville & Särndal 1992, Journal of the American Statistical Association 87:376;
R's svyrecvar does the same). The regression is weighted with the weights from before the calibration, save that of
raking, where R gives all rows one weight. Influence
values come and go with the calibrated weights included, as `Design.covariance` has them; a unit whose calibrated
weight is 0 takes no part.

>>> auxiliary = np.array([[1.0, 2.0], [1.0, 4.0], [1.0, 6.0], [1.0, 5.0]])
>>> before, after = np.array([10.0, 20.0, 10.0, 5.0]), np.array([12.0, 19.0, 9.0, 5.0])
>>> explained = after[:, None] * (auxiliary @ [[3.0], [0.5]])
>>> step = RegressionResiduals.on(auxiliary, before=before, after=after)
>>> bool(np.abs(step.residuals(explained)).max() < 1e-12)
True
"""

from dataclasses import dataclass

import numpy as np

from zhicheng.core.designs import Codes, Design, Floats
from zhicheng.core.estimates.margins import CalibrationError
from zhicheng.core.words import words


def starting_weights(design: Design) -> Floats:
    """The weights (n) of a design that is to be calibrated.

    Raises CalibrationError if an earlier calibration made some negative: no regression is weighted with such.
    """
    negative = int(np.count_nonzero(design.weights < 0))
    if negative:
        raise CalibrationError(
            words("{count} weights are negative before the calibration; expected 0 or more, as bounds keep them"),
            count=negative,
        )
    return design.weights


@dataclass(frozen=True, eq=False)
class GroupResiduals:
    """Deviations from the means of post-strata: the regression on them, without its n × groups matrix.

    `group` is the number of each unit's post-stratum (n, from 0), `before` and `after` the weights (n).
    """

    group: Codes
    before: Floats
    after: Floats

    def residuals(self, influence: Floats) -> Floats:
        """What remains of `influence` (n, k)."""
        plain = _unweighted(influence, self.after)
        weights = np.where(self.after == 0, 0.0, self.before)
        size = np.bincount(self.group, weights)
        sums = np.stack([np.bincount(self.group, weights * column) for column in plain.T], axis=1)
        means = sums / np.where(size > 0, size, 1.0)[:, None]
        return influence - self.after[:, None] * means[self.group]


TURNS = 10
"""How often R's svyrecvar goes round the margins of a raking; almost always twice would do."""


@dataclass(frozen=True, eq=False)
class RakingResiduals:
    """Deviations from the means of one margin after the other, `TURNS` times."""

    margins: tuple[GroupResiduals, ...]

    def residuals(self, influence: Floats) -> Floats:
        """What remains of `influence` (n, k)."""
        for _ in range(TURNS):
            for margin in self.margins:
                influence = margin.residuals(influence)
        return influence


@dataclass(frozen=True, eq=False)
class RegressionResiduals:
    """Residuals of the weighted least squares regression on `auxiliary` (n, p)."""

    auxiliary: Floats
    solver: Floats
    """(p, n): gives the coefficients of whatever is regressed."""
    after: Floats

    @classmethod
    def on(cls, auxiliary: Floats, *, before: Floats, after: Floats) -> "RegressionResiduals":
        """The step for a calibration from the weights `before` (n, 0 or more) to `after` (n).

        Columns that repeat others are allowed.
        """
        half = np.sqrt(np.where(after == 0, 0.0, before))
        columns = auxiliary * half[:, None]
        scale = np.linalg.norm(columns, axis=0)
        scale = np.where(scale > 0, scale, 1.0)
        tall, square = np.linalg.qr(columns / scale)
        left, singular, right = np.linalg.svd(square)
        keep = singular > singular.max(initial=0.0) * max(columns.shape) * np.finfo(np.float64).eps
        inverse = (right[: len(keep)][keep].T / singular[keep]) @ (tall @ left[:, : len(keep)][:, keep]).T
        return cls(auxiliary, inverse / scale[:, None] * half, after)

    def residuals(self, influence: Floats) -> Floats:
        """What remains of `influence` (n, k)."""
        coefficients = self.solver @ _unweighted(influence, self.after)
        return influence - self.after[:, None] * (self.auxiliary @ coefficients)


def _unweighted(influence: Floats, weights: Floats) -> Floats:
    return influence / np.where(weights == 0, 1.0, weights)[:, None]

"""What a sample says about the whole it was drawn from: figures, and how far they may be off.

>>> from zhicheng.core.designs import Design
>>> design = Design.stratified(["n", "n", "s", "s"], population=[10, 10, 30, 30])
>>> round(mean(design, [3.0, 5.0, 10.0, 14.0]).standard_error, 4)
1.4663
"""

from zhicheng.core.estimates.calibration import calibrated
from zhicheng.core.estimates.contrasts import combined, contrast
from zhicheng.core.estimates.distances import Linear, Logit, Raking
from zhicheng.core.estimates.domains import by_domain
from zhicheng.core.estimates.estimate import Estimates, Intervals, together
from zhicheng.core.estimates.interval import Interval
from zhicheng.core.estimates.linear_regression import regression
from zhicheng.core.estimates.lots import lot_bounds, lot_interval
from zhicheng.core.estimates.margins import CalibrationError, Margin
from zhicheng.core.estimates.means import mean, ratio, total, variance
from zhicheng.core.estimates.post_strata import post_stratified
from zhicheng.core.estimates.proportions import Method, proportion_bounds, proportion_interval
from zhicheng.core.estimates.quantiles import Quantiles, quantile
from zhicheng.core.estimates.raking import raked
from zhicheng.core.estimates.replicates import Replicates, balanced, jackknife
from zhicheng.core.estimates.shares import share, share_interval
from zhicheng.core.estimates.tables import Independence, independence
from zhicheng.core.estimates.two_proportions import difference_bounds, difference_interval, fisher_exact_p
from zhicheng.core.estimates.variables import indicators

__all__ = [
    "CalibrationError",
    "Estimates",
    "Independence",
    "Interval",
    "Intervals",
    "Linear",
    "Logit",
    "Margin",
    "Method",
    "Quantiles",
    "Raking",
    "Replicates",
    "balanced",
    "by_domain",
    "calibrated",
    "combined",
    "contrast",
    "difference_bounds",
    "difference_interval",
    "fisher_exact_p",
    "independence",
    "indicators",
    "jackknife",
    "lot_bounds",
    "lot_interval",
    "mean",
    "post_stratified",
    "proportion_bounds",
    "proportion_interval",
    "quantile",
    "raked",
    "ratio",
    "regression",
    "share",
    "share_interval",
    "together",
    "total",
    "variance",
]

"""What a sample says about the whole it was drawn from: figures, and how far they may be off.

>>> from zhicheng.core.designs import Design
>>> design = Design.stratified(["n", "n", "s", "s"], population=[10, 10, 30, 30])
>>> round(mean(design, [3.0, 5.0, 10.0, 14.0]).standard_error, 4)
1.4663
"""

from zhicheng.core.estimates.contrasts import combined, contrast
from zhicheng.core.estimates.domains import by_domain
from zhicheng.core.estimates.estimate import Estimates, Intervals, together
from zhicheng.core.estimates.interval import Interval
from zhicheng.core.estimates.means import mean, ratio, total, variance
from zhicheng.core.estimates.quantiles import Quantiles, quantile
from zhicheng.core.estimates.regression import regression
from zhicheng.core.estimates.shares import share, share_interval
from zhicheng.core.estimates.tables import Independence, independence
from zhicheng.core.estimates.variables import indicators

__all__ = [
    "Estimates",
    "Independence",
    "Interval",
    "Intervals",
    "Quantiles",
    "by_domain",
    "combined",
    "contrast",
    "independence",
    "indicators",
    "mean",
    "quantile",
    "ratio",
    "regression",
    "share",
    "share_interval",
    "together",
    "total",
    "variance",
]

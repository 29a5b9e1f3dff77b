"""Estimates for counties with few batches, which borrow strength from the others (小区域估计).

>>> areas = Areas.of([1.0, 2.0, 4.0, None], [0.5, 0.5, 1.0, None], [1.0, 1.0, 1.0, 1.0])
>>> fay_herriot(areas, Method.ML).values.round(2).tolist()
[1.52, 2.06, 2.84, 2.14]
"""

from zhicheng.core.small_area.areas import Areas, SmallAreaError, binomial_variances
from zhicheng.core.small_area.estimates import SmallAreaEstimates, fay_herriot
from zhicheng.core.small_area.variance import Method

__all__ = ["Areas", "Method", "SmallAreaError", "SmallAreaEstimates", "binomial_variances", "fay_herriot"]

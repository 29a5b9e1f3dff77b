"""Post-stratification: weights that count every class of the population as large as it is known to be.

>>> design = Design.simple(4, population=40)
>>> kinds = Margin("kind", ["shop", "farm", "shop", "shop"], {"shop": 24, "farm": 16})
>>> post_stratified(design, kinds).weights.tolist()
[8.0, 16.0, 8.0, 8.0]
"""

import numpy as np

from zhicheng.core.designs import Design
from zhicheng.core.estimates.margins import Margin, checked_margin
from zhicheng.core.estimates.residuals import GroupResiduals, starting_weights


def post_stratified(design: Design, margin: Margin) -> Design:
    """The design with weights that sum up to the population of each class of `margin`, and the variance for them.

    Within a class all weights are multiplied by the same number. Raises CalibrationError if a class has a
    population and nobody in the sample, or the other way round. Source: Holt & Smith 1979, Journal of the Royal
    Statistical Society A 142:33; equal to R's `postStratify`.
    """
    before = starting_weights(design)
    checked_margin(margin).check_represented(before)
    sums = margin.sums(before)
    factor = margin.counts / np.where(sums > 0, sums, 1.0)
    weights = before * factor[margin.index]
    return design.reweighted(weights, GroupResiduals(margin.index, before=before, after=weights))

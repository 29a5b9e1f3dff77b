"""The jackknife with a stratum of one sampled unit under each rule, against R's survey 4.1-1.

R gives an `average` of units and not of strata here: each replicate's square counts 6/5 times, as 5 of the 6
units have one. Under `adjust` the replicate of the lonely unit leaves it out and lets the other strata stand in,
which is not what the linear variance does with it.

    options(survey.lonely.psu = "adjust")
    d <- svydesign(~1, strata = ~st, weights = ~w, fpc = ~N, data)
    r <- as.svrepdesign(d, type = "JKn", mse = FALSE)
    SE(svytotal(~y, r))^2; SE(svymean(~y, r))^2; SE(svyratio(~y, ~x, r))^2
"""

import numpy as np
import pytest

from zhicheng.core.designs import Design
from zhicheng.core.estimates import jackknife

Y, X = np.array([3.0, 8, 1, 4, 6, 7]), np.array([2.0, 3, 1, 5, 2, 4])
WEIGHTS, POPULATIONS = [2, 2, 4, 4, 4, 5], [6, 6, 12, 12, 12, 9]
COVARIANCES = [
    # rule, correction, around the estimate, replicates, degrees of freedom, variance of total, mean and ratio
    ("remove", False, False, 5, 3, 404, 0.91609977324263, 0.199676254914199),
    ("remove", False, True, 5, 3, 404, 0.91609977324263, 0.201553918623679),
    ("remove", True, False, 5, 3, 294.666666666667, 0.668178382464096, 0.148714182724499),
    ("remove", True, True, 5, 3, 294.666666666667, 0.668178382464096, 0.150176975659065),
    ("certainty", False, False, 5, 3, 404, 0.91609977324263, 0.199676254914199),
    ("certainty", True, True, 5, 3, 294.666666666667, 0.668178382464096, 0.150176975659065),
    ("average", False, False, 5, 3, 484.8, 1.09931972789116, 0.239611505897038),
    ("average", False, True, 5, 3, 484.8, 1.09931972789116, 0.241864702348415),
    ("average", True, False, 5, 3, 353.6, 0.801814058956916, 0.178457019269398),
    ("average", True, True, 5, 3, 353.6, 0.801814058956916, 0.180212370790877),
    ("adjust", False, False, 6, 4, 406.185185185185, 1.17207938345091, 0.203394528596686),
    ("adjust", False, True, 6, 4, 406.666666666667, 1.22848167044596, 0.20376604176638),
    ("adjust", True, False, 6, 4, 296.759259259259, 0.913311399019484, 0.152284618742136),
    ("adjust", True, True, 6, 4, 297.333333333333, 0.980560279667422, 0.152389098801766),
]


@pytest.mark.parametrize(
    ("rule", "corrected", "around_estimate", "count", "degrees", "total", "mean", "ratio"), COVARIANCES
)
def test_variances_of_a_total_a_mean_and_a_ratio(
    rule: str,
    corrected: bool,
    around_estimate: bool,
    count: int,
    degrees: int,
    total: float,
    mean: float,
    ratio: float,
) -> None:
    population = POPULATIONS if corrected else None
    replicates = jackknife(Design.stratified("aabbbc", weights=WEIGHTS, population=population, lonely=rule))
    assert (len(replicates), replicates.degrees_of_freedom) == (count, degrees)
    found = replicates.covariance(
        lambda w: [w @ Y, w @ Y / w.sum(), w @ Y / (w @ X)], around_estimate=around_estimate
    )
    assert np.diag(found) == pytest.approx([total, mean, ratio], rel=1e-11)


def test_a_lonely_unit_outside_the_domain_gives_no_degree_of_freedom() -> None:
    design = Design.stratified("aabbbc", weights=WEIGHTS, lonely="adjust")
    assert jackknife(design.domain(np.arange(6) < 5)).degrees_of_freedom == 3
    assert jackknife(design.domain(np.arange(6) > 1)).degrees_of_freedom == 3
    assert jackknife(design.domain(np.arange(6) > 2)).degrees_of_freedom == 2


@pytest.mark.parametrize("rule", ["fail", "remove", "certainty", "average", "adjust"])
def test_without_a_lonely_unit_all_rules_give_what_r_gives_under_fail(rule: str) -> None:
    """A complete stratum is not lonely: R makes the variance 7/5 times as large under `average` alone, 412.53."""
    design = Design.stratified(
        "aabbbee", weights=[2, 2, 4, 4, 4, 1, 1], population=[6, 6, *3 * [12], 2, 2], lonely=rule
    )
    replicates, y = jackknife(design), np.array([3.0, 8, 1, 4, 6, 2, 5])
    assert (len(replicates), replicates.degrees_of_freedom) == (5, 3)
    found = replicates.covariance(lambda w: [w @ y], around_estimate=False)
    assert found == pytest.approx(294.666666666667, rel=1e-11)

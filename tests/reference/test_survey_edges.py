"""Where survey data are thin: R's survey 4.1-1 on lonely units seen by domain, ends, and censuses of a stratum.

The numbers were printed by the calls beside them, with the samples as they stand here.
"""

import numpy as np
import pytest

from reference.survey import near
from zhicheng.core.designs import Design
from zhicheng.core.estimates import (
    by_domain,
    contrast,
    independence,
    jackknife,
    mean,
    quantile,
    total,
)
from zhicheng.core.estimates.interval import IntervalError
from zhicheng.core.estimates.shares import METHODS, Share, bounds

SALES, GROUP = [1.0, 3, 2, 6, 5, 8, 2, 7, 9, 4], list("abbaabbbab")


@pytest.mark.parametrize(
    ("rule", "in_domain", "errors", "of_difference"),
    [
        ("average", False, [1.966153366023498, 1.013708364937836], 1.766513131982822),
        ("average", True, [2.164913215232360, 1.013708364937836], 1.766513131982822),
        ("remove", False, [1.605357500937726, 0.716800058993071], 1.24911341468014),
        ("remove", True, [1.605357500937726, 0.716800058993071], 1.24911341468014),
    ],
)
def test_domains_with_lonely_units_vary_as_each_does_alone(rule, in_domain, errors, of_difference):
    """options(survey.lonely.psu = rule, survey.adjust.domain.lonely = in_domain)
    des <- svydesign(~psu, strata = ~st, weights = ~w, fpc = ~N, data = d)
    x <- svyby(~y, ~g, des, svymean, covmat = TRUE); SE(x); SE(svycontrast(x, c(a = 1, b = -1)))"""
    design = Design.multistage(
        [[1, 1, 2, 3, 4, 4, 5, 6, 6, 7]],
        strata=[[1, 1, 1, 1, 2, 2, 3, 3, 3, 4]],
        weights=[5, 5, 4, 3, 2, 2.5, 4, 4, 4, 6],
        population=[[9, 9, 9, 9, 5, 5, 8, 8, 8, 6]],
        lonely=rule,
        lonely_in_domain=in_domain,
    )
    found = by_domain(mean, design, SALES, by=GROUP)
    assert found.values == near([4.928571428571429, 4.039215686274510])
    assert found.standard_errors == near(errors)
    assert contrast(found, {"a": 1, "b": -1}).standard_errors == near(of_difference)


@pytest.mark.parametrize(
    ("lonely", "expected"), [("fail", (5, 0.6622411396403398)), ("adjust", (6, 0.5252739749329116))]
)
def test_complete_strata_give_the_jackknife_no_degrees_of_freedom(lonely, expected):
    """r <- as.svrepdesign(svydesign(~1, strata = ~st, fpc = ~N, data = e), type = "JKn")
    degf(r); svymean(~y, r)"""
    more = lonely == "adjust"
    y = np.array([3.0, 5, 4, 7, 8, 2, 9, 4, 6, *[5] * more])
    design = Design.stratified(
        [1, 1, 1, 2, 2, 3, 3, 3, 3, *[4] * more],
        population=[9, 9, 9, 2, 2, 12, 12, 12, 12, *[6] * more],
        lonely=lonely,
    )
    replicates = jackknife(design)
    assert replicates.degrees_of_freedom == expected[0]
    error = np.sqrt(replicates.covariance(lambda weights: weights @ y / weights.sum()))
    assert error[0, 0] == pytest.approx(expected[1], rel=1e-8)


def test_the_greatest_value_is_a_quantile_without_error():
    """svyquantile(~y, svydesign(~1, strata = ~st, weights = ~w, data = q), c(.5, .9, 1))"""
    design = Design.stratified([1, 1, 1, 2, 2, 2, 2], weights=[1.1, 2.3, 0.7, 3.1, 0.9, 1.7, 2.9])
    found = quantile(design, [2, 5, 3, 5, 1, 5, 4], [0.5, 0.9, 1])
    assert np.concatenate((found.values, found.lower, found.upper)).tolist() == [5] * 9
    assert found.standard_errors.tolist() == [0, 0, 0]


def test_a_variance_below_zero_says_nothing():
    """p <- c(.2, .5, .3, .4); J <- outer(p, p) * .5; diag(J) <- p; svytotal(~y, svydesign(~1, fpc = ~p,
    data = data.frame(p = p, y = c(2, 5, 3, 4)), pps = ppsmat(J))): total 40, variance -940, SE NaN."""
    chances = np.array([0.2, 0.5, 0.3, 0.4])
    joint = np.outer(chances, chances) * 0.5
    np.fill_diagonal(joint, chances)
    design = Design.unequal(chances, method=joint)
    found = total(design, [2, 5, 3, 4])
    assert found.covariance == near([[-940]])
    assert np.isnan(found.standard_error)
    with pytest.raises(IntervalError, match="from nan to nan"):
        found.interval(degrees_of_freedom=3)
    unknown = Share(0.5, float("nan"), rows=4, degrees_of_freedom=3, dispersion=1)
    assert all(np.isnan(bounds(unknown, method, 0.95, 3)).all() for method in METHODS)


def test_a_table_has_the_labels_that_occur_in_the_domain():
    """z <- data.frame(f = , h = , w = 1:8, k = ); svychisq(~f + h, subset(svydesign(~1, weights = ~w, data = z),
    k == 1)): F = 2.3945227509223, ndf = 1, ddf = 5."""
    design = Design.simple(8, weights=np.arange(1, 9))
    inside = np.array([1, 1, 1, 1, 0, 0, 1, 1], dtype=bool)
    found = independence(design.domain(inside), "aabbccab", "xyxyxxxy")
    assert found.rows == ("a", "b")
    assert (found.f, found.numerator, found.denominator) == pytest.approx((2.3945227509223, 1, 5), rel=1e-8)
    unlabelled = independence(design, [*"aabb", None, None, *"ab"], "xyxyxxxy")
    assert unlabelled.f == pytest.approx(found.f)


@pytest.mark.parametrize(
    ("interval", "ends"), [("mean", (9, 9, 0)), ("xlogit", [np.nan] * 3), ("beta", [np.nan] * 3)]
)
def test_below_the_largest_is_everything_for_sure(interval, ends):
    """svyquantile(~y, svydesign(~1, weights = rep(5, 5), data = x), c(1, .999), interval.type = interval)"""
    found = quantile(Design.simple(5, weights=5), [3, 5, 4, 9, 2], [1, 0.999], interval=interval)
    assert found.values.tolist() == [9, 9]
    for figures, end in zip((found.lower, found.upper, found.standard_errors), ends, strict=True):
        assert figures == pytest.approx([end, end], nan_ok=True)

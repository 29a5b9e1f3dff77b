"""Samples of several stages with unequal chances, and tables in domains: R's survey 4.1-1.

`svydesign(~a + b, strata = ~st, fpc = ~p + q, pps = "brewer")`, of which R takes the chances of both stages.
"""

import numpy as np
import pytest

from reference.survey import near
from zhicheng.core.designs import Design
from zhicheng.core.estimates import by_domain, independence, mean, total

STRATA, MARKETS = "nnnnnnnssssss", [1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6]
STALLS = [1, 2, 1, 2, 3, 1, 2, 1, 2, 1, 2, 3, 1]
CHANCES = (
    [0.5, 0.5, 0.2, 0.2, 0.2, 0.35, 0.35, 0.6, 0.6, 0.25, 0.25, 0.25, 0.4],
    [2 / 7, 2 / 7, 3 / 4, 3 / 4, 3 / 4, 0.1, 0.1, 1, 1, 1 / 3, 1 / 3, 1 / 3, 1],
)
Y = [3, 5, 8, 9, 7, 2, 6, 10, 14, 11, 9, 8, 20]
GROUP = np.array(list("klkkllklkkllk"))
STALLS_OF_MARKETS = Design.two_stage(MARKETS, STALLS, strata=STRATA, population=CHANCES, unequal=True)


def test_weights_and_degrees_of_freedom():
    market, stall = (np.array(each) for each in CHANCES)
    assert STALLS_OF_MARKETS.weights == near(1 / market / stall)
    assert STALLS_OF_MARKETS.degrees_of_freedom == 4
    assert STALLS_OF_MARKETS.domain((GROUP == "k") & (np.array(MARKETS) != 1)).degrees_of_freedom == 3


def test_totals_and_means():
    found = total(STALLS_OF_MARKETS, Y)
    assert (found.value, found.standard_error) == pytest.approx(
        (870.57142857142856, 270.92562299878335), rel=1e-12
    )
    average = mean(STALLS_OF_MARKETS, Y)
    assert average.values == near(6.5468218442256045)
    assert average.standard_errors == near(1.1794346535249940)
    assert average.design_effects == near(1.4820441309174159)


def test_domains():
    found = by_domain(mean, STALLS_OF_MARKETS, Y, by=GROUP)
    assert found.values == near([7.85437248444932301, 5.29382889200560935])
    assert found.standard_errors == near([0.97840600443979964, 1.69999504228020504])
    part = total(STALLS_OF_MARKETS.domain((GROUP == "k") & (np.array(list(STRATA)) == "n")), Y)
    assert (part.value, part.standard_error) == pytest.approx((305.76190476190476, 139.12169483964999), rel=1e-12)


TOWNS, TOWN_SIZES = [19, 45, 47, 50, 31] * 3, [5, 8, 5, 9, 7] * 3
EMPLOYED = [41, 49, 31, 39, 49, 49, 49, 31, 41, 51, 49, 45, 35, 61, 33]
"""Three municipalities in each of five of the 50 clusters of MU284 (Särndal, Swensson and Wretman 1992)."""


def test_a_two_stage_sample_of_a_textbook():
    """`svydesign(~id1 + id2, fpc = ~n1 + n2, data = mu284)` of R's survey, and with weights in place of sizes."""
    order = np.repeat([1, 2, 3], 5)
    sample = Design.two_stage(TOWNS, order, population=(50, TOWN_SIZES))
    found = total(sample, EMPLOYED)
    assert (found.value, found.standard_error) == pytest.approx((15080, 2274.25470087333), rel=1e-12)
    assert found.design_effects == near(9.4712197728311143)
    interval = found.interval()
    assert (interval.low, interval.high) == pytest.approx((8765.6566677871706, 21394.343332212829), rel=1e-9)
    assert mean(sample, EMPLOYED).standard_errors == near(2.2736527278159246)
    replaced = Design.two_stage(TOWNS, order, weights=50 / 5 * np.array(TOWN_SIZES) / 3)
    assert total(replaced, EMPLOYED).standard_errors == near(2388.6095443909526)


def test_without_strata():
    found = total(Design.two_stage(MARKETS, STALLS, population=CHANCES, unequal=True), Y)
    assert found.standard_errors == near(243.68638426787621)


def test_a_table_of_a_domain_has_the_labels_that_are_in_it():
    """`svychisq(~r + k, subset(d, g == "in"))`, also with `statistic = "Chisq"`."""
    rows, columns = list("aacaabcbbacaabcb"), list("xyxzyyxyzyxxyxyx")
    inside = np.tile([True, True, False, True], 4)
    domain = Design.clusters(np.repeat(np.arange(8), 2), weights=3).domain(inside)
    found = independence(domain, rows, columns)
    assert (found.rows, found.columns) == (("a", "b"), ("x", "y", "z"))
    assert (found.f, found.numerator, found.denominator, found.p) == pytest.approx(
        (0.15454545454545449, 1.96747967479674823, 13.77235772357723675, 0.85509524873439935), rel=1e-9
    )
    assert (found.chi_squared, found.chi_squared_p) == pytest.approx(
        (0.34285714285714286, 0.85680454559579122), rel=1e-9
    )

"""Samples of several stages with unequal chances, and tables in domains: R's survey 4.1-1.

`svydesign(~a + b, strata = ~st, fpc = ~p + q, pps = "brewer")`, of which R takes the chances of both stages.
"""

import numpy as np
import pytest

from reference.survey import near
from zhicheng.core.designs import Design
from zhicheng.core.estimates import Margin, by_domain, independence, mean, post_stratified, total

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


def test_a_cluster_without_answers_counts_for_the_degrees_of_freedom_of_a_table():
    """`svychisq(~a + b, d)`, where both rows of one cluster of six lack `a`."""
    design = Design.clusters(np.repeat(np.arange(6), 2), weights=np.repeat([3, 5, 2, 4, 6, 3], 2))
    found = independence(design, [*"abaabbabba", None, None], "xyxyyyxxyxxy")
    assert (found.f, found.numerator, found.denominator, found.p) == pytest.approx(
        (2.855640434956863, 1, 5, 0.151848098154038), rel=1e-9
    )


STANDS = Design.multistage(
    [[1] * 4 + [2] * 5 + [3] * 5, range(14)],
    strata=[["all"] * 14, list("pppqppqqqppqqq")],
    population=[9, {"p": 8, "q": 10}],
    nest=True,
    lonely="average",
)
SOLD = np.array([3.0, 5, 4, 9, 2, 6, 7, 1, 4, 8, 5, 2, 7, 9])


def test_a_later_unit_alone_in_its_stratum_averages_within_its_cluster():
    """options(survey.lonely.psu = "average")
    d <- svydesign(~a + u, strata = ~one + s, fpc = ~f1 + f2, data = x, nest = TRUE)
    svytotal(~y, d); svymean(~y, d); the same of subset(d, a != 2)"""
    part = STANDS.domain(np.repeat([True, False, True], [4, 5, 5]))
    for design, found, of_total, of_mean in (
        (STANDS, 918, 122.963409191515, 0.759033390071081),
        (part, 702, 289.651514755231, 0.388888888888889),
    ):
        assert total(design, SOLD).value == pytest.approx(found, rel=1e-12)
        assert total(design, SOLD).standard_errors == near(of_total)
        assert mean(design, SOLD).standard_errors == near(of_mean)


def test_a_calibrated_domain_averages_over_the_strata_outside_it_too():
    """p <- postStratify(d, ~k, data.frame(k = c("a", "b"), Freq = c(22, 18)))
    svymean(~y, subset(d, g == 1)); svymean(~y, subset(p, g == 1))"""
    design = Design.stratified([1, 1, 1, 2, 2, 3, 4, 4], weights=5, lonely="average")
    fitted = post_stratified(design, Margin("k", list("abababab"), {"a": 22, "b": 18}))
    inside = np.repeat([True, False], [6, 2])
    for each, value, error in ((design, 29 / 6, 1.47196014438797), (fitted, 4.65, 0.990629593107707)):
        found = mean(each.domain(inside), [3.0, 5, 4, 9, 2, 6, 7, 1])
        assert found.value == pytest.approx(value)
        assert found.standard_errors == near(error)


def test_joint_chances_of_next_to_independent_draws():
    """svytotal(~y, svydesign(~1, probs = p, data = x, pps = ppsmat(j)))"""
    single = np.array([0.2, 0.3, 0.5])
    joint = 0.97 * np.outer(single, single)
    np.fill_diagonal(joint, single)
    joint[0, 1] = joint[1, 0] = 0.06 * 1.00005
    assert total(Design.unequal(single, method=joint), [3.0, 5, 4]).standard_errors == near(19.76801308558)

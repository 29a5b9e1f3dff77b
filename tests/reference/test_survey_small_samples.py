"""Designs and estimators that the shared cases do not have: R's survey 4.1-1 on small samples invented here.

Weights of two-stage samples from populations, missing values, domains, unequal chances and lonely units. Totals
under the rule `adjust` are centred in later versions and are left to the unit tests.
"""

import numpy as np
import pytest

from reference.survey import near
from zhicheng.core.designs import Design, Form, LonelyPsu, Unequal
from zhicheng.core.estimates import (
    by_domain,
    combined,
    independence,
    mean,
    quantile,
    ratio,
    regression,
    share,
    share_interval,
    total,
    variance,
)

Y = [3, 5, 4, 8, None, 10, 12, 9, 7, 7, 15, 11]
X = np.array([1.0, 2, 2, 3, 4, 4, 5, 3, 2, 3, 6, 5])
GROUP = "abaabbababab"
TWO = Design.two_stage(
    [1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 3, 3],
    [1, 2, 1, 2, 3, 1, 2, 3, 1, 2, 1, 2],
    strata="nnnnnsssssss",
    population=([5] * 5 + [8] * 7, [4, 4, 6, 6, 6, 9, 9, 9, 2, 2, 5, 5]),
    nest=True,
)
"""svydesign(~psu + ssu, strata = ~st, fpc = ~N1 + N2, nest = TRUE)"""
CHANCES = np.array([0.2, 0.15, 0.6, 0.45, 0.5, 0.25])
CAUGHT = [12.0, 7.0, 30.0, 18.0, 25.0, 9.0]
LONELY = {"strata": [[1, 1, 1, 1, 2, 2, 3, 3, 3, 4]], "weights": [5, 5, 4, 3, 2, 2.5, 4, 4, 4, 6]}
SHOPS, SALES = [[1, 1, 2, 3, 4, 4, 5, 6, 6, 7]], np.array([1.0, 3, 2, 6, 5, 8, 2, 7, 9, 4])
SIZES = [9, 9, 9, 9, 5, 5, 8, 8, 8, 6]


def test_weights_and_degrees_of_freedom():
    assert TWO.weights == near([5] * 5 + [8] * 3 + [8 / 3] * 2 + [20 / 3] * 2)
    assert TWO.degrees_of_freedom == 3


@pytest.mark.parametrize(
    ("found", "value", "error"),
    [
        (mean(TWO, Y), 8.914893617021276, 0.826755813781259),
        (total(TWO, Y), 558.666666666667, 148.872801784312),
        (ratio(TWO, Y, X), 2.508982035928144, 0.073656713228332),
        (variance(TWO, X), 2.274472257825408, 0.839791910233759),
        (total(TWO.domain(np.array(list(GROUP)) == "a"), Y), 289.6666666666666, 99.9755525671707),
    ],
    ids=["mean", "total", "ratio", "variance", "domain"],
)
def test_two_stages_with_a_missing_value(found, value, error):
    assert found.values == near(value)
    assert found.standard_errors == near(error)


def test_the_design_effect_and_covariances():
    assert mean(TWO, Y).design_effects == near(0.685816918367093)
    assert mean(TWO, {"x": X, "x2": X**2}).covariance[0, 1] == pytest.approx(1.01118735893371)


def test_domains_and_what_is_made_of_them():
    found = by_domain(mean, TWO, X, by=GROUP)
    assert found.values == near([3.5670103092783498, 3.6037735849056598])
    assert found.standard_errors == near([0.5792836818295594, 0.3798805908118824])
    assert found.covariance[0, 1] == pytest.approx(0.0425259292692238)
    odds = combined(found, lambda means: means["b"] / means["a"])
    assert [odds.value, odds.standard_error] == pytest.approx([1.010306467444650, 0.177506947463071])
    totals = total(TWO, {"x": X, "x2": X**2})
    bent = combined(totals, lambda each: np.log(each["x"]) - np.sqrt(each["x2"]))
    assert [bent.value, bent.standard_error] == pytest.approx([-26.3097787118529, 4.6838450272364])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("math", [7, 9, 12, 4, 5, 5, 12, 12, 15]),
        ("school", [7, 9, 12, 4, 5, 5, 12, 12, 15]),
        ("hf3", [7, 9, 12, 4, 5, 5, 12, 12, 15]),
        (
            "hf4",
            [
                7,
                8.75,
                11.26666666666667,
                2.69052689803402,
                3.14058611810478,
                7.48784733597062,
                11.25296087510025,
                11.43434835587656,
                13.57313461960871,
            ],
        ),
        (
            "hf6",
            [
                7.09333333333333,
                9.16666666666667,
                11.93333333333333,
                3,
                4.52157531799914,
                7.97237010220863,
                11.91816947883432,
                13.41845338167018,
                15,
            ],
        ),
        (
            "hf7",
            [
                7,
                9.33333333333333,
                11.52,
                3.61706658973252,
                5.07331397522938,
                8.00332456973261,
                11.50530272563942,
                11.96650667968043,
                13.93744067417670,
            ],
        ),
    ],
)
def test_quantiles(rule, expected):
    found = quantile(TWO, Y, [0.3, 0.5, 0.8], rule=rule, interval="xlogit")
    assert np.concatenate((found.values, found.lower, found.upper)) == near(expected)


@pytest.mark.parametrize(
    ("method", "low", "high", "tolerance"),
    [
        ("mean", 0.121864713988785, 0.892913611134368, 1e-8),
        ("logit", 0.180512982147149, 0.828067606448683, 1e-8),
        ("asin", 0.156862850630432, 0.853735002745380, 1e-8),
        ("beta", 0.164275951767588, 0.845261634947050, 1e-8),
        ("likelihood", 0.159315771984934, 0.850183991653199, 1e-3),
    ],
)
def test_shares(method, low, high, tolerance):
    """With three degrees of freedom the spline that R reads the likelihood off is coarse."""
    found = share_interval(share(TWO, X > 3), method)
    assert [found.low, found.high] == pytest.approx([low, high], rel=tolerance)


def test_tables_and_lines():
    table = independence(TWO, GROUP, X > 3)
    assert [table.f, table.numerator, table.denominator, table.p] == pytest.approx(
        [0.157551273309996, 1, 3, 0.717972555163338]
    )
    line = regression(TWO, Y, {"x": X})
    assert line.values == near([0.9050197348446498, 2.2542758830077929])
    assert line.standard_errors == near([0.4028634896836791, 0.0898487201854463])
    assert line.degrees_of_freedom == 2


STRATA = [1, 1, 1, 2, 2, 2]
JOINT = np.outer(CHANCES, CHANCES) * 0.9
np.fill_diagonal(JOINT, CHANCES)
HT, YG = Form.HORVITZ_THOMPSON, Form.YATES_GRUNDY


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({}, 17.69687145399602),
        ({"strata": STRATA}, 14.3773226786981),
        ({"method": Unequal.OVERTON}, 18.15244091330722),
        ({"method": Unequal.OVERTON, "strata": STRATA}, 12.4007168251588),
        ({"method": Unequal.HARTLEY_RAO}, 18.02775637731993),
        ({"method": Unequal.HARTLEY_RAO, "strata": STRATA}, 13.2748718344933),
        ({"method": Unequal.HARTLEY_RAO, "mean_square": [0.3]}, 33.1307175359129),
        ({"method": Unequal.HARTLEY_RAO, "form": YG}, 17.69687145399602),
        ({"method": Unequal.HARTLEY_RAO, "form": YG, "strata": STRATA}, 14.3773226786981),
        ({"method": Unequal.HARTLEY_RAO, "form": YG, "mean_square": [0.3]}, 16.9760615770168),
        ({"method": JOINT}, 38.40042438037106),
        ({"method": JOINT, "form": YG}, 15.428048851297570),
        ({"method": Unequal.POISSON}, 93.984632313539),
        ({"method": Unequal.WITH_REPLACEMENT}, 20.6988995950134),
    ],
)
def test_totals_of_unequal_chances(options, error):
    found = total(Design.unequal(CHANCES, **options), CAUGHT)
    assert found.values == near(282.6666666666667)
    assert found.standard_errors == near(error)


@pytest.mark.parametrize(
    ("options", "of_mean", "of_ratio"),
    [
        ({"method": JOINT}, 2.40433003179899, 0.99725058839433),
        ({"method": JOINT, "form": YG}, 2.220982669816267, 0.911905222921477),
    ],
)
def test_means_and_ratios_of_unequal_chances(options, of_mean, of_ratio):
    design = Design.unequal(CHANCES, **options)
    assert mean(design, CAUGHT).standard_errors == near(of_mean)
    assert ratio(design, CAUGHT, [1, 1, 2, 2, 2, 1]).standard_errors == near(of_ratio)


@pytest.mark.parametrize(
    ("rule", "population", "of_mean", "of_total"),
    [
        (LonelyPsu.REMOVE, [SIZES], 0.98767824616198951, 49.342341519902213),
        (LonelyPsu.CERTAINTY, [SIZES], 0.98767824616198951, 49.342341519902213),
        (LonelyPsu.AVERAGE, [SIZES], 1.3967879709831579, 69.780608576690796),
        (LonelyPsu.ADJUST, [SIZES], 1.0165803015085642, None),
        (LonelyPsu.REMOVE, None, 1.1593115917521566, 57.096409694480791),
        (LonelyPsu.CERTAINTY, None, 1.1593115917521566, 57.096409694480791),
        (LonelyPsu.AVERAGE, None, 1.6395141760722407, 80.746516952745395),
        (LonelyPsu.ADJUST, None, 1.1900804956581161, None),
    ],
)
def test_lonely_units(rule, population, of_mean, of_total):
    design = Design.multistage(SHOPS, population=population, lonely=rule, **LONELY)
    assert mean(design, SALES).values == near(4.3544303797468356)
    assert mean(design, SALES).standard_errors == near(of_mean)
    if of_total is not None:
        assert total(design, SALES).standard_errors == near(of_total)


@pytest.mark.parametrize(
    ("population", "usual", "adjusted"),
    [([SIZES], 0.42232380376883594, 0.56291274524489165), (None, 0.49224732597944704, 0.65583464141562697)],
)
def test_units_that_are_lonely_in_a_domain(population, usual, adjusted):
    """options(survey.lonely.psu = "adjust"), with and without survey.adjust.domain.lonely."""
    inside = (SALES > 3) & (np.array(LONELY["strata"][0]) != 4)
    for lonely_in_domain, error in ((False, usual), (True, adjusted)):
        design = Design.multistage(
            SHOPS, population=population, lonely=LonelyPsu.ADJUST, lonely_in_domain=lonely_in_domain, **LONELY
        )
        assert mean(design.domain(inside), SALES).standard_errors == near(error)

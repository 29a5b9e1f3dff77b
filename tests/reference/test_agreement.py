"""Coefficients of agreement against the examples that their inventors and R publish."""

import numpy as np
import pytest

from zhicheng.core.scores.agreement import (
    Form,
    Metric,
    Weights,
    alpha,
    cohen_of_table,
    concordance,
    fleiss,
    gwet,
    intraclass,
)

PSYCHIATRISTS = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
"""Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72:323–327: 200 patients, three diagnoses."""
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
"""Shrout and Fleiss 1979, table 2: six units, four judges."""
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, np.nan, np.nan, np.nan],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, np.nan, 3],
        [np.nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, np.nan],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, np.nan],
    ]
).T
"""Krippendorff 2011, example C: four observers, twelve units, some missing."""
FOURTEEN_RATERS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
"""The worked example of Fleiss' kappa on Wikipedia: ten units, fourteen raters, five categories."""


def test_kappa_of_the_psychiatrists() -> None:
    """0.429, and its variance by R's psych 2.2.9."""
    found = cohen_of_table(PSYCHIATRISTS)
    assert found.value == pytest.approx(0.428571428571)
    assert found.error**2 == pytest.approx(0.002884872044, rel=1e-9)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.32, 0.53), abs=0.005)


def test_weighted_kappa_of_the_psychiatrists() -> None:
    """Values of R's vcd 1.4 and psych 2.2.9; variances of vcd, which prints them as errors.

    Those of psych differ from these, and from the derivative taken numerically (test_kappa.py).
    """
    quadratic = cohen_of_table(PSYCHIATRISTS, weights=Weights.QUADRATIC)
    assert (quadratic.value, quadratic.error**2) == pytest.approx((0.566666666667, 0.00309874142661), rel=1e-9)
    linear = cohen_of_table(PSYCHIATRISTS, weights=Weights.LINEAR)
    assert (linear.value, linear.error**2) == pytest.approx((0.49230769230769, 0.00257237715766), rel=1e-9)
    own = cohen_of_table(PSYCHIATRISTS, weights=[[1, 0, 0.4444], [0, 1, 0.6667], [0.4444, 0.6667, 1]])
    assert own.value == pytest.approx(0.507069964867)


def test_kappa_of_cohen_1960() -> None:
    """Cohen 1960, table 1: shares of 200 cases by two judges, no better than chance: −0.09."""
    shares = np.array([[0.25, 0.13, 0.12], [0.12, 0.02, 0.16], [0.03, 0.15, 0.02]])
    assert cohen_of_table(200 * shares).value == pytest.approx((0.29 - 0.35) / (1 - 0.35))


def test_fleiss_of_fourteen_raters() -> None:
    assert fleiss(FOURTEEN_RATERS).value == pytest.approx(0.210, abs=5e-4)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [(Metric.NOMINAL, 0.743), (Metric.ORDINAL, 0.815), (Metric.INTERVAL, 0.849), (Metric.RATIO, 0.797)],
)
def test_alpha_of_krippendorffs_example(metric: Metric, expected: float) -> None:
    assert alpha(KRIPPENDORFF, metric).value == pytest.approx(expected, abs=6e-4)


@pytest.mark.parametrize(
    ("weights", "value", "error", "low"),
    [
        (Weights.NONE, 0.7754440681, 0.1429499506, 0.4608133481),
        (Weights.LINEAR, 0.8587391364, 0.1173290219, 0.6004997004),
        (Weights.QUADRATIC, 0.9140007236, 0.1039622446, 0.6851813659),
    ],
)
def test_gwet_of_krippendorffs_example(weights: Weights, value: float, error: float, low: float) -> None:
    """AC1 0.775 with error 0.143 as in Gwet 2014; all ten digits, and AC2, from the package irrCAC 0.4.4."""
    found = gwet(KRIPPENDORFF, weights=weights)
    assert (found.value, found.error, found.interval.low) == pytest.approx((value, error, low), abs=1e-9)
    assert found.interval.high == 1


def of_cells(table: list[list[int]]) -> list[list[float]]:
    """The judgements of two raters from the table of their counts."""
    return [[i, j] for i, row in enumerate(table) for j, cell in enumerate(row) for _ in range(cell)]


@pytest.mark.parametrize(
    ("table", "kappa", "ac1"), [([[40, 9], [6, 45]], 0.70, 0.70), ([[80, 10], [5, 5]], 0.32, 0.808)]
)
def test_the_paradox_of_kappa(table: list[list[int]], kappa: float, ac1: float) -> None:
    """Feinstein and Cicchetti 1990: raters agree on 85 of 100 each time. AC1 = (p − e)/(1 − e), e = 2π(1 − π)."""
    assert cohen_of_table(table).value == pytest.approx(kappa, abs=5e-3)
    assert gwet(of_cells(table)).value == pytest.approx(ac1, abs=5e-3)


@pytest.mark.parametrize(
    ("form", "value", "low", "high"),
    [
        (Form.ONE_WAY_SINGLE, 0.1657417684, -0.13293232487, 0.7225600623),
        (Form.RANDOM_SINGLE, 0.2897637795, 0.01878651337, 0.7610843696),
        (Form.FIXED_SINGLE, 0.7148407148, 0.34246476503, 0.9458582600),
        (Form.ONE_WAY_MEAN, 0.4427971337, -0.88444215524, 0.9124154203),
        (Form.RANDOM_MEAN, 0.6200505476, 0.07113681530, 0.9272320402),
        (Form.FIXED_MEAN, 0.9093155424, 0.67567471382, 0.9858916782),
    ],
)
def test_the_six_forms_of_shrout_and_fleiss(form: Form, value: float, low: float, high: float) -> None:
    """Printed with two decimals in the paper; more, and the intervals, from R's psych 2.2.9."""
    found = intraclass(SHROUT_FLEISS, form)
    assert (found.value, found.interval.low, found.interval.high) == pytest.approx((value, low, high), rel=1e-8)


def test_the_tests_of_shrout_and_fleiss() -> None:
    one_way, two_way = intraclass(SHROUT_FLEISS, Form.ONE_WAY_SINGLE), intraclass(SHROUT_FLEISS, Form.FIXED_SINGLE)
    assert (one_way.f, one_way.degrees_of_freedom) == (pytest.approx(1.794678492), (5, 18))
    assert (two_way.f, two_way.degrees_of_freedom) == (pytest.approx(11.027247956), (5, 15))
    assert (one_way.p_value, two_way.p_value) == pytest.approx((0.1647688083446, 0.0001345665165), rel=1e-8)


def test_concordance_of_three_executives() -> None:
    """Siegel 1956, Nonparametric Statistics, p. 231: six applicants ranked by three executives, W = 0.16."""
    found = concordance([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
    assert found.value == pytest.approx(12 * 25.5 / (9 * 210))
    assert found.value == pytest.approx(0.16, abs=0.005)

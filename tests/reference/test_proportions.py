"""Intervals of proportions equal those of R and of the papers that introduced or compared them."""

import pytest

from oracles import oracle_json
from zhicheng.core.estimates.proportions import Method, proportion_interval
from zhicheng.core.estimates.two_proportions import difference_interval, fisher_exact_p

NEWCOMBE_1998 = {
    (81, 263): {
        Method.WALD: (0.2522, 0.3638),
        Method.WILSON: (0.2553, 0.3662),
        Method.WILSON_CORRECTED: (0.2535, 0.3682),
        Method.CLOPPER_PEARSON: (0.2527, 0.3676),
    },
    (15, 148): {
        Method.WALD: (0.0527, 0.1500),
        Method.WILSON: (0.0624, 0.1605),
        Method.WILSON_CORRECTED: (0.0598, 0.1644),
        Method.CLOPPER_PEARSON: (0.0578, 0.1617),
    },
    (0, 20): {
        Method.WALD: (0.0, 0.0),
        Method.WILSON: (0.0, 0.1611),
        Method.WILSON_CORRECTED: (0.0, 0.2005),
        Method.CLOPPER_PEARSON: (0.0, 0.1684),
    },
    (1, 29): {
        Method.WILSON: (0.0061, 0.1718),
        Method.WILSON_CORRECTED: (0.0018, 0.1963),
        Method.CLOPPER_PEARSON: (0.0009, 0.1776),
    },
}
"""Table I of Newcombe 1998, Statistics in Medicine 17:857: 95 % intervals by four of its seven methods."""

NEWCOMBE_1998_DIFFERENCES = {
    (56, 70, 48, 80): (0.0524, 0.3339),
    (9, 10, 3, 10): (0.1705, 0.8090),
    (6, 7, 2, 7): (0.0582, 0.8062),
    (5, 56, 0, 29): (-0.0381, 0.1926),
    (0, 10, 0, 20): (-0.1611, 0.2775),
    (0, 10, 0, 10): (-0.2775, 0.2775),
    (10, 10, 0, 20): (0.6791, 1.0),
    (10, 10, 0, 10): (0.6075, 1.0),
}
"""Table II of Newcombe 1998, Statistics in Medicine 17:873, method 10."""

LOGIT_OF_10 = [
    (0.0, 0.3084971), (0.01388166, 0.4672367), (0.05041281, 0.5407080), (0.09976832, 0.6236819),
    (0.15834201, 0.7025951), (0.22450735, 0.7754927), (0.29740491, 0.8416580), (0.37631807, 0.9002317),
    (0.45929200, 0.9495872), (0.53276327, 0.9861183), (0.69150289, 1.0),
]  # fmt: skip
"""`binom.logit(0:10, 10)` as printed in the manual of R's package binom."""


@pytest.mark.parametrize("count", NEWCOMBE_1998)
def test_single_proportions_of_newcombe(count: tuple[int, int]) -> None:
    for method, expected in NEWCOMBE_1998[count].items():
        interval = proportion_interval(*count, method=method)
        assert (round(interval.low, 4), round(interval.high, 4)) == expected, method


@pytest.mark.parametrize("table", NEWCOMBE_1998_DIFFERENCES)
def test_differences_of_newcombe(table: tuple[int, int, int, int]) -> None:
    interval = difference_interval(*table)
    assert (round(interval.low, 4), round(interval.high, 4)) == NEWCOMBE_1998_DIFFERENCES[table]


@pytest.mark.parametrize("successes", range(11))
def test_logit_intervals_of_r(successes: int) -> None:
    interval = proportion_interval(successes, 10, method=Method.LOGIT)
    assert (interval.low, interval.high) == pytest.approx(LOGIT_OF_10[successes], abs=5e-8)


def test_single_proportions_of_r() -> None:
    """R does not cut Wald and Agresti–Coull off at 0 and 1."""
    for case in oracle_json("proportions/reference.json")["one_sample_95"]:
        for method in ("clopper_pearson", "wilson", "jeffreys", "agresti_coull", "wald"):
            interval = proportion_interval(case["x"], case["n"], method=Method(method))
            low, high = case[method]
            assert (interval.low, interval.high) == pytest.approx((max(low, 0), min(high, 1)), abs=1e-12), method


def test_pairs_of_proportions_of_r() -> None:
    for case in oracle_json("proportions/reference.json")["two_sample"]:
        table = case["x1"], case["n1"], case["x2"], case["n2"]
        interval = difference_interval(*table)
        assert (interval.low, interval.high) == pytest.approx(tuple(case["newcombe_score"]), abs=1e-12)
        assert fisher_exact_p(*table) == pytest.approx(case["fisher_p"], rel=1e-10)

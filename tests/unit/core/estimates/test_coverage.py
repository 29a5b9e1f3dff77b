"""Intervals cover the truth as often as they say, in hundreds of samples from one invented city."""

import numpy as np
import pytest

from zhicheng.core.designs import Design
from zhicheng.core.estimates import (
    by_domain,
    combined,
    contrast,
    mean,
    quantile,
    ratio,
    regression,
    share,
    share_interval,
    total,
    variance,
)

SAMPLES = 400
TOLERATED = (0.905, 0.985)
"""Where the share of 400 intervals lies if each covers 95 % of the time: 4 standard errors to each side, about."""
CLUSTERS, EACH, DRAWN = 200, 20, 40
RANDOM = np.random.default_rng(20261125)
LEVELS = RANDOM.normal(50, 6, CLUSTERS)
CITY = LEVELS[:, None] + RANDOM.normal(0, 10, (CLUSTERS, EACH))
SIZES = np.exp(CITY / 60)
FAULTY = CITY > 58.0
"""A city of 200 streets with 20 shops each: streets differ, and shops within them."""


def drawn_streets() -> list[np.ndarray]:
    random = np.random.default_rng(4)
    return [random.choice(CLUSTERS, DRAWN, replace=False) for _ in range(SAMPLES)]


STREETS = drawn_streets()
DESIGN = Design.clusters(np.repeat(np.arange(DRAWN), EACH), population=[CLUSTERS] * (DRAWN * EACH))


def covered(bounds: list[tuple[float, float]], truth: float) -> float:
    return float(np.mean([low <= truth <= high for low, high in bounds]))


def within(found: list, truth: float) -> None:
    share_covered = covered([(each.low, each.high) for each in found], truth)
    assert TOLERATED[0] < share_covered < TOLERATED[1]


def test_means_and_totals():
    found = [CITY[streets].ravel() for streets in STREETS]
    within([mean(DESIGN, y).interval() for y in found], CITY.mean())
    within([total(DESIGN, y).interval() for y in found], CITY.sum())


def test_an_interval_that_knows_no_clusters_is_far_too_narrow():
    """What it would cost to take 800 shops for independent: that this fails shows that the others could."""
    simple = Design.simple(DRAWN * EACH, population=CLUSTERS * EACH)
    naive = [mean(simple, CITY[streets].ravel()).interval() for streets in STREETS]
    assert covered([(each.low, each.high) for each in naive], CITY.mean()) < 0.7


def test_ratios():
    found = [ratio(DESIGN, CITY[streets].ravel(), SIZES[streets].ravel()) for streets in STREETS]
    within([each.interval() for each in found], CITY.sum() / SIZES.sum())


def test_domains():
    east = np.arange(EACH) < 7
    part = DESIGN.domain(np.tile(east, DRAWN))
    within([mean(part, CITY[streets].ravel()).interval() for streets in STREETS], CITY[:, east].mean())


def test_contrasts_of_domains():
    """Shops of the east and the west stand in the same streets: the covariance is what narrows the interval."""
    east = np.tile(np.where(np.arange(EACH) < 7, "east", "west"), DRAWN)
    found = [by_domain(mean, DESIGN, CITY[streets].ravel(), by=east) for streets in STREETS]
    apart, truth = {"east": 1, "west": -1}, (CITY[:, :7].mean(), CITY[:, 7:].mean())
    within([contrast(each, apart).interval() for each in found], truth[0] - truth[1])
    within(
        [combined(each, lambda means: means["east"] / means["west"]).interval() for each in found],
        truth[0] / truth[1],
    )


def test_variances():
    within([variance(DESIGN, CITY[streets].ravel()).interval() for streets in STREETS], CITY.var(ddof=1))


def test_missing_answers_at_random_do_not_bias_the_interval():
    told = np.random.default_rng(9).random((CLUSTERS, EACH)) < 0.7
    answers = np.where(told, CITY, np.nan)
    found = [mean(DESIGN, answers[streets].ravel()).interval() for streets in STREETS]
    within(found, CITY[told].mean())


@pytest.mark.parametrize("method", ["mean", "logit", "likelihood", "asin", "beta", "jeffreys", "wilson"])
def test_shares(method):
    found = [share(DESIGN, FAULTY[streets].ravel()) for streets in STREETS]
    within([share_interval(each, method) for each in found], FAULTY.mean())


@pytest.mark.parametrize("interval", ["mean", "xlogit", "beta", "asin"])
def test_quantiles(interval):
    found = [quantile(DESIGN, CITY[streets].ravel(), [0.5, 0.9], interval=interval) for streets in STREETS]
    for at, probability in enumerate((0.5, 0.9)):
        truth = float(np.quantile(CITY, probability, method="inverted_cdf"))
        share_covered = covered([(each.lower[at], each.upper[at]) for each in found], truth)
        assert TOLERATED[0] < share_covered < TOLERATED[1]


def test_lines():
    columns = np.column_stack((np.ones(CITY.size), SIZES.ravel()))
    truth = np.linalg.lstsq(columns, CITY.ravel(), rcond=None)[0]
    found = [regression(DESIGN, CITY[streets].ravel(), {"size": SIZES[streets].ravel()}) for streets in STREETS]
    within([each.part("size").interval() for each in found], truth[1])


def test_unequal_chances():
    """Streets drawn one by one, larger ones more often (Poisson sampling): no joint chances are needed."""
    single = 0.3 * LEVELS / LEVELS.mean()
    random = np.random.default_rng(17)
    found = []
    for _ in range(SAMPLES):
        streets = np.flatnonzero(random.random(CLUSTERS) < single)
        design = Design.unequal(single[streets], method="poisson")
        found.append(mean(design, LEVELS[streets]).interval())
    within(found, LEVELS.mean())

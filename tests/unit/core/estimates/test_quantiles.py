import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.core.estimates.samples import Sample, samples
from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import by_domain, mean, quantile
from zhicheng.core.estimates.interval import IntervalError

WIDE = Design.simple(60, population=6000)
Y = np.arange(60.0) ** 1.5


@given(samples(missing=True), st.floats(0.2, 9))
def test_quantiles_move_with_their_values(sample: Sample, scale: float) -> None:
    design, y = sample[0], np.round(sample[1], 2)
    before, after = (quantile(design, each, [0.3, 0.5], interval="xlogit") for each in (y, 7 + scale * y))
    assert after.values == pytest.approx(7 + scale * before.values)
    assert after.standard_errors == pytest.approx(scale * before.standard_errors, nan_ok=True)


@given(samples(missing=True))
def test_missing_is_outside_the_domain(sample: Sample) -> None:
    design, y = sample
    told = ~np.isnan(y)
    missing = quantile(design, y, [0.5])
    outside = quantile(design.domain(told), np.where(told, y, -1000.0), [0.5])
    assert missing.values.tolist() == outside.values.tolist()
    assert missing.lower.tolist() == pytest.approx(outside.lower.tolist(), nan_ok=True)


@pytest.mark.parametrize("interval", ["mean", "xlogit", "beta", "asin"])
def test_the_bounds_are_shares_read_back(interval):
    found = quantile(WIDE, Y, [0.5], interval=interval)
    below = mean(WIDE, found.values[0] >= Y)
    ordinary = below.interval()
    assert found.lower[0] < found.values[0] < found.upper[0]
    if interval == "mean":
        assert found.lower[0] == Y[int(np.ceil(60 * ordinary.low)) - 1]
    assert found.standard_errors[0] == pytest.approx((found.upper[0] - found.lower[0]) / (2 * 2.000995), rel=1e-6)


def test_more_surely_is_wider():
    narrow, wide = (quantile(WIDE, Y, [0.4, 0.6], level=level, rule="hf6") for level in (0.8, 0.99))
    assert np.all(wide.lower < narrow.lower)
    assert np.all(wide.upper > narrow.upper)


def test_a_bound_beyond_all_shares_is_not_there():
    found = quantile(Design.simple(8, weights=10), np.arange(8.0), [0.1], interval="mean")
    assert np.isnan(found.lower[0])
    assert np.isnan(found.standard_errors[0])
    assert np.isfinite(found.upper[0])
    assert np.isfinite(quantile(Design.simple(8, weights=10), np.arange(8.0), [0.1], interval="beta").lower[0])


def test_weights_pull_the_median():
    light = quantile(Design.simple(5, weights=[1, 1, 1, 1, 1]), [1.0, 2, 3, 4, 5], [0.5], rule="math")
    heavy = quantile(Design.simple(5, weights=[1, 1, 1, 1, 9]), [1.0, 2, 3, 4, 5], [0.5], rule="math")
    assert (light.values[0], heavy.values[0]) == (3.0, 5.0)


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((Y, [1.5]), {}, "“probability” is 1.5"),
        ((Y, [0.5]), {"interval": "score"}, "“interval” is “score”; expected one of mean, xlogit"),
        ((Y, [0.5]), {"rule": "sas"}, "“rule” is “sas”"),
        ((np.ones((60, 2)), [0.5]), {}, "2 estimates are given; expected one"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, options, message):
    with pytest.raises(DesignError, match=message):
        quantile(WIDE, *arguments, **options)


def test_one_probability_needs_no_list():
    assert (
        quantile(Design.simple(60, weights=2), Y, 0.5).values.tolist()
        == quantile(Design.simple(60, weights=2), Y, [0.5]).values.tolist()
    )


CLUSTERS = Design.clusters([1, 1, 2, 2, 3, 3, 4, 4], weights=5)
IN_CLUSTERS = [3.0, 8.0, 2.0, 5.0, 4.0, 9.0, 1.0, 7.0]


@pytest.mark.parametrize("interval", ["mean", "xlogit", "beta", "asin"])
def test_a_domain_of_one_cluster_has_quantiles_and_no_bounds(interval: str) -> None:
    """As R's `svyquantile(~y, subset(d, c == 1), c(.5, .9))`: 3 and 8, with NaN for the rest."""
    domain = CLUSTERS.domain(np.arange(8) < 2)
    found = quantile(domain, IN_CLUSTERS, [0.5, 0.9], interval=interval)
    assert found.values.tolist() == [3, 8]
    for unknown in (found.lower, found.upper, found.standard_errors):
        assert np.isnan(unknown).all()
    assert np.isfinite(quantile(domain, IN_CLUSTERS, 0.5, degrees_of_freedom=3).upper).all()


def test_one_such_domain_does_not_keep_the_others_from_an_answer() -> None:
    found = by_domain(quantile, CLUSTERS, IN_CLUSTERS, 0.5, by="aabbbbbb")
    assert found.values.tolist() == [3, 4]
    assert np.isnan(found.standard_errors).tolist() == [True, False]


def test_what_is_asked_for_is_checked_also_where_nothing_is_known() -> None:
    domain = CLUSTERS.domain(np.arange(8) < 2)
    with pytest.raises(IntervalError, match="A confidence level of 95"):
        quantile(domain, IN_CLUSTERS, 0.5, level=95)
    with pytest.raises(DesignError, match="there are 0 degrees of freedom"):
        quantile(domain, IN_CLUSTERS, 0.5, degrees_of_freedom=0)


@pytest.mark.parametrize(
    ("asked", "told"),
    [([0.5, 1.1], "1.1"), (-0.1, "-0.1"), ([0.2, None], "nan"), ([[0.2], [0.5]], r"\[\[0.2\], \[0.5\]\]")],
)
def test_what_is_no_probability_is_refused(asked: object, told: str) -> None:
    with pytest.raises(DesignError, match=f"“probability” is {told}; expected 0 … 1"):
        quantile(WIDE, Y, asked)  # type: ignore[arg-type]

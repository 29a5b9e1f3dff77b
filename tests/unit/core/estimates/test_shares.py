from math import asin, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import mean, share, share_interval
from zhicheng.core.estimates.proportions import Method, proportion_interval
from zhicheng.core.estimates.shares import METHODS, Share, bounds

DESIGN = Design.clusters([1, 1, 1, 2, 2, 3, 3, 4, 4, 4], weights=[3, 2, 4, 1, 5, 2, 2, 3, 1, 1])
DEFECTIVE = np.array([1, 0, 0, 1, 1, 0, 1, 0, 0, 0])
inside = st.floats(0.02, 0.98)
methods = st.sampled_from(sorted(METHODS))


def a_share(value: float, rows: int = 80) -> Share:
    """One that varies as in a simple random sample with replacement."""
    return Share(value, value * (1 - value) / rows, rows, rows - 1, rows / (rows - 1))


@given(inside, methods, st.integers(20, 400))
def test_an_interval_is_around_its_share(value, method, rows):
    low, high = bounds(a_share(value, rows), method, 0.95, rows - 1)
    assert low <= value <= high
    if method in ("logit", "xlogit", "likelihood", "beta", "jeffreys", "wilson"):
        assert low >= 0
        assert high <= 1


@given(inside, methods, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_contrary_has_the_contrary_interval(value, method, level):
    low, high = bounds(a_share(value), method, level, 30)
    if method == "asin" and not 0.15 < value < 0.85:
        return  # an angle may pass the end and come back
    other_low, other_high = bounds(a_share(1 - value), method, level, 30)
    assert (other_low, other_high) == pytest.approx((1 - high, 1 - low), abs=1e-7)


@given(inside, methods)
def test_more_surely_is_wider(value, method):
    if method == "asin" and not 0.15 < value < 0.85:
        return
    narrow, wide = (bounds(a_share(value), method, level, 30) for level in (0.8, 0.99))
    assert wide[0] <= narrow[0]
    assert narrow[1] <= wide[1]


def test_the_scales_on_which_the_bounds_are_even():
    found = share(DESIGN, DEFECTIVE)
    p, error = found.value, found.standard_error
    t = float(stats.t.ppf(0.975, 3))
    logit = share_interval(found, "logit")
    middle = log(p / (1 - p))
    assert log(logit.high / (1 - logit.high)) - middle == pytest.approx(t * error / (p * (1 - p)))
    bent = share_interval(found, "asin")
    assert asin(sqrt(bent.high)) - asin(sqrt(p)) == pytest.approx(t * error / (2 * sqrt(p * (1 - p))))


def test_the_bounds_of_wilson_solve_his_equation():
    found = share(DESIGN, DEFECTIVE)
    draws, t = Share.of(found).effective_rows, float(stats.t.ppf(0.975, 3))
    interval = share_interval(found, "wilson")
    for bound in (interval.low, interval.high):
        assert (found.value - bound) ** 2 == pytest.approx(t**2 * bound * (1 - bound) / draws)


def test_the_bounds_of_the_likelihood_fit_as_badly_as_allowed():
    found = Share.of(share(DESIGN, DEFECTIVE))
    p, t = found.value, float(stats.t.ppf(0.975, 3))
    for bound in bounds(found, "likelihood", 0.95, 3):
        deviance = 2 * (p * log(p / bound) + (1 - p) * log((1 - p) / (1 - bound)))
        assert deviance == pytest.approx(t**2 / found.effective_rows * 10 / 9)


SIMPLE = {"wilson": Method.WILSON, "beta": Method.CLOPPER_PEARSON, "jeffreys": Method.JEFFREYS}


@given(inside, st.integers(20, 400))
def test_jeffreys_lies_within_clopper_and_pearson(value, rows):
    inner, outer = (bounds(a_share(value, rows), method, 0.95, 30) for method in ("jeffreys", "beta"))
    assert outer[0] <= inner[0] <= inner[1] <= outer[1]


@pytest.mark.parametrize("method", SIMPLE)
def test_of_independent_draws_they_are_the_simple_intervals(method):
    """Drawn with replacement, with n in the divisor and the normal quantile, nothing of the design is left."""
    found = Share(12 / 80, 12 / 80 * 68 / 80 / 80, 80, 79, 80 / 79)
    simple = proportion_interval(12, 80, method=SIMPLE[method])
    assert bounds(found, method, 0.95, float("inf")) == pytest.approx((simple.low, simple.high), rel=1e-9)


def test_missing_answers_leave_the_domain():
    answers = [1.0, 0, None, 1, 1, 0, 1, 0, 0, None]
    found = share(DESIGN, answers)
    assert found.value == pytest.approx(mean(DESIGN, answers).value)
    assert Share.of(found).rows == 10


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"mean"}))
@pytest.mark.parametrize("answer", [0, 1])
def test_all_alike_have_no_bounds(method, answer):
    with pytest.raises(DesignError, match=f"the interval “{method}” has no bounds at a share of {answer}"):
        share_interval(share(DESIGN, np.full(10, answer)), method)


def test_all_alike_are_sure_by_the_ordinary_interval():
    assert share_interval(share(DESIGN, np.ones(10)), "mean").width == 0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: share(DESIGN, np.arange(10)), "“indicator” is 2.0 in row 2; expected 0, 1"),
        (lambda: share_interval(mean(DESIGN, np.arange(10.0))), "“y” is [0-9.]+; expected 0 … 1"),
        (lambda: share_interval(share(DESIGN, DEFECTIVE), "score"), "“method” is “score”; expected one of mean"),
    ],
)
def test_what_is_no_share_is_refused(make, message):
    with pytest.raises(DesignError, match=message):
        make()


def test_a_share_that_does_not_vary_is_its_own_interval_by_likelihood():
    known = Share(0.25, 0.0, rows=8, degrees_of_freedom=7, dispersion=8 / 7)
    assert bounds(known, "likelihood", 0.95, 7) == (0.25, 0.25)


@pytest.mark.parametrize("method", METHODS)
def test_an_unknown_variance_gives_no_bounds(method):
    unknown = Share(0.25, np.nan, rows=8, degrees_of_freedom=7, dispersion=8 / 7)
    assert np.isnan(bounds(unknown, method, 0.95, 7)).all()


def test_less_than_one_effective_hit_still_bounds_from_below():
    """A share of 1 % with the variance of 40 draws; t of 399 to t of 20 degrees of freedom takes some of these."""
    rare = Share(0.01, 0.01 * 0.99 / 40, rows=400, degrees_of_freedom=20, dispersion=400 / 399)
    draws = 40 * (stats.t.ppf(0.975, 399) / stats.t.ppf(0.975, 20)) ** 2
    low, high = bounds(rare, "beta", 0.95, 20)
    assert low == pytest.approx(stats.beta.ppf(0.025, 0.01 * draws, 0.99 * draws + 1), rel=1e-9, abs=0)
    assert low > 0
    assert high == pytest.approx(stats.beta.ppf(0.975, 0.01 * draws + 1, 0.99 * draws))
    other_low, other_high = bounds(Share(0.99, rare.variance, 400, 20, 400 / 399), "beta", 0.95, 20)
    assert (1 - other_high, 1 - other_low) == pytest.approx((low, high))


@pytest.mark.parametrize("beyond", [-0.25, 1.25])
def test_what_is_beyond_all_shares_is_refused(beyond):
    with pytest.raises(DesignError, match=f"“y” is {beyond}; expected 0 … 1"):
        Share.of(mean(DESIGN, np.full(10, beyond)))


@pytest.mark.parametrize("value", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_what_all_rows_have_in_common_varies_not_at_all_whatever_the_weights(value: float, seed: int):
    """A weighted mean of ones is 0.9999999999999998 at times, of which there are no bounds either."""
    random = np.random.default_rng(seed)
    clusters = np.arange(30) // 3
    design = Design.clusters(clusters, weights=np.round(random.uniform(1, 9, 30), 2))
    found = share(design, np.full(30, value))
    for method in METHODS:
        if method == "mean":
            interval = share_interval(found, method)
            assert (interval.low, interval.high) == (value, value)
        else:
            with pytest.raises(
                DesignError, match=f"“{method}” has no bounds at a share of {value} with the variance 0.0"
            ):
                share_interval(found, method)


@pytest.mark.parametrize("method", ["logit", "likelihood", "beta", "wilson"])
def test_a_share_that_is_nearly_all_keeps_its_bounds(method: str):
    low, high = bounds(Share(1 - 1e-9, 1e-12, 1000, 30, dispersion=1.0), method, 0.95, 30)
    assert low <= 1 - 1e-9 <= high <= 1


@pytest.mark.parametrize("method", ["logit", "likelihood", "beta", "jeffreys", "wilson"])
def test_an_interval_of_one_degree_of_freedom_may_be_all_that_is_possible(method: str):
    """Student's quantile is 6366 here, and e to the power of that no number."""
    low, high = bounds(Share(0.001, 1e-6, rows=40, degrees_of_freedom=1, dispersion=1.0), method, 0.9999, 1)
    assert 0 <= low < 1e-6
    assert 0.001 < high <= 1

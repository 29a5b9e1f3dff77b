import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from zhicheng.core.estimates.interval import IntervalError, normal_quantile
from zhicheng.core.estimates.proportions import Method, proportion_bounds, proportion_interval

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.floats(0.5, 0.999)
methods = st.sampled_from(Method)


def coverage(method: Method, trials: int, proportions: np.ndarray, level: float = 0.95) -> np.ndarray:
    """The exact probability, for each true proportion, that the interval holds it: summed over every outcome."""
    outcomes = np.arange(trials + 1)
    low, high = proportion_bounds(outcomes, trials, level=level, method=method)
    holds = (low <= proportions[:, None]) & (proportions[:, None] <= high)
    return (binom.pmf(outcomes, trials, proportions[:, None]) * holds).sum(axis=1)


@given(counts, levels, methods)
def test_an_interval_lies_within_0_and_1(count: tuple[int, int], level: float, method: Method) -> None:
    interval = proportion_interval(*count, level=level, method=method)
    assert 0 <= interval.low <= interval.high <= 1
    assert (interval.level, interval.method) == (level, method.value)


@given(counts, levels, methods)
def test_an_interval_holds_what_was_observed(count: tuple[int, int], level: float, method: Method) -> None:
    low, high = proportion_bounds(*count, level=level, method=method)
    assert low - 1e-12 <= count[0] / count[1] <= high + 1e-12


@given(counts, levels, methods)
def test_failures_have_the_mirrored_interval(count: tuple[int, int], level: float, method: Method) -> None:
    low, high = proportion_bounds(*count, level=level, method=method)
    other_low, other_high = proportion_bounds(count[1] - count[0], count[1], level=level, method=method)
    assert low == pytest.approx(1 - other_high, abs=1e-12)
    assert high == pytest.approx(1 - other_low, abs=1e-12)


@given(counts, levels, levels, methods)
def test_a_higher_level_gives_an_interval_around_the_other(
    count: tuple[int, int], level: float, other: float, method: Method
) -> None:
    low, high = proportion_bounds(*count, level=min(level, other), method=method)
    wider_low, wider_high = proportion_bounds(*count, level=max(level, other), method=method)
    assert wider_low <= low + 1e-12
    assert high <= wider_high + 1e-12


@given(st.integers(1, 200), levels, methods)
def test_ends_grow_with_the_successes(trials: int, level: float, method: Method) -> None:
    assume(method is not Method.LOGIT or level <= 0.98)
    low, high = proportion_bounds(np.arange(trials + 1), trials, level=level, method=method)
    assert (np.diff(low) >= -1e-12).all()
    assert (np.diff(high) >= -1e-12).all()


@given(st.lists(counts, min_size=1, max_size=8), levels, methods)
def test_many_at_once_are_as_one_by_one(pairs: list[tuple[int, int]], level: float, method: Method) -> None:
    low, high = proportion_bounds([k for k, _ in pairs], [n for _, n in pairs], level=level, method=method)
    single = [proportion_interval(k, n, level=level, method=method) for k, n in pairs]
    assert low.tolist() == [interval.low for interval in single]
    assert high.tolist() == [interval.high for interval in single]


@pytest.mark.parametrize("method", Method)
def test_nothing_observed_says_nothing(method: Method) -> None:
    low, high = proportion_bounds([0, 3], [0, 12], method=method)
    assert (low[0], high[0]) == (0.0, 1.0)
    assert high[1] < 1


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("trials", [1, 2, 20, 1000, 1_000_000])
def test_no_success_and_nothing_else_reach_the_ends(method: Method, trials: int) -> None:
    assert proportion_interval(0, trials, method=method).low == 0
    assert proportion_interval(trials, trials, method=method).high == 1
    if method is not Method.WALD:
        assert proportion_interval(0, trials, method=method).high > 0
        assert proportion_interval(trials, trials, method=method).low < 1


def test_the_shapes_of_counts_are_joined() -> None:
    low, high = proportion_bounds([[1], [2]], [5, 6, 7])
    assert low.shape == high.shape == (2, 3)
    assert low[1, 2] == proportion_interval(2, 7).low


@settings(deadline=None)  # SciPy finds its ends step by step
@given(counts, levels)
def test_three_methods_are_those_of_scipy(count: tuple[int, int], level: float) -> None:
    names = {"exact": Method.CLOPPER_PEARSON, "wilson": Method.WILSON, "wilsoncc": Method.WILSON_CORRECTED}
    for name, method in names.items():
        theirs = binomtest(*count).proportion_ci(level, method=name)
        ours = proportion_interval(*count, level=level, method=method)
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(counts, levels)
def test_ends_of_clopper_and_pearson_cut_off_half_of_the_error(count: tuple[int, int], level: float) -> None:
    k, n = count
    interval = proportion_interval(k, n, level=level, method=Method.CLOPPER_PEARSON)
    tail = (1 - level) / 2
    assert k == 0 or binom.sf(k - 1, n, interval.low) == pytest.approx(tail, rel=1e-8)
    assert k == n or binom.cdf(k, n, interval.high) == pytest.approx(tail, rel=1e-8)


@given(counts, levels)
def test_ends_of_wilson_are_as_far_off_as_the_score_test_allows(count: tuple[int, int], level: float) -> None:
    k, n = count
    interval = proportion_interval(k, n, level=level)
    for end in (end for end in (interval.low, interval.high) if 0 < end < 1):
        assert abs(k / n - end) / np.sqrt(end * (1 - end) / n) == pytest.approx(normal_quantile(level), rel=1e-6)


@pytest.mark.parametrize("trials", [1, 5, 10, 50, 200])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_clopper_and_pearson_never_miss_the_level(trials: int, level: float) -> None:
    assert coverage(Method.CLOPPER_PEARSON, trials, np.linspace(0, 1, 801), level).min() >= level - 1e-12


@pytest.mark.parametrize("trials", [5, 20, 50, 200])
def test_the_corrected_score_interval_hardly_ever_misses_the_level(trials: int) -> None:
    assert coverage(Method.WILSON_CORRECTED, trials, np.linspace(0, 1, 801)).min() > 0.94


@pytest.mark.parametrize(
    ("method", "least", "mean_from", "mean_to"),
    [
        (Method.WILSON, 0.83, 0.949, 0.956),
        (Method.JEFFREYS, 0.84, 0.945, 0.956),
        (Method.AGRESTI_COULL, 0.92, 0.95, 0.97),
        (Method.LOGIT, 0.86, 0.95, 0.98),
        (Method.CLOPPER_PEARSON, 0.95, 0.95, 0.985),
    ],
)
@pytest.mark.parametrize("trials", [10, 25, 50, 100])
def test_coverage_is_near_the_level(
    method: Method, least: float, mean_from: float, mean_to: float, trials: int
) -> None:
    """Brown, Cai & DasGupta 2001 on the same question: means over the proportion, and the worst of them."""
    covered = coverage(method, trials, np.linspace(0.001, 0.999, 999))
    assert covered.min() > least
    assert mean_from < covered.mean() < mean_to


def test_wald_misses_the_level_by_far() -> None:
    """Brown, Cai & DasGupta 2001, section 2: below 0.9 on average at 20 units, and near 0 beside the ends."""
    covered = coverage(Method.WALD, 20, np.linspace(0.001, 0.999, 999))
    assert covered.mean() < 0.9
    assert covered.min() < 0.05


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 2), (1.5, 3), (1, 2.5), (np.nan, 3), (0, np.inf), (0, -1)])
def test_what_are_no_counts_is_refused(k: float, n: float) -> None:
    with pytest.raises(IntervalError, match="expected whole numbers, from 0 to the trials"):
        proportion_bounds([0, k], [1, n])


@pytest.mark.parametrize("level", [0, 1, 95])
def test_what_is_no_level_is_refused(level: float) -> None:
    with pytest.raises(IntervalError, match="confidence level"):
        proportion_interval(1, 2, level=level)


@pytest.mark.parametrize("method", Method)
def test_a_method_is_known_by_its_text(method: Method) -> None:
    assert proportion_interval(3, 12, method=method.value) == proportion_interval(3, 12, method=method)


def test_what_is_no_method_is_refused() -> None:
    with pytest.raises(
        IntervalError, match="“method” is “exact”; expected one of wilson, wilson_corrected, clopper"
    ):
        proportion_interval(3, 12, method="exact")


@pytest.mark.parametrize("level", [0.8, 0.95, 0.999])
@pytest.mark.parametrize("n", [1, 2, 9, 400])
def test_clopper_and_pearson_by_hand_beside_the_ends(n: int, level: float) -> None:
    """One success or more has the probability 1 − (1 − p)ⁿ, n of n has pⁿ: solved for p at half of the error."""
    tail = (1 - level) / 2
    one = proportion_interval(1, n, level=level, method=Method.CLOPPER_PEARSON)
    assert one.low == pytest.approx(1 - (1 - tail) ** (1 / n), rel=1e-9)
    none = proportion_interval(0, n, level=level, method=Method.CLOPPER_PEARSON)
    assert (none.low, none.high) == (0, pytest.approx(1 - tail ** (1 / n)))
    all_but_one = proportion_interval(n - 1, n, level=level, method=Method.CLOPPER_PEARSON)
    assert all_but_one.high == pytest.approx((1 - tail) ** (1 / n), rel=1e-12)


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [
        (Method.WALD, 0.0, 0.1 + 1.959964 * 0.3 / np.sqrt(10)),
        (Method.WILSON, (1 + 1.920729 - 1.959964 * np.sqrt(0.9 + 0.960365)) / 13.841459, None),
        (Method.AGRESTI_COULL, None, 0.211013 + 1.959964 * np.sqrt(0.211013 * 0.788987 / 13.841459)),
        (
            Method.LOGIT,
            1 / (1 + 9 * np.exp(1.959964 * np.sqrt(10 / 9))),
            1 / (1 + 9 / np.exp(1.959964 * np.sqrt(10 / 9))),
        ),
    ],
)
def test_one_of_ten_by_hand(method: Method, low: float | None, high: float | None) -> None:
    """z = 1.959964 and z² = 3.841459, by the formula that each docstring names."""
    interval = proportion_interval(1, 10, method=method)
    assert low is None or interval.low == pytest.approx(low, abs=2e-6)
    assert high is None or interval.high == pytest.approx(high, abs=2e-6)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("level", [0, 1, 95, -0.5, float("nan")])
def test_no_method_takes_what_is_no_level(method: Method, level: float) -> None:
    for successes in (0, 2):
        with pytest.raises(IntervalError, match=f"{level}"):
            proportion_bounds(successes, 5, level=level, method=method)


def test_counts_are_numbers() -> None:
    with pytest.raises(IntervalError, match="“successes” holds “three”: numbers were expected"):
        proportion_interval("three", 10)  # type: ignore[arg-type]
    with pytest.raises(IntervalError, match="“trials” holds “ten”: numbers were expected"):
        proportion_bounds([3, 4], ["ten", 5])

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.designs import Design, LonelyPsu, Unequal
from zhicheng.core.estimates.margins import Margin
from zhicheng.core.estimates.post_strata import post_stratified
from zhicheng.core.estimates.replicates import ReplicatesError, balanced, jackknife

sizes = st.lists(st.integers(2, 5), min_size=1, max_size=5)
values = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).normal(5, 3, 40))


def strata(sizes: list[int], **options: object) -> Design:
    """Two rows in every unit, units in strata of these sizes, each a part of 20 units."""
    labels = np.repeat(np.arange(len(sizes)), sizes)
    units = np.repeat(np.arange(len(labels)), 2)
    population = np.full(len(units), 20.0)
    return Design.clusters(units.tolist(), strata=labels[units].tolist(), population=population, **options)


@given(sizes, values)
def test_of_a_sum_the_jackknife_is_the_linear_variance(sizes: list[int], y: np.ndarray) -> None:
    """Exactly, as the mean of all replicates of a sum is the sum."""
    design = strata(sizes)
    y = np.resize(y, design.size)
    expected = design.covariance(design.weights * y)
    assert jackknife(design).covariance(lambda w: w @ y) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(st.integers(1, 9), values)
def test_of_a_sum_half_samples_give_the_linear_variance(count: int, y: np.ndarray) -> None:
    """Exactly, without the correction for finite populations; that is what balance is for (McCarthy 1969)."""
    labels = np.repeat(np.arange(count), 2)
    design = Design.stratified(labels.tolist(), weights=3.0)
    y = np.resize(y, design.size)
    expected = design.covariance(design.weights * y)
    for fay in (0.0, 0.3, 0.5):
        found = balanced(design, fay=fay).covariance(lambda w: w @ y)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(sizes)
def test_replicates_keep_the_size_of_the_population(sizes: list[int]) -> None:
    design = strata(sizes)
    replicates = jackknife(design)
    assert len(list(replicates)) == len(replicates) == sum(sizes)
    for weights in replicates:
        assert weights.sum() == pytest.approx(design.weights.sum())
        assert np.count_nonzero(weights == 0) == 2


def test_half_samples_take_one_of_each_pair() -> None:
    design = Design.stratified([1, 1, 2, 2, 3, 3], weights=5.0)
    for weights in balanced(design):
        assert sorted(weights.reshape(3, 2).sum(axis=1)) == [10, 10, 10]
        assert set(weights) == {0, 10}
    for weights in balanced(design, fay=0.25):
        assert set(weights) == {1.25, 8.75}


@settings(max_examples=30)
@given(st.integers(2, 5), values)
def test_deviations_from_the_estimate_are_never_less_in_one_stratum(size: int, y: np.ndarray) -> None:
    """The mean of the replicates is where squares are least, as all of one stratum count the same."""
    design = strata([size])
    y = np.resize(y, design.size)
    replicates = jackknife(design)
    around_mean = replicates.covariance(lambda w: np.exp(w @ y / w.sum() / 9))
    around_estimate = replicates.covariance(lambda w: np.exp(w @ y / w.sum() / 9), around_estimate=True)
    assert around_estimate[0, 0] >= around_mean[0, 0] * (1 - 1e-12)


def test_estimates_vary_together() -> None:
    design = strata([4, 5])
    y = np.arange(18.0) ** 1.5
    found = jackknife(design).covariance(lambda w: [w @ y, -2 * (w @ y), w.sum()])
    assert found.shape == (3, 3)
    assert found[0, 1] == pytest.approx(-2 * found[0, 0])
    assert found[2] == pytest.approx(np.zeros(3), abs=1e-6)


def test_intervals_of_a_ratio_hold_the_truth_as_often_as_they_say() -> None:
    """Monte Carlo: 400 samples of 12 from 60 clusters of unequal size; the ratio of two sums over them."""
    generator = np.random.default_rng(5)
    size = generator.integers(20, 60, 60)
    y = size * generator.gamma(8, 0.5, 60)
    held = 0
    for _ in range(400):
        drawn = generator.permutation(60)[:12]
        replicates = jackknife(Design.simple(12, population=60))
        error = replicates.covariance(lambda w, at=drawn: w @ y[at] / (w @ size[at]))[0, 0] ** 0.5
        held += abs(y[drawn].sum() / size[drawn].sum() - y.sum() / size.sum()) <= 2.201 * error
    assert replicates.degrees_of_freedom == 11
    assert 0.91 < held / 400 < 0.98


def test_lonely_strata_are_refused_or_ruled() -> None:
    labels, population = [1, 1, 2], [9, 9, 4]
    with pytest.raises(ReplicatesError, match="1 strata have one sampled unit; expected two, or a rule"):
        jackknife(Design.stratified(labels, population=population))
    ruled = jackknife(Design.stratified(labels, population=population, lonely=LonelyPsu.REMOVE))
    assert len(ruled) == 2


def test_nothing_is_left_to_average_over() -> None:
    with pytest.raises(ReplicatesError, match="Every stratum has a single sampled unit"):
        jackknife(Design.stratified([1, 2], population=[9, 4], lonely=LonelyPsu.AVERAGE))


def test_a_complete_sample_does_not_vary() -> None:
    replicates = jackknife(Design.simple(5, population=5))
    assert len(replicates) == 0
    assert replicates.covariance(lambda w: [w.sum(), 1.0]).tolist() == [[0, 0], [0, 0]]


def test_a_calibrated_design_is_refused() -> None:
    design = post_stratified(strata([3]), Margin("kind", "ababab", {"a": 50, "b": 70}))
    with pytest.raises(ReplicatesError, match="calibrated already; expected the one before"):
        jackknife(design)


def test_unequal_chances_without_replacement_are_refused() -> None:
    chances = [0.2, 0.3, 0.5]
    with pytest.raises(ReplicatesError, match="unequal chances without replacement"):
        jackknife(Design.unequal(chances, method=Unequal.OVERTON))
    with pytest.raises(ReplicatesError, match="unequal chances without replacement"):
        jackknife(Design.unequal(chances, method=Unequal.BREWER))
    assert len(jackknife(Design.unequal(chances, method=Unequal.WITH_REPLACEMENT))) == 3


def test_odd_strata_have_no_halves() -> None:
    with pytest.raises(
        ReplicatesError, match="2 strata have an odd number of sampled units, like 3; expected pairs"
    ):
        balanced(Design.stratified([1] * 2 + [2] * 3 + [3] * 5, weights=1))


@pytest.mark.parametrize("fay", [-0.1, 1.0])
def test_what_is_no_factor_is_refused(fay: float) -> None:
    with pytest.raises(ReplicatesError, match=r"expected from 0 to below 1"):
        balanced(Design.stratified([1, 1], weights=1), fay=fay)


def test_an_estimator_may_calibrate() -> None:
    """A total that post-stratification fixes does not vary over the replicates."""
    design = strata([6])
    margin = Margin("kind", "abba" * 3, {"a": 50, "b": 70})
    in_a = margin.indicators()[:, 0]
    found = jackknife(design).covariance(
        lambda w: post_stratified(replace(design, weights=w), margin).weights @ in_a
    )
    assert found[0, 0] == pytest.approx(0, abs=1e-18)

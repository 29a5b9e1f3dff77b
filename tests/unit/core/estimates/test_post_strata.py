from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs import Design
from zhicheng.core.estimates.margins import CalibrationError, Margin
from zhicheng.core.estimates.post_strata import post_stratified
from zhicheng.core.estimates.replicates import jackknife

labels = st.lists(st.sampled_from("ab"), max_size=20).map(lambda rest: ["a", "b", "a", "b", *rest])
populations = st.fixed_dictionaries({"a": st.integers(1, 500), "b": st.integers(1, 500)})


def weighted(size: int) -> Design:
    """A sample with weights 1, 2, 3, 1, 2, 3, …, drawn with replacement."""
    return Design.clusters(list(range(size)), weights=1.0 + np.arange(size) % 3)


@given(labels, populations)
def test_weights_sum_up_to_the_populations(kinds: list[str], population: dict[str, int]) -> None:
    margin = Margin("kind", kinds, population)
    design = post_stratified(weighted(len(kinds)), margin)
    assert margin.sums(design.weights) == pytest.approx(margin.counts, rel=1e-12)


@given(labels, populations)
def test_within_a_class_weights_keep_their_proportions(kinds: list[str], population: dict[str, int]) -> None:
    before = weighted(len(kinds))
    ratio = post_stratified(before, Margin("kind", kinds, population)).weights / before.weights
    assert all(np.ptp(ratio[np.array(kinds) == kind]) < 1e-9 * ratio.max() for kind in "ab")


@given(labels, populations)
def test_twice_is_once(kinds: list[str], population: dict[str, int]) -> None:
    margin = Margin("kind", kinds, population)
    once = post_stratified(weighted(len(kinds)), margin)
    again = post_stratified(once, margin)
    y = np.arange(len(kinds)) ** 2.0
    assert again.weights == pytest.approx(once.weights, rel=1e-12)
    assert again.covariance(again.weights * y) == pytest.approx(
        once.covariance(once.weights * y), rel=1e-9, abs=1e-9
    )


@given(labels, populations, st.floats(-5, 5), st.floats(0.1, 10))
def test_estimates_move_with_the_variable(
    kinds: list[str], population: dict[str, int], shift: float, factor: float
) -> None:
    """Equivariance: a·y + b has the error of y times a, as the size of the population is known."""
    design = post_stratified(weighted(len(kinds)), Margin("kind", kinds, population))
    y = np.arange(len(kinds)) % 5.0
    moved = design.covariance(design.weights * (factor * y + shift))
    assert moved == pytest.approx(factor**2 * design.covariance(design.weights * y), rel=1e-6, abs=1e-6)


def test_what_the_classes_explain_does_not_vary() -> None:
    kinds = ["a", "b", "b", "a", "b", "a", "a"]
    design = post_stratified(weighted(7), Margin("kind", kinds, {"a": 40, "b": 90}))
    y = np.where(np.array(kinds) == "a", 3.0, 8.0)
    assert design.weights @ y == pytest.approx(40 * 3 + 90 * 8)
    assert design.covariance(design.weights * y)[0, 0] == pytest.approx(0, abs=1e-18)


def test_the_error_is_that_of_the_jackknife() -> None:
    generator = np.random.default_rng(20261125)
    kinds = generator.choice(["a", "b", "c"], size=150).tolist()
    margin = Margin("kind", kinds, {"a": 900, "b": 500, "c": 1600})
    before = Design.clusters(list(range(150)), weights=generator.uniform(5, 30, 150))
    y = generator.gamma(2, 5, 150) + 10 * margin.index
    design = post_stratified(before, margin)
    by_residuals = design.covariance(design.weights * y)[0, 0]
    by_replicates = jackknife(before).covariance(
        lambda weights: post_stratified(replace(before, weights=weights), margin).weights @ y
    )[0, 0]
    assert by_residuals == pytest.approx(by_replicates, rel=0.08)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Monte Carlo: 1 000 simple random samples of 60 from 1 500, whose three classes differ."""
    generator = np.random.default_rng(7)
    kinds = np.repeat(["a", "b", "c"], [700, 500, 300])
    y = np.concatenate([generator.gamma(3, 4, 700), generator.gamma(3, 9, 500), generator.gamma(3, 2, 300)])
    held, errors, plain = 0, [], []
    for _ in range(1000):
        drawn = generator.permutation(1500)[:60]
        before = Design.simple(60, population=1500)
        design = post_stratified(before, Margin("kind", kinds[drawn].tolist(), {"a": 700, "b": 500, "c": 300}))
        error = design.covariance(design.weights * y[drawn])[0, 0] ** 0.5
        held += abs(design.weights @ y[drawn] - y.sum()) <= 2.0 * error
        errors.append(error)
        plain.append(before.covariance(before.weights * y[drawn])[0, 0] ** 0.5)
    assert 0.92 < held / 1000 < 0.97
    assert np.mean(errors) < 0.9 * np.mean(plain)


def test_a_class_that_nobody_stands_for_is_refused() -> None:
    with pytest.raises(CalibrationError, match="no unit of the sample is in “b”, which has a population of 90"):
        post_stratified(weighted(3), Margin("kind", ["a"] * 3, {"a": 40, "b": 90}))


@pytest.mark.parametrize("margin", [{"a": 24, "b": 16}, [1, 2], None])
def test_populations_without_classes_are_refused(margin: Any) -> None:
    with pytest.raises(CalibrationError, match=r"is no margin; expected Margin\(name, class of each unit, popul"):
        post_stratified(Design.simple(2, population=40), margin)

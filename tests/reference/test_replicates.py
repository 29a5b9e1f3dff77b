"""Jackknife and balanced half-samples equal those of R's package survey 4.1."""

from dataclasses import replace

import numpy as np
import pytest

from oracles import oracle_json
from reference.survey import column, design, labels
from zhicheng.core.designs import Design, Floats, LonelyPsu
from zhicheng.core.estimates.calibration import calibrated
from zhicheng.core.estimates.distances import Raking
from zhicheng.core.estimates.margins import Margin
from zhicheng.core.estimates.post_strata import post_stratified
from zhicheng.core.estimates.raking import raked
from zhicheng.core.estimates.replicates import Estimator, Replicates, balanced, jackknife


def error(replicates: Replicates, estimator: Estimator, *, around_estimate: bool = False) -> float:
    return float(replicates.covariance(estimator, around_estimate=around_estimate)[0, 0] ** 0.5)


def answer(case: str) -> dict[str, float]:
    (found,) = (found for found in oracle_json("survey/reference.json")["cases"] if found["id"] == case)
    return found["result"]


@pytest.mark.parametrize(("case", "name"), [("rep.strat.JKn", "strat"), ("rep.clus1.JK1", "clus1")])
def test_the_jackknife_is_that_of_r(case: str, name: str) -> None:
    (file, sample), expected = design(name), answer(case)
    replicates = jackknife(sample)
    y, enrolled = column(file, "api00"), column(file, "enroll")
    assert len(replicates) == expected["n_reps"]
    assert error(replicates, lambda w: w @ y / w.sum()) == pytest.approx(expected["mean_se"], rel=1e-10)
    assert error(replicates, lambda w: w @ enrolled) == pytest.approx(expected["total_se"], rel=1e-10)


def test_calibration_is_replicated_as_by_r() -> None:
    """`svymean(~api00, calibrate(as.svrepdesign(d), ~api99, …))`, and with `postStratify(…, ~sch.wide)`."""
    file, sample = design("strat")
    y, enrolled = column(file, "api00"), column(file, "enroll")
    auxiliary = {"all": np.ones(sample.size), "api99": column(file, "api99")}
    targets = Margin("target", labels(file, "sch.wide"), {"No": 1072, "Yes": 5122})

    def greg(weights: Floats) -> list[float]:
        w = calibrated(replace(sample, weights=weights), auxiliary, {"all": 6194, "api99": 3914069}).weights
        return [w @ y / w.sum(), w @ enrolled]

    def in_classes(weights: Floats) -> list[float]:
        w = post_stratified(replace(sample, weights=weights), targets).weights
        return [w @ y / w.sum(), w @ enrolled]

    replicates = jackknife(sample)
    for estimator, expected in (
        (greg, [1.9133966204676023, 111425.20886430061]),
        (in_classes, [9.3132517051994466, 127209.53623135414]),
    ):
        assert np.sqrt(np.diag(replicates.covariance(estimator))) == pytest.approx(np.array(expected), rel=1e-9)


def test_the_variance_of_raking_is_that_of_its_jackknife() -> None:
    """Where weights differ `rake` says 138 670 and its jackknife 131 634; residuals with them come near it."""
    file, sample = design("strat")
    y, enrolled = column(file, "api00"), column(file, "enroll")
    margins = [
        Margin("target", labels(file, "sch.wide"), {"No": 1072, "Yes": 5122}),
        Margin("improvement", labels(file, "comp.imp"), {"No": 1712, "Yes": 4482}),
    ]

    def in_margins(weights: Floats) -> list[float]:
        w = raked(replace(sample, weights=weights), margins).weights
        return [w @ y / w.sum(), w @ enrolled]

    by_replicates = np.sqrt(np.diag(jackknife(sample).covariance(in_margins)))
    assert by_replicates == pytest.approx(np.array([9.4319922009342338, 131633.94147740019]), rel=1e-7)
    columns = {margin.name: margin.indicators()[:, 1] for margin in margins}
    known = {margin.name: float(margin.counts[1]) for margin in margins}
    whole = calibrated(sample, {"all": np.ones(len(y)), **columns}, {"all": 6194, **known}, distance=Raking())
    assert whole.covariance(whole.weights * enrolled)[0, 0] ** 0.5 == pytest.approx(by_replicates[1], rel=0.005)


def test_deviations_from_the_estimate_are_those_of_r() -> None:
    """`svyratio(~api00, ~api99, as.svrepdesign(d, mse=TRUE))`, and without it."""
    file, sample = design("strat")
    y, before, replicates = column(file, "api00"), column(file, "api99"), jackknife(sample)
    estimator: Estimator = lambda w: w @ y / (w @ before)  # noqa: E731
    assert error(replicates, estimator) == pytest.approx(0.0036441892400613015, rel=1e-10)
    assert error(replicates, estimator, around_estimate=True) == pytest.approx(0.0036441899826660721, rel=1e-10)


def test_half_samples_are_those_of_r() -> None:
    (file, sample), expected = design("scd"), answer("rep.scd.BRR")
    alive, arrests = column(file, "alive"), column(file, "arrests")
    replicates = balanced(sample)
    assert len(replicates) == expected["n_reps"]
    assert error(replicates, lambda w: w @ alive / (w @ arrests)) == pytest.approx(expected["se"], rel=1e-10)
    # as.svrepdesign(d, type="Fay", fay.rho=.3)
    faded = balanced(sample, fay=0.3)
    assert error(faded, lambda w: w @ alive / (w @ arrests)) == pytest.approx(0.0095251874777052374, rel=1e-10)
    assert error(faded, lambda w: w @ alive) == pytest.approx(21.494185260204694, rel=1e-10)
    assert faded.degrees_of_freedom == 3


def test_many_half_samples_are_those_of_r_for_sums() -> None:
    """13 strata need 16 half-samples: any balanced set has the same variance for a sum, nearly so for a ratio."""
    y, x = np.arange(1, 27) ** 1.5, 10 + np.arange(1, 27) % 7
    replicates = balanced(Design.stratified(np.repeat(np.arange(13), 2), weights=1))
    assert (len(replicates), replicates.degrees_of_freedom) == (16, 13)
    assert error(replicates, lambda w: w @ y) == pytest.approx(19.869280550383259, rel=1e-10)
    assert error(replicates, lambda w: w @ y / (w @ x)) == pytest.approx(0.094672136306957977, rel=0.02)


def test_strata_of_more_than_two_are_split_as_by_r() -> None:
    y = np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3])
    replicates = balanced(Design.stratified([1] * 4 + [2] * 6, weights=1))
    assert (len(replicates), replicates.degrees_of_freedom) == (8, 5)
    assert error(replicates, lambda w: w @ y) == pytest.approx(7, rel=1e-12)


@pytest.mark.parametrize(
    ("rule", "total", "mean"),
    [
        (LonelyPsu.REMOVE, 14.571661996262929, 0.72858309981314662),
        (LonelyPsu.CERTAINTY, 14.571661996262929, 0.72858309981314662),
        (LonelyPsu.ADJUST, 16.409050686875354, 0.73525158526095535),
        (LonelyPsu.AVERAGE, 15.962455951387931, 0.79812279756939664),
    ],
)
def test_lonely_units_are_treated_as_by_r(rule: LonelyPsu, total: float, mean: float) -> None:
    y = np.array([3.0, 1, 4, 1, 5, 9])
    replicates = jackknife(Design.stratified([1, 1, 2, 3, 3, 3], population=[9, 9, 4, 7, 7, 7], lonely=rule))
    assert error(replicates, lambda w: w @ y) == pytest.approx(total, rel=1e-10)
    assert error(replicates, lambda w: w @ y / w.sum()) == pytest.approx(mean, rel=1e-10)


def test_a_complete_stratum_needs_no_replicate() -> None:
    y = np.array([3.0, 1, 4, 1, 5, 9])
    replicates = jackknife(Design.stratified([1, 1, 2, 3, 3, 3], population=[9, 9, 1, 7, 7, 7]))
    assert len(replicates) == 5
    assert error(replicates, lambda w: w @ y) == pytest.approx(14.571661996262929, rel=1e-10)
    assert error(replicates, lambda w: w @ y / w.sum()) == pytest.approx(0.85715658801546646, rel=1e-10)

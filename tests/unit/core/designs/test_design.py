"""Designs: what is refused, what a domain is, and that variances are right on average over all samples."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.designs import Design, DesignError, Floats, Form, LonelyPsu, Unequal

CITY = {"a": [3.0, 8.0, 4.0], "b": [1.0, 1.0, 7.0, 2.0], "c": [5.0, 9.0], "d": [2.0, 6.0, 6.0]}
"""A population of four clusters, of which two are drawn, and two units of each."""


class Halved:
    """A calibration that explains half of everything."""

    def residuals(self, influence: Floats) -> Floats:
        return influence / 2


def estimate_and_variance(design: Design, y: list[float]) -> tuple[float, float]:
    influence = design.weights * np.array(y)
    return float(influence.sum()), float(design.covariance(influence)[0, 0])


def right_on_average(samples: list[tuple[Design, list[float]]], truth: float) -> None:
    """Equally likely samples: the totals average to the truth, the variances to the variance of the totals."""
    found = np.array([estimate_and_variance(design, y) for design, y in samples])
    assert found[:, 0].mean() == pytest.approx(truth)
    assert found[:, 1].mean() == pytest.approx(found[:, 0].var())


def test_simple_samples_are_right_on_average():
    units = [3.0, 8.0, 4.0, 1.0, 9.0, 9.0]
    right_on_average(
        [(Design.simple(3, population=6), list(drawn)) for drawn in combinations(units, 3)], sum(units)
    )


def test_stratified_samples_are_right_on_average():
    north, south = [3.0, 8.0, 4.0], [10.0, 12.0, 30.0, 11.0]
    design = Design.stratified("nnsss", population=[3, 3, 4, 4, 4])
    samples = product(combinations(north, 2), combinations(south, 3))
    right_on_average([(design, [*one, *other]) for one, other in samples], sum(north) + sum(south))


def test_two_stage_samples_are_right_on_average():
    """Every pair of clusters is as likely; in each, every pair of its units."""
    found = []
    for pair in combinations(CITY, 2):
        within = list(product(*(combinations(CITY[cluster], 2) for cluster in pair)))
        sizes = [len(CITY[cluster]) for cluster in pair for _ in range(2)]
        design = Design.two_stage(
            [name for name in pair for _ in range(2)], [1, 2, 1, 2], population=([4] * 4, sizes)
        )
        each = np.array([estimate_and_variance(design, [*one, *other]) for one, other in within])
        found.append((each[:, 0].mean(), (each[:, 0] ** 2).mean(), each[:, 1].mean()))
    mean, square, variance = np.mean(found, axis=0)
    assert mean == pytest.approx(sum(map(sum, CITY.values())))
    assert variance == pytest.approx(square - mean**2)


def test_samples_of_whole_clusters_are_right_on_average():
    samples = []
    for pair in combinations(CITY, 2):
        labels = [name for name in pair for _ in CITY[name]]
        samples.append((Design.clusters(labels, population=[4] * len(labels)), [*CITY[pair[0]], *CITY[pair[1]]]))
    right_on_average(samples, sum(map(sum, CITY.values())))


@given(st.lists(st.floats(-9, 9), min_size=6, max_size=6), st.floats(0.1, 10))
def test_covariances_scale_with_the_square(values, factor):
    design = Design.two_stage("aabbcc", [1, 2, 1, 2, 1, 2], population=([9] * 6, [5] * 6))
    influence = np.array(values)
    assert design.covariance(factor * influence) == pytest.approx(
        factor**2 * design.covariance(influence), rel=1e-9, abs=1e-9
    )


@given(st.lists(st.floats(-9, 9), min_size=12, max_size=12))
def test_covariances_of_sums_are_sums_of_covariances(values):
    design = Design.clusters("aabbcc", strata="nnnnnn", weights=3)
    two = np.array(values).reshape(6, 2)
    covariance = design.covariance(two)
    assert covariance == pytest.approx(covariance.T, abs=1e-9)
    assert design.covariance(two.sum(axis=1))[0, 0] == pytest.approx(covariance.sum(), abs=1e-8)
    assert np.linalg.eigvalsh(covariance).min() >= -1e-9


def test_degrees_of_freedom_are_units_less_strata():
    design = Design.clusters([1, 1, 2, 3, 4, 5], strata="nnnsss", weights=1)
    assert design.degrees_of_freedom == 5 - 2
    assert design.domain(np.array([1, 1, 1, 0, 0, 1], dtype=bool)).degrees_of_freedom == 3 - 2


def test_a_domain_keeps_the_sample_and_drops_its_weights():
    design = Design.simple(4, population=100)
    part = design.domain(np.array([True, False, True, False]))
    assert (part.size, part.observed, part.inside.tolist()) == (4, 2, [True, False, True, False])
    assert part.weights.tolist() == [25, 0, 25, 0]
    assert part.stages is design.stages


def test_what_known_totals_explain_is_taken_out_first():
    design = Design.simple(4, population=100)
    fitted = design.reweighted(design.weights * 1.1, Halved())
    influence = np.array([1.0, 2.0, 5.0, 4.0])
    assert fitted.weights.tolist() == pytest.approx([27.5] * 4)
    assert fitted.covariance(influence) == pytest.approx(design.covariance(influence) / 4)
    twice = fitted.reweighted(fitted.weights, Halved())
    assert twice.covariance(influence) == pytest.approx(design.covariance(influence) / 16)


def test_a_lonely_unit_is_met_by_the_rule_of_the_design():
    strata, weights = ["n", "n", "s"], [2, 2, 5]
    influence = np.array([1.0, 3.0, 8.0])
    with pytest.raises(DesignError, match="stratum “s” has one sampled unit"):
        Design.stratified(strata, weights=weights).covariance(influence)
    removed = Design.stratified(strata, weights=weights, lonely=LonelyPsu.REMOVE)
    assert removed.covariance(influence)[0, 0] == pytest.approx(4.0)


def test_brewer_lies_close_to_the_joint_chances_it_stands_for():
    single = np.array([0.2, 0.4, 0.5, 0.3, 0.6])
    influence = np.array([12.0, 7.0, 9.0, 10.0, 8.0])
    brewer = Design.unequal(single).covariance(influence)[0, 0]
    joint = Design.unequal(single, method=Unequal.HARTLEY_RAO, form=Form.YATES_GRUNDY).covariance(influence)[0, 0]
    replaced = Design.unequal(single, method=Unequal.WITH_REPLACEMENT).covariance(influence)[0, 0]
    assert brewer == pytest.approx(joint, rel=0.1)
    assert brewer < replaced


def test_clusters_with_unequal_chances():
    single = [0.2, 0.2, 0.5, 0.25]
    design = Design.unequal(single, method=Unequal.POISSON, clusters="aabc")
    assert design.covariance(np.array([1.0, 2.0, 4.0, 4.0]))[0, 0] == pytest.approx(0.8 * 9 + 0.5 * 16 + 0.75 * 16)
    with pytest.raises(DesignError, match="the rows of a cluster have different probabilities"):
        Design.unequal([0.2, 0.3, 0.5, 0.25], method=Unequal.POISSON, clusters="aabc")


def test_joint_chances_may_be_written_as_lists():
    joint = [[0.5, 0.2], [0.2, 0.5]]
    listed, array = (Design.unequal([0.5, 0.5], method=each) for each in (joint, np.array(joint)))
    influence = np.array([3.0, 8.0])
    assert listed.covariance(influence) == array.covariance(influence)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Design.simple(2.5, weights=1), "“size” is 2.5; expected a whole number, 1 or more"),
        (lambda: Design.simple(np.nan, weights=1), "“size” is nan; expected a whole number, 1 or more"),
        (lambda: Design.simple(np.inf, weights=1), "“size” is inf; expected a whole number, 1 or more"),
        (lambda: Design.simple(0, weights=1), "“size” is 0; expected a whole number, 1 or more"),
        (lambda: Design.simple(2, weights=10**400), "“weights” holds “10+”; expected numbers"),
        (
            lambda: Design.unequal([[0.5, 0.2]]),
            r"“probabilities” has the shape \(1, 2\); expected one number for each",
        ),
        (lambda: Design.simple(3), "neither weights nor finite populations are given"),
        (lambda: Design.simple(3, weights=[1, 2]), r"“weights” has the shape \(2,\)"),
        (lambda: Design.simple(3, weights=[1, -2, 1]), "“weights” is -2.0 in row 1; expected 0 ≤ weight < ∞"),
        (lambda: Design.simple(3, weights=[1, np.nan, 1]), "“weights” is nan in row 1"),
        (lambda: Design.simple(3, weights=0), "all weights are 0"),
        (
            lambda: Design.simple(3, weights=1, lonely="ignore"),
            "“lonely” is “ignore”; expected one of fail, remove",
        ),
        (
            lambda: Design.multistage([[1, 2]], weights=1, population=[5, 3]),
            "“population” is given for 2 stages; expected it for the 1 of the sample",
        ),
        (lambda: Design.unequal([0.5, 0.5], method="sampford"), "“method” is “sampford”; expected one of brewer"),
        (lambda: Design.unequal([0.5, 0.5], method=Unequal.OVERTON, form="sen"), "“form” is “sen”"),
        (
            lambda: Design.unequal([0.5, 0.5], form="yg"),
            "“form” is “yg”; expected one of horvitz",
        ),
        (lambda: Design.unequal([0.5, 0.0]), "“probabilities” is 0.0 in row 1; expected 0 < π ≤ 1"),
        (lambda: Design.unequal([0.5, 0.5], method=np.ones((2, 2))), "with π on the diagonal"),
        (lambda: Design.unequal([0.5, 0.5], method=np.ones((3, 3))), r"shape \(3, 3\); expected 2 rows"),
        (lambda: Design.simple(3, weights=1).domain([True, False]), r"shape \(2,\); expected true or false"),
        (lambda: Design.simple(3, weights=1).domain([1, 0, 1]), "expected true or false"),
        (
            lambda: Design.simple(3, weights=1).covariance(np.ones(2)),
            r"shape \(2, 1\); expected a row for each of 3",
        ),
    ],
)
def test_what_does_not_fit_is_refused(make, message):
    with pytest.raises(DesignError, match=message):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Design.clusters(5, weights=1), "“units” is “5”; expected a column with a label for each row"),
        (lambda: Design.stratified(5, weights=1), "“strata” is “5”; expected a column"),
        (lambda: Design.stratified([["n"], ["s"]], weights=1), "row 0 has the label “\\['n'\\]”, a list"),
        (lambda: Design.clusters("ab", strata=7, weights=1), "“strata” is “7”; expected a column"),
        (lambda: Design.clusters([{1}, {2}], weights=1), r"row 0 has the label “\{1\}”, a set; expected a text"),
    ],
)
def test_what_is_no_column_of_labels_is_refused(make, message):
    with pytest.raises(DesignError, match=message):
        make()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("units", value) for value in (5, None, "ab", [], {"a": 1}, np.array(3), np.array([1, 2]))],
        *[("strata", value) for value in (5, "ab", [], np.array(5), np.array([1, 2]))],
        *[("population", value) for value in (5, [], {"n": 8}, np.array([4, 4]))],
    ],
)
def test_what_is_no_list_of_columns_by_stage_is_refused(name, value):
    columns = {"units": [[1, 2]], "weights": 1, name: value}
    with pytest.raises(DesignError) as refused:
        Design.multistage(**columns)
    assert str(refused.value) == f"“{name}” is “{value}”; expected a list of columns, one for each stage"


def test_strata_of_more_stages_than_the_sample_has_are_refused():
    with pytest.raises(DesignError, match="“strata” is given for 2 stages; expected it for the 1 of the sample"):
        Design.multistage([[1, 2]], strata=["aa", "ab"], weights=1)


def test_columns_by_stage_may_be_the_rows_of_an_array():
    units, strata = np.array([[1, 1, 2, 3], [1, 2, 1, 1]]), np.array([[1, 1, 1, 1]])
    found = Design.multistage(units, strata=strata, population=np.array([[9] * 4, [4, 4, 5, 6]]))
    listed = Design.multistage(units.tolist(), strata=strata.tolist(), population=[9, [4, 4, 5, 6]])
    assert found.weights.tolist() == listed.weights.tolist() == pytest.approx([6, 6, 15, 18])


def test_a_small_dependence_is_dropped_as_by_r_unless_told_otherwise():
    single = np.array([0.2, 0.3, 0.5])
    joint = 0.97 * np.outer(single, single)
    np.fill_diagonal(joint, single)
    joint[0, 1] = joint[1, 0] = 0.06 * 1.00005
    influence = np.array([3.0, 5.0, 4.0]) / single
    usual, exact, coarse = (
        Design.unequal(single, method=joint, **options).covariance(influence)[0, 0]
        for options in ({}, {"tolerance": 0}, {"tolerance": 0.1})
    )
    delta = (0.06 * 1.00005 - 0.06) / (0.06 * 1.00005)
    assert exact - usual == pytest.approx(2 * delta * influence[0] * influence[1])
    assert coarse == pytest.approx((1 - single) @ influence**2)
    assert usual - coarse == pytest.approx(2 * (1 - 1 / 0.97) * influence[2] * (influence[0] + influence[1]))


def test_the_rule_is_not_for_units_lonely_in_a_domain_unless_told_so():
    influence = np.array([1.0, 3.0, 8.0, 0.0])
    usual, asked = (
        Design.multistage([range(4)], strata=["nnss"], weights=2, lonely="adjust", **options)
        .domain(np.array([True, True, True, False]))
        .covariance(influence)[0, 0]
        for options in ({}, {"lonely_in_domain": True})
    )
    assert usual == pytest.approx(2 * 2 + 2 * 32)
    assert asked == pytest.approx(2 * 2 + 2 * ((8 - 3) ** 2 + 3**2))
    made = Design(weights=np.ones(1), psu=np.zeros(1, dtype=np.intp), stratum=np.zeros(1, dtype=np.intp))
    assert not made.lonely_in_domain


def test_a_lonely_later_unit_is_named_by_the_unit_around_it():
    clusters, units = ["a", "a", "b", "c", "c"], [1, 2, 1, 1, 2]
    design = Design.two_stage(clusters, units, population=(9, {"a": 4, "b": 5, "c": 6}))
    with pytest.raises(DesignError, match="stratum “b” has one sampled unit"):
        design.covariance(np.arange(5.0))

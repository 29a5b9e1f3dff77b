import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.core.estimates.samples import Sample, samples
from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import (
    Margin,
    by_domain,
    calibrated,
    combined,
    contrast,
    independence,
    mean,
    post_stratified,
    quantile,
    ratio,
    regression,
    share,
    share_interval,
    total,
    variance,
)


@given(samples(missing=True), st.data())
def test_totals_of_domains_add_up_to_the_total(sample: Sample, data: st.DataObject) -> None:
    design, y = sample
    by = data.draw(st.lists(st.sampled_from("xyz"), min_size=design.size, max_size=design.size))
    told = [label for label, value in zip(by, y, strict=True) if not np.isnan(value)]
    by = [label if label in told else told[0] for label in by]
    found, whole = by_domain(total, design, y, by=by), total(design, y)
    assert found.values.sum() == pytest.approx(whole.value, rel=1e-9, abs=1e-7)
    assert found.covariance.sum() == pytest.approx(whole.variances[0], rel=1e-7, abs=1e-6)


@given(samples(), st.data())
def test_a_domain_is_estimated_as_if_it_stood_alone(sample: Sample, data: st.DataObject) -> None:
    design, y = sample
    by = data.draw(st.lists(st.sampled_from("xy"), min_size=design.size, max_size=design.size))
    found = by_domain(mean, design, y, by=by)
    for label in found.names:
        alone = mean(design.domain(np.array(by) == label), y)
        assert found.part(label).value == pytest.approx(alone.value)
        assert found.part(label).standard_error == pytest.approx(alone.standard_error, abs=1e-9)
    assert found.degrees_of_freedom == design.degrees_of_freedom


def test_domains_in_different_strata_have_nothing_in_common():
    design = Design.stratified("nnnsss", population=[9] * 6)
    found = by_domain(mean, design, [1.0, 2.0, 4.0, 3.0, 9.0, 5.0], by="nnnsss")
    assert found.covariance[0, 1] == 0


def test_rows_without_label_are_in_no_domain():
    design = Design.simple(4, weights=2)
    found = by_domain(total, design, [1.0, 2.0, 4.0, 8.0], by=["a", None, "b", "a"])
    assert dict(zip(found.names, found.values.tolist(), strict=True)) == {"a": 18.0, "b": 8.0}


def test_labels_outside_the_domain_are_no_domains():
    part = Design.simple(4, weights=2).domain(np.array([True, True, True, False]))
    assert by_domain(total, part, [1.0, 2.0, 4.0, 8.0], by="aabc").names == ("a", "b")


def test_several_columns_and_ratios_have_both_names():
    design, x = Design.simple(4, weights=2), np.array([1.0, 1.0, 2.0, 2.0])
    found = by_domain(mean, design, {"p": x, "q": 3 * x}, by=[2, 10, 2, 10])
    assert found.names == ("2: p", "2: q", "10: p", "10: q")
    assert by_domain(ratio, design, 3 * x, x, by="aabb").values == pytest.approx([3, 3])


def test_design_effects_are_those_of_the_domains():
    design, y = Design.simple(5, population=50), [1.0, 2.0, 4.0, 8.0, 3.0]
    found = by_domain(mean, design, y, by="aabbb")
    alone = mean(design.domain(np.array([0, 0, 1, 1, 1], dtype=bool)), y)
    assert found.design_effects[1] == pytest.approx(alone.design_effects[0])


def test_no_domain_and_labels_for_other_rows_are_refused():
    design = Design.simple(2, weights=1)
    with pytest.raises(DesignError, match="“by” has 3 labels; expected one for each of 2 rows"):
        by_domain(mean, design, [1.0, 2.0], by="abc")
    with pytest.raises(DesignError, match="no row of the domain has a value"):
        by_domain(mean, design, [1.0, 2.0], by=[None, None])


def test_two_classifications_are_crossed_by_their_pairs():
    design, y = Design.simple(6, weights=2), [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]
    pairs = [("n", 1), ("n", 2), ("s", 1), ("n", 1), ("s", None), (None, 2)]
    found = by_domain(total, design, y, by=pairs)
    assert dict(zip(found.names, found.values.tolist(), strict=True)) == {"n, 1": 18, "n, 2": 4, "s, 1": 8}


def test_numbers_and_texts_may_be_labels_of_one_classification():
    assert by_domain(total, Design.simple(3, weights=1), [1.0, 2.0, 4.0], by=["b", 2, "b"]).names == ("2", "b")


def test_quantiles_of_domains_are_those_of_each_alone():
    design, y = Design.simple(12, population=240), np.arange(12.0) ** 2
    by = np.array(list("xyxyxxyyxyxx"))
    found = by_domain(quantile, design, y, [0.25, 0.5], by=by, interval="beta")
    assert found.names == ("x: 0.25", "x: 0.5", "y: 0.25", "y: 0.5")
    alone = quantile(design.domain(by == "y"), y, [0.25, 0.5], interval="beta")
    assert alone.names == ("0.25", "0.5")
    for name in ("probabilities", "values", "lower", "upper", "standard_errors"):
        assert getattr(found, name)[2:].tolist() == getattr(alone, name).tolist()


def test_a_domain_without_values_is_unknown_and_the_others_are_not():
    design = Design.stratified("nnnsssww", population=[9] * 8)
    y = np.array([1.0, 2.0, 4.0, np.nan, np.nan, np.nan, 5.0, 9.0])
    found = by_domain(mean, design, y, by="nnnsssww")
    assert found.names == ("n", "s", "w")
    for figures in (found.values, found.standard_errors, found.design_effects, np.diag(found.covariance)):
        assert np.isnan(figures).tolist() == [False, True, False]
    assert np.isnan(found.part("s").value)
    difference = contrast(found, {"w": 1, "n": -1})
    assert difference.value == pytest.approx(7 - 7 / 3)
    assert difference.variances[0] == pytest.approx(found.covariance[0, 0] + found.covariance[2, 2])
    doubled = combined(found, lambda means: 2 * means["w"])
    assert doubled.standard_error == pytest.approx(2 * found.standard_errors[2])
    assert np.isnan(contrast(found, {"w": 1, "s": -1}).value)


@pytest.mark.parametrize(
    ("estimator", "columns"),
    [
        (total, ["y"]),
        (variance, ["y"]),
        (ratio, ["y", "x"]),
        (ratio, ["x", "none"]),
        (regression, ["y", "x"]),
        (quantile, ["y", "half"]),
    ],
)
def test_whatever_is_undefined_in_a_domain_is_unknown_there(estimator, columns):
    given = {
        "y": np.array([3.0, 1.0, 4.0, 1.0, np.nan, np.nan]),
        "x": np.array([1.0, 2.0, 2.0, 5.0, 3.0, 4.0]),
        "none": np.array([1.0, 1.0, 2.0, 1.0, 0.0, 0.0]),
        "half": 0.5,
    }
    design = Design.simple(6, weights=7)
    found = by_domain(estimator, design, *[given[name] for name in columns], by="aaaabb")
    inside = np.array([name.startswith("a") for name in found.names])
    assert 2 * inside.sum() == len(inside)
    assert np.isfinite(found.values).tolist() == inside.tolist()
    assert not np.isfinite(found.standard_errors[~inside]).any()


def test_one_row_has_no_variance_in_a_domain():
    found = by_domain(variance, Design.simple(4, weights=2), [1.0, 3.0, 5.0, 9.0], by="aaab")
    assert found.values == pytest.approx([4, np.nan], nan_ok=True)


def test_a_domain_unknown_after_calibration_leaves_the_others_as_they_were():
    design = Design.simple(6, weights=5)
    margin = Margin("kind", list("ffssss"), {"f": 12, "s": 20})
    y = np.array([3.0, 1.0, 4.0, 1.0, np.nan, np.nan])
    for fitted in (
        post_stratified(design, margin),
        calibrated(design, {"one": np.ones(6), "x": np.arange(6.0)}, {"one": 32, "x": 90}),
    ):
        found = by_domain(mean, fitted, y, by="aabbcc")
        known = by_domain(mean, fitted, np.where(np.isnan(y), 7.0, y), by="aabbcc")
        assert found.covariance[:2, :2] == pytest.approx(known.covariance[:2, :2])
        assert np.isnan(found.covariance[2]).all()


def test_a_part_has_its_own_rows_and_the_freedom_of_all():
    design = Design.clusters([1, 1, 2, 2, 3, 3, 4, 4], weights=5)
    found = by_domain(share, design, [1, 0, 0, 1, 1, 0, None, 1], by="abababbb")
    part = found.part("b")
    assert (part.design.observed, part.domain.observed) == (5, 4)
    assert found.part("a").design.degrees_of_freedom == 2
    assert {found.part(name).degrees_of_freedom for name in "ab"} == {found.degrees_of_freedom} == {3}
    assert part.covariance.tolist() == found.covariance[1:, 1:].tolist()


@pytest.mark.parametrize("method", ["beta", "jeffreys", "likelihood", "logit", "wilson"])
def test_the_interval_of_a_share_is_that_of_its_domain_alone(method):
    design = Design.clusters([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], weights=[1, 2] * 5)
    answers, by = np.array([1, 0, 0, 1, 1, 0, 1, 1, 0, 1.0]), np.array(list("ababababbb"))
    joint = by_domain(share, design, answers, by=by)
    for label in "ab":
        alone = share_interval(share(design.domain(by == label), answers), method)
        found = share_interval(joint.part(label), method)
        assert (found.low, found.high) == pytest.approx((alone.low, alone.high), rel=1e-12)


def test_what_gives_neither_estimates_nor_quantiles_is_refused():
    design = Design.simple(4, weights=1)
    with pytest.raises(DesignError, match="“independence” gives Independence of a domain; expected Estimates or"):
        by_domain(independence, Design.simple(8, weights=1), "abababba", "xyyxxyyx", by="ccccdddd")
    with pytest.raises(DesignError, match="gives float of a domain"):
        by_domain(lambda domain, y: float(y[0]), design, [1.0, 2.0, 3.0, 4.0], by="aabb")


def test_labels_that_are_none_are_refused():
    design, y = Design.simple(2, weights=1), [1.0, 2.0]
    with pytest.raises(DesignError, match="“by” is “5”; expected a column with a label for each row"):
        by_domain(mean, design, y, by=5)
    with pytest.raises(
        DesignError, match=r"row 0 has the label “\['n', 1\]”, a list; expected a text, a number or a"
    ):
        by_domain(mean, design, y, by=[["n", 1], ["s", 2]])


def test_what_is_wrong_everywhere_is_said_and_not_unknown():
    design = Design.simple(3, weights=1)
    with pytest.raises(DesignError, match="the domain has one row; expected two or more for a variance"):
        by_domain(variance, design, [1.0, 2.0, 4.0], by="abc")
    with pytest.raises(DesignError, match="the variable is infinite in row 1"):
        by_domain(mean, design, [1.0, np.inf, 4.0], by="aab")


def test_one_domain_is_one_estimate():
    design, y = Design.simple(4, population=40), [1.0, 2.0, 4.0, 8.0]
    assert by_domain(mean, design, y, by="aaaa").standard_error == pytest.approx(mean(design, y).standard_error)
    found = by_domain(quantile, design, y, 0.5, by="aaaa", level=0.8)
    assert (found.names, found.values.tolist(), found.level) == (("a",), [2.0], 0.8)

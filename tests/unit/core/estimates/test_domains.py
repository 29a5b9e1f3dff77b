import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.core.estimates.samples import Sample, samples
from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import by_domain, mean, ratio, total


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

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.core.estimates.samples import Sample, samples
from zhicheng.core.designs import Design, DesignError
from zhicheng.core.estimates import by_domain, combined, contrast, mean, ratio, together, total

factors = st.floats(-5, 5)
DESIGN = Design.clusters([1, 1, 2, 2, 3, 3], weights=[2, 3, 2, 1, 5, 4])
BOTH = total(DESIGN, {"y": [3.0, 1.0, 4.0, 1.0, 5.0, 9.0], "x": [2.0, 7.0, 1.0, 8.0, 2.0, 8.0]})


@given(samples(), factors, factors)
def test_a_contrast_of_means_is_the_mean_of_the_contrast(sample: Sample, one: float, other: float) -> None:
    design, y = sample
    found = contrast(mean(design, {"y": y, "s": np.sin(y)}), {"y": one, "s": other})
    direct = mean(design, one * y + other * np.sin(y))
    assert found.value == pytest.approx(direct.value, abs=1e-8)
    assert found.standard_error == pytest.approx(direct.standard_error, rel=1e-6, abs=1e-6)


def test_a_difference_of_the_same_is_nothing():
    twice = together([BOTH.part("y"), BOTH.part("y")])
    found = contrast(twice, [1, -1])
    assert (found.value, found.standard_error) == pytest.approx((0, 0), abs=1e-12)


def test_a_quotient_of_totals_is_the_ratio():
    found = combined(BOTH, lambda totals: totals["y"] / totals["x"])
    direct = ratio(DESIGN, [3.0, 1.0, 4.0, 1.0, 5.0, 9.0], [2.0, 7.0, 1.0, 8.0, 2.0, 8.0])
    assert found.value == pytest.approx(direct.value)
    assert found.standard_error == pytest.approx(direct.standard_error)


def test_a_straight_function_is_a_contrast():
    found = combined(BOTH, lambda totals: 3 * totals["y"] - totals["x"] / 2)
    straight = contrast(BOTH, {"y": 3, "x": -0.5})
    assert found.value == pytest.approx(straight.value)
    assert found.standard_error == pytest.approx(straight.standard_error)


def test_slopes_are_exact():
    found = combined(BOTH.part("y"), lambda totals: np.exp(-(np.sqrt(totals["y"])) / 9) * np.log(totals["y"]))
    y = BOTH.part("y").value
    slope = np.exp(-np.sqrt(y) / 9) * (1 / y - np.log(y) / (18 * np.sqrt(y)))
    assert found.standard_error == pytest.approx(abs(slope) * BOTH.part("y").standard_error, rel=1e-12)


def test_a_contrast_can_be_contrasted_again():
    first = contrast(BOTH, [1, 1], name="sum")
    again = contrast(together([first, BOTH.part("x")]), {"sum": 1, "x": -1})
    assert again.value == pytest.approx(BOTH.part("y").value)
    assert again.standard_error == pytest.approx(BOTH.part("y").standard_error)


def test_domains_that_share_clusters_are_closer_than_they_look():
    found = by_domain(mean, DESIGN, [3.0, 4.0, 5.0, 6.0, 9.0, 9.5], by="ababab")
    apart = np.sqrt(found.variances.sum())
    assert contrast(found, {"a": -1, "b": 1}).standard_error < apart


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"z": 1}, "no estimate is called “z”; expected one of y, x"),
        ([1], "1 weights are given; expected one for"),
        (1, "1 weights are given; expected one for each of 2 estimates"),
        ([[1, 2]], "2 weights are given; expected one for each of 2 estimates"),
        (["a", 1], "“weights” holds “a”; expected numbers"),
        ({"x": "a"}, "“weights” holds “a”; expected numbers"),
    ],
)
def test_weights_that_do_not_fit(weights, message):
    with pytest.raises(DesignError, match=message):
        contrast(BOTH, weights)


def test_a_combination_that_is_no_number():
    with (
        np.errstate(all="ignore"),
        pytest.raises(DesignError, match=r"“odds” is (inf|nan); expected a finite number"),
    ):
        combined(BOTH, lambda totals: totals["y"] / (totals["x"] - totals["x"]), name="odds")


def test_a_combination_moves_with_each_row_as_its_tangent_does():
    design = Design.clusters([1, 1, 2, 2, 3, 3], weights=5)
    found = mean(design, {"a": [4.0, 6.0, 5.0, 9.0, 6.0, 9.0], "b": [1.0, 2.0, 2.0, 5.0, 3.0, 4.0]})
    tangent = (found.influence[:, 0] * found.values[1] - found.influence[:, 1] * found.values[0]) / found.values[
        1
    ] ** 2
    moved = combined(found, lambda means: means["a"] / means["b"]).influence[:, 0]
    assert moved == pytest.approx(tangent)


def test_what_is_divided_by_0_is_refused_though_its_slope_is_a_number():
    found = mean(Design.simple(3, weights=2), {"a": [1.0, -1.0, 0.0]})
    with pytest.raises(DesignError, match="“combination” is inf; expected a finite number"):
        combined(found, lambda means: 1 / means["a"])


LEVEL = mean(
    Design.simple(4, population=40), {"none": [1.0, -1, 1, -1], "one": [0.0, 1, 1, 2], "three": [2.0, 3, 3, 4]}
)
"""Means of 0, 1 and 3."""


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(lambda means: np.sqrt(means["none"]), id="a root at 0"),
        pytest.param(lambda means: np.arcsin(means["one"]), id="an arc at its end"),
        pytest.param(lambda means: (means["three"] - 3) ** 0.25 + means["one"], id="a root beside what is smooth"),
        pytest.param(
            lambda means: np.sqrt(means["none"] * (means["one"] - 1)), id="a root of a product of two zeros"
        ),
        pytest.param(lambda means: np.sqrt(means["none"] ** 2 + (means["one"] - 1) ** 2), id="the tip of a cone"),
        pytest.param(lambda means: np.sqrt(means["three"] - 3 * means["one"]), id="a root of a difference of 0"),
    ],
)
def test_where_a_function_has_no_tangent_none_is_made_up(function):
    """The step into the complex numbers finds 10¹⁵ for the slope of a root at 0, and 0 for that of a product."""
    with pytest.raises(DesignError, match="“combination” has no tangent at the estimates; expected a function"):
        combined(LEVEL, function)


def test_beside_the_end_of_a_root_its_tangent_is_right():
    found = combined(LEVEL, lambda means: np.sqrt(means["none"] + 1e-8))
    assert found.standard_error == pytest.approx(LEVEL.part("none").standard_error * 0.5e4, rel=1e-9)


@pytest.mark.parametrize("size", [1e-100, 1e-20, 1.0, 1e20, 1e100])
def test_a_tangent_does_not_depend_on_the_unit(size):
    found = combined(
        mean(Design.simple(4, weights=1), {"a": [1 * size, 2 * size, 4 * size, 5 * size]}),
        lambda m: np.log(m["a"]),
    )
    assert found.standard_error == pytest.approx(np.sqrt(10 / 3 / 4) / 3)


@pytest.mark.parametrize(
    ("function", "value"), [(lambda means: abs(means["one"]), "1.0"), (lambda means: np.real(means["one"]), "1.0")]
)
def test_a_function_that_leaves_the_complex_numbers_has_no_error_of_0(function, value):
    with pytest.raises(DesignError, match=f"“size” is {value} of complex numbers; expected arithmetic"):
        combined(LEVEL, function, name="size")


def test_a_flat_place_has_the_error_0():
    found = combined(LEVEL, lambda means: means["none"] ** 2 + means["one"] - means["one"])
    assert (found.value, found.standard_error) == (0, 0)


def test_a_combination_of_what_is_not_there_is_refused():
    with pytest.raises(DesignError, match="no estimate is called “two”; expected one of none, one, three"):
        combined(LEVEL, lambda means: means["two"])


def test_of_two_estimates_of_one_name_the_later_is_meant():
    twice = together([LEVEL.part("one"), mean(LEVEL.design, {"one": [5.0, 7, 7, 9]})])
    found = combined(twice, lambda means: 2 * means["one"])
    assert found.value == 14
    assert found.standard_error == pytest.approx(2 * twice.standard_errors[1])


@given(st.integers(-3, 3), st.integers(-3, 3), st.floats(0.1, 3))
def test_a_combination_of_combinations_is_that_of_both_functions(one: int, other: int, power: float):
    """The chain rule."""
    inner = together(
        [
            combined(BOTH, lambda sums: one * sums["y"] + other * sums["x"] ** 2, name="u"),
            combined(BOTH, lambda sums: sums["y"] ** power, name="v"),
        ]
    )
    outer = combined(inner, lambda parts: parts["u"] * parts["v"])
    direct = combined(BOTH, lambda sums: (one * sums["y"] + other * sums["x"] ** 2) * sums["y"] ** power)
    assert outer.value == pytest.approx(direct.value, rel=1e-12)
    assert outer.standard_error == pytest.approx(direct.standard_error, rel=1e-9)


def test_what_is_not_named_takes_no_part():
    found = contrast(LEVEL, {"three": 2})
    assert found.value == 6
    assert found.standard_error == pytest.approx(2 * LEVEL.part("three").standard_error)
    assert found.influence[:, 0] == pytest.approx(2 * LEVEL.influence[:, 2])


YEARS = Design.clusters([1, 1, 2, 2, 3, 3, 4, 4], weights=5)
BY_YEAR = by_domain(mean, YEARS, [1.0, 2.0, 3.0, 4.0, 3.0, 2.0, 5.0, 6.0], by=[2025, 2026] * 4)


def test_domains_are_named_by_their_labels_as_well_as_by_their_names():
    """Labels are numbers or pairs more often than texts; “2026 is unknown, known is 2026” helped nobody."""
    by_label, by_name = (contrast(BY_YEAR, each) for each in ({2026: 1, 2025: -1}, {"2026": 1, "2025": -1}))
    assert (by_label.value, by_label.standard_error) == (by_name.value, by_name.standard_error)
    assert combined(BY_YEAR, lambda means: means[2026] / means["2025"]).value == pytest.approx(3.5 / 3)
    assert BY_YEAR.part(2026).values.tolist() == BY_YEAR.part("2026").values.tolist() == [3.5]
    crossed = by_domain(mean, YEARS, [1.0, 2.0] * 4, by=[("north", 1), ("south", 2)] * 4)
    assert crossed.part(("south", 2)).names == ("south, 2",)
    assert contrast(crossed, {("south", 2): 1, ("north", 1): -1}).value == pytest.approx(1)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: contrast(BY_YEAR, {2027: 1}),
        lambda: combined(BY_YEAR, lambda means: means[2027]),
        lambda: BY_YEAR.part(2027),
    ],
)
def test_labels_that_are_not_there_are_refused_by_name(asked):
    with pytest.raises(DesignError, match="no estimate is called “2027”; expected one of 2025, 2026"):
        asked()

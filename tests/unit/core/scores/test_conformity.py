"""A figure keeps to a limit or it does not, by the comparison that was agreed."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.refused import Refused
from zhicheng.core.scores import Bound, Comparison, Reported, Requirement, reported, rounded

FIGURES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=4)
LIMITS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=1)


@given(FIGURES, LIMITS)
def test_the_full_figure_is_compared_as_it_is(figure: Decimal, limit: Decimal) -> None:
    assert Requirement.at_least(limit).is_met_by(figure) is (figure >= limit)
    assert Requirement.at_most(limit).is_met_by(figure) is (figure <= limit)
    assert Requirement.more_than(limit).is_met_by(figure) is (figure > limit)
    assert Requirement.less_than(limit).is_met_by(figure) is (figure < limit)


@given(FIGURES, LIMITS)
def test_the_rounded_figure_is_compared_at_the_places_of_the_limit(figure: Decimal, limit: Decimal) -> None:
    near = rounded(figure, "0.1")
    assert Requirement.at_least(limit).is_met_by(figure, Comparison.ROUNDED) is (near >= limit)
    assert Requirement.less_than(limit).is_met_by(figure, Comparison.ROUNDED) is (near < limit)


@given(FIGURES, LIMITS)
def test_rounding_forgives_half_a_place_and_no_more(figure: Decimal, limit: Decimal) -> None:
    requirement = Requirement.at_least(limit)
    if requirement.is_met_by(figure):
        assert requirement.is_met_by(figure, Comparison.ROUNDED)
    elif requirement.is_met_by(figure, Comparison.ROUNDED):
        assert limit - figure <= Decimal("0.05")


@given(FIGURES, LIMITS)
def test_a_report_with_its_mark_is_judged_as_the_original_if_it_ends_in_five(
    figure: Decimal, limit: Decimal
) -> None:
    """On a limit that ends in 5 the mark decides; elsewhere a report has lost what was cut off."""
    limit = limit + Decimal("0.05")
    found = reported(figure, "0.01")
    if found.mark or found.value == figure:
        for requirement in (Requirement.at_least(limit), Requirement.less_than(limit)):
            assert requirement.is_met_by(found) is requirement.is_met_by(figure)


@pytest.mark.parametrize(
    ("report", "at_least", "at_most"),
    [("0.5", True, True), ("0.5(+)", True, False), ("0.5(-)", False, True), ("-0.5(+)", True, True)],
)
def test_marks_decide_on_the_limit(report: str, at_least: bool, at_most: bool) -> None:
    limit = "-0.5" if report.startswith("-") else "0.5"
    found = Reported.parse(report)
    expected = (at_least, at_most) if limit == "0.5" else (False, True)
    assert (
        Requirement.at_least(limit).is_met_by(found),
        Requirement.at_most(limit).is_met_by(found),
    ) == expected


def test_places_of_a_limit_are_those_it_is_written_with() -> None:
    assert Requirement.at_most("0.50").is_met_by("0.549", Comparison.ROUNDED) is False
    assert Requirement.at_most("0.5").is_met_by("0.549", Comparison.ROUNDED) is True


def test_without_limits_everything_is_allowed() -> None:
    assert Requirement().is_met_by("1e30")


def test_crossed_limits_are_refused() -> None:
    with pytest.raises(Refused, match=r"from 1\.6 to 1\.2: the lower limit first"):
        Requirement.between("1.6", "1.2")
    with pytest.raises(Refused, match="the lower limit first"):
        Requirement(Bound(Decimal(2)), Bound(Decimal(1)))


def allowed(requirement: Requirement, figures: str, comparison: Comparison = Comparison.FULL) -> list[bool]:
    return [requirement.is_met_by(figure, comparison) for figure in figures.split()]


def test_each_sort_of_limit_at_its_end() -> None:
    figures = "0.4999 0.5000 0.5001"
    assert allowed(Requirement.at_least("0.5"), figures) == [False, True, True]
    assert allowed(Requirement.more_than("0.5"), figures) == [False, False, True]
    assert allowed(Requirement.at_most("0.5"), figures) == [True, True, False]
    assert allowed(Requirement.less_than("0.5"), figures) == [True, False, False]
    assert allowed(Requirement.between("0.5", "0.5"), figures) == [False, True, False]
    for limit in (Requirement.at_least, Requirement.at_most):
        assert allowed(limit("0.5"), figures, Comparison.ROUNDED) == [True] * 3
    for limit in (Requirement.more_than, Requirement.less_than):
        assert allowed(limit("0.5"), figures, Comparison.ROUNDED) == [False] * 3


@pytest.mark.parametrize(("lower", "upper"), [(True, True), (True, False), (False, True), (False, False)])
def test_ends_of_a_tolerance_belong_to_it_or_not(lower: bool, upper: bool) -> None:
    found = Requirement.around("10.0", "0.1", includes_lower=lower, includes_upper=upper)
    assert allowed(found, "9.89 9.9 9.91 10.09 10.1 10.11") == [False, lower, True, True, upper, False]
    assert (found.lower, found.upper) == (Bound(Decimal("9.9"), lower), Bound(Decimal("10.1"), upper))


def test_a_tolerance_is_exact() -> None:
    """0.1 + 0.2 is 0.3 here."""
    assert Requirement.around("0.1", "0.2").is_met_by("0.3")
    assert not Requirement.around("0.1", "0.2").is_met_by("0.30000000000000001")


def test_a_tolerance_below_nothing_is_refused() -> None:
    with pytest.raises(Refused, match=r"A requirement from 10\.1 to 9\.9: the lower limit first was expected"):
        Requirement.around("10.0", "-0.1")


@pytest.mark.parametrize(
    ("limit", "figure", "met"),
    [("14e2", "1350", True), ("14e2", "1349", False), ("1400", "1399.5", True), ("1400", "1399.4", False)],
)
def test_a_limit_in_hundreds_is_compared_in_hundreds(limit: str, figure: str, met: bool) -> None:
    """1350 is 13.5 hundreds, rounded to 14; a limit of 1400 counts in ones, and 1399.5 is rounded to 1400."""
    assert Requirement.at_least(limit).is_met_by(figure, Comparison.ROUNDED) is met


@pytest.mark.parametrize(
    ("report", "more", "less"),
    [("0.5", False, False), ("0.5(+)", True, False), ("0.5(-)", False, True), ("0.6(-)", True, False)],
)
def test_marks_decide_where_the_limit_itself_is_left_out(report: str, more: bool, less: bool) -> None:
    found = Reported.parse(report)
    assert Requirement.more_than("0.5").is_met_by(found) is more
    assert Requirement.less_than("0.5").is_met_by(found) is less


def test_a_report_is_rounded_by_its_mark_where_rounded_figures_are_compared() -> None:
    limit = Requirement.at_most("0")
    assert [limit.is_met_by(Reported.parse(one), Comparison.ROUNDED) for one in ("0.5", "0.5(-)", "0.5(+)")] == [
        True, True, False,
    ]  # fmt: skip


@given(FIGURES, LIMITS, LIMITS)
def test_both_ends_are_two_limits_at_once(figure: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = sorted([one, other])
    for comparison in Comparison:
        both = Requirement.between(low, high).is_met_by(figure, comparison)
        ends = (Requirement.at_least(low), Requirement.at_most(high))
        assert both is all(end.is_met_by(figure, comparison) for end in ends)


@given(FIGURES, LIMITS)
def test_what_is_not_less_is_at_least(figure: Decimal, limit: Decimal) -> None:
    for comparison in Comparison:
        less, more = Requirement.less_than(limit), Requirement.more_than(limit)
        assert Requirement.at_least(limit).is_met_by(figure, comparison) is not less.is_met_by(figure, comparison)
        assert Requirement.at_most(limit).is_met_by(figure, comparison) is not more.is_met_by(figure, comparison)


@pytest.mark.parametrize(
    "make", [Requirement.at_least, Requirement.at_most, Requirement.more_than, Requirement.less_than]
)
def test_what_is_no_figure_is_refused_as_limit_and_as_figure(make: Callable[[str], Requirement]) -> None:
    with pytest.raises(Refused, match="“1,5” is not a figure"):
        make("1,5")
    with pytest.raises(Refused, match="“nothing found” is not a figure"):
        make("1.5").is_met_by("nothing found")


def test_a_comparison_may_be_named_by_its_text() -> None:
    """As a setting has it: “rounded” must not be taken for the full figure, nor a slip for either."""
    purity = Requirement.at_least("97.0")
    assert [purity.is_met_by("96.96", each) for each in ("full", "rounded")] == [False, True]
    with pytest.raises(Refused, match="“comparison” is “Rounded”; expected one of full, rounded"):
        purity.is_met_by("96.96", "Rounded")


def test_a_bound_may_be_written_as_text() -> None:
    """With the places that are written, which the comparison by the rounded figure needs."""
    assert Requirement(lower=Bound("97.0")) == Requirement.at_least("97.0")
    assert Requirement(lower=Bound("97.0")).is_met_by("96.96", "rounded")
    with pytest.raises(Refused, match="“about 97” is not a figure"):
        Bound("about 97")

"""A figure keeps to a limit or it does not, by the comparison that was agreed."""

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

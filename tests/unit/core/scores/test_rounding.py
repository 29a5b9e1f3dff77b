"""Rounding is exact, once, and even in the middle."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.refused import Refused
from zhicheng.core.scores import Mark, Reported, decimal, reported, rounded

FIGURES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)
INTERVALS = st.builds(
    lambda digit, power: Decimal((0, (digit,), power)), st.sampled_from([1, 2, 5]), st.integers(-5, 6)
)


@given(FIGURES, INTERVALS)
def test_the_nearest_whole_number_of_steps_is_taken(figure: Decimal, interval: Decimal) -> None:
    steps = Fraction(rounded(figure, interval)) / Fraction(interval)
    assert steps.denominator == 1
    off = abs(Fraction(figure) / Fraction(interval) - steps)
    assert off <= Fraction(1, 2)
    if off == Fraction(1, 2):
        assert steps % 2 == 0


@given(FIGURES, INTERVALS)
def test_signs_do_not_matter_and_twice_is_once(figure: Decimal, interval: Decimal) -> None:
    found = rounded(figure, interval)
    assert rounded(-figure, interval) == -found
    assert rounded(found, interval) == found
    assert found.as_tuple().exponent == interval.as_tuple().exponent


@given(FIGURES, FIGURES, INTERVALS)
def test_rounding_keeps_the_order(one: Decimal, other: Decimal, interval: Decimal) -> None:
    low, high = sorted([one, other])
    assert rounded(low, interval) <= rounded(high, interval)


@given(FIGURES, st.integers(-3, 4))
def test_a_report_is_rounded_as_the_original_is(figure: Decimal, power: int) -> None:
    """§3.3.2: one place more with its mark loses nothing, whereas without marks one in a hundred goes wrong."""
    unit, finer = Decimal((0, (1,), power)), Decimal((0, (1,), power - 1))
    assert rounded(reported(figure, finer), unit) == rounded(figure, unit)


@given(FIGURES, INTERVALS)
def test_reports_are_read_back(figure: Decimal, interval: Decimal) -> None:
    found = reported(figure, interval)
    assert Reported.parse(str(found)) == Reported(Decimal(f"{found.value:f}"), found.mark)


@given(FIGURES, INTERVALS)
def test_marks_say_what_was_done(figure: Decimal, interval: Decimal) -> None:
    found = reported(figure, interval)
    if found.mark is Mark.CUT:
        assert abs(figure) > abs(found.value)
    elif found.mark is Mark.RAISED:
        assert abs(figure) < abs(found.value)


def test_in_steps_over_and_over_figures_go_astray() -> None:
    """What the standard forbids: 15.4546 → 15.455 → 15.46 → 15.5 → 16."""
    figure: Decimal = Decimal("15.4546")
    for interval in ("0.001", "0.01", "0.1", "1"):
        figure = rounded(figure, interval)
    assert figure == 16
    assert rounded("15.4546", "1") == 15


@pytest.mark.parametrize("text", ["16.5(+)", "16.5+", "16.5（+）", " 16.5(+) "])
def test_marks_are_read_as_people_write_them(text: str) -> None:
    assert Reported.parse(text) == Reported(Decimal("16.5"), Mark.CUT)


def test_a_minus_sign_of_typesetters_is_one() -> None:
    assert rounded("−0.0365", "0.001") == Decimal("-0.036")
    assert Reported.parse("−15.5(−)") == Reported(Decimal("-15.5"), Mark.RAISED)


def test_nothing_is_minus_zero() -> None:
    assert str(rounded("-0.4", "1")) == "0"


def test_very_large_and_very_small_figures_are_exact() -> None:
    assert rounded("1" + "0" * 60 + ".5", "1") == Decimal("1" + "0" * 60)
    assert rounded("1e-300", "0.1") == 0
    assert rounded("-" + "123456789" * 9 + ".5", "2") == Decimal("-" + "123456789" * 8 + "123456790")
    assert str(reported("1" + "0" * 60 + ".5001", "0.1")) == "1" + "0" * 60 + ".5(+)"


@pytest.mark.parametrize("figure", ["", "a", "nan", "inf", "1,5", "16.5(*)", "1e99999"])
def test_no_figure_is_refused(figure: str) -> None:
    with pytest.raises(Refused, match="is not a figure: one such as"):
        decimal(figure)


@pytest.mark.parametrize("interval", ["0", "-1", "3", "0.25", "15"])
def test_no_rounding_interval_is_refused(interval: str) -> None:
    with pytest.raises(Refused, match="1, 2 or 5 times a power of ten"):
        rounded("1", interval)


def test_binary_numbers_are_not_taken() -> None:
    with pytest.raises(TypeError, match=r"0\.35 is a binary number: give the figure as text"):
        rounded(0.35, "0.1")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figure", "interval", "expected"),
    [
        ("0.5", "1", "0"),
        ("1.5", "1", "2"),
        ("2.5", "1", "2"),
        ("2.50001", "1", "3"),
        ("-1.5", "1", "-2"),
        ("0.25", "0.5", "0.0"),
        ("0.75", "0.5", "1.0"),
        ("0.2499", "0.5", "0.0"),
        ("1.25", "0.5", "1.0"),
        ("0.1", "0.2", "0.0"),
        ("0.3", "0.2", "0.4"),
        ("-0.5", "0.2", "-0.4"),
        ("0.5001", "0.2", "0.6"),
        ("25", "1e1", "2E+1"),
        ("35", "1e1", "4E+1"),
        ("10", "20", "0"),
        ("30", "20", "40"),
        ("125", "50", "100"),
        ("99.95", "0.1", "100.0"),
        ("0.00005", "0.0001", "0.0000"),
        ("0.00015", "0.0001", "0.0002"),
    ],
)
def test_the_middle_goes_to_the_even_number_of_steps(figure: str, interval: str, expected: str) -> None:
    """Of steps and not of digits: 0.3 is the middle of one and two steps of 0.2, and goes to two."""
    assert str(rounded(figure, interval)) == expected


@pytest.mark.parametrize(
    ("figure", "interval", "report"),
    [
        ("0.449", "0.1", "0.4"),
        ("0.451", "0.1", "0.5(-)"),
        ("0.5", "0.1", "0.5"),
        ("0.549", "0.1", "0.5(+)"),
        ("-0.451", "0.1", "-0.5(-)"),
        ("-0.549", "0.1", "-0.5(+)"),
        ("52", "1e1", "50(+)"),
        ("48", "1e1", "50(-)"),
        ("1.46", "0.5", "1.5(-)"),
        ("1.54", "0.5", "1.5(+)"),
        ("2.04", "0.5", "2.0"),
        ("14.96", "0.1", "15.0(-)"),
        ("15.04", "0.1", "15.0(+)"),
        ("0.04", "0.1", "0.0"),
        ("500.4", "1", "500(+)"),
        ("105.2", "1", "105(+)"),
    ],
)
def test_marks_by_hand(figure: str, interval: str, report: str) -> None:
    """Only behind a 5, zeros after it not counted; by size, so that −0.549 was cut as 0.549 was."""
    assert str(reported(figure, interval)) == report


@pytest.mark.parametrize(
    ("report", "interval", "expected"),
    [
        ("0.5(+)", "1", "1"),
        ("0.5(-)", "1", "0"),
        ("0.5", "1", "0"),
        ("1.5(-)", "1", "1"),
        ("1.5(+)", "1", "2"),
        ("-0.5(+)", "1", "-1"),
        ("-1.5(-)", "1", "-1"),
        ("2.5(+)", "1", "3"),
        ("2.25(+)", "0.5", "2.5"),
        ("2.25(-)", "0.5", "2.0"),
        ("50(+)", "1e2", "1E+2"),
        ("50(-)", "1e2", "0E+2"),
        ("1.4(+)", "1", "1"),
        ("1.6(-)", "1", "2"),
        ("0.35(+)", "0.1", "0.4"),
        ("0.35(-)", "0.1", "0.3"),
        ("0.5(+)", "0.1", "0.5"),
    ],
)
def test_a_mark_decides_in_the_middle_and_nowhere_else(report: str, interval: str, expected: str) -> None:
    assert str(rounded(Reported.parse(report), interval)) == expected


@pytest.mark.parametrize("power", [999, -999])
def test_a_power_of_ten_up_to_999_is_a_figure(power: int) -> None:
    assert decimal(f"1e{power}") == Decimal((0, (1,), power))
    for beyond in (f"1e{power + 1}" if power > 0 else f"1e{power - 1}", f"-9.9e{power + power // 999}"):
        with pytest.raises(Refused, match=f"“{beyond}” is not a figure: one such as −0.0365 was expected"):
            decimal(beyond)


@pytest.mark.parametrize(
    ("figure", "exact"),
    [
        (7, "7"),
        (-3, "-3"),
        (Decimal("1.20"), "1.20"),
        ("1.20", "1.20"),
        (" 1.20 ", "1.20"),
        ("14e2", "1.4E+3"),
        ("＋5", "5"),
        ("－5", "-5"),
        ("−5", "-5"),
        ("+0.50", "0.50"),
        ("1_000", "1000"),
    ],
)
def test_figures_keep_the_places_that_are_written(figure: str | int | Decimal, exact: str) -> None:
    assert str(decimal(figure)) == exact


@pytest.mark.parametrize("text", ["", "(+)", "5(", "5(++)", "5(+)(-)", "5(+) 5", "a(+)", "5(0)", "(5)"])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a figure"):
        Reported.parse(text)


@pytest.mark.parametrize(
    ("interval", "step"), [("0.10", "0.10"), ("5e-3", "0.005"), ("2E2", "2E+2"), ("100", "100")]
)
def test_an_interval_may_be_written_in_any_way_and_gives_its_places(interval: str, step: str) -> None:
    assert rounded("0", interval).as_tuple().exponent == Decimal(step).as_tuple().exponent
    assert str(rounded(step, interval)) == step


@pytest.mark.parametrize("figure", [None, [], (1, 2), {"value": 1}, Fraction(1, 3)])
def test_what_is_no_figure_at_all_is_refused_as_well(figure: object) -> None:
    with pytest.raises(Refused, match="is not a figure: one such as"):
        decimal(figure)  # type: ignore[arg-type]


@pytest.mark.parametrize("figure", [np.int64(-25), np.uint8(25), True])
def test_whole_numbers_of_any_type_are_exact(figure: int) -> None:
    assert decimal(figure) == int(figure)
    assert rounded(figure, 10) == round(int(figure), -1)


@pytest.mark.parametrize("mark", list(Mark))
def test_a_report_may_be_made_of_texts(mark: Mark) -> None:
    """A text for the mark must not be taken for the other one: 15.5(+) becomes 16, 15.5(−) 15."""
    made = Reported("15.5", mark.value)
    assert made == Reported(Decimal("15.5"), mark)
    assert rounded(made, 1) == {Mark.NONE: 16, Mark.CUT: 16, Mark.RAISED: 15}[mark]
    assert rounded(Reported("14.5", mark.value), 1) == {Mark.NONE: 14, Mark.CUT: 15, Mark.RAISED: 14}[mark]


def test_a_report_of_something_else_is_refused() -> None:
    with pytest.raises(Refused, match="“mark” is “raised”; expected one of"):
        Reported("15.5", "raised")
    with pytest.raises(Refused, match="“much” is not a figure"):
        Reported("much")

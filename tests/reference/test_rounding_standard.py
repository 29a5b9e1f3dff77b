"""Every example of GB/T 8170-2008: rounding (chapter 3) and the comparison with limits (table 4)."""

from decimal import Decimal

import pytest

from zhicheng.core.scores import Comparison, Reported, Requirement, reported, rounded

ROUNDING = [
    ("12.1498", "1", "12"), ("12.1498", "0.1", "12.1"), ("1268", "1e2", "13e2"), ("10.5002", "1", "11"),
    ("1.050", "0.1", "1.0"), ("0.35", "0.1", "0.4"), ("2500", "1e3", "2e3"), ("3500", "1e3", "4e3"),
    ("-355", "1e1", "-36e1"), ("-325", "1e1", "-32e1"), ("-0.0365", "0.001", "-0.036"),
    ("97.46", "1", "97"), ("15.4546", "1", "15"),
]  # fmt: skip
"""§3.2 and §3.3.1; negative figures are rounded by their absolute value."""
HALVES = [("60.25", "60.0"), ("60.38", "60.5"), ("60.28", "60.5"), ("-60.75", "-61.0")]
"""§3.4.1: to 0.5 of the unit."""
FIFTHS = [("830", "840"), ("842", "840"), ("832", "840"), ("-930", "-920")]
"""§3.4.2: to 0.2 of the hundred."""
REPORTS = [
    ("15.4546", "15.5(-)", "15"), ("-15.4546", "-15.5(-)", "-15"), ("16.5203", "16.5(+)", "17"),
    ("-16.5203", "-16.5(+)", "-17"), ("17.5000", "17.5", "18"),
]  # fmt: skip
"""§3.3.2: measured, reported to one place more, rounded."""
MANGANESE = Requirement.between("1.2", "1.6")
STEEL_ROD = {
    "neither": Requirement.around("10.0", "0.1", includes_lower=False, includes_upper=False),
    "not +0.1": Requirement.around("10.0", "0.1", includes_upper=False),
    "not -0.1": Requirement.around("10.0", "0.1", includes_lower=False),
    "both": Requirement.around("10.0", "0.1"),
}
LIMITS = [
    (Requirement.at_least("14e2"), "1349", False, False), (Requirement.at_least("14e2"), "1351", False, True),
    (Requirement.at_least("14e2"), "1400", True, True), (Requirement.at_least("14e2"), "1402", True, True),
    (Requirement.at_least("97.0"), "97.01", True, True), (Requirement.at_least("97.0"), "97.00", True, True),
    (Requirement.at_least("97.0"), "96.96", False, True), (Requirement.at_least("97.0"), "96.94", False, False),
    (Requirement.at_most("0.5"), "0.452", True, True), (Requirement.at_most("0.5"), "0.500", True, True),
    (Requirement.at_most("0.5"), "0.549", False, True), (Requirement.at_most("0.5"), "0.551", False, False),
    (MANGANESE, "1.151", False, True), (MANGANESE, "1.200", True, True),
    (MANGANESE, "1.649", False, True), (MANGANESE, "1.651", False, False),
    (STEEL_ROD["both"], "9.89", False, True), (STEEL_ROD["both"], "9.85", False, False),
    (STEEL_ROD["both"], "10.10", True, True), (STEEL_ROD["both"], "10.16", False, False),
    (STEEL_ROD["neither"], "9.94", True, False), (STEEL_ROD["neither"], "9.96", True, True),
    (STEEL_ROD["neither"], "10.06", True, False), (STEEL_ROD["neither"], "10.05", True, True),
    (STEEL_ROD["not +0.1"], "9.94", True, True), (STEEL_ROD["not +0.1"], "9.86", False, True),
    (STEEL_ROD["not +0.1"], "10.06", True, False), (STEEL_ROD["not +0.1"], "10.05", True, True),
    (STEEL_ROD["not -0.1"], "9.94", True, False), (STEEL_ROD["not -0.1"], "9.86", False, False),
    (STEEL_ROD["not -0.1"], "10.06", True, True), (STEEL_ROD["not -0.1"], "10.05", True, True),
]  # fmt: skip
"""§4.3.4, table 4: strength of steel, purity of lye, silicon, manganese, diameter of a rod; met by the full
figure, by the rounded one."""


@pytest.mark.parametrize(("figure", "interval", "expected"), ROUNDING)
def test_rounding(figure: str, interval: str, expected: str) -> None:
    assert rounded(figure, interval) == Decimal(expected)


@pytest.mark.parametrize(("figure", "expected"), HALVES)
def test_rounding_to_halves(figure: str, expected: str) -> None:
    assert str(rounded(figure, "0.5")) == expected


@pytest.mark.parametrize(("figure", "expected"), FIFTHS)
def test_rounding_to_fifths(figure: str, expected: str) -> None:
    assert str(rounded(figure, "20")) == expected


@pytest.mark.parametrize(("measured", "report", "expected"), REPORTS)
def test_reports_are_rounded_as_the_original(measured: str, report: str, expected: str) -> None:
    found = reported(measured, "0.1")
    assert str(found) == report
    assert str(rounded(found, "1")) == expected == str(rounded(Reported.parse(report), "1"))


@pytest.mark.parametrize(("requirement", "figure", "full", "by_rounding"), LIMITS)
def test_limits(requirement: Requirement, figure: str, full: bool, by_rounding: bool) -> None:
    assert requirement.is_met_by(figure) is full
    assert requirement.is_met_by(figure, Comparison.ROUNDED) is by_rounding

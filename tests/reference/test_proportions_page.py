"""The figures of the page on shares are those that its functions give."""

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from zhicheng.core.estimates import Method, lot_bounds, lot_interval, proportion_bounds, proportion_interval

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "proportions.md").read_text(encoding="utf-8")
METHODS = {
    "Wilson": Method.WILSON,
    "Wilson, corrected": Method.WILSON_CORRECTED,
    "Clopper–Pearson": Method.CLOPPER_PEARSON,
    "Jeffreys": Method.JEFFREYS,
    "Agresti–Coull": Method.AGRESTI_COULL,
    "Logit": Method.LOGIT,
    "Wald": Method.WALD,
}
EXAMPLE, COVERAGE = PAGE.index("| Method | 95 % from"), PAGE.index("| 60 draws |")


def figures(name: str, start: int) -> list[str]:
    """What the first row from `start` on that begins with this name tells in per cent."""
    row = re.compile(rf"^\| {name}[ ,][^\n]*$", re.MULTILINE).search(PAGE, start)
    assert row is not None
    return re.findall(r"\d+\.\d %", row[0])


@pytest.mark.parametrize("name", METHODS)
def test_the_example_has_the_ends_that_stand_there(name: str) -> None:
    interval = proportion_interval(3, 60, method=METHODS[name])
    assert figures(name, EXAMPLE) == [f"{end:.1%}".replace("%", " %") for end in (interval.low, interval.high)]


def test_the_lot_has_the_bounds_that_stand_there() -> None:
    assert lot_bounds(found=3, drawn=60, lot=240) == (4, 30)
    interval = lot_interval(found=3, drawn=60, lot=240)
    assert f"| **4 shops, {interval.low:.1%}** | **30 shops, {interval.high:.1%}** |".replace("%", " %") in PAGE
    assert lot_bounds(found=0, drawn=60, lot=240, level=0.9)[1] == 10
    assert "at most 10 of the 240 are not" in PAGE


@pytest.mark.parametrize("name", METHODS)
def test_coverage_is_what_stands_there(name: str) -> None:
    truth, found = np.arange(1, 1000)[:, None] / 1000, np.arange(61)
    low, high = proportion_bounds(found, 60, method=METHODS[name])
    held = (binom.pmf(found, 60, truth) * ((low <= truth) & (truth <= high))).sum(axis=1)
    assert figures(name, COVERAGE) == [f"{share:.1%}".replace("%", " %") for share in (held.mean(), held.min())]

"""What docs/explanation/scores.md says of its eight companies is what the methods give."""

import numpy as np
import pytest

from zhicheng.core.scores import (
    AdjustedScores,
    Comparison,
    Requirement,
    adjusted_for_severity,
    shrunken_for_severity,
)

PANEL = {
    "Ash": {"Li": 88, "Wang": 80}, "Birch": {"Li": 84, "Chen": 79}, "Cedar": {"Wang": 76, "Zhao": 85},
    "Elm": {"Chen": 82, "Zhao": 93}, "Fir": {"Li": 90, "Zhao": 92}, "Hazel": {"Wang": 83, "Chen": 85},
    "Larch": {"Li": 79, "Wang": 73}, "Maple": {"Chen": 73, "Zhao": 81},
}  # fmt: skip
ROWS = [(company, name, score) for company, given in PANEL.items() for name, score in given.items()]
COMPANIES, NAMES, SCORES = (list(column) for column in zip(*ROWS, strict=True))


@pytest.fixture
def found() -> AdjustedScores:
    return adjusted_for_severity(COMPANIES, NAMES, SCORES)


def test_means_and_adjusted_scores(found: AdjustedScores) -> None:
    assert found.raw.round(1).tolist() == [84.0, 81.5, 80.5, 87.5, 91.0, 84.0, 76.0, 77.0]
    assert found.scores.round(1).tolist() == [85.0, 81.9, 80.1, 86.5, 87.1, 87.9, 77.0, 76.0]


def test_chance_and_errors(found: AdjustedScores) -> None:
    assert found.deviation == pytest.approx(1.0, abs=0.05)
    assert found.errors == pytest.approx(0.8, abs=0.05)
    assert shrunken_for_severity(COMPANIES, NAMES, SCORES).errors == pytest.approx(2.5, abs=0.05)


def test_fir_wins_by_means_and_hazel_is_as_good(found: AdjustedScores) -> None:
    names = np.array(found.items)
    assert names[np.argmax(found.raw)] == "Fir"
    assert names[np.argmax(found.scores)] == "Hazel"
    severity = dict(zip(found.reviewers, found.severity, strict=True))
    assert severity["Zhao"] < severity["Li"] < 0 < severity["Chen"] < severity["Wang"]


def test_lye_of_96_96_per_cent() -> None:
    purity = Requirement.at_least("97.0")
    assert not purity.is_met_by("96.96")
    assert purity.is_met_by("96.96", Comparison.ROUNDED)

"""Panels by `lmer(y ~ 0 + item + (1 | reviewer))` of R's lme4 1.1, REML: mild, without any severity, severe.

Item i is judged by the reviewers i, i + 1, …, counted round; the judgements were drawn once by R.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from zhicheng.core.scores import AdjustedScores, shrunken_for_severity


@dataclass(frozen=True)
class Panel:
    """What was judged, and what lme4 makes of it: fixed effects and their errors, and minus the random ones."""

    reviewers: int
    each: int
    given: list[float]
    scores: list[float]
    errors: list[float]
    severity: list[float]
    deviation: float
    severity_deviation: float

    def adjusted(self) -> AdjustedScores:
        items = [place // self.each for place in range(len(self.given))]
        reviewers = [(item + 1 + place % self.each) % self.reviewers for place, item in enumerate(items)]
        return shrunken_for_severity([f"{item}" for item in items], [f"{one}" for one in reviewers], self.given)


PANELS = [
    Panel(
        reviewers=5, each=2, deviation=2.577569916, severity_deviation=4.231854997,
        given=[
            82.9, 69.2, 73.4, 79.0, 72.5, 70.3, 78.7, 88.9, 79.3, 85.4, 74.5, 64.1, 74.7, 82.2, 79.3, 80.7,
            78.4, 76.8, 74.4, 80.8, 92.8, 82.9, 75.1, 77.0,
        ],
        scores=[
            75.48074804, 78.77054184, 72.4425678, 84.19267725, 78.91346506, 68.73074804, 81.02054184,
            81.0425678, 77.99267725, 74.16346506, 87.28074804, 78.62054184,
        ],
        errors=[
            2.79546422, 2.79546422, 2.792055479, 2.81707186, 2.792055479, 2.79546422, 2.79546422, 2.792055479,
            2.81707186, 2.792055479, 2.79546422, 2.79546422,
        ],
        severity=[
            -0.9466316984, -5.926438176, 4.787934265, 0.3531494183, 1.731986191,
        ],
    ),
    Panel(
        reviewers=3, each=2, deviation=2.422937267, severity_deviation=0,
        given=[
            65.8, 67.1, 74.0, 73.7, 75.6, 73.7, 66.1, 71.8, 76.8, 74.4, 72.4, 74.6, 70.5, 74.1, 79.5, 85.2,
        ],
        scores=[
            66.45, 73.85, 74.65, 68.95, 75.6, 73.5, 72.3, 82.35,
        ],
        errors=[
            1.713275372, 1.713275372, 1.713275372, 1.713275372, 1.713275372, 1.713275372, 1.713275372,
            1.713275372,
        ],
        severity=[
            -0.0, -0.0, -0.0,
        ],
    ),
    Panel(
        reviewers=6, each=2, deviation=3.168430533, severity_deviation=6.659350728,
        given=[
            67.5, 80.6, 76.0, 74.3, 80.3, 86.4, 83.6, 63.5, 76.2, 83.9, 80.9, 67.6, 53.5, 70.2, 72.9, 73.8,
            90.0, 87.2, 86.0, 77.4, 66.6, 80.9, 68.7, 63.3, 65.4, 77.9, 74.0, 77.7, 70.6, 75.5,
        ],
        scores=[
            76.10837984, 71.15045907, 78.37227962, 74.41713518, 82.96934054, 77.38240575, 63.90837984,
            69.35045907, 83.62227962, 82.56713518, 76.66934054, 69.13240575, 73.70837984, 71.85045907,
            68.07227962,
        ],
        errors=[
            3.787746513, 3.763399625, 3.787746513, 3.787802262, 3.821621416, 3.787802262, 3.787746513,
            3.763399625, 3.787746513, 3.787802262, 3.821621416, 3.787802262, 3.787746513, 3.763399625,
            3.787746513,
        ],
        severity=[
            -1.951201996, 8.216013499, -4.099253823, -3.899828035, -6.055612729, 7.789883084,
        ],
    ),
]  # fmt: skip
EVERY = pytest.mark.parametrize("panel", PANELS, ids=["mild", "none", "severe"])


@EVERY
def test_scores_and_errors(panel: Panel) -> None:
    found = panel.adjusted()
    assert found.scores == pytest.approx(panel.scores, abs=2e-4)
    assert found.errors == pytest.approx(panel.errors, rel=1e-4)


@EVERY
def test_severities(panel: Panel) -> None:
    found = panel.adjusted()
    by_name = dict(zip(found.reviewers, found.severity, strict=True))
    assert [by_name[f"{one}"] for one in range(panel.reviewers)] == pytest.approx(panel.severity, abs=2e-4)
    assert found.severity.sum() == pytest.approx(0, abs=1e-6)


@EVERY
def test_deviations(panel: Panel) -> None:
    found = panel.adjusted()
    assert found.deviation == pytest.approx(panel.deviation, rel=1e-4)
    assert found.severity_deviation == pytest.approx(panel.severity_deviation, rel=1e-4)


def test_no_severity_leaves_plain_means() -> None:
    found = PANELS[1].adjusted()
    assert found.scores == pytest.approx(found.raw)
    assert not np.any(found.severity)

"""Draws the plot of docs/explanation/scores.md from the methods that the page explains."""

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, PALE
from matplotlib.axes import Axes
from scipy.stats import t

from zhicheng.core.scores import adjusted_for_severity

PANEL = {
    "Ash": {"Li": 88, "Wang": 80}, "Birch": {"Li": 84, "Chen": 79}, "Cedar": {"Wang": 76, "Zhao": 85},
    "Elm": {"Chen": 82, "Zhao": 93}, "Fir": {"Li": 90, "Zhao": 92}, "Hazel": {"Wang": 83, "Chen": 85},
    "Larch": {"Li": 79, "Wang": 73}, "Maple": {"Chen": 73, "Zhao": 81},
}  # fmt: skip
"""The page's example, invented: companies and what reviewers gave them."""


def main() -> None:
    """Writes docs/images/scores.svg, the same bytes each time."""
    house_style.use()
    figure, (reviewers, companies) = plt.subplots(
        1, 2, figsize=(9, 3.6), layout="constrained", width_ratios=(2, 3)
    )
    rows = [(company, name, score) for company, given in PANEL.items() for name, score in given.items()]
    found = adjusted_for_severity(*(list(column) for column in zip(*rows, strict=True)))
    half = t.isf(0.025, found.degrees_of_freedom)
    draw_severity(reviewers, found.reviewers, found.severity, half * found.severity_errors)
    draw_scores(companies, found.items, found.raw, found.scores, half * found.errors)
    house_style.write(figure, "scores")


def draw_severity(axes: Axes, names: tuple[str, ...], severity: np.ndarray, half: np.ndarray) -> None:
    """How many points each reviewer takes off."""
    axes.axvline(0, color=GREY, lw=0.8)
    axes.errorbar(severity, range(len(names)), xerr=half, fmt="o", color=BLUE, ecolor=PALE, elinewidth=4, ms=5)
    axes.set_yticks(range(len(names)), names)
    axes.set(
        title="Severity of reviewers",
        xlabel="points less than the average reviewer",
        ylim=(len(names) - 0.5, -0.5),
    )


def draw_scores(axes: Axes, names: tuple[str, ...], raw: np.ndarray, scores: np.ndarray, half: np.ndarray) -> None:
    """Plain means and adjusted scores, the best adjusted one on top."""
    order = np.argsort(-scores)
    places = np.arange(len(names))
    axes.errorbar(scores[order], places, xerr=half[order], fmt="o", color=BLUE, ecolor=PALE, elinewidth=4, ms=5,
                  label="adjusted, with 95 % interval")  # fmt: skip
    axes.plot(raw[order], places, "o", mfc="none", mec=GREY, ms=5, label="plain mean")
    axes.set_yticks(places, [names[place] for place in order])
    axes.set(title="Scores of companies", xlabel="points", ylim=(len(names) - 0.5, -0.5))
    axes.legend(frameon=False, loc="lower right")


if __name__ == "__main__":
    main()

"""Draws the plot of docs/explanation/ranking.md from the methods that the page explains."""

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, PALE, RED
from matplotlib.axes import Axes

from zhicheng.core.ranking import (
    Adjustment,
    Scale,
    Transformed,
    adjusted_limits,
    dispersion,
    of_proportions,
    standings,
)

TOWNS = "ABCDEFGHIJKLMNOP"
TESTS = np.array([4, 210, 320, 380, 450, 520, 610, 700, 820, 950, 1100, 1300, 1500, 1900, 2400, 3000])
FAILED = np.array([0, 5, 17, 9, 24, 13, 31, 21, 41, 29, 94, 40, 63, 59, 93, 97])
"""The page's example: invented."""
MINIMUM = 30


def main() -> None:
    """Writes docs/images/ranking.svg, the same bytes each time."""
    house_style.use()
    figure, (funnel, ranks) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    draw_funnel(funnel)
    draw_ranks(ranks)
    house_style.write(figure, "ranking")


def draw_funnel(axes: Axes) -> None:
    """The towns between limits by chance alone, and with what differs between towns."""
    units = of_proportions(FAILED, TESTS)
    found = dispersion(units)
    size = np.linspace(60, 3200, 300)
    smooth = Transformed(Scale.ARCSINE, np.zeros_like(size), 0.5 / np.sqrt(size), units.target)
    styles = ((Adjustment.NONE, GREY, ":", "chance alone"), (Adjustment.ADDITIVE, BLUE, "-", "with τ²"))
    for adjustment, colour, line, label in styles:
        limits = adjusted_limits(smooth, found, adjustment, tail=0.025)
        axes.plot(size, 100 * limits.lower, line, color=colour, lw=1.2, label=label)
        axes.plot(size, 100 * limits.upper, line, color=colour, lw=1.2)
    axes.axhline(100 * FAILED.sum() / TESTS.sum(), color=GREY, lw=0.8)
    outside = adjusted_limits(units, found, tail=0.025).position(FAILED / TESTS) != 0
    axes.scatter(TESTS, 100 * FAILED / TESTS, s=16, color=np.where(outside, RED, BLUE), zorder=3)
    for town, tests, share in zip(TOWNS, TESTS, 100 * FAILED / TESTS, strict=True):
        axes.annotate(town, (tests, share), xytext=(3, 3), textcoords="offset points", fontsize=7)
    axes.set(title="Funnel: limits that 1 in 20 crosses", xlabel="tests", ylabel="failed, %", ylim=(-0.5, 13))
    axes.legend(frameon=False, loc="upper right")


def draw_ranks(axes: Axes) -> None:
    """Each town's rank and the ranks that it may truly have."""
    share = FAILED / TESTS
    error = np.sqrt(share * (1 - share) / TESTS)
    lines = standings(list(TOWNS), share, error, TESTS, minimum=MINIMUM, lower_is_better=True)
    for place, line in enumerate(lines, start=1):
        if line.rank is None or line.best is None or line.worst is None:
            axes.text(1, place, f"{line.size:.0f} tests: not ranked", va="center", color=GREY, fontsize=8)
            continue
        axes.plot([line.best, line.worst], [place, place], color=PALE, lw=5, solid_capstyle="round")
        axes.plot(line.rank, place, "o", color=BLUE, ms=4)
    axes.set(title="Ranks, right for all at once with 95 %", xlabel="rank, 1 is best", xticks=range(1, len(TOWNS)))
    axes.set_yticks(range(1, len(lines) + 1), [line.unit for line in lines])
    axes.set_ylim(len(lines) + 0.7, 0.3)


if __name__ == "__main__":
    main()

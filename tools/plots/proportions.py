"""Draws the plot of docs/explanation/proportions.md from the methods that the page explains."""

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, PALE, RED
from matplotlib.axes import Axes
from scipy.stats import binom

from zhicheng.core.estimates import Interval, Method, lot_interval, proportion_bounds, proportion_interval

FOUND, DRAWN, SHOPS = 3, 60, 240
"""The page's example: invented."""
SHOWN = {
    Method.WALD: (GREY, "Wald"),
    Method.CLOPPER_PEARSON: (RED, "Clopper–Pearson"),
    Method.WILSON: (BLUE, "Wilson"),
}


def main() -> None:
    """Writes docs/images/proportions.svg, the same bytes each time."""
    house_style.use()
    figure, (intervals, coverage) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    draw_intervals(intervals)
    draw_coverage(coverage)
    house_style.write(figure, "proportions")


def draw_intervals(axes: Axes) -> None:
    """What each method says of the example."""
    found = [(method.value, proportion_interval(FOUND, DRAWN, method=method)) for method in Method]
    lines: list[tuple[str, Interval]] = [
        *found,
        (f"lot of {SHOPS}", lot_interval(found=FOUND, drawn=DRAWN, lot=SHOPS)),
    ]
    for place, (name, interval) in enumerate(lines):
        colour = BLUE if name in ("wilson", f"lot of {SHOPS}") else PALE
        axes.plot(
            [100 * interval.low, 100 * interval.high], [place, place], color=colour, lw=5, solid_capstyle="butt"
        )
    axes.axvline(100 * FOUND / DRAWN, color=GREY, lw=0.8)
    axes.set_yticks(range(len(lines)), [name.replace("_", " ") for name, _ in lines])
    axes.invert_yaxis()
    axes.set(title=f"{FOUND} of {DRAWN}: intervals of 95 %", xlabel="without a licence, %", xlim=(-0.3, 16))


def draw_coverage(axes: Axes) -> None:
    """How often the intervals of 60 draws hold the truth, whatever it is: exact, summed over every outcome."""
    truth, outcomes = np.linspace(0.002, 0.5, 997), np.arange(DRAWN + 1)
    for method, (colour, label) in SHOWN.items():
        low, high = proportion_bounds(outcomes, DRAWN, method=method)
        holds = (low <= truth[:, None]) & (truth[:, None] <= high)
        held = (binom.pmf(outcomes, DRAWN, truth[:, None]) * holds).sum(axis=1)
        axes.plot(100 * truth, 100 * held, color=colour, lw=0.9, label=label)
    axes.axhline(95, color="black", lw=0.6, ls=":")
    axes.set(title=f"Coverage with {DRAWN} draws", xlabel="true share, %", ylabel="intervals that hold it, %")
    axes.set_ylim(80, 100.4)
    axes.legend(frameon=False, loc="lower right")


if __name__ == "__main__":
    main()

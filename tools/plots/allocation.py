"""Draws the plot of docs/explanation/allocation.md from the methods it explains; `--table` prints its table."""

import sys

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, PALE, RED
from matplotlib.axes import Axes

from zhicheng.core.allocation import NextBatches, Strata, neyman, power, proportional, where_next

NAMES = ["rice, west", "rice, east", "toys, west", "toys, east", "pots, west", "cranes, west"]
SIZES = np.array([1200, 400, 500, 250, 300, 12])
FAILED, TESTED = [4, 2, 9, 1, 3, 0], [160, 40, 60, 6, 40, 1]
BUDGET, CAP = 150, 40
"""The page's example: invented."""


def main() -> None:
    """Writes docs/images/allocation.svg, the same bytes each time."""
    plan = where_next(Strata.of(SIZES, names=NAMES, most=CAP), FAILED, TESTED, BUDGET)
    if "--table" in sys.argv:
        print_table(plan)
        return
    house_style.use()
    figure, (rates, batches) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained", sharey=True)
    draw_rates(rates, plan)
    draw_batches(batches, plan)
    house_style.write(figure, "allocation")


def draw_rates(axes: Axes, plan: NextBatches) -> None:
    """What the past leaves open of each stratum's failure rate."""
    low, high = plan.rates.interval(0.8)
    for place in range(len(NAMES)):
        ends = 100 * np.array([low[place], high[place]])
        axes.plot(ends, [place, place], color=PALE, lw=5, solid_capstyle="round")
        axes.plot(100 * plan.rates.means[place], place, "o", color=BLUE, ms=4)
        axes.plot(100 * plan.plausible[place], place, "|", color=RED, ms=11, mew=2)
        past = f"{FAILED[place]} of {TESTED[place]}"
        axes.annotate(past, (41, place), ha="right", va="center", color=GREY, fontsize=8)
    axes.set(title="Failure rate: expected, 80 % interval, plausible", xlabel="%", xlim=(0, 42))
    axes.set_yticks(range(len(NAMES)), NAMES)
    axes.invert_yaxis()


def draw_batches(axes: Axes, plan: NextBatches) -> None:
    """The batches of the next round by their reason, beside those of a proportional plan."""
    left = np.zeros(len(NAMES))
    parts = (
        (plan.for_minimum, GREY, "minimum"),
        (plan.for_knowing, BLUE, "to know the rate"),
        (plan.for_finding, RED, "to find failures"),
    )
    for numbers, colour, label in parts:
        axes.barh(range(len(NAMES)), numbers, left=left, color=colour, height=0.55, label=label)
        left += numbers
    even = proportional(Strata.of(SIZES), BUDGET).numbers
    axes.plot(even, range(len(NAMES)), "D", color="black", mfc="white", ms=5, label="proportional")
    axes.set(title=f"The next {BUDGET} batches, at most {CAP} in one stratum", xlabel="batches")
    axes.legend(frameon=False, loc="lower right", fontsize=8)


def print_table(plan: NextBatches) -> None:
    """The table of the page."""
    strata, spreads = Strata.of(SIZES, names=NAMES), plan.rates.deviations
    even, best = proportional(strata, BUDGET).numbers, neyman(strata, spreads, BUDGET).numbers
    fair = power(strata, SIZES * plan.rates.means, spreads / plan.rates.means, BUDGET).numbers
    columns = (SIZES, FAILED, TESTED, np.round(100 * plan.rates.means, 1), even, best, fair, plan.numbers)
    for name, *cells in zip(NAMES, *columns, strict=True):
        sys.stdout.write(f"| {name} | " + " | ".join(map(str, cells)) + " |\n")
    expected = [f"{each @ plan.rates.means:.1f}" for each in (even, best, fair, plan.numbers)]
    sys.stdout.write(f"| expected failures | | | | | {' | '.join(expected)} |\n")


if __name__ == "__main__":
    main()

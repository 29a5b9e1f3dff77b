"""Draws the plot of docs/explanation/estimates.md from the example of the page.

`python tools/plots/estimates.py --figures` prints the figures that the page quotes.
"""

import sys
from collections.abc import Iterator

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, RED
from matplotlib.axes import Axes

from zhicheng.core.designs import Design
from zhicheng.core.estimates import Interval, by_domain, contrast, share, share_interval, total

FAILED = {"urban": (0, 1, 0, 2, 0, 1), "rural": (1, 5, 0, 3, 0, 2)}
"""Of ten batches tested in each of six markets, how many failed."""
MARKETS, BATCHES = {"urban": 60, "rural": 90}, 40
UNTESTED = (3, 17, 64, 65, 66)
"""Rows of batches that the laboratory lost."""
METHODS = ("mean", "logit", "asin", "likelihood", "wilson", "beta")
STREETS, EACH, DRAWN, SAMPLES = 200, 20, 20, 40

PLACE = [place for place, counts in FAILED.items() for _ in counts for _ in range(10)]
MARKET = [
    f"{place} {market}" for place, counts in FAILED.items() for market in range(len(counts)) for _ in range(10)
]
BATCH = [batch for counts in FAILED.values() for _ in counts for batch in range(10)]
BAD = np.array([batch < count for counts in FAILED.values() for count in counts for batch in range(10)])
EXAMPLE = Design.two_stage(
    MARKET, BATCH, strata=PLACE, population=([MARKETS[place] for place in PLACE], [BATCHES] * len(PLACE))
)


def main() -> None:
    """Writes docs/images/estimates.svg, the same bytes each time."""
    house_style.use(title_size=10)
    figure, (example, samples) = plt.subplots(1, 2, figsize=(9.5, 3.8), layout="constrained")
    draw_example(example)
    draw_samples(samples)
    house_style.write(figure, "estimates")


def draw_example(axes: Axes) -> None:
    """The share of the example with its interval by every method, and as if the batches were independent."""
    found = share(EXAMPLE, BAD)
    intervals = {method: share_interval(found, method) for method in METHODS}
    naive = share(Design.simple(len(BAD), weights=EXAMPLE.weights), BAD)
    intervals["markets ignored"] = share_interval(naive, "logit")
    for at, (method, interval) in enumerate(intervals.items()):
        colour = RED if method == "markets ignored" else BLUE
        axes.plot([100 * interval.low, 100 * interval.high], [at, at], color=colour, lw=2)
        axes.scatter([100 * found.value], [at], s=18, color=colour, zorder=3)
    axes.set_yticks(range(len(intervals)), list(intervals))
    axes.invert_yaxis()
    axes.set(title="The example: batches that fail, 95 %", xlabel="% of all batches", xlim=(0, 32))


def draw_samples(axes: Axes) -> None:
    """Forty samples of 20 of 200 streets: intervals that know the streets, and those that do not."""
    random = np.random.default_rng(12)
    city = random.normal(50, 5, STREETS)[:, None] + random.normal(0, 9, (STREETS, EACH))
    bad, labels = city > 58, np.repeat(np.arange(DRAWN), EACH)
    designs = {
        BLUE: Design.clusters(labels, population=[STREETS] * len(labels)),
        RED: Design.simple(len(labels), population=STREETS * EACH),
    }
    missed = dict.fromkeys(designs, 0)
    for sample in range(SAMPLES):
        y = bad[random.choice(STREETS, DRAWN, replace=False)].ravel()
        for shift, (colour, design) in enumerate(designs.items()):
            interval = share_interval(share(design, y), "logit")
            missed[colour] += bad.mean() not in interval
            ends = [100 * interval.low, 100 * interval.high]
            axes.plot([sample + 0.4 * shift] * 2, ends, color=colour, lw=1.6 if shift else 2)
    axes.axhline(100 * bad.mean(), color=GREY, lw=0.8)
    for colour, name in ((BLUE, "streets known"), (RED, "streets ignored")):
        axes.plot([], [], color=colour, lw=2, label=f"{name}: {missed[colour]} of {SAMPLES} miss")
    axes.set(
        title="Forty samples of one city", xlabel="sample", ylabel="% of all shops", xticks=[], ylim=(0, None)
    )
    axes.legend(frameon=False, fontsize=8, loc="lower right")


def figures() -> Iterator[str]:
    """The figures of the page, line by line."""
    found, whole = share(EXAMPLE, BAD), total(EXAMPLE, BAD.astype(np.float64))
    yield f"share {found.value:.4f}, error {found.standard_error:.4f}, effect {found.design_effects[0]:.2f}"
    yield f"degrees of freedom {found.degrees_of_freedom}"
    for method in METHODS:
        yield f"{method} {told(share_interval(found, method))}"
    yield f"total {whole.value:.0f}, error {whole.standard_error:.0f}"
    places = by_domain(share, EXAMPLE, BAD, by=PLACE)
    for name in places.names:
        yield f"{name} {places.part(name).value:.3f}, {told(share_interval(places.part(name)))}"
    gap = contrast(places, {"rural": 1, "urban": -1})
    yield f"difference {gap.value:.3f}, error {gap.standard_error:.3f}, {told(gap.interval())}"
    answered = share(EXAMPLE, np.where(np.isin(np.arange(len(BAD)), UNTESTED), np.nan, BAD))
    yield f"five not tested: {answered.value:.4f}, error {answered.standard_error:.4f}"
    naive = share(Design.simple(len(BAD), weights=EXAMPLE.weights), BAD)
    yield f"markets ignored: error {naive.standard_error:.4f}, {told(share_interval(naive))}"


def told(interval: Interval) -> str:
    """The ends of an interval."""
    return f"{interval.low:.3f} to {interval.high:.3f}"


if __name__ == "__main__":
    if "--figures" in sys.argv[1:]:
        sys.stdout.writelines(f"{line}\n" for line in figures())
    else:
        main()

"""Draws the plot of docs/explanation/designs.md: the same 120 batches, drawn in few markets or in many."""

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, PALE, RED
from matplotlib.axes import Axes

from zhicheng.core.designs import Design
from zhicheng.core.estimates import mean

MARKETS, BATCHES, TESTED = 150, 40, 120
SPLITS = {6: 20, 12: 10, 20: 6, 30: 4, 60: 2}
"""Markets visited, and batches tested in each."""
SAMPLES = 200


def main() -> None:
    """Writes docs/images/designs.svg, the same bytes each time."""
    house_style.use(title_size=10)
    city = invented_city()
    figure, (splits, fractions) = plt.subplots(1, 2, figsize=(9.5, 3.8), layout="constrained")
    draw_splits(splits, city)
    draw_fractions(fractions, city)
    house_style.write(figure, "designs")


def invented_city() -> np.ndarray:
    """Which of the 40 batches of each of 150 markets fail: markets differ much."""
    random = np.random.default_rng(31)
    rates = random.beta(0.8, 5, MARKETS)
    return random.random((MARKETS, BATCHES)) < rates[:, None]


def two_stage(markets: int, each: int) -> Design:
    """So many markets, and so many batches in each."""
    rows = markets * each
    return Design.two_stage(
        np.repeat(np.arange(markets), each), np.arange(rows), population=([MARKETS] * rows, [BATCHES] * rows)
    )


def true_error(city: np.ndarray, markets: int, each: int) -> float:
    """The standard deviation of the estimated share over all samples (Särndal, Swensson and Wretman 1992 §4.3)."""
    between = city.mean(axis=1).var(ddof=1) * (1 - markets / MARKETS) / markets
    inside = city.var(axis=1, ddof=1).mean() * (1 - each / BATCHES) / (markets * each)
    return float(np.sqrt(between + inside))


def estimated_errors(city: np.ndarray, markets: int, each: int) -> np.ndarray:
    """The standard errors that samples find."""
    random = np.random.default_rng(markets)
    design, found = two_stage(markets, each), []
    for _ in range(SAMPLES):
        chosen = random.choice(MARKETS, markets, replace=False)
        drawn = np.array([random.choice(BATCHES, each, replace=False) for _ in chosen])
        found.append(mean(design, city[chosen[:, None], drawn].ravel()).standard_error)
    return np.array(found)


def draw_splits(axes: Axes, city: np.ndarray) -> None:
    """The true error of each split, what samples say of it, and what ignoring the markets would say."""
    markets = list(SPLITS)
    axes.plot(
        markets, [100 * true_error(city, *split) for split in SPLITS.items()], color=BLUE, lw=1.5, label="true"
    )
    found = [100 * estimated_errors(city, *split) for split in SPLITS.items()]
    axes.scatter(markets, [each.mean() for each in found], s=22, color=BLUE, zorder=3, label="mean of 200 samples")
    axes.vlines(
        markets, *np.array([np.quantile(each, (0.1, 0.9)) for each in found]).T, color=PALE, lw=5, zorder=1
    )
    simple = 100 * float(np.sqrt(city.var() / TESTED))
    axes.axhline(simple, color=RED, lw=1, ls="--", label="markets ignored")
    axes.set(title="120 batches, in so many markets", xlabel="markets visited", xscale="log", ylim=(0, None),
             ylabel="standard error of the share, points")  # fmt: skip
    axes.set_xticks(markets, [f"{count}\n× {each}" for count, each in SPLITS.items()])
    axes.minorticks_off()
    axes.legend(frameon=False, fontsize=8)


def draw_fractions(axes: Axes, city: np.ndarray) -> None:
    """What the finite number of markets is worth, with ten batches in each."""
    markets = np.arange(4, MARKETS + 1)
    finite = [100 * true_error(city, int(count), 10) for count in markets]
    endless = 100 * np.sqrt(
        city.mean(axis=1).var(ddof=1) / markets + city.var(axis=1, ddof=1).mean() * 0.75 / (10 * markets)
    )
    axes.plot(markets, endless, color=GREY, lw=1.2, ls="--", label="of endlessly many markets")
    axes.plot(markets, finite, color=BLUE, lw=1.5, label="of 150 markets")
    axes.set(
        title="Ten batches in each market", xlabel="markets visited", ylim=(0, 8), ylabel="standard error, points"
    )
    axes.legend(frameon=False, fontsize=8)


if __name__ == "__main__":
    main()

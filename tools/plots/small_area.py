"""Draws the plot of docs/explanation/small-areas.md from the methods it explains; `--table` prints its table."""

import sys

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, PALE, RED

from zhicheng.core.small_area import Areas, SmallAreaEstimates, binomial_variances, fay_herriot

COUNTIES = "ABCDEFGHIJKL"
FAILED = np.array([7, 16, 6, 18, 10, 0, 2, 3, 4, 13, 1, 0])
TESTED = np.array([210, 150, 90, 130, 60, 12, 25, 80, 48, 70, 7, 0])
COMPLAINTS = np.array([6, 5, 3, 9, 7, 4, 10, 8, 3, 12, 5, 9])
"""Complaints per 10,000 people. The page's example: invented."""


def main() -> None:
    """Writes docs/images/small-areas.svg, the same bytes each time."""
    found = estimates()
    if "--table" in sys.argv:
        print_table(found)
        return
    house_style.use()
    draw(found)


def estimates() -> SmallAreaEstimates:
    """The model of the page: a constant and the complaints."""
    shares = np.divide(FAILED, TESTED, out=np.full(len(FAILED), np.nan), where=TESTED > 0)
    regressors = np.column_stack([np.ones(len(FAILED)), COMPLAINTS])
    variances = binomial_variances(FAILED, TESTED)
    return fay_herriot(Areas.of(shares, variances, regressors, names=list(COUNTIES)))


def draw(found: SmallAreaEstimates) -> None:
    """Each county's own share and its error beside the estimate and its error."""
    figure, axes = plt.subplots(figsize=(9, 3.6), layout="constrained")
    places = np.arange(len(COUNTIES))
    own, errors = 100 * found.areas.direct, 196 * np.sqrt(found.areas.variances)
    low, high = found.interval(0.95)
    axes.errorbar(
        places - 0.15, own, errors, fmt="o", color=GREY, ecolor=GREY, ms=4, lw=1, label="own batches alone"
    )
    around = 100 * np.array([found.values - low, high - found.values])
    axes.errorbar(
        places + 0.15,
        100 * found.values,
        around,
        fmt="s",
        color=BLUE,
        ecolor=PALE,
        ms=4,
        lw=4,
        label="with the model",
    )
    model = 100 * found.areas.regressors @ found.coefficients
    axes.plot(places + 0.15, model, "_", color=RED, ms=9, mew=1.5, label="the model alone")
    axes.set_xticks(places, [f"{name}\n{tested}" for name, tested in zip(COUNTIES, TESTED, strict=True)])
    axes.set(title="Failure rate with 95 % interval", xlabel="county, batches tested", ylabel="%", ylim=(-8, 32))
    axes.axhline(0, color=GREY, lw=0.5)
    axes.legend(frameon=False, loc="upper left", fontsize=8, ncols=3)
    house_style.write(figure, "small-areas")


def print_table(found: SmallAreaEstimates) -> None:
    """The table of the page, and the model."""
    own_errors = np.sqrt(found.areas.variances)
    figures = (found.areas.direct, own_errors, found.own_weights, found.values, found.standard_errors)
    for name, failed, tested, complaints, *cells in zip(
        COUNTIES, FAILED, TESTED, COMPLAINTS, *figures, strict=True
    ):
        own, error, weight, value, better = cells
        line = f"{name} | {failed} of {tested} | {complaints} | {100 * own:.1f} ± {100 * error:.1f}"
        sys.stdout.write(f"| {line} | {weight:.2f} | {100 * value:.1f} ± {100 * better:.1f} |\n")
    sys.stdout.write(f"{found.model_variance**0.5:.4f} {found.coefficients} {found.coefficient_errors}\n")


if __name__ == "__main__":
    main()

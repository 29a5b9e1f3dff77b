"""Draws the plot of docs/explanation/calibration.md from the methods that the page explains.

The page's figures are those of `example`: `python tools/plots/calibration.py --figures` prints them.
"""

import sys
from dataclasses import dataclass, replace

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, PALE, RED
from matplotlib.axes import Axes

from zhicheng.core.designs import Design, Floats
from zhicheng.core.estimates import (
    Linear,
    Logit,
    Margin,
    Raking,
    calibrated,
    jackknife,
    post_stratified,
    raked,
    total,
)

BUSINESSES, DRAWN = 1200, 100
KINDS, PLACES = {"shop": 700, "restaurant": 380, "canteen": 120}, {"town": 800, "country": 400}
BOUNDS = 0.75, 1.3


@dataclass(frozen=True)
class Example:
    """A register of businesses, of which the sample's faults were counted; all of it invented."""

    sample: Design
    kind: Margin
    place: Margin
    staff: Floats
    all_staff: float
    faults: Floats
    all_faults: float

    def calibrated(self, distance: Linear | Raking | Logit, of: Design | None = None) -> Design:
        """The sample under which the register's kinds and staff come out."""
        _, restaurants, canteens = self.kind.indicators().T
        ones = np.ones(DRAWN)
        known = {"all": BUSINESSES, "restaurants": 380.0, "canteens": 120.0, "staff": self.all_staff}
        columns = {"all": ones, "restaurants": restaurants, "canteens": canteens, "staff": self.staff}
        return calibrated(of or self.sample, columns, known, distance=distance)

    def designs(self) -> dict[str, Design]:
        """The sample under every way to use what the register knows."""
        return {
            "design weights": self.sample,
            "post-stratified by kind": post_stratified(self.sample, self.kind),
            "raked to kind and place": raked(self.sample, [self.kind, self.place]),
            "GREG on kind and staff": self.calibrated(Linear()),
            "logit, within 0.75 and 1.3": self.calibrated(Logit(*BOUNDS)),
        }

    def jackknife_error(self) -> float:
        """The error of the GREG estimate by replicates, each calibrated anew."""
        replicates = jackknife(self.sample)
        found = replicates.covariance(
            lambda weights: self.calibrated(Linear(), replace(self.sample, weights=weights)).weights @ self.faults
        )
        return float(found[0, 0] ** 0.5)


def example() -> Example:
    """The page's example."""
    generator = np.random.default_rng(2026)
    kind = np.repeat(list(KINDS), list(KINDS.values()))
    place = generator.permutation(np.repeat(list(PLACES), list(PLACES.values())))
    size = np.select([kind == "shop", kind == "restaurant"], [4.0, 10.0], 25.0)
    staff = 1 + generator.poisson(size * generator.gamma(4, 0.25, BUSINESSES))
    faults = generator.poisson(0.5 + 0.3 * staff + 0.5 * (place == "country"))
    drawn = np.sort(generator.permutation(BUSINESSES)[:DRAWN])
    return Example(
        sample=Design.simple(DRAWN, population=BUSINESSES),
        kind=Margin("kind", kind[drawn].tolist(), KINDS),
        place=Margin("place", place[drawn].tolist(), PLACES),
        staff=staff[drawn].astype(np.float64),
        all_staff=float(staff.sum()),
        faults=faults[drawn].astype(np.float64),
        all_faults=float(faults.sum()),
    )


def main() -> None:
    """Writes docs/images/calibration.svg, the same bytes each time."""
    house_style.use()
    figure, (estimates, factors) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    found = example()
    draw_estimates(estimates, found)
    draw_factors(factors, found)
    house_style.write(figure, "calibration")


def draw_estimates(axes: Axes, found: Example) -> None:
    """The total of faults with its interval, by what was used of the register."""
    designs = found.designs()
    for place, design in enumerate(designs.values()):
        estimate = total(design, found.faults)
        interval = estimate.interval()
        axes.plot([interval.low, interval.high], [place, place], color=PALE, lw=5, solid_capstyle="butt")
        axes.plot(estimate.value, place, "o", color=BLUE, ms=4)
    axes.axvline(found.all_faults, color=RED, lw=0.9)
    axes.annotate(
        "truth", (found.all_faults, -0.45), xytext=(3, 0), textcoords="offset points", color=RED, fontsize=8
    )
    axes.set_yticks(range(len(designs)), list(designs))
    axes.set_ylim(len(designs) - 0.5, -0.7)
    axes.set(title="Faults in all businesses, 95 %", xlabel="faults")


def draw_factors(axes: Axes, found: Example) -> None:
    """By how much the weights are multiplied, against the staff of the businesses."""
    styles = (
        (Linear(), BLUE, "o", "linear"),
        (Raking(), RED, "^", "raking"),
        (Logit(*BOUNDS), GREY, "s", "logit, 0.75 to 1.3"),
    )
    for distance, colour, mark, label in styles:
        factor = found.calibrated(distance).weights / found.sample.weights
        axes.scatter(
            found.staff, factor, s=13, marker=mark, facecolors="none", edgecolors=colour, lw=0.8, label=label
        )
    axes.axhline(1, color="black", lw=0.6, ls=":")
    axes.set(title="What calibration does to the weights", xlabel="staff", ylabel="weight over design weight")
    axes.legend(frameon=False)


def figures() -> str:
    """The figures of the page, a line each."""
    found = example()
    lines = [
        f"staff {found.all_staff:.0f}, estimated {found.sample.weights @ found.staff:.0f}",
        f"faults {found.all_faults:.0f}",
        f"drawn {found.kind.sums(np.ones(DRAWN))} and {found.place.sums(np.ones(DRAWN))}",
        f"error of GREG by the jackknife {found.jackknife_error():.1f}",
    ]
    for name, design in found.designs().items():
        estimate, factor = total(design, found.faults), design.weights / found.sample.weights
        lines.append(
            f"{name}: {estimate.value:.1f} ± {estimate.standard_error:.1f}, "
            f"{factor.min():.2f} to {factor.max():.2f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(figures() + "\n") if "--figures" in sys.argv else main()

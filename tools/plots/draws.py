"""Draws the plot of docs/explanation/draws.md from the methods it explains; `--table` prints its figures."""

import sys
from fractions import Fraction

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, PALE, RED
from matplotlib.axes import Axes

from zhicheng.core.draws.drand import parse_drand_event
from zhicheng.core.draws.drawing import Drawn, DrawnStratum, Inputs, Plan, Table, draw
from zhicheng.core.draws.inclusion import Family, inclusion_probabilities
from zhicheng.core.draws.randomness import combined, parse_source

STRATUM = "kitchens"
SIZES = {"K01": 60, "K02": 20, "K03": 14, "K04": 10, "K05": 9, "K06": 8, "K07": 7, "K08": 6, "K09": 5, "K10": 3,
         "K11": 2, "K12": 1}  # fmt: skip
"""Thousands of meals a day. The page's example: invented."""
INSPECTORS = [["Wu", "2"], ["He", "3"], ["Lin", "2"], ["Gao", "3"]]
CONFLICTS = [["Wu", "K01"], ["Lin", "K01"], ["He", "K02"], ["Gao", "K05"]]
LOTTERY, ROUND = "lottery:fc3d:2023247", parse_drand_event("drand:quicknet:657413")
SIGNATURE = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
SOURCES = [f"{LOTTERY}:4,0,9", f"{ROUND}:{SIGNATURE}"]
"""The lottery's numbers are invented; the round is drand's."""
WAYS = {
    Family.PARETO: ("Pareto (this one)", "o"),
    Family.SEQUENTIAL_POISSON: ("sequential Poisson", "s"),
    Family.EXPONENTIAL: ("one after another", "^"),
}


def main() -> None:
    """Writes docs/images/draws.svg, the same bytes each time."""
    drawn = example()
    if "--table" in sys.argv:
        print_table(drawn)
        return
    house_style.use()
    figure, (order, chances) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    draw_order(order, drawn.strata[0])
    draw_chances(chances, drawn.strata[0])
    house_style.write(figure, "draws")


def example() -> Drawn:
    """Four of twelve kitchens, two inspectors each."""
    roster = Table("roster", [[unit, STRATUM, str(size)] for unit, size in SIZES.items()])
    plan = {"n": {STRATUM: 4}, "inspectors_per_visit": 2, "randomness_events": [LOTTERY, ROUND]}
    inputs = Inputs(roster, Table("inspectors", INSPECTORS), Table("conflicts", CONFLICTS), Plan("plan", plan))
    return draw(inputs, combined([parse_source(text) for text in SOURCES]))


def targets_of(stratum: DrawnStratum) -> dict[str, float]:
    """λ by unit, in the order of the draw."""
    return {unit: float(Fraction(lam)) for unit, lam, _, _ in stratum.ranked()}


def ranking_variables(stratum: DrawnStratum) -> dict[str, float]:
    """q by unit, in the order of the draw; −1 where certain."""
    found = {}
    for unit, lam, u_hex, _ in stratum.ranked():
        u, chance = Fraction(2 * int(u_hex, 16) + 1, 2**257), Fraction(lam)
        found[unit] = float(u / (1 - u) * (1 - chance) / chance) if chance < 1 else -1.0
    return found


def draw_order(axes: Axes, stratum: DrawnStratum) -> None:
    """The ranking variables, smallest first."""
    q = ranking_variables(stratum)
    shown = np.array([value if value > 0 else 0.02 for value in q.values()])
    places, drawn = np.arange(len(q)), np.arange(len(q)) < stratum.taken
    axes.hlines(places, 0.015, shown, color=PALE, lw=3)
    axes.plot(shown[drawn], places[drawn], "o", color=RED, ms=6, label="drawn")
    axes.plot(shown[~drawn], places[~drawn], "o", color=GREY, ms=5, label="reserve, in this order")
    axes.annotate("certain", (0.03, 0), va="center", color=GREY, fontsize=8)
    axes.set(xscale="log", xlim=(0.015, None), title="Ranking variable q: the smallest four are drawn", xlabel="q")
    axes.set_yticks(places, list(q))
    axes.invert_yaxis()
    axes.legend(frameon=False, loc="upper right", fontsize=8)


def draw_chances(axes: Axes, stratum: DrawnStratum) -> None:
    """How far the true chances are from the targets, by ways of drawing."""
    likely = np.sort(np.array(list(targets_of(stratum).values())))
    likely = likely[likely < 1]
    for (family, (label, marker)), colour in zip(WAYS.items(), (RED, BLUE, GREY), strict=True):
        true = inclusion_probabilities(likely, stratum.taken - 1, family)
        axes.plot(likely, 100 * (true / likely - 1), marker=marker, color=colour, ms=4, lw=1, label=label)
    axes.axhline(0, color="black", lw=0.6)
    axes.set(title="True chance of being drawn against its target", xlabel="target λ", ylabel="deviation, %")
    axes.legend(frameon=False, loc="upper right", fontsize=8)


def print_table(drawn: Drawn) -> None:
    """The tables and figures of the page."""
    stratum, write = drawn.strata[0], sys.stdout.write
    likely, q = targets_of(stratum), ranking_variables(stratum)
    true = dict(zip(likely, inclusion_probabilities(list(likely.values()), stratum.taken), strict=True))
    for unit, lam, u_hex, rank in stratum.ranked():
        visitors = " and ".join((drawn.assignment or {}).get(unit, []))
        cells = (unit, SIZES[unit], lam, f"{likely[unit]:.3f}", f"{true[unit]:.3f}", f"`{u_hex[:8]}…`",
                 f"{q[unit]:.3f}" if likely[unit] < 1 else "first", rank, visitors)  # fmt: skip
        write(f"| {' | '.join(map(str, cells))} |\n")
    write(f"commitment {drawn.commitment.commitment}\nseed {drawn.seed}\n")
    for family in Family:
        found = inclusion_probabilities(list(likely.values()), stratum.taken, family)
        worst = max(abs(found / np.array(list(likely.values())) - 1))
        write(f"{family}: at most {100 * worst:.1f} %\n")


if __name__ == "__main__":
    main()

"""Draws the plot of docs/explanation/acceptance.md from the plans that the page explains."""

import house_style
import matplotlib.pyplot as plt
import numpy as np
from house_style import BLUE, GREY, RED
from matplotlib.axes import Axes

from zhicheng.core.acceptance import InspectionPlan, Process, Severity, curve, outgoing_limit, plan_for

LOT_SIZE = 1000
AQL = "1.0"
"""The page's example: code letter J."""
AQLS_OF_ROW_J = ("0.15", "0.65", "1.0", "1.5", "2.5", "4.0", "6.5")
DIM = "#a9bccd"


def main() -> None:
    """Writes docs/images/acceptance.svg, the same bytes each time."""
    house_style.use(title_size=10)
    figure, (row, severities, outgoing) = plt.subplots(1, 3, figsize=(11, 3.8), layout="constrained")
    draw_row(row)
    draw_severities(severities)
    draw_outgoing_quality(outgoing)
    house_style.write(figure, "acceptance")


def draw_row(axes: Axes) -> None:
    """The operating characteristics of n = 80, one for each AQL; the example's is dark."""
    for aql in AQLS_OF_ROW_J:
        plan = plan_for(lot_size=LOT_SIZE, aql=aql)
        percent, accepted = characteristic(plan, 22)
        chosen = aql == AQL
        axes.plot(percent, accepted, color=BLUE if chosen else DIM, lw=1.8 if chosen else 1)
        middle = int(np.argmin(np.abs(accepted - 0.5)))
        axes.annotate(f"{plan.ac}", (percent[middle], 0.5), ha="center", va="center", fontsize=7,
                      bbox={"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none"})  # fmt: skip
    axes.set(title="Letter J, normal: n = 80, and Ac", xlabel="nonconforming, %", ylabel="accepted")


def draw_severities(axes: Axes) -> None:
    """The three plans of the example, with the producer's and the consumer's risk of the normal one."""
    styles = {Severity.NORMAL: (BLUE, "-"), Severity.TIGHTENED: (RED, "--"), Severity.REDUCED: (GREY, "-.")}
    for severity, (colour, line) in styles.items():
        plan = plan_for(lot_size=LOT_SIZE, aql=AQL, severity=severity)
        label = f"{severity}: n = {plan.n}, Ac = {plan.ac}"
        axes.plot(*characteristic(plan, 12), line, color=colour, lw=1.5, label=label)
    normal = plan_for(lot_size=LOT_SIZE, aql=AQL).single
    bad = Process().quality_at(0.10, normal.ac, normal.n)
    at_aql = normal.acceptance(Process(), float(AQL) / 100)
    axes.scatter([float(AQL), 100 * bad], [at_aql, 0.10], s=18, color=BLUE, zorder=3)
    axes.annotate(
        f"{at_aql:.1%} at the AQL", (float(AQL), at_aql), xytext=(6, 2), textcoords="offset points", fontsize=7
    )
    axes.annotate(f"10% at {bad:.2%}", (100 * bad, 0.1), xytext=(6, 2), textcoords="offset points", fontsize=7)
    axes.set(title="AQL 1.0: three severities", xlabel="nonconforming, %")
    axes.legend(frameon=False, loc="upper right", fontsize=7)


def draw_outgoing_quality(axes: Axes) -> None:
    """What goes out of lots of 1,000 when refused lots are sorted, and its limit."""
    plan, process = plan_for(lot_size=LOT_SIZE, aql=AQL).single, Process(LOT_SIZE)
    points = curve(plan, process, np.linspace(0, 0.12, 241).tolist())
    axes.plot([100 * point.quality for point in points], [100 * point.outgoing_quality for point in points],
              color=BLUE, lw=1.8)  # fmt: skip
    limit = outgoing_limit(plan, process)
    axes.axhline(100 * limit.quality, color=GREY, lw=0.8)
    axes.scatter([100 * limit.offered], [100 * limit.quality], s=18, color=BLUE, zorder=3)
    axes.annotate(f"AOQL {limit.quality:.2%} at {limit.offered:.2%}", (100 * limit.offered, 100 * limit.quality),
                  xytext=(2, 4), textcoords="offset points", fontsize=7)  # fmt: skip
    axes.set(title="What goes out after sorting", xlabel="nonconforming as it comes in, %", ylabel="going out, %",
             ylim=(0, 2))  # fmt: skip


def characteristic(plan: InspectionPlan, most: float) -> tuple[np.ndarray, np.ndarray]:
    """Percent nonconforming from 0 to `most`, and how often each is accepted."""
    percent = np.linspace(0, most, 221)
    return percent, np.array([plan.single.acceptance(Process(), share / 100) for share in percent])


if __name__ == "__main__":
    main()

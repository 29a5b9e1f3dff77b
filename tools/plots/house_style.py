"""The look that the plots of docs/explanation share, and how they are written: the same bytes each time."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

BLUE, GREY, RED, PALE = "#2f5d8a", "#8a8f98", "#b5483a", "#c9d6e3"
_IMAGES = Path(__file__).parents[2] / "docs" / "images"


def use(*, title_size: float | str = "large") -> None:
    """Draws in the house's look from now on, with titles of `title_size` points."""
    mpl.rcParams.update({
        "svg.hashsalt": "zhicheng", "svg.fonttype": "none", "font.size": 9,
        "axes.spines.top": False, "axes.spines.right": False,
        "axes.titlesize": title_size,
    })  # fmt: skip


def write(figure: Figure, name: str) -> None:
    """Writes docs/images/NAME.svg without the day on which it was drawn."""
    figure.savefig(_IMAGES / f"{name}.svg", metadata={"Date": None})

"""Raking: weights that agree with several margins at once, when their crossing is not known.

>>> design = Design.simple(4, population=100)
>>> kinds = Margin("kind", ["shop", "farm", "shop", "farm"], {"shop": 60, "farm": 40})
>>> places = Margin("place", ["east", "east", "west", "west"], {"east": 30, "west": 70})
>>> raked(design, [kinds, places]).weights.round(6).tolist()
[18.0, 12.0, 42.0, 28.0]
"""

from collections.abc import Iterable, Sequence

import numpy as np

from zhicheng.core.designs import Design, Floats
from zhicheng.core.estimates.margins import CalibrationError, Margin, checked_margin
from zhicheng.core.estimates.residuals import GroupResiduals, RakingResiduals, starting_weights
from zhicheng.core.words import words

SAME_TOTAL = 1e-9
"""How far, relatively, the totals of two margins may be apart and still be the same number, but for rounding."""


def raked(
    design: Design, margins: Margin | Sequence[Margin], *, tolerance: float = 1e-10, most_rounds: int = 1000
) -> Design:
    """The design with weights that sum up to the population of each class of every margin, and the variance for
    them.

    One margin needs no list. Iterative proportional fitting: the weights are post-stratified to one margin after
    the other, until after a round each class is met to the share `tolerance` of its population. Raises
    CalibrationError if the margins have different totals, if a class has a population and nobody in the sample or
    the other way round, and if after `most_rounds` rounds a class is still further off; the sentence says which
    and by how much.

    Source: Deming & Stephan 1940, Annals of Mathematical Statistics 11:427. R's `rake` stops sooner unless told
    otherwise (when no cell changes by more than one unit). Residuals are taken as it takes them, `TURNS` times on
    one margin after the other and without the design weights. Where these differ, `calibrated` with the distance
    `Raking` fits the same weights and takes residuals with them, nearer to what a jackknife finds.
    """
    before = starting_weights(design)
    margins = [checked_margin(margin) for margin in (margins if isinstance(margins, Iterable) else [margins])]
    _check_totals(margins)
    for margin in margins:
        margin.check_represented(before)
    weights = _fitted(before, margins, tolerance, most_rounds)
    alike = np.ones_like(weights)
    turns = tuple(GroupResiduals(margin.index, before=alike, after=weights) for margin in margins)
    return design.reweighted(weights, RakingResiduals(turns))


def _check_totals(margins: Sequence[Margin]) -> None:
    if not margins:
        raise CalibrationError(words("No margin to rake to; expected one or more"))
    first = margins[0]
    for margin in margins[1:]:
        if abs(margin.total - first.total) > SAME_TOTAL * first.total:
            raise CalibrationError(
                words("“{one}” sums up to {total}, “{other}” to {other_total}; expected the same number"),
                one=first.name,
                total=first.total,
                other=margin.name,
                other_total=margin.total,
            )


def _fitted(weights: Floats, margins: Sequence[Margin], tolerance: float, most_rounds: int) -> Floats:
    for _ in range(most_rounds):
        for margin in margins:
            sums = margin.sums(weights)
            weights = weights * (margin.counts / np.where(sums > 0, sums, 1.0))[margin.index]
        if max(_misses(weights, margin).max() for margin in margins) <= tolerance:
            return weights
    worst = max(margins, key=lambda margin: _misses(weights, margin).max())
    place, sums = int(np.argmax(_misses(weights, worst))), worst.sums(weights)
    raise CalibrationError(
        words(
            "Raking has not converged after {rounds} rounds: “{label}” of “{name}” sums up to {sum:.6g} instead "
            "of {population:.6g}; margins may contradict each other where classes do not meet in the sample"
        ),
        rounds=most_rounds,
        label=worst.classes[place],
        name=worst.name,
        sum=float(sums[place]),
        population=float(worst.counts[place]),
    )


def _misses(weights: Floats, margin: Margin) -> Floats:
    """By what share of its population each class is missed; one without population has no weight either."""
    return np.abs(margin.sums(weights) - margin.counts) / np.where(margin.counts > 0, margin.counts, 1.0)

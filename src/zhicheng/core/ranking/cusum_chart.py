"""CUSUM charts: sums of what goes beyond an allowance, the quickest to see a lasting change of a given size.

In standard deviations from the centre, S⁺ ← max(0, S⁺ + z − k) and S⁻ ← max(0, S⁻ − z − k); the chart signals when
one exceeds h. The allowance k is half the shift that matters, and h follows from the false alarms one can bear.

>>> chart = cusum([0.1, -0.3, 1.2, 1.9, 1.4, 2.2, 1.7], centre=0, deviation=1, reference=0.5, limit=4)
>>> chart.high.round(1), chart.first_signal
(array([0. , 0. , 0.7, 2.1, 3. , 4.7, 5.9]), 6)
>>> round(cusum_run_length(0.5, 4).mean), round(cusum_limit(0.5, 370), 2)
(168, 4.77)

Sources: Page 1954, Biometrika 41:100–115; Kemp 1961 for two sides; Lucas and Crosier 1982, Technometrics
24:199–205, for the head start; Hawkins and Olwell 1998, Cumulative Sum Charts and Charting for Quality
Improvement. Run lengths assume normal figures with a known centre and deviation; those estimated from few
periods lengthen or shorten them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhicheng.core.given import Floats, between, finite, positives, same_length, vector
from zhicheng.core.ranking.run_length import limit_for, normal_cusum, stated
from zhicheng.core.refused import Refused
from zhicheng.core.words import words


@dataclass(frozen=True, slots=True)
class Cusum:
    """The two sums after each of n periods, in standard deviations, none negative; shape (n,) each."""

    high: Floats
    low: Floats
    limit: float

    @property
    def signals(self) -> npt.NDArray[np.bool_]:
        """In which periods a sum is above the limit."""
        return np.asarray((self.high > self.limit) | (self.low > self.limit))

    @property
    def first_signal(self) -> int | None:
        """The first such period, counted from 1."""
        places = np.flatnonzero(self.signals)
        return int(places[0]) + 1 if len(places) else None


def cusum(
    figures: npt.ArrayLike,
    *,
    centre: float,
    deviation: npt.ArrayLike,
    reference: float = 0.5,
    limit: float = 5.0,
    head_start: float = 0.0,
) -> Cusum:
    """The tabular chart of n `figures`, each with a standard `deviation` (above 0; one for all, or (n,)).

    `reference` is k ≥ 0, `limit` is h above 0, `head_start` from 0 to h: half of h sees a change that was there
    from the beginning sooner. The sums go on after a signal; whoever acts on it starts anew. Raises Refused.
    """
    figure, spread = vector("figures", figures), positives("deviation", deviation)
    _check(reference, limit, head_start)
    if len(spread) == 1:
        spread = np.repeat(spread, len(figure))
    same_length("figures", figure, "deviation", spread)
    z = (figure - finite("centre", centre)) / spread
    return Cusum(_sums(z - reference, head_start), _sums(-z - reference, head_start), float(limit))


@dataclass(frozen=True, slots=True)
class TwoSided:
    """Mean run lengths, in periods; infinite above 10¹⁰."""

    high: float
    """Of the upper sum alone."""
    low: float
    """Of the lower sum alone."""
    mean: float
    """Of the chart, which signals when either sum does."""


def cusum_run_length(reference: float, limit: float, *, shift: float = 0.0, head_start: float = 0.0) -> TwoSided:
    """Periods to the first signal if the mean lies `shift` deviations off the centre from the beginning.

    `reference` and `limit` above 0; both sums start at `head_start`, from 0 to limit/2 + reference, so that one is
    at 0 whenever the other signals. Then E⁺ = E + P⁻·A⁺, where E is the chart's run length, P⁻ the chance that the
    lower sum signals first and A⁺ the upper one's run length from 0; with the same for E⁻, E follows (Lucas and
    Crosier 1982; without a head start 1/E = 1/A⁺ + 1/A⁻, Kemp 1961). Raises Refused.

    >>> round(cusum_run_length(0.5, 5, shift=1).mean, 1), round(cusum_run_length(0.5, 5, head_start=2.5).mean)
    (10.4, 430)
    """
    between("reference", reference, 0, np.inf)
    _check(reference, limit, 0)
    _check_range("head_start", head_start, limit / 2 + reference)
    finite("shift", shift)
    plain, ahead = (
        [normal_cusum(reference, limit, way, start).solved_mean for way in (shift, -shift)]
        for start in (0.0, head_start)
    )
    both = ahead[0] * plain[1] + ahead[1] * plain[0] - plain[0] * plain[1]
    return TwoSided(stated(ahead[0]), stated(ahead[1]), stated(both / sum(plain)))


def cusum_limit(reference: float, run_length: float) -> float:
    """The limit h at which false alarms of the two-sided chart come every `run_length` periods on average.

    `reference` above 0, `run_length` above 2. Raises Refused, also if it is out of reach: with k = 0.5, beyond 10⁹
    periods.
    """
    between("reference", reference, 0, np.inf)
    return limit_for(lambda limit: cusum_run_length(reference, limit).mean, run_length, widest=_widest(reference))


def siegmund_run_length(reference: float, limit: float, *, shift: float = 0.0) -> float:
    """Siegmund's approximation to the run length of the upper sum alone, by hand: to check the computed one.

    Source: Siegmund 1985, Sequential Analysis, §2.6; within a few per cent where it exceeds ten.

    >>> round(siegmund_run_length(0.5, 5)), round(normal_cusum(0.5, 5, 0, 0).mean)
    (938, 931)
    """
    drift, height = shift - reference, limit + 1.166
    if abs(drift) < 1e-8:
        return height**2
    return float((np.exp(-2 * drift * height) + 2 * drift * height - 1) / (2 * drift**2))


def _sums(surplus: Floats, start: float) -> Floats:
    sums = np.empty_like(surplus)
    total = float(start)
    for place, more in enumerate(surplus):
        total = max(0.0, total + more)
        sums[place] = total
    return sums


def _widest(reference: float) -> float:
    """Where run lengths reach about 10⁸: they grow like exp(2·k·h)."""
    return float(9.5 / reference)


def _check(reference: float, limit: float, head_start: float) -> None:
    between("limit", limit, 0, np.inf)
    _check_range("reference", reference, np.inf)
    _check_range("head_start", head_start, limit)


def _check_range(field: str, value: float, most: float) -> None:
    if not 0 <= value <= most:
        raise Refused(
            words("“{field}” is {value}: from 0 to {most} was expected"), field=field, value=value, most=most
        )

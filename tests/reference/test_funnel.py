"""Funnel limits and over-dispersion against England's published figures and two R packages.

PHEindicatormethods (Office for Health Improvement and Disparities) publishes inputs and outputs of its funnels for
303 areas; FunnelPlotR 0.6 gives φ, τ² and the number of areas outside for the same data.
"""

import numpy as np
import pytest

from oracles import oracle_rows
from zhicheng.core.ranking import (
    Adjustment,
    Rule,
    Transformed,
    adjusted_limits,
    byar_interval,
    dispersion,
    expected_within,
    of_proportions,
    proportion_limits,
    ratio_limits,
)

TAILS = {"2s0025": 0.025, "3s0001": 0.001}


def areas() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Numerators, denominators and England's verdicts."""
    rows = oracle_rows("funnel/testdata_funnel_prop_inputs.csv")
    cases, sizes = (np.array([float(row[column]) for row in rows]) for column in ("numerator", "denominator"))
    return cases, sizes, [row["significance"] for row in rows]


@pytest.mark.parametrize("name", list(TAILS))
def test_score_limits_are_englands(name: str) -> None:
    rows = oracle_rows("funnel/testdata_funnel_prop_outputs.csv")
    cases, sizes, _ = areas()
    population = [float(row["Population"]) for row in rows]
    limits = proportion_limits(population, cases.sum() / sizes.sum(), tail=TAILS[name], rule=Rule.SCORE)
    for side, found in (("Lower", limits.lower), ("Upper", limits.upper)):
        published = np.array([float(row[f"{side}{name}limit"]) for row in rows])
        assert 100 * found == pytest.approx(published, abs=6e-7)


def test_verdicts_on_areas_are_englands() -> None:
    cases, sizes, published = areas()
    target = cases.sum() / sizes.sum()
    two, three = (
        proportion_limits(sizes, target, tail=tail, rule=Rule.SCORE).position(cases / sizes)
        for tail in TAILS.values()
    )
    sides = {-1: "Low", 1: "High"}
    found = [
        f"{sides[far]} (0.001)" if far else f"{sides[near]} (0.025)" if near else "Not significant"
        for near, far in zip(two, three, strict=True)
    ]
    assert found == published


@pytest.fixture
def units() -> Transformed:
    cases, sizes, _ = areas()
    return of_proportions(cases, sizes)


def test_over_dispersion_of_the_areas_is_that_of_funnelplotr(units: Transformed) -> None:
    found = dispersion(units, share=0.1)
    assert found.phi == pytest.approx(242, abs=0.5)
    assert found.tau_squared == pytest.approx(0.00143, abs=5e-6)
    assert found.is_beyond_chance


@pytest.mark.parametrize(("adjustment", "outside"), [(Adjustment.NONE, 260), (Adjustment.ADDITIVE, 2)])
def test_as_many_areas_are_outside_as_by_funnelplotr(
    units: Transformed, adjustment: Adjustment, outside: int
) -> None:
    figures = units.scale.back(units.value)
    limits = adjusted_limits(units, dispersion(units), adjustment, tail=0.001)
    assert (limits.position(figures) != 0).sum() == outside


def test_garwoods_intervals_of_counts() -> None:
    """Garwood 1936, 95 %: no case gives 0 to 3.69, ten give 4.80 to 18.39."""
    found = expected_within([0, 1, 10, 50], tail=0.025)
    assert found.lower == pytest.approx([0, 0.0253, 4.80, 37.11], abs=6e-3)
    assert found.upper == pytest.approx([3.69, 5.57, 18.39, 65.92], abs=6e-3)


def test_byars_interval_of_65_cases_among_100() -> None:
    """The example of PHEindicatormethods' phe_rate: 65 of 100 gives 0.50163 to 0.82849 at 95 %."""
    found = byar_interval([65], tail=0.025)
    assert (found.lower[0], found.upper[0]) == pytest.approx((50.163, 82.849), abs=1e-3)


def test_exact_limits_are_rs_quantiles() -> None:
    """R 4.2.2: qbinom(c(.001, .999), 100, .1) is 2 and 20; qpois(c(.025, .975), 10) is 4 and 17."""
    binomial = proportion_limits([100], 0.1, tail=0.001, rule=Rule.EXACT)
    assert (100 * binomial.lower[0], 100 * binomial.upper[0]) == pytest.approx((2, 20))
    poisson = ratio_limits([10], tail=0.025, rule=Rule.EXACT)
    assert (10 * poisson.lower[0], 10 * poisson.upper[0]) == pytest.approx((4, 17))

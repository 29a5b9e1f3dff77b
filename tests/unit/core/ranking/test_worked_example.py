"""What docs/explanation/ranking.md says of its sixteen towns and its chart is what the methods give."""

import numpy as np
import pytest

from zhicheng.core.ranking import (
    Adjustment,
    Standing,
    adjusted,
    adjusted_limits,
    c_chart,
    dispersion,
    of_proportions,
    poisson_cusum,
    proportion_p_values,
    standings,
)

TOWNS = "ABCDEFGHIJKLMNOP"
TESTS = np.array([4, 210, 320, 380, 450, 520, 610, 700, 820, 950, 1100, 1300, 1500, 1900, 2400, 3000])
FAILED = np.array([0, 5, 17, 9, 24, 13, 31, 21, 41, 29, 94, 40, 63, 59, 93, 97])
SHARE = FAILED / TESTS


def outside(adjustment: Adjustment) -> dict[str, int]:
    units = of_proportions(FAILED, TESTS)
    places = adjusted_limits(units, dispersion(units), adjustment, tail=0.025).position(SHARE)
    return {town: int(place) for town, place in zip(TOWNS, places, strict=True) if place}


def lines() -> tuple[Standing, ...]:
    error = np.sqrt(SHARE * (1 - SHARE) / TESTS)
    return standings(list(TOWNS), SHARE, error, TESTS, minimum=30, lower_is_better=True)


def test_the_overall_share() -> None:
    assert (FAILED.sum(), TESTS.sum()) == (636, 16_164)
    assert FAILED.sum() / TESTS.sum() == pytest.approx(0.0393, abs=5e-5)


def test_by_chance_alone_three_are_outside_and_with_what_differs_one() -> None:
    assert outside(Adjustment.NONE) == {"K": 1, "N": -1, "P": -1}
    assert outside(Adjustment.ADDITIVE) == {"K": 1}


def test_over_dispersion() -> None:
    found = dispersion(of_proportions(FAILED, TESTS))
    assert found.phi == pytest.approx(2.05, abs=5e-3)
    assert found.tau_squared == pytest.approx(0.00031, abs=5e-6)
    assert found.is_beyond_chance
    assert 1 + 2 * np.sqrt(2 / 16) == pytest.approx(1.71, abs=5e-3)


def test_over_dispersion_with_what_pulling_in_takes_given_back() -> None:
    units = of_proportions(FAILED, TESTS)
    found = dispersion(units, consistent=True)
    assert found.phi == pytest.approx(3.03, abs=5e-3)
    assert found.tau_squared == pytest.approx(0.00058, abs=5e-6)
    places = adjusted_limits(units, found, tail=0.025).position(SHARE)
    assert {TOWNS[town]: int(places[town]) for town in np.flatnonzero(places)} == {"K": 1}


def test_of_two_small_p_values_one_is_a_finding() -> None:
    p_values = proportion_p_values(FAILED, TESTS, FAILED.sum() / TESTS.sum())
    assert "".join(TOWNS[town] for town in np.flatnonzero(p_values < 0.05)) == "KP"
    assert p_values[-1] == pytest.approx(0.049, abs=5e-4)
    assert 1 - (1 - p_values[-1]) ** 16 == pytest.approx(0.5, abs=0.06)
    found = adjusted(p_values)
    assert found[TOWNS.index("K")] < 1e-4
    assert found[-1] == pytest.approx(0.29, abs=5e-3)


def test_ranks_say_little_and_a_is_not_ranked() -> None:
    *ranked, last = lines()
    assert (last.unit, last.rank, last.estimate) == ("A", None, 0)
    assert "".join(line.unit for line in ranked[:2]) == "DB"
    assert (ranked[-1].unit, ranked[-1].rank, ranked[-1].best) == ("K", 15, 11)
    assert all(line.best == 1 for line in ranked[:-1])


def test_false_alarms_of_single_months() -> None:
    assert c_chart([1, 1], centre=1).periods_to_false_alarm == pytest.approx(273, abs=0.5)


def test_the_chart_of_failures() -> None:
    chart = poisson_cusum(4, 6, 200)
    assert (chart.step, chart.reference, chart.limit) == (1, 5, 9)
    assert chart.false_alarms.mean == pytest.approx(270, abs=0.5)
    assert chart.false_alarms.signals_within(12) == pytest.approx(0.03, abs=5e-3)
    assert chart.run_length(6).mean == pytest.approx(9, abs=0.5)

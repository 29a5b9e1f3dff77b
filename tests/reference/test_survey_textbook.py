"""Worked examples of Lohr 1999, Sampling: Design and Analysis (numbered as in the first edition)."""

import numpy as np
import pytest

from zhicheng.core.designs import Design
from zhicheng.core.estimates import by_domain, contrast, mean, total

SUITES = [
    [3.08, 2.60, 3.44, 3.04],
    [2.36, 3.04, 3.28, 2.68],
    [2.00, 2.56, 2.52, 1.88],
    [3.00, 2.88, 3.44, 3.64],
    [2.68, 1.92, 3.28, 3.20],
]
"""Example 5.4: grade averages in 5 of 100 suites of four students each."""
REGIONS = {
    "northeast": (220, 21, 97_629.8, 7_647_472_708),
    "north central": (1054, 103, 300_504.2, 29_618_183_543),
    "south": (1382, 135, 211_315.0, 53_587_487_856),
    "west": (422, 41, 662_295.5, 396_185_950_266),
}
"""Section 4.2: counties of the United States, those sampled, mean and variance of their acres of farms in 1992."""


def with_moments(count: int, average: float, variance: float) -> np.ndarray:
    """Numbers that have this mean and this variance, with the divisor n − 1."""
    values = np.arange(count) ** 1.5
    return average + (values - values.mean()) * np.sqrt(variance) / values.std(ddof=1)


def test_grades_of_students_in_whole_suites() -> None:
    """t̂ = 1130.4 with s² = 2.256 of the totals of suites, rounded so, hence SE(t̂) = 65.4706 and SE(ȳ) = 0.164."""
    design = Design.clusters(np.repeat(np.arange(5), 4), population=100)
    grades = np.ravel(SUITES)
    assert total(design, grades).value == pytest.approx(1130.4)
    assert total(design, grades).standard_error == pytest.approx(65.4706, abs=0.005)
    assert mean(design, grades).value == pytest.approx(2.826)
    assert mean(design, grades).standard_error == pytest.approx(0.164, abs=5e-4)
    assert design.degrees_of_freedom == 4


def test_students_of_a_suite_are_alike_and_an_independent_sample_would_be_taken_for_surer() -> None:
    """The analysis of variance of example 5.4: mean squares of 0.56392 between and 0.18504 within suites."""
    grades = np.ravel(SUITES)
    between = 4 * np.var(np.mean(SUITES, axis=1), ddof=1)
    within = float(np.mean(np.var(SUITES, axis=1, ddof=1)))
    assert (between, within) == (pytest.approx(0.56392, abs=5e-6), pytest.approx(0.18504, abs=5e-6))
    clustered = mean(Design.clusters(np.repeat(np.arange(5), 4), population=100), grades)
    simple = mean(Design.simple(20, population=400), grades)
    assert clustered.value == pytest.approx(simple.value)
    assert clustered.design_effects == pytest.approx((clustered.standard_error / simple.standard_error) ** 2)
    assert float(clustered.design_effects[0]) == pytest.approx(between / np.var(grades, ddof=1))


def sampled() -> tuple[Design, np.ndarray, list[str]]:
    regions = [name for name, (_, count, _, _) in REGIONS.items() for _ in range(count)]
    acres = np.concatenate([with_moments(*moments) for _, *moments in REGIONS.values()])
    population = {name: size for name, (size, _, _, _) in REGIONS.items()}
    return Design.stratified(regions, population=population), acres, regions


def test_farmland_of_a_country_in_strata() -> None:
    """t̂ = 909,736,034 acres with a standard error of 50,417,248; the means are printed to a tenth of an acre."""
    design, acres, _ = sampled()
    found = total(design, acres)
    assert found.value == pytest.approx(909_736_034, abs=200)
    assert found.standard_error == pytest.approx(50_417_248, abs=2)
    assert design.degrees_of_freedom == 300 - 4
    average = mean(design, acres)
    assert average.value == pytest.approx(295_560.8, abs=0.1)
    assert average.standard_error == pytest.approx(16_379.9, abs=0.1)


def test_each_region_is_a_sample_of_its_own() -> None:
    design, acres, regions = sampled()
    found = by_domain(total, design, acres, by=regions)
    for name, (size, count, average, variance) in REGIONS.items():
        part = found.part(name)
        assert part.value == pytest.approx(size * average)
        assert part.standard_error == pytest.approx(size * np.sqrt((1 - count / size) * variance / count))
    whole = contrast(found, dict.fromkeys(REGIONS, 1))
    assert whole.standard_error == pytest.approx(total(design, acres).standard_error)


def test_a_simple_sample_of_as_many_counties_would_be_less_sure() -> None:
    """Proportional allocation: strata gain what lies between their means."""
    design, acres, _ = sampled()
    effect = float(mean(design, acres).design_effects[0])
    assert 0.7 < effect < 0.8

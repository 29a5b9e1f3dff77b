"""Allocations that others have published or computed: Cochran, Bracken and McCormick, and the oracles."""

import numpy as np
import pytest

from oracles import oracle_json
from zhicheng.core.allocation import (
    Strata,
    Target,
    bethel,
    cheapest,
    most_precise,
    neyman,
    power,
    proportional,
    total_variance,
)

ORACLE = "allocation/reference.json"
WITHOUT_LIMIT = 10**9


def test_64_cities():
    """Cochran 1977, table 5.1 and section 5.4: inhabitants of 16 large and 48 other cities, in thousands."""
    known = oracle_json(ORACLE)["cochran_64_cities"]
    cities, spreads = Strata.of(known["N"]), np.sqrt(known["S2"])
    best, even = neyman(cities, spreads, known["n"]), proportional(cities, known["n"])
    assert best.ideal == pytest.approx(known["neyman_real"])
    assert best.numbers.tolist() == known["neyman_rounded"]
    assert even.numbers.tolist() == known["proportional"]
    assert total_variance(cities, spreads, best.numbers) == pytest.approx(known["var_total_neyman"])
    assert total_variance(cities, spreads, even.numbers) == pytest.approx(known["var_total_proportional"])


def test_a_stratum_that_is_taken_whole():
    known = oracle_json(ORACLE)["neyman_take_all"]
    strata = Strata.of(known["N"])
    allocation = neyman(strata, known["S"], known["n"])
    assert allocation.ideal == pytest.approx(known["real"])
    assert allocation.numbers.tolist() == known["integer_optimum"]
    assert total_variance(strata, known["S"], allocation.numbers) == pytest.approx(known["integer_var_total"])


def test_power_allocation():
    for known in oracle_json(ORACLE)["power_allocation"]:
        strata = Strata.of([WITHOUT_LIMIT] * len(known["X"]), least=0)
        allocation = power(strata, known["X"], known["CV"], known["n"], exponent=known["q"])
        assert allocation.ideal == pytest.approx(known["real"]), known["q"]
        assert allocation.numbers == pytest.approx(known["real"], abs=1)


def test_the_cheapest_sample_for_a_variance_and_back():
    known = oracle_json(ORACLE)["cost_optimal"]
    strata = Strata.of(known["N"], costs=known["cost"])
    plan = cheapest(strata, known["S"], known["V0"])
    assert plan.ideal == pytest.approx(known["real"])
    assert plan.bound == pytest.approx(known["cost_total"])
    assert total_variance(strata, known["S"], plan.ideal) == pytest.approx(known["check_V"])
    assert plan.cost < known["cost_total"] + 4
    bought = most_precise(strata, known["S"], known["cost_total"])
    assert bought.ideal == pytest.approx(known["real"])
    assert bought.bound == pytest.approx(known["V0"])


def test_one_target_of_bethel_is_the_cheapest_sample():
    known = oracle_json(ORACLE)["cost_optimal"]
    strata = Strata.of(known["N"], costs=known["cost"])
    plan = bethel(strata, [Target.by_variance(strata, "total", spreads=known["S"], variance=known["V0"])])
    assert plan.ideal == pytest.approx(known["real"], rel=1e-5)
    assert plan.bound == pytest.approx(known["cost_total"], rel=1e-7)


def test_a_survey_of_two_variates():
    """Bracken and McCormick 1968, chapter 10.2, the model SAMPLE of the GAMS library: least cost 726.679.

    Its finite population correction divides by the size of the stratum where theory divides by that of the
    population; the variances are given here so that both say the same.
    """
    sizes, squares = np.array([400_000, 300_000, 200_000, 100_000]), {"a": [25] * 4, "b": [1, 4, 16, 64]}
    strata = Strata.of(sizes, least=1)
    people = sizes.sum()
    targets = []
    for (name, square), variance in zip(squares.items(), (0.04, 0.01), strict=True):
        theirs, ours = np.sum(square) / people, float(sizes @ square) / people**2
        allowed = (variance + theirs - ours) * people**2
        targets.append(Target.by_variance(strata, name, spreads=np.sqrt(square), variance=allowed))
    plan = bethel(strata, targets)
    assert plan.bound == pytest.approx(726.679, abs=1e-3)
    assert plan.ideal == pytest.approx([193.41, 179.55, 185.02, 168.71], abs=0.01)
    assert plan.numbers.tolist() == [194, 180, 186, 169]
    assert bethel(strata, targets, trim=True).total == 727

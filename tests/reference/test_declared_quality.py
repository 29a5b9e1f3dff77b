"""Declared quality: limiting numbers of small populations, and the one example whose print was seen."""

import pytest

from oracles import oracle_json
from zhicheng.core.acceptance import Lot, LqrLevel, Process, SinglePlan, Verdict, declared_limit, declared_plan


def test_limiting_numbers_risks_and_power_in_small_populations() -> None:
    rows = oracle_json("acceptance/oc_reference.json")["declared_quality_small_population"]
    assert len(rows) == 24
    for row in rows:
        plan = declared_limit(Lot(row["N"]), declared=row["DQL"], n=row["n"])
        assert plan.limit == row["L"], row
        assert plan.risk == pytest.approx(row["risk_declared"], abs=1e-12)
        assert plan.power(2 * row["DQL"] + 3) == pytest.approx(row["power_at_2xDQL_plus_3"], abs=1e-12)


def test_the_example_of_iso_2859_4_2002() -> None:
    """§7.2: in a sample of 125 two or fewer do not contradict a DQL of 0.65 %, three or more do."""
    plan = declared_plan(Process(), declared=0.0065, limit=LqrLevel.II.limit)
    assert (plan.n, plan.limit) == (125, 2)
    assert plan.verdict(2) is Verdict.NOT_CONTRADICTED
    assert plan.verdict(3) is Verdict.CONTRADICTED


def test_the_third_edition_draws_a_little_more_than_five_percent_allow() -> None:
    """ISO 2859-4:2020 §4.4 has 127 units with two allowed; 126 is the most that a risk of 5 % allows."""
    risks = {n: 1 - SinglePlan(n, 2).acceptance(Process(), 0.0065) for n in (125, 126, 127)}
    assert risks[125] < risks[126] < 0.05 < risks[127] < 0.051
    every_size = declared_plan(Process(), declared=0.0065, limit=2, sizes=tuple(range(1, 1000)))
    assert every_size.n == 126

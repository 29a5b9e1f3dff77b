from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    AcceptanceError,
    Lot,
    PerHundredUnits,
    Population,
    Process,
    RiskPoint,
    SinglePlan,
    find_plan,
    most_nonconforming,
    sample_finding_none,
)
from zhicheng.core.thresholds import within


def keeps(plan: SinglePlan, population: Population, producer: RiskPoint, consumer: RiskPoint) -> bool:
    """Whether a plan keeps both risks."""
    return within(1 - plan.acceptance(population, producer.quality), producer.risk) and within(
        plan.acceptance(population, consumer.quality), consumer.risk
    )


@settings(max_examples=30)
@given(st.integers(0, 5), st.integers(6, 25), st.sampled_from([0.05, 0.1]), st.sampled_from([0.05, 0.1, 0.2]))
def test_no_smaller_plan_keeps_both_risks_of_a_lot(good: int, bad: int, alpha: float, beta: float) -> None:
    lot, producer, consumer = Lot(40), RiskPoint(good, alpha), RiskPoint(bad, beta)
    plan = find_plan(lot, producer=producer, consumer=consumer)
    assert keeps(plan, lot, producer, consumer)
    smaller = (SinglePlan(n, ac) for n in range(1, plan.n) for ac in range(n))
    assert not any(keeps(each, lot, producer, consumer) for each in smaller)


@settings(max_examples=20)
@given(st.floats(0.001, 0.03), st.floats(4, 15))
def test_no_smaller_plan_keeps_both_risks_of_a_process(good: float, times: float) -> None:
    process, producer, consumer = Process(), RiskPoint(good, 0.05), RiskPoint(min(0.9, good * times), 0.10)
    plan = find_plan(process, producer=producer, consumer=consumer)
    assert keeps(plan, process, producer, consumer)
    assert not any(keeps(SinglePlan(plan.n - 1, ac), process, producer, consumer) for ac in range(plan.ac + 3))


@settings(max_examples=20)
@given(
    st.sampled_from([1, 20, 300]), st.floats(1.5, 8), st.sampled_from([0.01, 0.05]), st.sampled_from([0.1, 0.2])
)
def test_no_smaller_plan_keeps_both_risks_of_counts(good: int, times: float, alpha: float, beta: float) -> None:
    counts, producer, consumer = PerHundredUnits(), RiskPoint(good, alpha), RiskPoint(good * times, beta)
    plan = find_plan(counts, producer=producer, consumer=consumer)
    assert keeps(plan, counts, producer, consumer)
    if plan.n > 1:
        assert not any(keeps(SinglePlan(plan.n - 1, ac), counts, producer, consumer) for ac in range(plan.ac + 3))


def test_qualities_close_together_are_searched_in_leaps() -> None:
    """Going up by one Ac after the other these took a minute and more."""
    far = find_plan(Process(), producer=RiskPoint(0.49, 0.05), consumer=RiskPoint(0.5, 0.1))
    many = find_plan(PerHundredUnits(), producer=RiskPoint(1e9, 0.05), consumer=RiskPoint(1.001e9, 0.1))
    assert (far, many) == (SinglePlan(21441, 10626), SinglePlan(1, 10005202))
    with pytest.raises(AcceptanceError, match="No sample of up to 100000 units"):
        find_plan(PerHundredUnits(), producer=RiskPoint(4999, 0.05), consumer=RiskPoint(5000, 0.1))


def test_risks_that_no_sample_keeps_are_refused() -> None:
    close = {"producer": RiskPoint(0.0100, 0.001), "consumer": RiskPoint(0.0101, 0.001)}
    with pytest.raises(AcceptanceError, match="No sample of up to 100000 units keeps the risks"):
        find_plan(Process(), **close)
    with pytest.raises(AcceptanceError, match="quality 3 is not better than the consumer’s 2; expected it below"):
        find_plan(Lot(50), producer=RiskPoint(3, 0.05), consumer=RiskPoint(2, 0.1))
    with pytest.raises(AcceptanceError, match="quality 2 is not better than the consumer’s 2; expected it below"):
        find_plan(Lot(50), producer=RiskPoint(2, 0.05), consumer=RiskPoint(2, 0.1))
    with pytest.raises(AcceptanceError, match="“risk” is 0; expected a number above 0 and below 1"):
        RiskPoint(0.01, 0)


def test_of_a_lot_no_more_is_searched_than_there_is() -> None:
    """Even of the whole lot, nothing is found where there is nothing; and one of 50 with 10 % only in 45."""
    with pytest.raises(AcceptanceError, match="No sample of up to 50 units keeps the risks"):
        sample_finding_none(Lot(50), quality=0, risk=0.1)
    assert sample_finding_none(Lot(50), quality=1, risk=0.1) == 45
    assert find_plan(Lot(50), producer=RiskPoint(1, 0.01), consumer=RiskPoint(2, 0.01)) == SinglePlan(50, 1)


@pytest.mark.parametrize("quality", [None, "0.01", -0.01, float("nan"), float("inf")])
def test_a_risk_is_borne_at_a_quality(quality: Any) -> None:
    with pytest.raises(AcceptanceError, match=r"“quality” is .*; expected a number, 0 or more"):
        RiskPoint(quality, 0.05)


@given(st.integers(2, 80), st.data(), st.sampled_from([0.01, 0.05, 0.1, 0.5]))
def test_one_unit_less_would_find_nothing_too_often(size: int, data: st.DataObject, risk: float) -> None:
    faulty = data.draw(st.integers(1, size))
    n = sample_finding_none(Lot(size), quality=faulty, risk=risk)
    assert within(Lot(size).at_most(0, n, faulty), risk)
    assert n == 1 or not within(Lot(size).at_most(0, n - 1, faulty), risk)


@pytest.mark.parametrize(
    ("size", "faulty", "risk", "n"), [(6, 3, 0.05, 3), (5, 2, 0.1, 3), (100, 1, 0.05, 95), (20, 1, 0.95, 1)]
)
def test_a_risk_that_is_met_exactly_is_kept(size: int, faulty: int, risk: float, n: int) -> None:
    """Three of six are all faultless with 1/20: a float may say a hair more, and ask for four."""
    assert Fraction(comb(size - faulty, n), comb(size, n)) == Fraction(str(risk))
    assert sample_finding_none(Lot(size), quality=faulty, risk=risk) == n
    assert find_plan(Lot(size), producer=RiskPoint(0, 0.01), consumer=RiskPoint(faulty, risk)).n == n
    assert most_nonconforming(lot_size=size, n=n, found=0, risk=risk) == faulty - 1


def test_finding_nothing_in_a_process_has_a_closed_form() -> None:
    """n ≥ ln β / ln(1 − p): 299 units for one percent and 95 % confidence, 59 for five percent."""
    for fraction, n in ((0.01, 299), (0.05, 59), (0.001, 2995)):
        assert sample_finding_none(Process(), quality=fraction, risk=0.05) == n
        assert n == int(np.ceil(np.log(0.05) / np.log1p(-fraction)))
    assert sample_finding_none(PerHundredUnits(), quality=1, risk=0.05) == int(np.ceil(-100 * np.log(0.05)))


def test_no_sample_finds_what_is_not_there() -> None:
    for population in (Lot(50), Process()):
        with pytest.raises(AcceptanceError, match="No sample of up to"):
            sample_finding_none(population, quality=0, risk=0.05)


@settings(max_examples=40)
@given(st.integers(1, 40), st.data(), st.sampled_from([0.05, 0.1]))
def test_the_bound_covers_every_lot_as_often_as_promised(size: int, data: st.DataObject, risk: float) -> None:
    """Exactly, by adding up the samples whose bound is too low."""
    n = data.draw(st.integers(1, size))
    for faulty in range(size + 1):
        missed = 0.0
        for found in range(max(0, n - (size - faulty)), min(n, faulty) + 1):
            if most_nonconforming(lot_size=size, n=n, found=found, risk=risk) < faulty:
                missed += Lot(size).exactly(found, n, faulty)
        assert missed <= risk + 1e-12


def test_the_bound_covers_simulated_lots() -> None:
    """5,000 samples of 30 from a lot of 400 with 24 nonconforming units; the bound of 95 % misses 5 % at most."""
    generator = np.random.default_rng(20260103)
    found = generator.hypergeometric(24, 376, 30, 5_000)
    bounds = {each: most_nonconforming(lot_size=400, n=30, found=each, risk=0.05) for each in set(found.tolist())}
    missed = np.mean([bounds[each] < 24 for each in found.tolist()])
    assert missed <= 0.05 + 4 * (0.05 * 0.95 / 5_000) ** 0.5


@given(st.integers(1, 60), st.data())
def test_the_bound_grows_with_what_is_found_and_knows_what_was_seen(size: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, size))
    bounds = [most_nonconforming(lot_size=size, n=n, found=found, risk=0.05) for found in range(n + 1)]
    assert bounds == sorted(bounds)
    for found, bound in enumerate(bounds):
        assert found <= bound <= size - (n - found)
    assert most_nonconforming(lot_size=size, n=size, found=n * (n == size), risk=0.05) == size * (n == size)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"lot_size": 10, "n": 11, "found": 0}, "“n” is 11; expected a whole number from 1 to 10"),
        ({"lot_size": 10, "n": 5, "found": 6}, "“found” is 6; expected a whole number from 0 to 5"),
        ({"lot_size": 0, "n": 5, "found": 0}, "“lot_size” is 0; expected a whole number, 1 or more"),
    ],
)
def test_impossible_samples_have_no_bound(numbers: dict[str, int], message: str) -> None:
    with pytest.raises(AcceptanceError) as refused:
        most_nonconforming(**numbers, risk=0.05)
    assert str(refused.value) == message


@pytest.mark.parametrize("risk", [0, 1, 1.5, -0.1, float("nan"), None])
def test_a_bound_has_a_risk_between_none_and_all(risk: Any) -> None:
    with pytest.raises(AcceptanceError, match=f"“risk” is {risk}; expected a number above 0 and below 1"):
        most_nonconforming(lot_size=10, n=5, found=1, risk=risk)


def counted(ac: int, size: int, faulty: int, n: int) -> Fraction:
    """P(X ≤ Ac) by counting the samples, of all there are, that hold no more."""
    good = sum(comb(faulty, found) * comb(size - faulty, n - found) for found in range(min(ac, n) + 1))
    return Fraction(good, comb(size, n))


@pytest.mark.parametrize("size", [6, 9, 13])
@pytest.mark.parametrize(("alpha", "beta"), [("0.05", "0.1"), ("0.1", "0.2"), ("0.01", "0.05")])
def test_both_risks_of_every_small_lot_by_counting_samples(size: int, alpha: str, beta: str) -> None:
    """The first plan, in the order of n and then of Ac, of all that keep both risks in exact fractions."""
    every = [(n, ac) for n in range(1, size + 1) for ac in range(n)]
    for good in range(size - 1):
        for bad in range(good + 1, size + 1):
            first = next(
                (n, ac)
                for n, ac in every
                if 1 - counted(ac, size, good, n) <= Fraction(alpha)
                and counted(ac, size, bad, n) <= Fraction(beta)
            )
            producer, consumer = RiskPoint(good, float(alpha)), RiskPoint(bad, float(beta))
            assert find_plan(Lot(size), producer=producer, consumer=consumer) == SinglePlan(*first)


@pytest.mark.parametrize("risk", ["0.05", "0.1", "0.5"])
def test_what_a_small_lot_may_still_hold_by_trying_all_that_it_may(risk: str) -> None:
    for size in range(1, 11):
        for n in range(1, size + 1):
            for found in range(n + 1):
                possible = range(found, size - (n - found) + 1)
                likely = [faulty for faulty in possible if counted(found, size, faulty, n) > Fraction(risk)]
                bound = most_nonconforming(lot_size=size, n=n, found=found, risk=float(risk))
                assert bound == max(likely), (size, n, found)


@pytest.mark.parametrize("risk", ["0.05", "0.1", "0.5"])
def test_the_sample_that_finds_none_by_trying_all_samples(risk: str) -> None:
    for size in range(1, 16):
        for faulty in range(1, size + 1):
            first = next(n for n in range(1, size + 1) if counted(0, size, faulty, n) <= Fraction(risk))
            assert sample_finding_none(Lot(size), quality=faulty, risk=float(risk)) == first, (size, faulty)

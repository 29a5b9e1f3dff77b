"""What every allocation keeps: more gives no stratum less, and units of measurement and order are free."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unit.core.allocation.populations import limited_strata, spreads_of
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
    where_next,
)

factors = st.sampled_from([1e-6, 0.5, 3.0, 1e5])
shares = st.floats(0, 1).map(lambda share: round(share, 6))


def total_within(strata: Strata, share: float) -> int:
    least, most = int(strata.least.sum()), int(strata.most.sum())
    return least + round(share * (most - least))


def money_within(strata: Strata, share: float) -> float:
    return float(strata.costs @ (strata.least + share * (strata.most - strata.least)))


def attainable(strata: Strata, spread: list[float], share: float) -> float:
    """A variance from what everything leaves to what the minima, or one unit, leave."""
    best, worst = (
        total_variance(strata, spread, numbers)
        for numbers in (strata.most, np.minimum(np.maximum(strata.least, 1), strata.most))
    )
    assume(np.isfinite(worst))
    return best + share * (worst - best) + 1e-3


def reordered(strata: Strata, order: list[int]) -> Strata:
    return Strata.of(
        strata.sizes[order], costs=strata.costs[order], least=strata.least[order], most=strata.most[order]
    )


@given(limited_strata(), st.data(), shares)
def test_a_unit_more_is_given_to_one_stratum_and_taken_from_none(
    strata: Strata, data: st.DataObject, share: float
):
    """Largest remainders would not do: Alabama lost a seat of a larger house by them."""
    spread, total = spreads_of(data.draw, strata), total_within(strata, share)
    assume(total < strata.most.sum())
    for divided in (
        lambda number: proportional(strata, number),
        lambda number: neyman(strata, spread, number),
        lambda number: power(strata, strata.sizes, spread, number, exponent=share),
    ):
        fewer, more = divided(total), divided(total + 1)
        assert sorted((more.numbers - fewer.numbers).tolist()) == [*[0] * (len(strata) - 1), 1]
        assert np.all(more.ideal >= fewer.ideal - 1e-9)
        assert more.bound <= fewer.bound * (1 + 1e-12)


@given(limited_strata(), st.data(), shares, shares)
def test_more_money_lowers_the_variance_and_no_number_of_the_ideal(strata, data, one: float, other: float):
    spread = spreads_of(data.draw, strata)
    poor, rich = (most_precise(strata, spread, money_within(strata, share)) for share in sorted((one, other)))
    assert np.all(rich.ideal >= poor.ideal * (1 - 1e-9) - 1e-9)
    assert rich.bound <= poor.bound * (1 + 1e-9) + 1e-9


@given(limited_strata(), st.data(), shares, shares)
def test_a_larger_variance_costs_no_more(strata: Strata, data: st.DataObject, one: float, other: float):
    spread = spreads_of(data.draw, strata)
    strict, easy = (cheapest(strata, spread, attainable(strata, spread, share)) for share in sorted((one, other)))
    assert easy.bound <= strict.bound * (1 + 1e-9)
    assert np.all(easy.ideal <= strict.ideal * (1 + 1e-9) + 1e-9)


@given(limited_strata(equal_costs=True), st.data(), shares)
def test_the_variance_of_a_number_of_units_costs_that_number_at_most(strata, data, share: float):
    """`cheapest` undoes `neyman`: no fewer units than the fewest are as precise."""
    spread, total = spreads_of(data.draw, strata), total_within(strata, share)
    reached = total_variance(strata, spread, neyman(strata, spread, total).numbers)
    assume(0 < reached < np.inf)
    needed = cheapest(strata, spread, reached)
    assert needed.total <= total
    assert total_variance(strata, spread, needed.numbers) <= reached * (1 + 1e-9)


@given(limited_strata(), st.data(), st.floats(0.01, 1), factors, factors)
def test_spreads_and_costs_may_be_in_any_units(strata: Strata, data: st.DataObject, share, spreading, costing):
    spread = np.array(spreads_of(data.draw, strata))
    dearer = Strata.of(strata.sizes, costs=strata.costs * costing, least=strata.least, most=strata.most)
    total, budget = total_within(strata, share), money_within(strata, share)
    variance = attainable(strata, spread.tolist(), share)
    pairs = [
        (neyman(strata, spread, total), neyman(dearer, spread * spreading, total), spreading**2),
        (
            most_precise(strata, spread, budget),
            most_precise(dearer, spread * spreading, budget * costing),
            spreading**2,
        ),
        (
            cheapest(strata, spread, variance),
            cheapest(dearer, spread * spreading, variance * spreading**2),
            costing,
        ),
    ]
    for once, again, by in pairs:
        assert again.ideal == pytest.approx(once.ideal, rel=1e-6, abs=1e-9)
        assert again.bound == pytest.approx(once.bound * by, rel=1e-6, abs=1e-9 * by)


@given(limited_strata(), st.data(), shares, st.randoms())
def test_the_order_of_the_strata_does_not_matter(strata: Strata, data: st.DataObject, share: float, random):
    spread = np.array(spreads_of(data.draw, strata))
    order = list(range(len(strata)))
    random.shuffle(order)
    other = reordered(strata, order)
    total, variance = total_within(strata, share), attainable(strata, spread.tolist(), share)
    for once, again in (
        (neyman(strata, spread, total), neyman(other, spread[order], total)),
        (cheapest(strata, spread, variance), cheapest(other, spread[order], variance)),
    ):
        assert again.ideal == pytest.approx(once.ideal[order], rel=1e-6, abs=1e-9)
        assert again.bound == pytest.approx(once.bound, rel=1e-9)


@settings(max_examples=40)
@given(limited_strata(), st.data(), st.floats(0.05, 1), st.floats(1, 3))
def test_one_more_target_costs_no_less_and_an_easier_one_no_more(strata, data, share: float, easing: float):
    spreads = [spreads_of(data.draw, strata) for _ in range(2)]
    one, two = (
        Target.by_variance(strata, str(place), spreads=spread, variance=attainable(strata, spread, share))
        for place, spread in enumerate(spreads)
    )
    easier = Target.by_variance(strata, "easier", spreads=two.spreads, variance=two.variance * easing)
    alone, both, eased = (bethel(strata, targets).bound for targets in ([one], [one, two], [one, easier]))
    slack = 1e-5 * (1 + both)
    assert alone <= eased + slack
    assert eased <= both + slack


@settings(max_examples=40)
@given(
    limited_strata(), st.data(), st.floats(0.05, 1), st.sampled_from([1e-4, 7.0]), st.sampled_from([0.01, 300.0])
)
def test_targets_may_be_in_any_units(strata: Strata, data: st.DataObject, share, spreading: float, costing: float):
    spread = spreads_of(data.draw, strata)
    variance = attainable(strata, spread, share)
    dearer = Strata.of(strata.sizes, costs=strata.costs * costing, least=strata.least, most=strata.most)
    once = bethel(strata, [Target.by_variance(strata, "v", spreads=spread, variance=variance)])
    again = bethel(
        dearer,
        [Target.by_variance(dearer, "v", spreads=spreading * np.array(spread), variance=variance * spreading**2)],
    )
    assert again.bound == pytest.approx(once.bound * costing, rel=1e-5)


@given(st.integers(8, 200), st.sampled_from([0.0, 1.0]))
def test_one_batch_more_is_drawn_in_one_stratum_more(budget: int, knowing: float):
    """Of one purpose; between two the share of each is rounded, so that a batch may change its purpose."""
    strata = Strata.of([60, 50, 90, 30])
    fewer, more = (
        where_next(strata, [0, 2, 9, 0], [40, 40, 40, 1], number, knowing=knowing).numbers
        for number in (budget, budget + 1)
    )
    assert sorted((more - fewer).tolist()) == [0, 0, 0, 1]


def test_samples_vary_as_the_allocation_says():
    """Monte Carlo: totals estimated from 3 000 samples of a city of three strata, their variance ± 2.6 %."""
    draws = np.random.default_rng(20261126)
    city = [draws.gamma(shape, 10, size) for shape, size in ((0.5, 60), (3, 200), (9, 40))]
    strata = Strata.of([len(stratum) for stratum in city])
    spread = [stratum.std(ddof=1) for stratum in city]
    for plan in (neyman(strata, spread, 60), proportional(strata, 60)):
        totals = [
            sum(
                len(stratum) * draws.choice(stratum, number, replace=False).mean()
                for stratum, number in zip(city, plan.numbers.tolist(), strict=True)
            )
            for _ in range(3000)
        ]
        assert np.mean(totals) == pytest.approx(sum(map(np.sum, city)), rel=0.01)
        assert np.var(totals) == pytest.approx(total_variance(strata, spread, plan.numbers), rel=0.08)

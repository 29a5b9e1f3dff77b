import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhicheng.core.allocation import NextBatches, Strata, neyman, proportional, where_next
from zhicheng.core.refused import Refused


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Strata, list[int], list[int], int]:
    """Strata with a past, and a budget between minima and maxima."""
    sizes = draw(st.lists(st.integers(1, 60), min_size=1, max_size=6))
    strata = Strata.of(sizes)
    tested = [draw(st.integers(0, 50)) for _ in sizes]
    assume(sum(tested))
    failed = [draw(st.integers(0, number)) for number in tested]
    return strata, failed, tested, draw(st.integers(int(strata.least.sum()), int(strata.most.sum())))


@given(rounds(), st.floats(0, 1), st.floats(0.05, 0.95))
def test_the_budget_is_given_within_the_limits_and_every_batch_has_its_reason(round_, knowing, credence):
    strata, failed, tested, budget = round_
    plan = where_next(strata, failed, tested, budget, knowing=knowing, credence=credence)
    assert plan.numbers.sum() == budget
    assert np.all((plan.numbers >= strata.least) & (plan.numbers <= strata.most))
    assert plan.for_minimum.tolist() == strata.least.tolist()
    assert min(plan.for_knowing.min(), plan.for_finding.min()) >= 0
    beyond = budget - strata.least.sum()
    assert plan.for_knowing.sum() == round(knowing * beyond)


@given(rounds())
def test_the_same_past_gives_the_same_plan(round_):
    once, again = where_next(*round_), where_next(*round_)
    assert once.numbers.tolist() == again.numbers.tolist()


@given(rounds())
def test_batches_for_finding_go_where_the_plausible_rate_is_highest(round_):
    """No stratum that got one has, even before the last of them, a lower rate than one that could have had it."""
    from scipy.special import betaincinv

    plan = where_next(*round_, knowing=0.0)

    def plausible(stratum: int, batches: int) -> float:
        failing, passing = plan.rates.failing[stratum], plan.rates.passing[stratum]
        surer = 1 + batches / (failing + passing)
        return float(betaincinv(failing * surer, passing * surer, 0.9))

    waiting = [
        plausible(each, int(plan.numbers[each]))
        for each in range(len(plan.numbers))
        if plan.numbers[each] < plan.strata.most[each]
    ]
    got = np.flatnonzero(plan.for_finding)
    lowest = [plausible(each, int(plan.numbers[each]) - 1) for each in got if plan.rates.failing[each] > 1]
    assume(waiting and lowest and np.all(plan.rates.failing > 1))
    assert min(lowest) >= max(waiting) - 1e-9


CITY = Strata.of([400, 400, 400, 400], names=["never", "seldom", "often", "unknown"])
FAILED, TESTED = [0, 2, 12, 0], [80, 80, 80, 1]


def plan_of(**options: float) -> NextBatches:
    return where_next(CITY, FAILED, TESTED, 100, **options)


def test_most_go_where_failures_were_often_and_some_where_nobody_has_looked():
    numbers = dict(zip(CITY.names, plan_of(knowing=0.0).numbers.tolist(), strict=True))
    assert numbers["often"] > numbers["unknown"] > numbers["seldom"] == numbers["never"] == 2


def test_the_less_is_known_the_more_the_credence_explores():
    unknown = [int(plan_of(knowing=0.0, credence=each).numbers[3]) for each in (0.5, 0.8, 0.95)]
    assert unknown == sorted(unknown)
    assert unknown[0] == 2 < unknown[-1]


def test_all_for_knowing_is_neymans_allocation_with_the_expected_spreads():
    plan = plan_of(knowing=1.0)
    assert plan.for_finding.sum() == 0
    assert plan.numbers.tolist() == neyman(CITY, plan.rates.deviations, 100).numbers.tolist()


def test_the_more_for_finding_the_more_failures_are_expected():
    expected = [plan_of(knowing=each).expected_failures for each in (1.0, 0.5, 0.0)]
    assert expected == sorted(expected)
    common = proportional(CITY, 100).numbers @ plan_of().rates.means
    assert expected[0] > common


def test_no_more_are_drawn_than_there_are():
    strata = Strata.of([400, 5], names=["rice", "cranes"])
    plan = where_next(strata, [1, 3], [50, 4], 60, knowing=0.0)
    assert plan.numbers.tolist() == [55, 5]


def test_batches_of_earlier_years_can_count_less():
    then = where_next(CITY, [0, 2, 12, 0], [80, 80, 80, 1], 100)
    faded = where_next(CITY, np.array([0, 2, 12, 0]) / 8, np.array([80, 80, 80, 1]) / 8, 100)
    assert faded.numbers[2] < then.numbers[2]


@pytest.mark.parametrize(
    ("budget", "options", "sentence"),
    [
        (7, {}, "7 units for strata that need 8 and allow 1600; expected is a number between"),
        (1601, {}, "1601 units for strata that need 8 and allow 1600; expected is a number between"),
        (50, {"knowing": 1.2}, "The part for knowing the rate is 1.2; expected is 0 to 1"),
        (50, {"credence": 1.0}, "“credence” is 1: a number above 0 and below 1 was expected"),
        (50, {"credence": 0.0}, "“credence” is 0: a number above 0 and below 1 was expected"),
    ],
)
def test_what_cannot_be_planned_is_refused(budget, options, sentence):
    with pytest.raises(Refused, match=sentence):
        where_next(CITY, FAILED, TESTED, budget, **options)


WORLDS = {
    "rates are beta, as the method assumes": lambda draws: draws.beta(0.06 * 12, 0.94 * 12, 25),
    "three hot spots": lambda draws: np.where(draws.permutation(25) < 3, 0.3, 0.03),
}


def seasons(policy, world, draws: np.random.Generator) -> float:
    """Failures found in four seasons of 150 batches, after one season in proportion, in a city of 25 strata."""
    strata = Strata.of(np.round(draws.lognormal(5, 0.8, 25)) + 20)
    true = world(draws)
    tested = proportional(strata, 150).numbers.astype(float)
    failed = draws.binomial(tested.astype(int), true).astype(float)
    found = 0
    for _ in range(4):
        numbers = policy(strata, failed, tested)
        failing = draws.binomial(numbers, true)
        failed, tested, found = failed + failing, tested + numbers, found + int(failing.sum())
    return found


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_far_more_failures_are_found_than_in_proportion(world):
    """Monte Carlo: 20 cities, the same for both; see bench/where_next.py for more worlds, and where it loses."""
    policies = {
        "proportional": lambda strata, *_: proportional(strata, 150).numbers,
        "where next": lambda strata, failed, tested: where_next(strata, failed, tested, 150).numbers,
    }
    found = {
        name: np.mean([seasons(policy, world, np.random.default_rng(seed)) for seed in range(20)])
        for name, policy in policies.items()
    }
    assert found["where next"] > 1.5 * found["proportional"]

from hashlib import sha256
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from zhicheng.core.draws import inclusion
from zhicheng.core.draws.inclusion import Family, inclusion_probabilities, joint_inclusion_probabilities
from zhicheng.core.draws.lying_below import Floats, at_most_without
from zhicheng.core.draws.ordering import pareto_order
from zhicheng.core.draws.targets import targets
from zhicheng.core.refused import Refused

lambdas = st.lists(st.sampled_from([0.02, 0.1, 0.25, 0.25, 0.4, 0.5, 0.75, 0.9, 0.99]), min_size=2, max_size=6)
SIZES = [1, 2, 3, 5, 8, 13, 3, 40, 1, 5]


def below(family: Family, likely: float, at: float) -> float:
    """P(ranking variable ≤ at)."""
    if family is Family.PARETO:
        return likely * at / (1 - likely + likely * at)
    return min(1.0, likely * at) if family is Family.SEQUENTIAL_POISSON else -np.expm1(-likely * at)


def inverse(family: Family, likely: float, u: float) -> float:
    """The ranking variable that belongs to u."""
    if family is Family.PARETO:
        return u / (1 - u) * (1 - likely) / likely
    return u / likely if family is Family.SEQUENTIAL_POISSON else -np.log1p(-u) / likely


def by_definition(likely: list[float], n: int, family: Family) -> list[float]:
    """Integrates over u of each unit, and counts the others below it set by set."""

    def drawn(u: float, unit: int) -> float:
        at = inverse(family, likely[unit], u)
        others = [below(family, each, at) for place, each in enumerate(likely) if place != unit]
        sets = (chosen for size in range(n) for chosen in combinations(range(len(others)), size))
        return sum(
            float(np.prod([each if place in chosen else 1 - each for place, each in enumerate(others)]))
            for chosen in sets
        )

    kinks = [likely[unit] / other for unit in range(len(likely)) for other in likely if likely[unit] < other]
    return [
        quad(drawn, 0, 1, args=(unit,), epsabs=1e-12, epsrel=1e-12, limit=400, points=sorted(set(kinks)))[0]
        for unit in range(len(likely))
    ]


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize(
    ("likely", "n"), [([0.2, 0.3, 0.5], 1), ([0.1, 0.4, 0.7, 0.8], 2), ([0.02, 0.99, 0.5, 0.5], 3)]
)
def test_probabilities_are_those_of_the_definition(likely: list[float], n: int, family: Family) -> None:
    found = inclusion_probabilities(likely, n, family)
    assert np.abs(found - by_definition(likely, n, family)).max() < 1e-10


@settings(deadline=None, max_examples=40)
@given(lambdas, st.integers(0, 7), st.sampled_from(Family))
def test_probabilities_add_up_to_what_is_drawn(likely: list[float], n: int, family: Family) -> None:
    first, joint = inclusion_probabilities(likely, n, family), joint_inclusion_probabilities(likely, n, family)
    n = min(n, len(likely))
    assert first.sum() == pytest.approx(n, abs=1e-10)
    assert joint == pytest.approx(joint.T, abs=1e-12)
    assert joint.sum(axis=1) == pytest.approx(n * first, abs=1e-10)
    assert np.all(joint <= np.minimum.outer(first, first) + 1e-12)


@settings(deadline=None, max_examples=30)
@given(lambdas, st.integers(1, 5))
def test_the_order_of_units_plays_no_part_and_more_is_more(likely: list[float], n: int) -> None:
    first = inclusion_probabilities(likely, n)
    assert inclusion_probabilities(likely[::-1], n) == pytest.approx(first[::-1], abs=1e-13)
    assert np.all(np.diff(first[np.argsort(likely, kind="stable")]) > -1e-12)
    assert np.all(inclusion_probabilities(likely, n + 1) >= first - 1e-12)


def test_equal_units_are_drawn_simply_at_random() -> None:
    assert inclusion_probabilities([0.3] * 10, 3) == pytest.approx([0.3] * 10, abs=1e-13)
    joint = joint_inclusion_probabilities([0.3] * 10, 3)
    assert joint[0, 1] == pytest.approx(3 * 2 / (10 * 9), abs=1e-13)


def test_certain_units_are_among_the_drawn_and_zero_never() -> None:
    found = inclusion_probabilities([1.0, 0.5, 0.5, 0.0], 2)
    assert found == pytest.approx([1, 0.5, 0.5, 0], abs=1e-13)
    joint = joint_inclusion_probabilities([1.0, 0.5, 0.5, 0.0], 2)
    assert joint[0] == pytest.approx([1, 0.5, 0.5, 0], abs=1e-13)
    assert joint[1, 2] == 0


@pytest.mark.parametrize("n", [1, 2])
def test_one_after_another_among_a_thousand(n: int) -> None:
    """Exponential ranking draws the first proportionally to λ, and the second so of what is left."""
    likely = np.random.default_rng(7).uniform(0.0001, 0.01, 1000)
    share = likely / likely.sum()
    later = share / (1 - share)
    expected = share + (n - 1) * share * (later.sum() - later)
    assert np.abs(inclusion_probabilities(likely, n, Family.EXPONENTIAL) / expected - 1).max() < 1e-10


def test_pairs_one_after_another() -> None:
    likely = np.linspace(0.02, 0.6, 12)
    share = likely / likely.sum()
    expected = np.outer(share, share / (1 - share))
    joint = joint_inclusion_probabilities(likely, 2, Family.EXPONENTIAL)
    apart = ~np.eye(12, dtype=bool)
    assert np.abs(joint - expected - expected.T)[apart].max() < 1e-12


@pytest.mark.parametrize("family", Family)
def test_of_many_units_too_they_are_those_of_the_definition(family: Family) -> None:
    """Sixty units, a third of them rather likely; the number of others below is multiplied up one by one."""
    likely, n = np.concatenate((np.linspace(0.01, 0.4, 40), np.linspace(0.6, 0.99, 20))), 24
    found = inclusion_probabilities(likely, n, family)
    assert found.sum() == pytest.approx(n, abs=1e-11)

    def drawn(u: float, unit: int) -> float:
        at, others = inverse(family, float(likely[unit]), u), np.ones(1)
        for each in np.delete(likely, unit):
            chance = below(family, float(each), at)
            others = np.convolve(others, [1 - chance, chance])[:n]
        return float(others.sum())

    for unit in (0, 30, 45, 59):
        kinks = sorted({float(likely[unit] / each) for each in likely if each > likely[unit]})
        points = kinks if family is Family.SEQUENTIAL_POISSON else None
        area = quad(drawn, 0, 1, args=(unit,), epsabs=1e-12, epsrel=1e-11, limit=100, points=points)[0]
        assert found[unit] == pytest.approx(area, abs=1e-10)


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize("n", [1, 30, 1000])
def test_a_hundred_thousand_alike(family: Family, n: int) -> None:
    found = inclusion_probabilities(np.full(100_000, 0.3), n, family)
    assert np.abs(found / (n / 100_000) - 1).max() < 1e-10


def test_the_nearly_certain_and_the_nearly_never_drawn() -> None:
    """What is left to chance is which of three alike is drawn; the others shift it by their 1e-9."""
    likely = [1 - 1e-9, 1 - 1e-9, 0.4, 0.4, 0.4, 1e-9]
    found = inclusion_probabilities(likely, 3)
    assert found == pytest.approx([1, 1, 1 / 3, 1 / 3, 1 / 3, 0], abs=1e-7)
    assert found.sum() == pytest.approx(3, abs=1e-13)
    assert 0 < found[5] < 2e-9
    assert 0 < 1 - found[0] < 1e-8


@pytest.mark.parametrize("n", [10, 100])
def test_a_thousand_different_sizes_need_few_nodes(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However narrow the window in which it is decided who is drawn, nodes are spent on it alone."""
    nodes: list[int] = []

    def counted(below: Floats, *others: Any) -> Floats:
        nodes.append(len(below))
        return at_most_without(below, *others)

    monkeypatch.setattr(inclusion, "at_most_without", counted)
    likely = n * np.arange(1, 1001) / 500_500
    assert inclusion_probabilities(likely, n).sum() == pytest.approx(n, abs=1e-10)
    assert sum(nodes) <= 512


def test_pareto_is_nearest_to_its_targets() -> None:
    likely = np.arange(1, 11) * 4 / 55
    away = {family: np.abs(inclusion_probabilities(likely, 4, family) / likely - 1).max() for family in Family}
    assert away[Family.PARETO] < 0.012 < 0.09 < away[Family.SEQUENTIAL_POISSON] < away[Family.EXPONENTIAL]


@pytest.mark.parametrize(
    ("likely", "n", "told"),
    [
        ([0.2, 1.2], 1, "target 2 is 1.2; expected is one from 0 to 1"),
        ([-0.1], 1, "target 1 is -0.1"),
        ([float("nan")], 1, "target 1 is nan"),
        ([[0.5]], 1, "targets have 2 dimensions"),
        ([1.0, 1.0], 1, "1 are drawn; expected are at least the 2 that are certain"),
    ],
)
def test_what_are_no_targets_is_told(likely: list, n: int, told: str) -> None:
    with pytest.raises(Refused, match=told):
        inclusion_probabilities(likely, n)


def test_draws_cover_every_probability() -> None:
    """4,000 draws by the hashes that are really used: each π and each π of a pair lies within four errors."""
    shared, draws = targets(SIZES, 4), 4000
    likely = [eval_fraction(shared.texts[place]) for place in shared.which.tolist()]
    hits = np.zeros((draws, len(SIZES)))
    for number in range(draws):
        digests = [sha256(f"{number}:{unit}".encode()).digest() for unit in range(len(SIZES))]
        hits[number, pareto_order([str(unit) for unit in range(10)], digests, shared)[:4]] = 1
    joint = joint_inclusion_probabilities(likely, 4)
    found = hits.T @ hits / draws
    error = np.sqrt(joint * (1 - joint) / draws)
    assert np.all(np.abs(found - joint) <= 4 * error + 1e-12)
    assert joint[7, 7] == found[7, 7] == 1


def eval_fraction(text: str) -> float:
    above, _, under = text.partition("/")
    return int(above) / int(under or 1)


@pytest.mark.parametrize("likely", [0.05, 0.2, 0.37, 0.49])
def test_one_of_two_in_closed_form(likely: float) -> None:
    """Pareto: the ratio of two odds lies below r with r(r − 1 − log r)/(r − 1)²; the others by one integral."""
    ratio = (likely / (1 - likely)) ** 2
    pareto = ratio * (ratio - 1 - np.log(ratio)) / (ratio - 1) ** 2
    pair = [likely, 1 - likely]
    assert inclusion_probabilities(pair, 1) == pytest.approx([pareto, 1 - pareto], abs=1e-12)
    poisson = likely / (2 * (1 - likely))
    found = inclusion_probabilities(pair, 1, Family.SEQUENTIAL_POISSON)
    assert found == pytest.approx([poisson, 1 - poisson], abs=1e-12)
    assert inclusion_probabilities(pair, 1, Family.EXPONENTIAL) == pytest.approx(pair, abs=1e-12)


@pytest.mark.parametrize("family", Family)
def test_all_but_one_of_two_is_one_of_two_turned_round(family: Family) -> None:
    """Who is not drawn among two is the one that comes last."""
    first = inclusion_probabilities([0.3, 0.6, 0.8], 2, family)
    joint = joint_inclusion_probabilities([0.3, 0.6, 0.8], 2, family)
    assert [joint[0, 1], joint[0, 2], joint[1, 2]] == pytest.approx(1 - first[[2, 1, 0]], abs=1e-12)


@pytest.mark.parametrize("family", Family)
def test_samples_of_every_family_come_as_often_as_stated(family: Family) -> None:
    """40,000 draws of 4 of 9 by the definition of the ranking variables: each π and π_ij within 4.5 errors."""
    likely, n, times = np.array([0.05, 0.1, 0.3, 0.4, 0.5, 0.5, 0.6, 0.7, 0.85]), 4, 40_000
    lots = np.random.default_rng(1997).random((times, 9))
    if family is Family.PARETO:
        ranking = lots / (1 - lots) * (1 - likely) / likely
    else:
        ranking = lots / likely if family is Family.SEQUENTIAL_POISSON else -np.log1p(-lots) / likely
    hits = np.zeros((times, 9))
    np.put_along_axis(hits, np.argpartition(ranking, n, axis=1)[:, :n], 1.0, axis=1)
    joint = joint_inclusion_probabilities(likely, n, family)
    error = np.sqrt(joint * (1 - joint) / times)
    assert np.all(np.abs(hits.T @ hits / times - joint) <= 4.5 * error)
    assert np.diag(joint) == pytest.approx(inclusion_probabilities(likely, n, family))


def test_certain_units_leave_the_others_as_if_they_were_alone() -> None:
    open_, n = [0.2, 0.5, 0.6, 0.7], 2
    mixed = [1.0, 0.2, 0.5, 0.0, 0.6, 1.0, 0.7]
    found, joint = inclusion_probabilities(mixed, n + 2), joint_inclusion_probabilities(mixed, n + 2)
    places = [1, 2, 4, 6]
    assert found[places] == pytest.approx(inclusion_probabilities(open_, n), abs=1e-14)
    assert joint[np.ix_(places, places)] == pytest.approx(joint_inclusion_probabilities(open_, n), abs=1e-14)
    assert joint[3] == pytest.approx(np.zeros(7))
    assert joint[0] == pytest.approx(found)


@pytest.mark.parametrize("n", [0, 4, 9])
def test_where_nobody_or_everybody_is_drawn_nothing_is_integrated(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inclusion, "FINEST", 0)
    likely = [0.3, 0.3, 0.6, 0.9]
    assert inclusion_probabilities(likely, n).tolist() == [float(n > 0)] * 4
    assert joint_inclusion_probabilities(likely, n).tolist() == [[float(n > 0)] * 4] * 4


def test_no_two_are_drawn_where_one_is() -> None:
    likely = [0.3, 0.3, 0.6, 0.9]
    joint = joint_inclusion_probabilities(likely, 1)
    assert joint == pytest.approx(np.diag(inclusion_probabilities(likely, 1)), abs=1e-14)


def test_an_integral_that_does_not_settle_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """No probability is given that is not right to ten digits."""
    monkeypatch.setattr(inclusion, "FINEST", 1)
    with pytest.raises(ArithmeticError, match="does not settle"):
        inclusion_probabilities([0.2, 0.3, 0.5], 1)


@pytest.mark.parametrize("family", list(Family))
def test_a_family_may_be_named_by_its_text(family: Family) -> None:
    likely = [0.2, 0.3, 0.5]
    assert inclusion_probabilities(likely, 1, family.value).tolist() == (
        inclusion_probabilities(likely, 1, family).tolist()
    )


def test_a_family_that_is_none_is_not_taken_for_another() -> None:
    said = "“family” is “Pareto”; expected one of pareto, sequential_poisson, exponential"
    for found in (inclusion_probabilities, joint_inclusion_probabilities):
        with pytest.raises(Refused, match=said):
            found([0.2, 0.3, 0.5], 1, "Pareto")


@pytest.mark.parametrize("n", [1.5, -1, float("nan")])
def test_a_number_drawn_that_is_none_is_refused(n: float) -> None:
    with pytest.raises(Refused, match=f"“n” is {n}; expected a whole number, 0 or more"):
        inclusion_probabilities([0.2, 0.3, 0.5], n)  # type: ignore[arg-type]
    assert inclusion_probabilities([0.2, 0.3, 0.5], 2.0).sum() == pytest.approx(2)  # type: ignore[arg-type]

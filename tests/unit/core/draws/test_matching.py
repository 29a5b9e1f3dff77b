from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.matching import Matching

loose = st.integers(1, 4).flatmap(
    lambda inspectors: st.tuples(
        st.lists(st.integers(-1, 3), min_size=inspectors, max_size=inspectors),
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2**inspectors - 1)), min_size=1, max_size=4),
    )
)


@st.composite
def tight(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int]]]:
    """One place each, and visits whose inspectors include each other: whoever comes first has to make way.

    Four inspectors leave no choice at all; a fifth, free for one or two visits, leaves some.
    """
    order, fifth = draw(st.permutations(range(4))), draw(st.sets(st.integers(0, 3), max_size=2))
    visits = [(1, sum(1 << each for each in order[: place + 1]) | (place in fifth) << 4) for place in range(4)]
    return [1] * 5, draw(st.permutations(visits))


networks = loose | tight()


def can_be_met(capacities: list[int], visits: list[tuple[int, int]]) -> bool:
    """Tries every choice of inspectors for every visit."""
    numbers = range(len(capacities))
    choices = [combinations([each for each in numbers if eligible >> each & 1], need) for need, eligible in visits]
    return any(
        all(sum(each in chosen for chosen in choice) <= max(capacities[each], 0) for each in numbers)
        for choice in product(*(list(each) for each in choices))
    )


@given(networks)
def test_needs_are_met_whenever_they_can_be(network: tuple) -> None:
    capacities, visits = network
    matching = Matching(capacities, [eligible for _, eligible in visits])
    assert matching.fill([need for need, _ in visits]) == can_be_met(capacities, visits)


@given(networks, st.data())
def test_a_choice_is_taken_exactly_if_the_rest_can_still_be_met(network: tuple, data: st.DataObject) -> None:
    capacities, visits = network
    matching = Matching(capacities, [eligible for _, eligible in visits])
    if not matching.fill([need for need, _ in visits]):
        return
    for _ in range(6):
        open_ = [
            (number, each)
            for number, (need, _) in enumerate(visits)
            for each in matching.candidates(number)
            if need > 0 and capacities[each]
        ]
        if not open_:
            return
        number, chosen = data.draw(st.sampled_from(open_))
        need, eligible = visits[number]
        left = [capacity - (place == chosen) for place, capacity in enumerate(capacities)]
        rest = [*visits[:number], (need - 1, eligible & ~(1 << chosen)), *visits[number + 1 :]]
        assert matching.take(number, chosen) == can_be_met(left, rest)
        if can_be_met(left, rest):
            capacities, visits = left, rest
        assert matching.capacities == capacities


def test_who_is_used_up_is_no_candidate() -> None:
    matching = Matching([0, 2, -1], [0b111, 0b110])
    assert matching.candidates(0) == [1, 2]
    assert matching.fill([1, 1])
    assert matching.take(0, 1)
    assert matching.candidates(0) == [2]
    assert matching.candidates(1) == [1, 2]


def test_a_need_beyond_everybody_is_refused_at_once() -> None:
    assert not Matching([9, 9], [0b11]).fill([10**12])


def test_a_long_chain_of_moves_needs_no_recursion() -> None:
    """Visit v can be made by v or v+1; the last inspector is needed first, so everybody moves."""
    count = 3000
    eligible = [0b11 << place for place in range(count)]
    matching = Matching([1] * (count + 1), eligible)
    assert matching.fill([1] * count)
    assert matching.take(0, 1)
    assert matching.take(count - 1, count)


def test_who_has_no_way_for_one_visit_may_have_one_for_another() -> None:
    """Visits 0 and 1 share inspectors 0 and 1: visit 2 can have neither, but they can change places."""
    matching = Matching([1, 1, 1], [0b011, 0b011, 0b101])
    assert matching.fill([1, 1, 1])
    assert not matching.take(2, 0)
    assert matching.take(1, 0)
    assert matching.take(0, 1)

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import binom

from zhicheng.core.draws.lying_below import NEVER, at_most_without, never

chances = st.sampled_from([0.0, 1e-308, 1e-9, 0.1, 0.3, 0.5, 0.5 + 1e-12, 0.7, 0.999, 1.0]) | st.floats(0, 1)
classes = st.lists(st.tuples(chances, st.integers(0, 4)), min_size=1, max_size=6).filter(
    lambda found: sum(count for _, count in found) > 1
)


def of(units: list[float]) -> np.ndarray:
    """P(0), P(1), … of the units lie below, multiplied up one by one."""
    found = np.ones(1)
    for chance in units:
        found = np.convolve(found, [1 - chance, chance])
    return found


@given(classes, st.data())
@example([(0.5, 4), (0.5, 4)], None)
@example([(0.0, 1), (1.0, 3)], None)
def test_the_others_are_counted_as_if_the_one_had_never_been(
    found: list[tuple[float, int]], data: st.DataObject | None
) -> None:
    units = [chance for chance, count in found for _ in range(count)]
    most = data.draw(st.integers(0, len(units) - 1)) if data else len(units) // 2
    below, counts = np.array([[chance for chance, _ in found]]), [count for _, count in found]
    answer = at_most_without(below, counts, most, reach=len(units))[0]
    for place, (chance, count) in enumerate(found):
        others = list(units)
        if count:
            others.remove(chance)
        expected = of(others)[: most + 1].sum() if count else 0
        assert answer[place] == pytest.approx(expected, abs=1e-13)


def test_every_point_is_reckoned_by_itself() -> None:
    below = np.array([[0.2, 0.6], [0.9, 0.1], [0.5, 0.5]])
    together = at_most_without(below, [3, 2], 2, reach=5)
    alone = [at_most_without(row[None, :], [3, 2], 2, reach=5)[0] for row in below]
    assert together == pytest.approx(np.array(alone), abs=1e-16)


@pytest.mark.parametrize("chance", [1e-6, 0.3, 0.5, 0.8])
def test_no_digit_is_lost_among_hundreds(chance: float) -> None:
    """One of 400 alike leaves 399: whatever is divided out, binomial probabilities remain."""
    most = int(400 * chance) + 3
    found = at_most_without(np.array([[chance] * 400]), [1] * 400, most, reach=400)
    assert np.abs(found - binom.cdf(most, 399, chance)).max() < 1e-13


def test_what_practically_never_is_reached_may_be_left_out() -> None:
    below, counts = np.array([[0.02, 0.6]]), [500, 20]
    reach = next(number for number in range(23, 520) if never(520, 22.0, number))
    assert reach < 150
    assert at_most_without(below, counts, 25, reach) == pytest.approx(
        at_most_without(below, counts, 25, reach=520), abs=1e-15
    )


@given(st.integers(1, 3000), st.floats(0, 1), st.data())
def test_never_is_as_rare_as_it_says(size: int, share: float, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, size))
    tail = binom.cdf(number, size, share) if number < size * share else binom.sf(number - 1, size, share)
    if never(size, size * share, number):
        assert tail <= np.exp(-NEVER) * (1 + 1e-6)


@pytest.mark.parametrize(("number", "is_never"), [(0, True), (25, True), (26, False), (74, False), (75, True)])
def test_never_begins_where_the_bound_does(number: int, is_never: bool) -> None:
    """100 · KL(0.25, 0.5) is 13.1; of four hundred units it is four times as much: 52 and more is never."""
    quarter = 400 * (0.25 * np.log(0.5) + 0.75 * np.log(1.5))
    assert quarter == pytest.approx(52.3, abs=0.05)
    scaled = {0: 0, 25: 100, 26: 156, 74: 244, 75: 300}[number]
    assert never(400, 200.0, scaled) is is_never


def test_what_is_expected_is_no_rarity_and_the_impossible_is_one() -> None:
    assert not never(10, 4.0, 4)
    assert never(10, 10.0, 9)
    assert not never(10, 10.0 + 1e-14, 10)
    assert never(10, 0.0, 1)

"""How alike two complaints are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.cases.similarity import ALIKE, FEWEST, Traits, likeness

traits = st.builds(
    Traits,
    words=st.frozensets(st.sampled_from("abcdefgh")),
    category=st.none() | st.integers(1, 3),
    places=st.lists(st.integers(1, 6), unique=True, max_size=4).map(tuple),
)
LEAK = frozenset({"卫生", "生间", "顶板", "板渗", "渗漏"})


@given(traits, traits)
def test_it_lies_between_nothing_and_everything_in_common(told: Traits, other: Traits):
    assert 0 <= likeness(told, other) <= 1


@given(traits.filter(lambda one: len(one.words) >= FEWEST))
def test_a_complaint_is_most_like_itself(one: Traits):
    assert likeness(one, one) == pytest.approx(1)


@given(traits, traits)
def test_words_count_the_same_either_way(one: Traits, other: Traits):
    first, second = Traits(one.words), Traits(other.words)
    assert likeness(first, second) == likeness(second, first)


@given(traits, traits)
def test_what_has_not_been_told_does_not_count(told: Traits, other: Traits):
    only_words = Traits(told.words)
    assert likeness(only_words, other) == likeness(only_words, Traits(other.words))


def test_the_same_words_are_the_same_matter_wherever_nothing_else_is_told():
    assert likeness(Traits(LEAK), Traits(LEAK | {"物业"}, 4, (9, 3))) >= ALIKE


def test_one_common_word_proves_little():
    assert likeness(Traits(frozenset({"渗漏"})), Traits(LEAK)) < ALIKE


def test_the_same_category_somewhere_in_the_township_is_another_matter():
    one, other = Traits(frozenset({"漏水"}), 4, (7, 3)), Traits(frozenset({"开裂"}), 4, (9, 3))
    assert likeness(one, other) < ALIKE


def test_the_wider_the_common_place_the_less_it_counts():
    here = Traits(frozenset(), None, (7, 5, 3))
    building, project, township = ((7, 5, 3), (8, 5, 3), (9, 6, 3))
    likest = [likeness(here, Traits(frozenset(), None, place)) for place in (building, project, township)]
    assert likest == sorted(set(likest), reverse=True)
    assert likest[-1] > 0

"""The seats of the House of Representatives: the best whole numbers of Neyman are those of equal proportions.

Giving each state one seat and the others by the largest P/√(n(n + 1)) is what `in_numbers` does with a weight for
the inhabitants P (Wright 2012, The American Statistician 66:217). Inhabitants and seats: U.S. Census Bureau 2021,
2020 Census Apportionment Results, table 1. The last seat was Minnesota’s; New York lacked 89 inhabitants for it.
"""

import numpy as np
import pytest

from zhicheng.core.allocation import Strata, neyman, power, proportional
from zhicheng.core.allocation.priority import in_numbers

SEATS = 435
STATES = {
    "Alabama": (5_030_053, 7), "Alaska": (736_081, 1), "Arizona": (7_158_923, 9), "Arkansas": (3_013_756, 4),
    "California": (39_576_757, 52), "Colorado": (5_782_171, 8), "Connecticut": (3_608_298, 5),
    "Delaware": (990_837, 1), "Florida": (21_570_527, 28), "Georgia": (10_725_274, 14), "Hawaii": (1_460_137, 2),
    "Idaho": (1_841_377, 2), "Illinois": (12_822_739, 17), "Indiana": (6_790_280, 9), "Iowa": (3_192_406, 4),
    "Kansas": (2_940_865, 4), "Kentucky": (4_509_342, 6), "Louisiana": (4_661_468, 6), "Maine": (1_363_582, 2),
    "Maryland": (6_185_278, 8), "Massachusetts": (7_033_469, 9), "Michigan": (10_084_442, 13),
    "Minnesota": (5_709_752, 8), "Mississippi": (2_963_914, 4), "Missouri": (6_160_281, 8),
    "Montana": (1_085_407, 2), "Nebraska": (1_963_333, 3), "Nevada": (3_108_462, 4),
    "New Hampshire": (1_379_089, 2), "New Jersey": (9_294_493, 12), "New Mexico": (2_120_220, 3),
    "New York": (20_215_751, 26), "North Carolina": (10_453_948, 14), "North Dakota": (779_702, 1),
    "Ohio": (11_808_848, 15), "Oklahoma": (3_963_516, 5), "Oregon": (4_241_500, 6),
    "Pennsylvania": (13_011_844, 17), "Rhode Island": (1_098_163, 2), "South Carolina": (5_124_712, 7),
    "South Dakota": (887_770, 1), "Tennessee": (6_916_897, 9), "Texas": (29_183_290, 38), "Utah": (3_275_252, 4),
    "Vermont": (643_503, 1), "Virginia": (8_654_542, 11), "Washington": (7_715_946, 10),
    "West Virginia": (1_795_045, 2), "Wisconsin": (5_897_473, 8), "Wyoming": (577_719, 1),
}  # fmt: skip
INHABITANTS = np.array([inhabitants for inhabitants, _ in STATES.values()], dtype=float)
PUBLISHED = {name: seats for name, (_, seats) in STATES.items()}
"""Seats by state."""


def apportioned(inhabitants: np.ndarray, seats: int = SEATS) -> dict[str, int]:
    found = proportional(Strata.of(inhabitants, names=list(STATES), least=1), seats)
    return dict(zip(STATES, found.numbers.tolist(), strict=True))


def test_the_table_adds_up():
    assert (len(STATES), INHABITANTS.sum(), sum(PUBLISHED.values())) == (50, 331_108_434, SEATS)


def test_every_state_has_its_seats():
    assert apportioned(INHABITANTS) == PUBLISHED


def test_the_last_seat_was_minnesotas_and_the_next_would_have_been_new_yorks():
    before, after = apportioned(INHABITANTS, SEATS - 1), apportioned(INHABITANTS, SEATS + 1)
    assert {name for name in STATES if before[name] != PUBLISHED[name]} == {"Minnesota"}
    assert {name for name in STATES if after[name] != PUBLISHED[name]} == {"New York"}


@pytest.mark.parametrize(("more", "seats"), [(88, 26), (89, 27)])
def test_89_more_inhabitants_would_have_given_new_york_the_seat_of_minnesota(more: int, seats: int):
    there = INHABITANTS + more * np.array([name == "New York" for name in STATES])
    assert apportioned(there) == PUBLISHED | {"New York": seats, "Minnesota": 34 - seats}


def test_a_larger_house_takes_no_seat_from_any_state():
    """The paradox of Alabama, which the method of largest remainders had in 1880, is none of this method's."""
    seats = np.array([list(apportioned(INHABITANTS, house).values()) for house in range(50, 700, 13)])
    assert np.all(np.diff(seats, axis=0) >= 0)
    assert seats.sum(axis=1).tolist() == list(range(50, 700, 13))


def test_other_names_of_the_same_division():
    """By spreads that are alike, by importance to the first power, and by weights alone."""
    strata = Strata.of(INHABITANTS, names=list(STATES), least=1)
    for found in (neyman(strata, 7.5, SEATS), power(strata, INHABITANTS, 2.0, SEATS, exponent=1)):
        assert found.numbers.tolist() == list(PUBLISHED.values())
    one = np.ones(len(STATES))
    assert in_numbers(INHABITANTS, one, 99 * one, SEATS).tolist() == list(PUBLISHED.values())

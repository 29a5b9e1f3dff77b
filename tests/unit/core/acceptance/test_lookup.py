import math
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.acceptance import (
    GBT_2828_1_2012,
    AcceptanceError,
    Cell,
    InspectionLevel,
    PerHundredUnits,
    Severity,
    SinglePlan,
    cell_for,
    code_letter,
    plan_for,
    preferred_aql,
)

LETTERS = "ABCDEFGHJKLMNPQR"
AQLS = GBT_2828_1_2012.aqls
lot_sizes = st.integers(2, 2_000_000)
levels = st.sampled_from(InspectionLevel)
severities = st.sampled_from(Severity)
aqls = st.sampled_from(AQLS)


@given(st.sampled_from(LETTERS), aqls, severities)
def test_an_arrow_leads_to_a_cell_that_is_its_own(letter: str, aql: Decimal, severity: Severity) -> None:
    cell = cell_for(letter, aql, severity)
    assert cell_for(cell.letter, aql, severity) == cell


@given(lot_sizes, levels, aqls, severities)
def test_every_lot_has_a_plan(lot_size: int, level: InspectionLevel, aql: Decimal, severity: Severity) -> None:
    plan = plan_for(lot_size=lot_size, level=level, aql=aql, severity=severity)
    assert 1 <= plan.n <= lot_size
    assert plan.re == plan.ac + 1
    assert plan.edition.name == "GB/T 2828.1-2012"
    assert plan.table in {"2-A", "2-B", "2-C"}
    assert (plan.level, plan.aql, plan.severity, plan.lot_size) == (level, aql, severity, lot_size)
    assert plan.single == SinglePlan(plan.n, plan.ac)
    assert plan.inspects_all is (plan.n == lot_size)


@given(lot_sizes, lot_sizes, levels)
def test_larger_lots_never_have_an_earlier_letter(one: int, other: int, level: InspectionLevel) -> None:
    assert code_letter(min(one, other), level) <= code_letter(max(one, other), level)


@given(lot_sizes)
def test_levels_are_ordered(lot_size: int) -> None:
    for group in (("S-1", "S-2", "S-3", "S-4"), ("I", "II", "III")):
        letters = [code_letter(lot_size, level) for level in group]
        assert letters == sorted(letters)


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("letter", LETTERS)
def test_own_acceptance_numbers_grow_with_the_aql(letter: str, severity: Severity) -> None:
    own = [cell.ac for aql in AQLS if (cell := cell_for(letter, aql, severity)).letter == letter]
    assert own[0] in ({0} if letter != "R" or severity is Severity.TIGHTENED else {1, 2})
    assert own == sorted(own)
    assert all(later > earlier for earlier, later in pairwise(own))


@pytest.mark.parametrize("letter", LETTERS)
def test_normal_plans_protect_the_producer_at_the_aql(letter: str) -> None:
    """What the standard promises of its normal plans: quality at the AQL mostly passes, in every cell."""
    for aql in AQLS:
        cell = cell_for(letter, aql, Severity.NORMAL)
        acceptance = SinglePlan(cell.n, cell.ac).acceptance(PerHundredUnits(), float(aql))
        assert acceptance > (0.85 if cell.ac == 0 else 0.87), (letter, aql)


@pytest.mark.parametrize("letter", LETTERS[1:])
def test_tightened_plans_of_a_sample_accept_less_and_reduced_ones_inspect_less(letter: str) -> None:
    for aql in AQLS:
        normal, tightened, reduced = (cell_for(letter, aql, severity) for severity in Severity)
        if normal.letter == tightened.letter == letter:
            assert tightened.n == normal.n
            assert tightened.ac <= normal.ac
        if normal.letter == reduced.letter == letter:
            assert reduced.n < normal.n
            assert reduced.ac <= normal.ac


def test_letter_s_is_reached_from_q_and_r_at_one_aql_only() -> None:
    reached = {
        (letter, str(aql))
        for letter in LETTERS
        for aql in AQLS
        if cell_for(letter, aql, Severity.TIGHTENED).letter == "S"
    }
    assert reached == {("Q", "0.025"), ("R", "0.025")}
    assert cell_for("R", Decimal("0.025"), Severity.TIGHTENED) == Cell("S", 3150, 1, None)


@given(st.sampled_from(LETTERS), aqls, severities)
def test_one_step_tighter_is_the_cell_to_the_left(letter: str, aql: Decimal, severity: Severity) -> None:
    cell = cell_for(letter, aql, severity)
    if cell.ac <= 1:
        assert cell.ac_one_step_tighter is None
    else:
        left = cell_for(cell.letter, AQLS[AQLS.index(aql) - 1], severity)
        assert (left.letter, left.n, left.ac) == (cell.letter, cell.n, cell.ac_one_step_tighter)
        assert left.ac < cell.ac


def test_a_sample_as_large_as_the_lot_is_the_lot() -> None:
    plan = plan_for(lot_size=100, level="II", aql="0.010")
    assert (plan.letter, plan.row, plan.n, plan.ac) == ("F", "Q", 100, 0)
    assert plan.inspects_all
    exactly = plan_for(lot_size=80, level="III", aql="0.15")
    assert (exactly.row, exactly.n, exactly.inspects_all) == ("J", 80, True)
    assert not plan_for(lot_size=81, level="III", aql="0.15").inspects_all


@pytest.mark.parametrize("lot_size", [5, 5.0, np.int64(5), Decimal(5)])
def test_lots_of_all_types_of_numbers_are_the_same(lot_size: int) -> None:
    plan = plan_for(lot_size=lot_size, aql="0.40")
    assert (plan.n, plan.lot_size, plan.inspects_all) == (5, 5, True)
    assert (type(plan.n), type(plan.lot_size)) == (int, int)


def test_no_lot_is_too_large() -> None:
    assert plan_for(lot_size=10**400, aql="1.0").letter == "Q"


@pytest.mark.parametrize("lot_size", [1, 0, -5, 2.5, math.nan, Decimal("NaN")])
def test_what_is_no_lot_is_refused(lot_size: int) -> None:
    with pytest.raises(AcceptanceError, match=r"“lot_size” is .*; expected a whole number, 2 or more"):
        plan_for(lot_size=lot_size, aql="1.0")


@pytest.mark.parametrize(
    ("aql", "message"),
    [
        ("3", "The AQL 3 is no preferred value of GB/T 2828.1-2012; the next ones are 2.5 and 4.0"),
        (0.2, "The AQL 0.2 is no preferred value of GB/T 2828.1-2012; the next ones are 0.15 and 0.25"),
        ("0.005", "The AQL 0.005 is no preferred value of GB/T 2828.1-2012; they go from 0.010 to 1000"),
        (-1, "The AQL -1 is no preferred value of GB/T 2828.1-2012; they go from 0.010 to 1000"),
        (2000, "The AQL 2000 is no preferred value of GB/T 2828.1-2012; they go from 0.010 to 1000"),
        ("one", "The AQL “one” is no number; expected a preferred value from 0.010 to 1000"),
        (float("nan"), "The AQL “nan” is no number; expected a preferred value from 0.010 to 1000"),
    ],
)
def test_an_aql_that_is_none_is_refused_with_its_neighbours(aql: str | float, message: str) -> None:
    with pytest.raises(AcceptanceError) as refused:
        preferred_aql(aql)
    assert str(refused.value) == message


def test_an_aql_may_be_written_in_many_ways() -> None:
    for written in ("2.5", "2.50", 2.5, Decimal("2.500"), "2.5e0"):
        assert str(preferred_aql(written)) == "2.5"
    assert [preferred_aql(float(aql)) for aql in AQLS] == list(AQLS)


@pytest.mark.parametrize(("typed", "level"), [(" ii ", "II"), ("Ⅲ", "III"), ("ｓ-2", "S-2"), ("I", "I")])
def test_levels_as_people_write_them(typed: str, level: str) -> None:
    assert plan_for(lot_size=500, level=typed, aql=1).level == level


@pytest.mark.parametrize("typed", ["tightened", "Tightened", " TIGHTENED ", Severity.TIGHTENED])
def test_severities_as_people_write_them(typed: str) -> None:
    plan = plan_for(lot_size=500, aql=1, severity=typed)
    assert plan.severity is Severity.TIGHTENED
    assert plan.table == "2-B"


def test_unknown_words_are_refused_with_those_that_are_known() -> None:
    with pytest.raises(AcceptanceError, match="The inspection level “IV” is unknown; expected one of S-1, S-2, "):
        plan_for(lot_size=500, level="IV", aql=1)
    with pytest.raises(AcceptanceError, match="“strict” is unknown; expected one of normal, tightened, reduced"):
        plan_for(lot_size=500, severity="strict", aql=1)
    for letter in ("I", "O", "S", "AB", ""):
        with pytest.raises(AcceptanceError, match=r"Table 2-A of GB/T 2828\.1-2012 has no code letter"):
            cell_for(letter, Decimal(1), Severity.NORMAL)


@pytest.mark.parametrize(
    ("aql", "ac", "score_limit"), [("0.15", 0, 0), ("0.65", 1, 1), ("1.0", 2, 1), ("1.5", 3, 2), ("2.5", 5, 3)]
)
def test_a_lot_scores_by_its_own_number_up_to_one_and_by_the_next_tighter_beyond(
    aql: str, ac: int, score_limit: int
) -> None:
    """Letter J, 80 units, of GB/T 2828.1-2012 table 2-A: 0, 1, 2, 3, 5 at these AQLs; §9.3.3.2 a."""
    plan = plan_for(lot_size=1000, aql=aql)
    assert (plan.n, plan.ac, plan.re, plan.score_limit) == (80, ac, ac + 1, score_limit)


TABLE_1 = """
    8       A A A A A A B
    15      A A A A A B C
    25      A A B B B C D
    50      A B B C C D E
    90      B B C C C E F
    150     B B C D D F G
    280     B C D E E G H
    500     B C D E F H J
    1200    C C E F G J K
    3200    C D E G H K L
    10000   C D F G J L M
    35000   C D F H K M N
    150000  D E G J L N P
    500000  D E G J M P Q
    501000  D E H K N Q R
"""
"""The largest lot of each row (the last has no end), and its letters at S-1 to S-4, I, II and III."""


@pytest.mark.parametrize("row", TABLE_1.strip().splitlines(), ids=lambda row: row.split()[0])
def test_the_letter_changes_with_the_first_lot_beyond_a_row_and_not_before(row: str) -> None:
    rows = [line.split() for line in TABLE_1.strip().splitlines()]
    place = rows.index(row.split())
    largest, *letters = row.split()
    smallest = 2 if place == 0 else int(rows[place - 1][0]) + 1
    for lot_size in (smallest, int(largest)):
        assert [code_letter(lot_size, level) for level in InspectionLevel] == letters
    if place + 1 < len(rows):
        assert [code_letter(int(largest) + 1, level) for level in InspectionLevel] == rows[place + 1][1:]


ARROWS = [
    # severity, letter of the lot, AQL, letter of the plan, n, Ac
    ("normal", "A", "6.5", "A", 2, 0),  # no arrow
    ("normal", "A", "4.0", "B", 3, 0),  # down by one
    ("normal", "A", "0.010", "Q", 1250, 0),  # down all the table
    ("normal", "A", "10", "C", 5, 1),  # down, past the cell of B that points down, too
    ("normal", "B", "6.5", "A", 2, 0),  # up by one
    ("normal", "B", "10", "C", 5, 1),
    ("normal", "J", "0.25", "H", 50, 0),  # up, although below there is a plan with Ac 1
    ("normal", "J", "0.40", "K", 125, 1),  # and the cell beside it down
    ("normal", "R", "0.010", "Q", 1250, 0),  # up from the last row
    ("normal", "R", "1000", "B", 3, 44),  # up all the table
    ("tightened", "J", "0.25", "J", 80, 0),  # one column later than under normal inspection
    ("tightened", "J", "0.40", "L", 200, 1),  # both cells beside 0 point down: to row L
    ("tightened", "J", "0.65", "K", 125, 1),
    ("tightened", "R", "0.010", "R", 2000, 0),
    ("reduced", "J", "0.15", "J", 32, 0),
    ("reduced", "J", "0.25", "H", 20, 0),
    ("reduced", "J", "0.40", "L", 80, 1),
    ("reduced", "J", "0.65", "K", 50, 1),
]


@pytest.mark.parametrize(("severity", "letter", "aql", "row", "n", "ac"), ARROWS)
def test_where_arrows_lead_by_following_them_on_paper(
    severity: str, letter: str, aql: str, row: str, n: int, ac: int
) -> None:
    cell = cell_for(letter, Decimal(aql), Severity(severity))
    assert (cell.letter, cell.n, cell.ac) == (row, n, ac)


@pytest.mark.parametrize(
    ("lot_size", "n", "whole"), [(1249, 1249, True), (1250, 1250, True), (1251, 1250, False), (2, 2, True)]
)
def test_where_arrows_ask_for_as_many_as_there_are_all_are_inspected(lot_size: int, n: int, whole: bool) -> None:
    """At the lowest AQL every lot is sent to row Q with 1250 units; Ac stays that of the table."""
    plan = plan_for(lot_size=lot_size, aql="0.010")
    assert (plan.row, plan.n, plan.ac, plan.inspects_all) == ("Q", n, 0, whole)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"lot_size": 1}, {"field": "lot_size", "value": 1, "least": 2}),
        ({"aql": "3"}, {"aql": "3", "below": Decimal("2.5"), "above": Decimal("4.0")}),
        ({"aql": "much"}, {"aql": "much", "least": Decimal("0.010"), "most": Decimal(1000)}),
        ({"level": "IV"}, {"level": "IV"}),
        ({"severity": "mild"}, {"severity": "mild"}),
    ],
)
def test_a_refusal_carries_what_was_typed_and_what_is_near(given: dict[str, Any], field: dict[str, Any]) -> None:
    with pytest.raises(AcceptanceError) as refused:
        plan_for(**{"lot_size": 500, "aql": "1.0", **given})
    assert field.items() <= refused.value.params.items()


def test_a_cell_is_found_by_texts_as_a_plan_is() -> None:
    assert cell_for("J", "1.0", "Tightened ") == cell_for("J", Decimal("1.0"), Severity.TIGHTENED)
    with pytest.raises(AcceptanceError, match="The severity “mild” is unknown"):
        cell_for("J", "1.0", "mild")

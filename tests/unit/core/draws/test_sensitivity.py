"""The least change of what goes into a draw changes every lot, and says nothing of how."""

import json
from collections.abc import Iterator
from hashlib import sha256

import numpy as np
import pytest

from zhicheng.core.draws.drawing import Drawn, Inputs, Plan, Table, draw
from zhicheng.core.draws.hashing import Algorithm

ROSTER = [[f"9{number}", "食品" if number % 3 else "工业", str(1 + number % 5)] for number in range(12)]
STAFF = [["执01", "9"], ["执02", "9"], ["执03", "9"]]
CONFLICTS = [["执01", "91"], ["执02", "95"]]
PLAN = '{"n": {"食品": 3, "工业": 1}, "inspectors_per_visit": 2, "note": "spring"}'
RANDOMNESS = sha256(b"a round").hexdigest()


def inputs(roster=ROSTER, staff=STAFF, conflicts=CONFLICTS, plan: str = PLAN) -> Inputs:
    tables = [Table("table", [list(row) for row in rows]) for rows in (roster, staff, conflicts)]
    return Inputs(*tables, Plan("plan", json.loads(plan)))


def lots(drawn: Drawn) -> dict[str, str]:
    """The hash of each unit."""
    return {ticket["id"]: ticket["u_hex"] for ticket in drawn.tickets()}


def differing_bits(one: Drawn, other: Drawn) -> int:
    first, second = lots(one), lots(other)
    return sum((int(first[unit], 16) ^ int(second[unit], 16)).bit_count() for unit in first)


def neighbours() -> Iterator[str]:
    """The randomness with each of its 64 digits exchanged for another."""
    for place, digit in enumerate(RANDOMNESS):
        yield RANDOMNESS[:place] + f"{int(digit, 16) ^ 1:x}" + RANDOMNESS[place + 1 :]


def with_one_cell_changed(rows: list[list[str]]) -> Iterator[list[list[str]]]:
    for row in range(len(rows)):
        for column in range(len(rows[row])):
            changed = [list(cells) for cells in rows]
            changed[row][column] = f"{changed[row][column]}1"
            yield changed


@pytest.mark.parametrize("algorithm", Algorithm)
def test_every_digit_of_the_randomness_moves_every_lot(algorithm: Algorithm) -> None:
    first = draw(inputs(), RANDOMNESS, algorithm)
    others = [draw(inputs(), each, algorithm) for each in neighbours()]
    assert len({other.seed for other in [first, *others]}) == 65
    assert all(lots(other)[unit] != lot for other in others for unit, lot in lots(first).items())
    assert {other.commitment for other in others} == {first.commitment}


@pytest.mark.parametrize("algorithm", Algorithm)
def test_half_of_the_bits_of_the_lots_change(algorithm: Algorithm) -> None:
    """64 changes of 12 lots of 256 bits, each of which falls by chance: a half, within 4 standard errors."""
    first = draw(inputs(), RANDOMNESS, algorithm)
    changed = sum(differing_bits(first, draw(inputs(), each, algorithm)) for each in neighbours())
    bits = 64 * len(ROSTER) * 256
    assert abs(changed - bits / 2) < 4 * np.sqrt(bits / 4)


@pytest.mark.parametrize(
    ("table", "rows"),
    [("roster", ROSTER), ("staff", STAFF), ("conflicts", CONFLICTS)],
    ids=lambda each: str(each)[:9],
)
def test_every_cell_moves_every_lot(table: str, rows: list[list[str]]) -> None:
    """Whoever could change a cell without moving the lots could choose among draws."""
    first = draw(inputs(), RANDOMNESS)
    for changed in with_one_cell_changed(rows):
        other = draw(inputs(**{table: changed}), RANDOMNESS)
        assert other.seed != first.seed
        assert set(lots(other).values()).isdisjoint(lots(first).values())


def test_every_letter_and_digit_of_the_plan_moves_every_lot() -> None:
    """Each of its canonical text exchanged, wherever the result is still a plan."""
    first, tried = draw(inputs(), RANDOMNESS), 0
    text = inputs().plan.canonical
    for place, sign in enumerate(text):
        if sign.isalnum():
            other = text[:place] + ("2" if sign != "2" else "3") + text[place + 1 :]
            if {"n", "inspectors_per_visit"} <= json.loads(other).keys():
                drawn = draw(inputs(plan=other), RANDOMNESS)
                assert set(lots(drawn).values()).isdisjoint(lots(first).values())
                tried += 1
    assert tried >= 12


def test_a_draw_tells_nothing_of_the_next() -> None:
    """Ranks of 12 units in 400 draws by randomness that counts up: no rank follows from the one before."""
    roster = [[unit, "食品", "1"] for unit, *_ in ROSTER]
    plan = '{"n": {"食品": 3}, "inspectors_per_visit": 0}'
    ranks = np.array([
        [ticket["rank"] for ticket in sorted(one.tickets(), key=lambda ticket: ticket["id"])]
        for one in (draw(inputs(roster, plan=plan), f"{number:064x}") for number in range(400))
    ])  # fmt: skip
    follow = [np.corrcoef(ranks[:-1, unit], ranks[1:, unit])[0, 1] for unit in range(12)]
    assert np.abs(follow).max() < 4 / np.sqrt(399)


def test_lots_of_units_and_of_inspectors_have_nothing_in_common() -> None:
    """Who has a company's name, or is visited under an inspector's, draws another lot."""
    seed = draw(inputs(), RANDOMNESS).seed
    fields = [("E", "91"), ("I", "91", "执01"), ("I", "执01", "91"), ("seed", "91")]
    assert len({Algorithm.SHA256.joined(seed, *each) for each in fields}) == len(fields)

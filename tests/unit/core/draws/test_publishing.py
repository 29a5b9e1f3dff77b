import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws import publishing
from zhicheng.core.draws.drawing import Drawn, Inputs, Plan, Table, draw
from zhicheng.core.draws.publishing import summary, written

names = st.text(st.characters(codec="utf-8"), max_size=5)


def drawn_of(units: list[str], n: int, stratum: str = "食品", per_visit: int = 0) -> Drawn:
    roster = Table("roster", [[unit, stratum, "1"] for unit in units])
    tables = [Table("inspectors", [["执01", "1"]]), Table("conflicts", [])]
    return draw(
        Inputs(roster, *tables, plan=Plan("plan", {"n": {stratum: n}, "inspectors_per_visit": per_visit})), "00"
    )


@given(st.lists(names, max_size=6), st.integers(0, 4), names, st.integers(0, 1))
def test_what_is_written_is_what_json_writes(units: list[str], n: int, stratum: str, per_visit: int) -> None:
    drawn = drawn_of(units, n, stratum, per_visit)
    assert "".join(written(drawn)) == json.dumps(drawn.document(), indent=1, ensure_ascii=False)


def test_portions_are_joined_without_a_seam(monkeypatch) -> None:
    drawn = drawn_of(list("ABCDEFG"), 3)
    whole = "".join(written(drawn))
    for portion in (1, 2, 3, 7, 8):
        monkeypatch.setattr(publishing, "PORTION", portion)
        assert "".join(written(drawn)) == whole


def test_a_summary_shows_who_is_drawn_and_who_waits() -> None:
    lines = "".join(summary(drawn_of(list("ABCDEFGHIJ"), 1, per_visit=1))).splitlines()
    assert lines[2] == "食品: 1 of 10 drawn"
    assert lines[3].endswith(": 执01")
    assert lines[4].startswith("  in reserve: ")
    assert lines[4].endswith(" and 4 more")
    assert "nobody is assigned" not in lines[-1]


def test_a_summary_says_when_nobody_is_assigned() -> None:
    lines = "".join(summary(drawn_of(list("AB"), 2, per_visit=1))).splitlines()
    assert lines[-1] == "There are not enough inspectors without conflicts: nobody is assigned."


def reserve_line(drawn: Drawn) -> list[str]:
    return [line for line in "".join(summary(drawn)).splitlines() if "in reserve" in line]


def test_a_summary_word_by_word() -> None:
    drawn = drawn_of(list("ABCDEFGH"), 2)
    first, second = drawn.selected
    assert "".join(summary(drawn)) == (
        f"commitment {drawn.commitment.commitment}\n"
        f"seed {drawn.seed}\n"
        "食品: 2 of 8 drawn\n"
        f"  {first}\n"
        f"  {second}\n"
        f"  in reserve: {', '.join(drawn.strata[0].reserve[:5])} and 1 more\n"
    )


@pytest.mark.parametrize(
    ("units", "told"), [("A", []), ("AB", ["  in reserve: {}"]), ("ABCDEF", ["  in reserve: {}"])]
)
def test_a_summary_names_five_of_the_reserve_and_counts_the_others(units: str, told: list[str]) -> None:
    drawn = drawn_of(list(units), 1)
    waiting = ", ".join(drawn.strata[0].reserve)
    assert reserve_line(drawn) == [line.format(waiting) for line in told]


def test_a_summary_names_all_visitors_of_a_visit() -> None:
    tables = [Table("r", [["A", "食品", "1"]]), Table("i", [["执01", "1"], ["执02", "1"]]), Table("c", [])]
    drawn = draw(Inputs(*tables, plan=Plan("plan", {"n": {"食品": 1}, "inspectors_per_visit": 2})), "00")
    assert drawn.assignment is not None
    assert f"  A: {', '.join(drawn.assignment['A'])}\n" in "".join(summary(drawn))


def test_more_tickets_than_a_portion_are_written_as_json_writes_them() -> None:
    drawn = drawn_of([f"u{number}" for number in range(publishing.PORTION + 1)], 1)
    pieces = list(written(drawn))
    assert len(pieces) == 5  # the head, the key, two portions, the end
    assert "".join(pieces) == json.dumps(drawn.document(), indent=1, ensure_ascii=False)

import json

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

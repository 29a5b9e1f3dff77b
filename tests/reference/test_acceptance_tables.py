"""Tables 1, 2-A, 2-B and 2-C of GB/T 2828.1-2012, cell by cell, as others transcribed them from the standard."""

from decimal import Decimal

import pytest

from oracles import oracle_json, oracle_rows
from zhicheng.core.acceptance import GBT_2828_1_2012, InspectionLevel, Severity, cell_for, code_letter, plan_for

CELLS = "acceptance/gbt2828_1_2012_single_resolved.csv"
LETTERS = "acceptance/gbt2828_1_2012_table1_code_letters.csv"
DIFFERENCES = "acceptance/diff_aqlschemes_vs_gbt2828_1_2012.json"
ROW_S_HAS_ONE_PLAN = 25
"""Cells of row S, of 26, in which the standard has none."""


def test_every_cell_of_the_three_master_tables() -> None:
    rows = oracle_rows(CELLS)
    empty = [row for row in rows if not row["final_code"]]
    assert {row["initial_code"] for row in empty} == {"S"}
    assert len(empty) == ROW_S_HAS_ONE_PLAN
    wrong = []
    for row in rows:
        if row in empty:
            continue
        cell = cell_for(row["initial_code"], Decimal(row["aql"]), Severity(row["state"]))
        expected = (row["final_code"], int(row["n"]), int(row["ac"]), int(row["re"]))
        if (cell.letter, cell.n, cell.ac, cell.ac + 1) != expected:
            wrong.append((row, cell))
    assert not wrong
    assert len(rows) == 1274


def test_the_names_of_the_tables_and_the_preferred_aqls() -> None:
    rows = oracle_rows(CELLS)
    named = {Severity(row["state"]): row["table"] for row in rows}
    assert {severity: table.name for severity, table in GBT_2828_1_2012.tables.items()} == named
    assert [str(aql) for aql in GBT_2828_1_2012.aqls] == list(dict.fromkeys(row["aql"] for row in rows))


@pytest.mark.parametrize("level", InspectionLevel)
def test_both_ends_of_every_range_of_lot_sizes(level: InspectionLevel) -> None:
    for row in oracle_rows(LETTERS):
        for size in (int(row["lot_min"]), int(row["lot_max"] or 10**9)):
            assert code_letter(size, level) == row[level], row


def test_lots_at_every_range_level_aql_and_severity() -> None:
    """The whole way from a lot to its plan, where the sample is smaller than the lot and where it is not."""
    cells = {(row["state"], row["initial_code"], row["aql"]): row for row in oracle_rows(CELLS)}
    for ranges in oracle_rows(LETTERS):
        size = int(ranges["lot_min"])
        for level in (InspectionLevel.S1, InspectionLevel.II, InspectionLevel.III):
            for severity in Severity:
                for aql in ("0.010", "0.65", "4.0", "100", "1000"):
                    row = cells[severity, ranges[level], aql]
                    plan = plan_for(lot_size=size, level=level, aql=aql, severity=severity)
                    assert (plan.letter, plan.row) == (ranges[level], row["final_code"])
                    assert plan.n == min(size, int(row["n"]))
                    assert plan.inspects_all is (int(row["n"]) >= size)


def test_what_differs_from_mil_std_105e_is_what_is_known_to() -> None:
    """The older tables agree under normal inspection; of the tightened cells one differs (letter A, AQL 10)."""
    differences = oracle_json(DIFFERENCES)
    assert differences["normal"] == []
    assert [(letter, aql, theirs) for _, letter, aql, _, theirs in differences["tightened"]] == [
        ("A", "10", [8, 1, 2])
    ]
    for severity, letter, aql, ours, _ in differences["tightened"] + differences["reduced"]:
        cell = cell_for(letter, Decimal(aql), Severity(severity))
        assert f"{cell.letter}/{cell.n}/{cell.ac}/{cell.ac + 1}" == ours


@pytest.mark.parametrize(
    ("aql", "ac"),
    [("0.15", 0), ("0.65", 1), ("1.0", 2), ("1.5", 3), ("2.5", 5), ("4.0", 7), ("6.5", 10)],
)
def test_row_j_which_tutorials_print_shifted(aql: str, ac: int) -> None:
    """n = 80; a list that gives Ac 2 at AQL 0.65 and 3 at 1.0 has slipped by a column."""
    cell = cell_for("J", Decimal(aql), Severity.NORMAL)
    assert (cell.letter, cell.n, cell.ac) == ("J", 80, ac)


@pytest.mark.parametrize(("letter", "n", "ac"), [("F", 20, 0), ("J", 80, 1), ("N", 500, 7)])
def test_cells_at_aql_0_65_in_a_textbook(letter: str, n: int, ac: int) -> None:
    """Birolini 2007, Reliability Engineering, Table 7.1 and Fig. 7.4, after IEC 60410."""
    cell = cell_for(letter, Decimal("0.65"), Severity.NORMAL)
    assert (cell.letter, cell.n, cell.ac) == (letter, n, ac)

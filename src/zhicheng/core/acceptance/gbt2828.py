"""GB/T 2828.1-2012 计数抽样检验程序 第1部分：按接收质量限（AQL）检索的逐批检验抽样计划.

Equal to ISO 2859-1:1999. Sample sizes and AQLs are both rounded geometric series with five steps to the decade, so
n times AQL is nearly constant along the diagonals of the master tables 2-A, 2-B and 2-C, and with it the
acceptance number. A table is therefore one ladder of acceptance numbers, shifted by one column from row to row;
what departs from that stands below, in the rows where it does.

>>> [int(n) for n in GBT_2828_1_2012.tables[Severity.NORMAL].sizes[:6]], GBT_2828_1_2012.letters
([2, 3, 5, 8, 13, 20], 'ABCDEFGHJKLMNPQRS')

The 2003 edition is not offered: its cells were not compared. Sample sizes of MIL-STD-105E and GB 2828-87 are the
same, their reduced plans are not: there Re is more than Ac + 1.
"""

from decimal import Decimal

from zhicheng.core.acceptance.edition import Edition, InspectionLevel, MasterTable, Severity, SwitchingRules

_AQLS = """
    0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65
    1.0 1.5 2.5 4.0 6.5 10 15 25 40 65
    100 150 250 400 650 1000
"""
_SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
_ROWS_OF_TABLE_1 = len(_SIZES) - 1
"""Letters that a lot can have; the last row, S, is reached from R under tightened inspection only."""


def _ladder(text: str) -> tuple[int | str, ...]:
    return tuple(int(cell) if cell.isdigit() else cell for cell in text.split())


def _normal() -> MasterTable:
    ladder = "0 ↑ ↓ 1 2 3 5 7 10 14 21"
    ladders = 5 * [f"{ladder} 30 44"] + 11 * [ladder]
    return MasterTable("2-A", 14, _SIZES[:_ROWS_OF_TABLE_1], tuple(map(_ladder, ladders)))


def _tightened() -> MasterTable:
    """Row S is there for the one cell at AQL 0.025 that the arrows from Q and R lead to."""
    ladder = "0 ↓ ↓ 1 2 3 5 8 12 18"
    ladders = [*5 * [f"{ladder} 27 41"], *11 * [ladder], "0 ↓ ↓ 1"]
    return MasterTable("2-B", 15, _SIZES, tuple(map(_ladder, ladders)))


def _reduced() -> MasterTable:
    """n is that of two rows before, and 2 at least: A has its normal plans, and B those at the same AQLs."""
    smallest = "1 2 3 5 7 10 14 21 30"
    ladder = "0 ↑ ↓ ↓ 1 2 3 5 6 8 10"
    ladders = [f"0 ↑ ↓ {smallest}", f"0 ↑ ↓ ↓ {smallest}", *3 * [f"{ladder} 14 21"], *11 * [ladder]]
    return MasterTable("2-C", 14, (2, 2, *_SIZES[: _ROWS_OF_TABLE_1 - 2]), tuple(map(_ladder, ladders)))


GBT_2828_1_2012 = Edition(
    name="GB/T 2828.1-2012",
    adopts="ISO 2859-1:1999",
    letters="ABCDEFGHJKLMNPQRS",
    aqls=tuple(map(Decimal, _AQLS.split())),
    lot_sizes=(8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10000, 35000, 150000, 500000),
    code_letters={
        InspectionLevel.S1: "AAAABBBBCCCCDDD",
        InspectionLevel.S2: "AAABBBCCCDDDEEE",
        InspectionLevel.S3: "AABBCCDDEEFFGGH",
        InspectionLevel.S4: "AABCCDEEFGGHJJK",
        InspectionLevel.I: "AABCCDEFGHJKLMN",
        InspectionLevel.II: "ABCDEFGHJKLMNPQ",
        InspectionLevel.III: "BCDEFGHJKLMNPQR",
    },
    tables={Severity.NORMAL: _normal(), Severity.TIGHTENED: _tightened(), Severity.REDUCED: _reduced()},
    switching=SwitchingRules(refused=2, among=5, accepted=5, ending=5, score=30, small_step=2, large_step=3),
)
"""Tables 1, 2-A, 2-B and 2-C, and the switching rules of §9.3 and §9.4, which were not read in print."""

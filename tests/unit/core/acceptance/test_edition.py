"""The structure that the tables are built from, which a cell alone does not show."""

from typing import Any

import pytest

from zhicheng.core.acceptance import (
    GBT_2828_1_2012,
    AcceptanceError,
    InspectionLevel,
    MasterTable,
    Severity,
    SinglePlan,
)
from zhicheng.core.acceptance.population import PerHundredUnits

TABLES = list(GBT_2828_1_2012.tables.values())
ARROWS = {"↑", "↓"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_has_a_sample_size_and_a_ladder_of_growing_numbers(table: MasterTable) -> None:
    assert len(table.sizes) == len(table.ladders) in {16, 17}
    assert list(table.sizes) == sorted(table.sizes)
    for ladder in table.ladders:
        numbers = [cell for cell in ladder if isinstance(cell, int)]
        assert numbers[0] == 0
        assert numbers == sorted(set(numbers))
        assert {cell for cell in ladder if isinstance(cell, str)} <= ARROWS


def test_levels_and_ranges_of_lots_fit() -> None:
    edition = GBT_2828_1_2012
    assert set(edition.code_letters) == set(InspectionLevel)
    for letters in edition.code_letters.values():
        assert len(letters) == len(edition.lot_sizes) + 1 == 15
        assert set(letters) <= set(edition.letters)
    assert "I" not in edition.letters
    assert "O" not in edition.letters
    assert list(edition.aqls) == sorted(set(edition.aqls))


def test_size_times_aql_is_nearly_constant_along_a_diagonal() -> None:
    """Why a ladder can stand for a table: both series have five steps to the decade."""
    sizes, aqls = TABLES[0].sizes, GBT_2828_1_2012.aqls
    for diagonal in range(14, 26):
        columns = [(size, diagonal - row) for row, size in enumerate(sizes) if 0 <= diagonal - row < len(aqls)]
        products = [float(size * aqls[column]) for size, column in columns]
        assert max(products) / min(products) < 1.25


def test_along_a_diagonal_the_consumer_is_protected_alike() -> None:
    """The quality accepted with 10 % is, along a diagonal, the same multiple of the AQL within a fifth."""
    for step, ac in ((0, 0), (3, 1), (4, 2), (5, 3), (6, 5), (7, 7), (8, 10)):
        ratios = [
            PerHundredUnits().quality_at(0.10, ac, size) / float(GBT_2828_1_2012.aqls[14 + step - row])
            for row, size in enumerate(TABLES[0].sizes)
            if 14 + step - row >= 0
        ]
        assert max(ratios) / min(ratios) < 1.25


def test_reduced_samples_are_those_of_two_rows_before() -> None:
    normal, reduced = (GBT_2828_1_2012.tables[severity] for severity in (Severity.NORMAL, Severity.REDUCED))
    assert reduced.sizes[2:] == normal.sizes[:-2]
    assert reduced.sizes[:2] == (2, 2)
    assert reduced.ladders[0] == normal.ladders[0][: len(reduced.ladders[0])]


def test_an_edition_is_known_by_its_name() -> None:
    assert repr(GBT_2828_1_2012) == "<Edition GB/T 2828.1-2012>"
    assert GBT_2828_1_2012.adopts == "ISO 2859-1:1999"
    assert SinglePlan(80, 2) == SinglePlan(80, 2)


def test_what_is_no_name_is_no_level_and_no_severity() -> None:
    nameless: Any = None
    with pytest.raises(AcceptanceError, match="The inspection level “None” is unknown; expected one of"):
        InspectionLevel.read(nameless)
    with pytest.raises(AcceptanceError, match="The severity “None” is unknown; expected one of normal, tight"):
        Severity.read(nameless)

"""What another hotline's words for categories mean."""

from typing import Any

import pytest

from zhicheng.cases.work_orders.meanings import (
    MOST_ASKED,
    changed_meanings,
    find_category,
    unknown_words,
    with_meanings,
)
from zhicheng.core.columns import fold
from zhicheng.core.refused import Refused
from zhicheng.ground.importing.api import Row, Table
from zhicheng.ground.packs.api import Term

LEAK, LIGHT = Term(code="leak", zh="渗漏", en="Leak"), Term(code="light", zh="路灯", en="Street light")
OURS = {"leak": LEAK, "渗漏": LEAK, "light": LIGHT, "路灯": LIGHT}


def table(*cells: str) -> Table:
    return Table(head=("分类",), rows=[Row(number, (cell,)) for number, cell in enumerate(cells, start=2)])


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("渗漏", LEAK), ("LEAK", LEAK), ("住房/质量/渗漏", LEAK), ("住房-渗漏", LEAK), ("路灯/渗漏", LEAK),
        ("漏水", None), ("住房/漏水", None), ("", None),
    ],
)  # fmt: skip
def test_a_cell_names_one_of_ours_whole_or_by_its_last_part(named: str, found: Term | None) -> None:
    assert find_category(named, OURS) is found


def test_what_was_said_of_the_whole_comes_before_a_part_that_is_ours() -> None:
    said = with_meanings(OURS, {fold("路灯/渗漏"): "light", fold("住房/漏水"): "leak", "旧称": "ended"})
    assert find_category("路灯/渗漏", said) is LIGHT
    assert find_category("住房/漏水", said) is LEAK
    assert find_category("旧称", said) is None


def test_words_are_asked_of_that_name_none_of_ours() -> None:
    found = unknown_words(table("渗漏", "漏水", " 黑 灯 ", "漏水", "", "黑  灯", "漏水", "空鼓"), 0, OURS)
    assert found == ["漏水", "黑 灯", "空鼓"], "those of most rows first, each once"
    assert unknown_words(table("漏水"), None, OURS) == unknown_words(table("漏水"), 7, OURS) == []
    assert len(unknown_words(table(*(f"类别{number}" for number in range(99))), 0, OURS)) == MOST_ASKED


def test_meanings_are_changed_and_taken_back() -> None:
    changed = changed_meanings({"旧称": "leak", "漏雨": "leak"}, ["漏水=渗漏", " 黑灯 = LIGHT ", "旧称="], OURS)
    assert changed == {"漏雨": "leak", "漏水": "leak", "黑灯": "light"}


@pytest.mark.parametrize("change", ["漏水", "=leak", "漏水=colour", ""])
def test_what_says_no_meaning_is_refused(change: str) -> None:
    kept: dict[str, Any] = {}
    with pytest.raises(Refused, match=f"“{change}”: expected are their words"):
        changed_meanings(kept, [change], OURS)
    assert kept == {}

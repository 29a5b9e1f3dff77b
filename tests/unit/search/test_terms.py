"""Numbers in their one spelling, and what of a query can be searched by."""

import pytest
from django.db.models import Q

from zhicheng.ground.search.terms import condition, folded, number_terms, tails


@pytest.mark.parametrize("spelling", ["TS3708-2026-00017", "ts 3708 2026 00017", "ＴＳ３７０８２０２６０００１７"])
def test_a_number_has_one_spelling(spelling: str) -> None:
    assert folded(spelling) == "ts3708202600017"


def test_one_character_is_searched_as_a_number_only() -> None:
    assert condition("7") == Q(numbers__contains=["7"])


@pytest.mark.parametrize("text", ["", "  ", "——", "（）"])
def test_nothing_is_not_searched_for(text: str) -> None:
    assert condition(text) is None


def test_a_number_is_kept_whole_and_by_its_tails() -> None:
    assert tails("A-12345") == ["2345", "12345", "a12345"]
    assert tails("12") == ["12"]
    assert tails("—") == []
    assert number_terms(["TS-12", "ts 12", ""]) == ["ts12"]

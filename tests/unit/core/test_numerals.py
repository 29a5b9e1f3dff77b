"""Numbers of items in Chinese papers."""

import pytest

from zhicheng.core.numerals import numeral


def test_each_number_has_its_own_and_long_lists_go_on_after_ten() -> None:
    assert len({numeral(number) for number in range(1, 100)}) == 99
    assert [numeral(number) for number in (2, 9, 10, 12, 30, 45)] == ["二", "九", "十", "十二", "三十", "四十五"]


@pytest.mark.parametrize("number", [0, -1, 100])
def test_others_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"{number} is not between 1 and 99"):
        numeral(number)

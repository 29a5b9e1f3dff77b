"""Amounts as people write them, and what is no amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.process import MOST_YUAN, read_yuan


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("58.5", "58.50"), (" 58.50 元 ", "58.50"), ("¥58", "58.00"), ("￥１２３．４", "123.40"), ("0", "0.00"),
        ("1,058", "1058.00"), ("1,058,000.05yuan", "1058000.05"), ("58 RMB", "58.00"), ("007", "7.00"),
        ("RMB 300", "300.00"), ("人民币300元整", "300.00"), ("300块", "300.00"), ("CNY58.5", "58.50"),
        (str(MOST_YUAN), str(MOST_YUAN)),
    ],
)  # fmt: skip
def test_amounts(typed: str, amount: str) -> None:
    assert read_yuan(typed) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "", "abc", "约300", "-3", "1.234", "1,05", "1.", ".5", "3元5角", "3万", "1e3", "nan", "5 8", "1000000000",
        "五十",
    ],
)  # fmt: skip
def test_what_is_no_amount(typed: str) -> None:
    assert read_yuan(typed) is None


@given(st.decimals(0, MOST_YUAN, places=2), st.sampled_from(["", "元", " 元", " yuan"]), st.booleans())
def test_an_amount_is_read_as_it_was_written(amount: Decimal, unit: str, parted: bool) -> None:
    written = f"{amount:,.2f}" if parted else f"{amount:.2f}"
    found = read_yuan(f"{written}{unit}")
    assert found == f"{amount:.2f}"
    assert read_yuan(found) == found

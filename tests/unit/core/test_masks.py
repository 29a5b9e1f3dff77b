"""What a mask lets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.masks import mask_address, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"), [("张三", "张**"), ("张三丰", "张**"), ("李", "**"), ("John Smith", "J**"), ("", "")]
)
def test_a_name_shows_its_first_character(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13812341234", "138****1234"), ("0537-2345678", "0537-****678"), ("0632-3318888-12", "0632-****888"),
     ("010-62345678", "010-****678"), ("+85291234567", "+****67"), ("", "")],
)  # fmt: skip
def test_a_number_shows_its_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text(st.characters(exclude_characters="*"), min_size=1))
def test_a_mask_of_a_name_is_never_the_name(name: str) -> None:
    assert name not in mask_name(name)
    assert len(mask_name(name)) <= 3


@given(st.text(st.characters(exclude_characters="*"), min_size=1))
def test_a_mask_of_an_address_shows_half_at_most(address: str) -> None:
    shown = mask_address(address).removesuffix("****")
    assert address.startswith(shown)
    assert len(shown) <= len(address) / 2

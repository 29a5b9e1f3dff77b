"""Methods are chosen by member or by text, and no unknown text is taken for one of them."""

from enum import StrEnum, auto

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.choices import named
from zhicheng.core.refused import Refused


class Side(StrEnum):
    LEFT = auto()
    RIGHT = auto()


class SideError(Refused):
    """A refusal of some module's own."""


@pytest.mark.parametrize("side", list(Side))
def test_a_member_and_its_text_are_the_same_choice(side: Side) -> None:
    assert named(Side, "side", side) is named(Side, "side", side.value) is side


@given(st.text().filter(lambda text: text not in list(Side)) | st.none() | st.integers() | st.lists(st.integers()))
def test_anything_else_is_refused_with_all_there_are(value: object) -> None:
    with pytest.raises(SideError) as refused:
        named(Side, "side", value, SideError)  # type: ignore[arg-type]
    assert refused.value.params == {"name": "side", "value": value, "names": "left, right"}


def test_the_refusal_says_what_was_expected() -> None:
    with pytest.raises(Refused, match="“side” is “Left”; expected one of left, right"):
        named(Side, "side", "Left")

"""A guess of columns is changed in words, or the words are refused; nothing else moves."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.columns import changed_columns, fold
from zhicheng.core.refused import Refused


class Field(StrEnum):
    TITLE = "title"
    REPLY = "reply"


HEAD = ("编号", "答复", "主题", "主题 ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("colour=编号", "names no field"),
        ("title=没有", "0 columns"),
        ("title=主题", "2 columns"),
        ("", "names no field"),
    ],
)
def test_what_names_no_field_or_no_one_column_is_refused(change: str, said: str):
    with pytest.raises(Refused, match=said):
        changed_columns({}, [change], HEAD, Field)


def test_a_change_moves_one_field_and_the_guess_stays_as_it_was():
    guess = {Field.TITLE: 0, Field.REPLY: 1}
    assert changed_columns(guess, ["title=答 复"], HEAD, Field) == {Field.REPLY: 1, Field.TITLE: 1}
    assert changed_columns(guess, ["reply="], HEAD, Field) == {Field.TITLE: 0}
    assert guess == {Field.TITLE: 0, Field.REPLY: 1}


@given(st.text())
def test_folding_twice_is_folding_once(name: str):
    assert fold(fold(name)) == fold(name)

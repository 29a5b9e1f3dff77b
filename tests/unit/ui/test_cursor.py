"""Cursors: what comes back is what was sent, and nothing else is accepted."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.ground.ui.cursor import BadCursor, Cursor, decode, encode

KEY = bytes(range(32))
ZONES = st.timezones() | st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.decimals(allow_nan=False),
    st.dates(),
    st.datetimes(timezones=ZONES, allow_imaginary=False),
)


@given(value=VALUES, id_=st.integers(1, 2**63 - 1), scope=st.text())
def test_round_trip(value: Any, id_: int, scope: str) -> None:
    word = encode(Cursor(value, id_), scope, KEY)
    assert word.isascii()
    assert "=" not in word
    back = decode(word, scope, KEY)
    assert back.id == id_
    assert type(back.value) is type(value)
    if isinstance(value, datetime):
        assert back.value.utcoffset() == value.utcoffset()  # type: ignore[union-attr]
        assert back.value.replace(tzinfo=None) == value.replace(tzinfo=None)  # type: ignore[union-attr, call-arg]
    else:
        assert back.value == value


@given(value=VALUES, place=st.integers(0, 200), letter=st.sampled_from("ABCxyz019-_"))
def test_a_changed_letter_is_refused_or_says_the_same(value: Any, place: int, letter: str) -> None:
    word = encode(Cursor(value, 7), "list", KEY)
    place %= len(word)
    changed = word[:place] + letter + word[place + 1 :]
    try:
        assert decode(changed, "list", KEY) == decode(word, "list", KEY)
    except BadCursor:
        assert changed != word


@given(st.text())
def test_what_was_made_up_is_refused(word: str) -> None:
    with pytest.raises(BadCursor):
        decode(word, "list", KEY)


@pytest.mark.parametrize(("scope", "key"), [("other", KEY), ("list", bytes(32))])
def test_a_cursor_belongs_to_one_list_and_one_key(scope: str, key: bytes) -> None:
    word = encode(Cursor("a", 1), "list", KEY)
    with pytest.raises(BadCursor):
        decode(word, scope, key)


class Colour(StrEnum):
    RED = "red"


def test_an_enumeration_sorts_as_its_value() -> None:
    assert decode(encode(Cursor(Colour.RED, 1), "list", KEY), "list", KEY) == Cursor("red", 1)


@pytest.mark.parametrize("value", [b"", [], {}, object()])
def test_what_cannot_be_sorted_by_is_a_fault_of_the_program(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot be sorted by"):
        encode(Cursor(value, 1), "list", KEY)


def test_a_moment_keeps_its_microseconds() -> None:
    moment = datetime(2026, 11, 23, 23, 59, 59, 999_999, tzinfo=UTC)
    assert decode(encode(Cursor(moment, 1), "list", KEY), "list", KEY).value == moment
    assert decode(encode(Cursor(date(2026, 1, 1), 1), "l", KEY), "l", KEY).value == date(2026, 1, 1)
    assert decode(encode(Cursor(Decimal("1.50"), 1), "l", KEY), "l", KEY).value == Decimal("1.50")

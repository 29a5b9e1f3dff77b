"""Sentences with places: what is filled, what is left out, and what is no sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.phrases import PhraseError, fill, places

PLAIN = st.text(st.characters(exclude_characters="{}[]"))


@pytest.mark.parametrize(
    ("text", "values", "filled"),
    [
        ("{number} 已受理。", {"number": "TS-1"}, "TS-1 已受理。"),
        ("{number}[，期限 {due}]。", {"number": "TS-1", "due": None}, "TS-1。"),
        ("{number}[，期限 {due}]。", {"number": "TS-1", "due": "2026-11-30"}, "TS-1，期限 2026-11-30。"),
        ("{number}[ {due} {state}]", {"number": 7, "due": "x", "state": ""}, "7"),
        ("{missing}.", {}, "."),
    ],
)
def test_places_are_filled_and_empty_parts_left_out(text: str, values: dict[str, str], filled: str) -> None:
    assert fill(text, values) == filled


@pytest.mark.parametrize(
    "text",
    ["{", "}", "{Number}", "{a.b}", "{a!r}", "{a:>9}", "{}", "[{a}", "{a}]", "[[{a}]]", "[no place]", "{ a }"],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(PhraseError):
        places(text)


@given(PLAIN)
def test_a_text_without_places_is_left_as_it_is(text: str) -> None:
    assert (places(text), fill(text, {})) == (frozenset(), text)


@given(st.text(), PLAIN)
def test_what_is_filled_in_is_never_read_again(value: str, around: str) -> None:
    assert fill(f"{around}{{a}}{around}[{{a}}]", {"a": value, "b": "x"}) == f"{around}{value}{around}{value}"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.showing import shown


@pytest.mark.parametrize("text", ["", "12", "企业　甲", "\U0001f3ed é", 'a "b" \\', "x" * 60])
def test_what_can_be_read_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [("1\r\n2", r"1\r\n2"), ("\t", r"\t"), ("\ufeff1", r"\ufeff1"), ("a\ud800", r"a\ud800"), ("\x00", r"\x00")],
)
def test_what_cannot_be_read_is_escaped(text: str, told: str) -> None:
    assert shown(text) == told


@given(st.text(), st.integers(2, 70))
def test_it_is_one_line_of_a_bounded_length(text: str, most: int) -> None:
    told = shown(text, most)
    assert len(told) <= most
    assert told.isprintable() or "\u3000" in told
    assert told.endswith("…") or len(text) <= most


def test_sixty_signs_are_shown_unless_something_else_is_asked_for() -> None:
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown("x" * 61, most=61) == "x" * 61


def test_what_grows_by_being_escaped_is_cut_as_well() -> None:
    assert shown("\n" * 3, most=5) == r"\n\n…"
    assert shown("\n" * 2, most=4) == r"\n\n"

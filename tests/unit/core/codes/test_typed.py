import pytest

from zhicheng.core.codes.typed import CodeError, is_digits, plain


@pytest.mark.parametrize(
    "typed", ["TS-37-1", " ts—37–1 ", "ＴＳ－３７－１", "TS_37 - 1", "\tts 37−1\n", "-TS--37-1-"]
)
def test_every_way_of_typing_a_code_reads_the_same(typed: str) -> None:
    assert plain(typed) == "TS-37-1"


@pytest.mark.parametrize(
    ("text", "expected"), [("0123", True), ("", False), ("１２", False), ("²", False), ("1a", False)]
)
def test_only_ascii_digits_are_digits(text: str, expected: bool) -> None:
    assert is_digits(text) is expected


def test_the_message_and_its_values_stay_apart_for_translation() -> None:
    error = CodeError("“{code}” has {count} characters", code="{x}", count=3)
    assert str(error) == "“{x}” has 3 characters"
    assert error.message == "“{code}” has {count} characters"
    assert error.params == {"code": "{x}", "count": 3}

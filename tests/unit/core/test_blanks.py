"""Blanks are filled, and what cannot be filled is seen."""

import pytest

from zhicheng.core.blanks import filled, first_gap, names_in

LABELS = {"company": "企业"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("没有空白", ()),
        ("{number}、{company}、{number}", ("number", "company")),
        ("{}", ("",)),
        ("{not a name} {", ()),
    ],
)
def test_names(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


def test_an_empty_value_and_an_unknown_name_leave_a_gap() -> None:
    text = filled("请{company}于{day}前到{place}。", {"company": "", "place": "本局"}, LABELS)
    assert text == "请〔？企业〕于〔？day〕前到本局。"
    assert first_gap(text) == "企业"


def test_a_value_is_not_filled_again() -> None:
    assert filled("{company}", {"company": "{number}"}, {}) == "{number}"


@pytest.mark.parametrize(
    ("text", "gap"), [("滕市监〔2026〕3号", None), ("〔?日期〕", "日期"), ("〔？〕", ""), ("", None)]
)
def test_a_number_in_brackets_is_no_gap(text: str, gap: str | None) -> None:
    assert first_gap(text) == gap

import pytest

from zhicheng.core.codes import CodeError, IndustryCode, IndustryLevel


@pytest.mark.parametrize(
    ("typed", "digits", "level", "section"),
    [
        ("C", "C", IndustryLevel.SECTION, "C"),
        ("a", "A", IndustryLevel.SECTION, "A"),
        ("35", "35", IndustryLevel.DIVISION, "C"),
        ("351", "351", IndustryLevel.GROUP, "C"),
        ("3511", "3511", IndustryLevel.CLASS, "C"),
        ("c3511", "3511", IndustryLevel.CLASS, "C"),
        ("Ａ０１", "01", IndustryLevel.DIVISION, "A"),
        ("9700", "9700", IndustryLevel.CLASS, "T"),
    ],
)
def test_codes_are_read_with_or_without_their_section(
    typed: str, digits: str, level: IndustryLevel, section: str
) -> None:
    code = IndustryCode.parse(typed)
    assert (code.digits, code.level, code.section) == (digits, level, section)


def test_parents_lead_up_to_the_section() -> None:
    code, above = IndustryCode("3511"), []
    while code.parent:
        code = code.parent
        above.append(code.digits)
    assert above == ["351", "35", "C"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "is not an industry code"),
        ("U", "is not an industry code"),
        ("3", "is not an industry code"),
        ("35111", "is not an industry code"),
        ("CC", "is not an industry code"),
        ("C-35", "is not an industry code"),
        ("C3", "is not an industry code"),
        ("00", "there is no division 00"),
        ("98", "there is no division 98"),
        ("9811", "there is no division 98"),
        ("A3511", "division 35 belongs to section C"),
    ],
)
def test_wrong_codes_are_refused(typed: str, message: str) -> None:
    with pytest.raises(CodeError, match=message):
        IndustryCode.parse(typed)

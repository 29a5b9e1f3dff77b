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


def test_every_section_has_its_first_and_last_division() -> None:
    bounds = {
        "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
        "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75),
        "N": (76, 79), "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
    }  # fmt: skip
    for section, (first, last) in bounds.items():
        assert {IndustryCode(f"{n:02d}").section for n in range(first, last + 1)} == {section}


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

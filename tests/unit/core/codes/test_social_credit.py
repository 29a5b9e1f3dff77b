import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.codes import (
    CodeError,
    make_organization_code,
    make_social_credit_code,
    parse_social_credit_code,
)
from zhicheng.core.codes.social_credit import ALPHABET

characters = st.text(st.sampled_from(ALPHABET), min_size=8, max_size=8)


@st.composite
def codes(draw: st.DrawFn) -> str:
    head = draw(st.text(st.sampled_from(ALPHABET), min_size=2, max_size=2))
    area = f"{draw(st.integers(0, 999_999)):06d}"
    return make_social_credit_code(head + area + make_organization_code(draw(characters)))


@given(codes())
def test_a_made_code_checks_however_it_is_typed(code: str) -> None:
    assert parse_social_credit_code(f" {code[:8].lower()}—{code[8:17]} {code[17]}\n") == code


@given(codes(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(code: str, place: int, wrong: str) -> None:
    typed = code[:place] + wrong + code[place + 1 :]
    if typed == code:
        assert parse_social_credit_code(typed) == code
    else:
        with pytest.raises(CodeError):
            parse_social_credit_code(typed)


@given(codes(), st.integers(0, 16))
def test_every_swap_of_neighbours_is_found(code: str, place: int) -> None:
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed != code:
        with pytest.raises(CodeError):
            parse_social_credit_code(typed)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "has 0 characters, expected 18"),
        ("91110000600037341", "has 17 characters, expected 18"),
        ("91110000600037341LL", "has 19 characters, expected 18"),
        ("9111000060003734IL", "character 17 is “I”"),
        ("9111000060003734质L", "character 17 is “质”"),
        ("911100A0600037341L", "characters 3–8 are the area of registration"),
        ("91110000600037340L", "characters 9–17 does not check: character 17 is 0, expected 1"),
        ("91110000600037351L", "characters 9–17 does not check"),
        ("91110000600037341K", "does not check: character 18 is K, expected L"),
        ("91110001600037341L", "does not check: character 18 is L"),
    ],
)
def test_the_message_says_which_check_failed(typed: str, message: str) -> None:
    with pytest.raises(CodeError, match=message):
        parse_social_credit_code(typed)


def test_rural_collectives_begin_with_a_letter() -> None:
    code = make_social_credit_code("N2370811" + make_organization_code("MF000001"))
    assert parse_social_credit_code(code) == code


@pytest.mark.parametrize(
    ("body", "message"),
    [("6000373", "has 7 characters, expected 8"), ("6000373I", "character 8 is “I”"), ("600037341", "has 9")],
)
def test_an_organization_code_is_made_of_eight_good_characters(body: str, message: str) -> None:
    with pytest.raises(CodeError, match=message):
        make_organization_code(body)


@pytest.mark.parametrize("prefix", ["9111000060003734", "91110000600037342", "9A11000060003734O"])
def test_a_code_is_not_made_from_a_wrong_prefix(prefix: str) -> None:
    with pytest.raises(CodeError):
        make_social_credit_code(prefix)


@given(characters)
def test_all_eleven_check_characters_obey_the_definition(body: str) -> None:
    code = make_organization_code(body)
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    check = 10 if code[8] == "X" else int(code[8])
    assert (sum(int(c, 36) * w for c, w in zip(body, weights, strict=True)) + check) % 11 == 0

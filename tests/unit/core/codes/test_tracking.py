import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.codes import CodeError, make_tracking_code, parse_tracking_code
from zhicheng.core.codes.tracking import ALPHABET

secrets = st.binary(min_size=10, max_size=10)


@given(secrets)
def test_a_code_is_read_however_it_is_typed(secret: bytes) -> None:
    code = make_tracking_code(secret)
    assert parse_tracking_code(code) == code
    assert parse_tracking_code(code.lower().replace("-", "")) == code
    assert parse_tracking_code(code.replace("0", "o").replace("1", "l").replace("-", " — ")) == code
    assert parse_tracking_code(code.replace("1", "I")) == code


@given(secrets, secrets)
def test_two_secrets_never_share_a_code(one: bytes, other: bytes) -> None:
    assert (make_tracking_code(one) == make_tracking_code(other)) is (one == other)


@given(secrets)
def test_no_bit_is_lost(secret: bytes) -> None:
    number = 0
    for character in make_tracking_code(secret).replace("-", ""):
        number = number * 32 + ALPHABET.index(character)
    assert number.to_bytes(10, "big") == secret


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ILOU")


@pytest.mark.parametrize("length", [1, 4, 5, 6, 15])
def test_other_lengths(length: int) -> None:
    if length % 5:
        with pytest.raises(ValueError, match=f"{length} bytes given, expected a multiple of 5"):
            make_tracking_code(bytes(length))
    else:
        code = make_tracking_code(bytes(length))
        assert parse_tracking_code(code, random_bytes=length) == code


def test_no_bytes_make_no_code() -> None:
    with pytest.raises(ValueError, match="0 bytes given"):
        make_tracking_code(b"")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "has 0 characters, expected 16"),
        ("0000-0000-0000-000", "has 15 characters, expected 16"),
        ("0000-0000-0000-0000-0", "has 17 characters, expected 16"),
        ("0000-0000-0000-000U", "“U” does not occur in a secret"),
        ("0000-0000-0000-000？", "does not occur in a secret"),
    ],
)
def test_what_cannot_be_a_code_is_refused(typed: str, message: str) -> None:
    with pytest.raises(CodeError, match=message):
        parse_tracking_code(typed)

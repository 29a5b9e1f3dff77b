import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.keyed_hash import keyed_hash

KEY = bytes(range(32))
purposes = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def test_it_is_hmac_under_a_key_made_for_the_purpose() -> None:
    derived = hmac.new(KEY, b"phone.index", "sha256").digest()
    expected = hmac.new(derived, b"13800000000", "sha256").digest()
    assert keyed_hash(KEY, b"13800000000", purpose="phone.index") == expected


@given(st.binary(), st.binary(), purposes, purposes)
def test_it_is_equal_only_for_the_same_value_and_purpose(
    one: bytes, other: bytes, purpose: str, another: str
) -> None:
    same = keyed_hash(KEY, one, purpose=purpose) == keyed_hash(KEY, other, purpose=another)
    assert same is ((one, purpose) == (other, another))


@given(st.binary(min_size=32, max_size=64), st.binary(min_size=32, max_size=64))
def test_another_key_gives_another_hash(one: bytes, other: bytes) -> None:
    padded = one.ljust(64, b"\0") == other.ljust(64, b"\0")
    assert (keyed_hash(one, b"x", purpose="p") == keyed_hash(other, b"x", purpose="p")) is padded


@pytest.mark.parametrize("length", [0, 16, 31])
def test_a_short_key_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"the key has {length} bytes, expected 32 or more"):
        keyed_hash(bytes(length), b"x", purpose="p")


def test_a_purpose_is_asked_for() -> None:
    with pytest.raises(ValueError, match="a purpose was expected"):
        keyed_hash(KEY, b"x", purpose="")

from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.hashing import Algorithm, utf8
from zhicheng.core.refused import Refused

texts = st.text(st.characters(codec="utf-8"), max_size=8)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
        ("a" * 10**6, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ],
    ids=["one block", "two blocks", "a million letters"],
)
def test_sha256_is_the_one_published(text: str, published: str) -> None:
    """The examples that NIST gives with FIPS 180-4."""
    assert Algorithm.SHA256.of_text(text) == published


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        ("abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_is_the_one_published(text: str, published: str) -> None:
    """GB/T 32905-2016, appendix A."""
    assert Algorithm.SM3.of_text(text) == published


@given(st.lists(texts, min_size=1, max_size=4))
def test_fields_are_joined_by_the_unit_separator(fields: list[str]) -> None:
    assert Algorithm.SHA256.joined(*fields) == sha256("\x1f".join(fields).encode()).hexdigest()


@given(st.sampled_from(Algorithm), st.lists(texts, min_size=1, max_size=3), st.lists(texts, max_size=5))
def test_many_digests_are_those_of_each(algorithm: Algorithm, fields: list[str], last: list[str]) -> None:
    assert [digest.hex() for digest in algorithm.digests(fields, last)] == [
        algorithm.joined(*fields, each) for each in last
    ]


def test_the_tag_names_the_hash() -> None:
    assert [algorithm.tag for algorithm in Algorithm] == ["verifiable-draw-v1", "verifiable-draw-v1-sm3"]


@pytest.mark.parametrize(
    "hashed", [utf8, Algorithm.SM3.of_text, lambda text: Algorithm.SHA256.digests(["E"], [text])]
)
def test_half_a_surrogate_pair_is_refused(hashed) -> None:
    with pytest.raises(Refused, match=r"a\\udc80.* holds half of a surrogate pair"):
        hashed("a\udc80")


def test_a_long_text_is_not_repeated_in_full() -> None:
    with pytest.raises(Refused) as refused:
        utf8("x" * 500 + "\ud800")
    assert len(str(refused.value)) < 200
    assert r"xxx\ud800" in str(refused.value)


def test_of_several_fields_the_one_is_shown_that_cannot_be_hashed() -> None:
    with pytest.raises(Refused, match=r"^“b\\ud800c” holds half of a surrogate pair"):
        Algorithm.SHA256.joined("seed", "48f1", "b\ud800c")


def test_a_hash_that_openssl_lacks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hashlib.algorithms_available", {"sha256"})
    monkeypatch.delitem(Algorithm.SM3.__dict__, "_hash", raising=False)
    with pytest.raises(Refused, match="has no SM3"):
        Algorithm.SM3.of_text("abc")


plain = st.text(st.characters(codec="utf-8", exclude_characters="\x1f"), max_size=4)


@given(st.lists(plain, min_size=1, max_size=4), st.lists(plain, min_size=1, max_size=4))
def test_other_fields_have_another_hash(one: list[str], other: list[str]) -> None:
    """Also where they would be alike if they stood side by side, as “ab” and “c” for “a” and “bc”."""
    assert (Algorithm.SHA256.joined(*one) == Algorithm.SHA256.joined(*other)) == (one == other)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_hash_has_thirty_two_bytes_and_changes_in_half_of_its_bits(algorithm: Algorithm) -> None:
    """Of 512 neighbours: 131,072 bits, of which a half within 4 standard errors."""
    hashes = [algorithm.digests(["seed"], [f"{number:04}"])[0] for number in range(513)]
    assert {len(each) for each in hashes} == {32}
    numbers = [int.from_bytes(each) for each in hashes]
    apart = sum((one ^ other).bit_count() for one, other in pairwise(numbers))
    assert abs(apart - 65_536) < 4 * (131_072 / 4) ** 0.5


def test_twenty_signs_are_shown_before_what_is_no_character_and_to_the_twentieth_from_it() -> None:
    with pytest.raises(Refused) as refused:
        utf8("a" * 30 + "\ud800" + "b" * 30)
    assert str(refused.value).startswith("“" + "a" * 20 + r"\ud800" + "b" * 19 + "”")


def test_many_digests_of_no_fields_are_those_of_each() -> None:
    assert Algorithm.SHA256.digests([], ["x"]) == [sha256(b"x").digest()]

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.draws.drand import CHAINS, due_at, parse_drand, parse_drand_event
from zhicheng.core.refused import Refused

OTHER = "ab" * 32
SIGNATURE = "0f" * 48


@pytest.mark.parametrize(
    ("chain", "number", "signature", "randomness"),
    [
        (
            "default",
            1,
            (
                "8d61d9100567de44682506aea1a7a6fa6e5491cd27a0a0ed349ef6910ac5ac20ff7bc3e09d7c046566c9f7f3c6f3b101"
                "04990e7cb424998203d8f7de586fb7fa5f60045417a432684f85093b06ca91c769f0e7ca19268375e659c2a2352b4655"
            ),
            "101297f1ca7dc44ef6088d94ad5fb7ba03455dc33d53ddb412bbc4564ed986ec",
        ),
        (
            "default",
            3311596,
            (
                "a696b9409ababce45749c3a4ec369074453dd4a79967734e1390d969c8ad8d98897d217b9121e92c8ddebbddda8d92f9"
                "00e3bd6bf9deb166863b1a19390d743f82774001487594c5c09e581db7365f02b70a2c8cc41ce32446ef08e4890c4754"
            ),
            "647c07b2abbf7ff2afb4d670214f565e5cd9f9c91bfdcecb59a21f3c78d73920",
        ),
        (
            "quicknet",
            657413,
            "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
            "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
        ),
    ],
)
def test_rounds_that_were_published(chain: str, number: int, signature: str, randomness: str) -> None:
    """Rounds of the League of Entropy as its clients' documentation gives them."""
    found = parse_drand(f"drand:{chain}:{number}:{signature.upper()}:{randomness}")
    assert found.randomness == randomness
    assert found.line == f"drand:{CHAINS[chain].hash}:{number}:{randomness}"
    assert found.text == f"drand:{CHAINS[chain].hash}:{number}:{signature}"
    assert parse_drand(found.text) == found


@pytest.mark.parametrize("number", [10**11, 10**19 - 1])
def test_a_round_that_nobody_lives_to_see_is_refused(number: int) -> None:
    event = parse_drand_event(f"drand:quicknet:{number}")
    with pytest.raises(Refused, match=rf"drand round {number} is due after the year 9999"):
        due_at(event)


def test_a_round_is_due_a_period_after_the_one_before() -> None:
    chain = CHAINS["quicknet"]
    assert (chain.due_at(1001) - chain.due_at(1)).total_seconds() == 3000
    assert chain.due_at(1).timestamp() == 1692803367
    assert parse_drand(f"drand:quicknet:1001:{SIGNATURE}").due_at == chain.due_at(1001)


def test_a_chain_that_is_not_known_has_no_time_and_either_length() -> None:
    for length in (48, 96):
        found = parse_drand(f"drand:{OTHER}:7:{'1a' * length}")
        assert found.due_at is None
        assert found.randomness == sha256(bytes.fromhex("1a" * length)).hexdigest()
    assert due_at(f"drand:{OTHER}:7") is None


def test_an_event_is_spelt_in_one_way() -> None:
    assert parse_drand_event(" DRAND:quicknet:0012 ") == f"drand:{CHAINS['quicknet'].hash}:12"
    found = parse_drand(f"drand:quicknet:12:{SIGNATURE}")
    assert found.event == parse_drand_event(found.event)
    assert found.event.startswith(f"{found.origin}:")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("drand:quicknet:12", "expected is drand:CHAIN:ROUND:SIGNATURE"),
        (f"drand:slownet:12:{SIGNATURE}", "expected is drand:CHAIN:ROUND"),
        (f"drand:quicknet:0:{SIGNATURE}", "expected is drand:CHAIN:ROUND"),
        (f"drand:quicknet:x:{SIGNATURE}", "expected is drand:CHAIN:ROUND"),
        (f"drand:quicknet:12:{SIGNATURE}0f", "expected are 96 hexadecimal digits"),
        (f"drand:default:12:{SIGNATURE}", "expected are 192 hexadecimal digits"),
        (f"drand:{OTHER}:12:0f", "expected are 96 or 192 hexadecimal digits"),
        ("drand:quicknet:12:" + "xy" * 48, "the signature “xyxy"),
        (
            f"drand:quicknet:12:{SIGNATURE}:{OTHER}",
            f"the randomness is “{OTHER}”, but SHA-256 of the signature is",
        ),
    ],
)
def test_what_is_no_round_is_told(text: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_drand(text)
    assert told in str(refused.value)


def test_the_chains_are_those_that_the_league_of_entropy_publishes() -> None:
    """Hash, genesis_time and period of their `/info`; a signature is a point of G2 (96 bytes) or of G1 (48)."""
    assert {name: (chain.genesis, chain.period, chain.signature_bytes) for name, chain in CHAINS.items()} == {
        "default": (1595431050, 30, 96),
        "quicknet": (1692803367, 3, 48),
    }
    assert CHAINS["default"].hash == "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"
    assert CHAINS["quicknet"].hash == "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


@pytest.mark.parametrize(
    ("chain", "number", "due"),
    [
        ("default", 1, "2020-07-22T15:17:30+00:00"),
        ("default", 2, "2020-07-22T15:18:00+00:00"),
        ("default", 3311596, "2023-09-15T11:55:00+00:00"),
        ("quicknet", 1, "2023-08-23T15:09:27+00:00"),
        ("quicknet", 657413, "2023-09-15T11:00:03+00:00"),
    ],
)
def test_when_rounds_are_due(chain: str, number: int, due: str) -> None:
    at = due_at(parse_drand_event(f"drand:{chain}:{number}"))
    assert at is not None
    assert at.isoformat() == due


@given(st.sampled_from(sorted(CHAINS)), st.integers(1, 10**9), st.booleans(), st.integers(0, 3), st.randoms())
def test_a_round_is_read_back_however_it_is_spelt(
    chain: str, number: int, by_hash: bool, zeros: int, random
) -> None:
    known = CHAINS[chain]
    signature = random.randbytes(known.signature_bytes).hex()
    name = known.hash if by_hash else chain
    found = parse_drand(f"  Drand:{name.upper()}:{'0' * zeros}{number}:{signature.upper()}\n")
    assert (found.chain, found.number, found.signature) == (known.hash, number, signature)
    assert found.randomness == sha256(bytes.fromhex(signature)).hexdigest()
    assert parse_drand(f"{found.text}:{found.randomness.upper()}") == parse_drand(found.text) == found
    assert parse_drand_event(found.event) == found.event


@given(st.integers(0, 95), st.sampled_from("0123456789abcdef"))
def test_another_signature_is_another_randomness(place: int, digit: str) -> None:
    signature = "0f" * 48
    other = signature[:place] + digit + signature[place + 1 :]
    one, two = (parse_drand(f"drand:quicknet:12:{each}") for each in (signature, other))
    assert (one.randomness == two.randomness) == (signature == other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "drand",
        "drand:quicknet",
        "drand:quicknet:",
        "drand:quicknet:-1",
        "drand:quicknet:1.5",
        "drand::12",
        "drand:quicknet:12:",
        "drand:quicknet:" + "9" * 20,
        f"drand:{OTHER}0:12",
        f"drand:{OTHER[1:]}:12",
        "lottery:quicknet:12",
        "drand:quicknet:１２",
        "drand quicknet 12",
        "xdrand:quicknet:12",
    ],
)
def test_what_is_no_event_is_told_with_what_is_expected(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_drand_event(text)
    assert str(refused.value).startswith(f"“{text}”: expected is drand:CHAIN:ROUND")


@pytest.mark.parametrize("signature", ["", "0f" * 47, "0f" * 49, "0f" * 96, "0f" * 47 + "0", "0f" * 47 + "0g"])
def test_a_signature_of_another_length_or_of_other_signs_is_told(signature: str) -> None:
    with pytest.raises(
        Refused, match=r"drand round 12: the signature “\w*” is none; expected are 96 hexadecimal d"
    ):
        parse_drand(f"drand:quicknet:12:{signature}")


def test_a_source_of_too_many_parts_is_told() -> None:
    with pytest.raises(
        Refused, match=r"expected is drand:CHAIN:ROUND:SIGNATURE, CHAIN being default, quicknet or 64"
    ):
        parse_drand(f"drand:quicknet:12:{SIGNATURE}:{sha256(bytes.fromhex(SIGNATURE)).hexdigest()}:0")


def test_rounds_of_one_chain_have_one_origin() -> None:
    rounds = [
        parse_drand(f"drand:{name}:{number}:{SIGNATURE}") for name in ("quicknet", OTHER) for number in (7, 8)
    ]
    assert len({each.origin for each in rounds}) == 2
    assert len({each.event for each in rounds}) == 4

from hashlib import sha256

import pytest

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

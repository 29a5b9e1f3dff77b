"""Public events as the browser reads them: in the canonical spelling alone, hashed in one text."""

import hashlib

import pytest

from unit.assets.draws.asking import ask, ask_all

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
# Round 657413 of drand's chain quicknet, as its documentation gives it.
SIGNATURE = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
RIGHT = (
    "lottery:ssq:2026136:03,07,12,19,25,31+08", "lottery:dlt:2026001:01,02,03,34,35+01,12",
    "lottery:qlc:2026136:01,02,03,04,05,06,30+29",
    "lottery:kl8:2026136:" + ",".join(f"{ball:02}" for ball in range(61, 81)),
    "lottery:fc3d:2026306:0,7,3", "lottery:pl3:2026306:9,9,9", "lottery:pl5:2026306:1,2,3,4,5",
    f"drand:{QUICKNET}:657413:{SIGNATURE}", f"drand:{'0' * 64}:1:{'ab' * 96}",
)  # fmt: skip
WRONG = (
    "", "lottery", "lottery:ssq:2026136", "lottery:xyz:2026136:1,2,3", "lottery:constructor:2026136:1",
    "lottery:ssq:26136:03,07,12,19,25,31+08", "lottery:ssq:2026000:03,07,12,19,25,31+08",
    "lottery:ssq:2026136:07,03,12,19,25,31+08", "lottery:ssq:2026136:03,03,12,19,25,31+08",
    "lottery:ssq:2026136:03,07,12,19,25,34+08", "lottery:ssq:2026136:03,07,12,19,25,31+17",
    "lottery:ssq:2026136:00,07,12,19,25,31+08", "lottery:ssq:2026136:3,07,12,19,25,31+08",
    "lottery:ssq:2026136:03,07,12,19,25,31", "lottery:ssq:2026136:03,07,12,19,25,31+08+09",
    "lottery:kl8:2026136:" + ",".join(f"{ball:02}" for ball in range(61, 81)) + "+01",
    "lottery:qlc:2026136:01,02,03,04,05,06,30+30", "lottery:fc3d:2026306:0,7", "lottery:fc3d:2026306:0,7,3 ",
    f"drand:{QUICKNET}:0657413:{SIGNATURE}", f"drand:{QUICKNET}:657413:{SIGNATURE.upper()}",
    f"drand:{QUICKNET}:657413:{SIGNATURE * 2}", f"drand:{QUICKNET}:657413:{SIGNATURE[:-2]}",
    f"drand:quicknet:657413:{SIGNATURE}",
)  # fmt: skip


def hashed(lines: list[str], name: str = "sha256") -> str:
    text = "".join(f"{line}\n" for line in ["zhicheng-randomness-v1", *sorted(lines)])
    return hashlib.new(name, text.encode()).hexdigest()


def line(source: str) -> str:
    event, _, outcome = source.rpartition(":")
    drawn = hashlib.sha256(bytes.fromhex(outcome)).hexdigest() if source.startswith("drand") else outcome
    return f"{event}:{drawn}"


def test_a_round_is_hashed_by_its_randomness() -> None:
    assert line(RIGHT[7]).rpartition(":")[2].startswith("fc1873a13f3545ae")


@pytest.mark.parametrize("name", ["sha256", "sm3"])
def test_any_two_origins_in_any_order(name: str) -> None:
    pairs = [(one, other) for one in RIGHT for other in RIGHT if one != other]
    found = ask_all({"ask": "randomness", "name": name, "sources": "\n".join(pair)} for pair in pairs)
    assert [one["answer"] for one in found] == [hashed([line(one), line(other)], name) for one, other in pairs]


def test_no_other_spelling_is_taken() -> None:
    found = ask_all({"ask": "randomness", "name": "sha256", "sources": f"{RIGHT[0]}\n{one}"} for one in WRONG)
    assert {one.get("refused") for one in found} == {"source-form"}


def test_two_issues_of_one_game_are_one_origin() -> None:
    sources = "lottery:fc3d:2026306:0,7,3\nlottery:fc3d:2026307:0,7,3"
    refused = ask(ask="randomness", name="sha256", sources=sources)
    assert (refused["refused"], refused["values"]) == ("source-origins", {"found": "1", "needed": "2"})

import json
from collections.abc import Callable

import pytest

from zhicheng.core.draws.bundle import Randomness, bundle, read_bundle
from zhicheng.core.draws.drawing import Inputs, Plan, Table, draw
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.randomness import combined, parse_source
from zhicheng.core.draws.verification import verify

SOURCES = [parse_source("lottery:pl5:2026136:1,2,3,4,5"), parse_source("lottery:fc3d:2026136:0,7,3")]
ROSTER = [[f"9{number}", "食品", str(number)] for number in range(1, 7)]


def content(algorithm: Algorithm = Algorithm.SHA256, *, bare: bool = False, **plan: object) -> dict:
    """A bundle that is right, as values."""
    tables = [Table("roster", ROSTER), Table("inspectors", [["执01", "9"], ["执02", "9"]]), Table("conflicts", [])]
    inputs = Inputs(*tables, plan=Plan("plan", {"n": {"食品": 2}, "inspectors_per_visit": 1, **plan}))
    randomness = "4f" if bare else combined(SOURCES, algorithm)
    kept = Randomness(randomness, () if bare else SOURCES)
    return json.loads("".join(bundle(inputs, draw(inputs, randomness, algorithm), kept)))


def faults(kept: dict) -> dict[str, str]:
    """What does not agree, by the names of the checks, in their order."""
    read = read_bundle(json.dumps(kept).encode(), "draw.json")
    return {check.name: check.fault for check in verify(read) if check.fault}


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_bundle_that_is_right_agrees_throughout(algorithm: Algorithm) -> None:
    announcing = {"randomness_events": [source.event for source in SOURCES]}
    assert faults(content(algorithm, **announcing)) == {}
    assert faults(content(algorithm, bare=True)) == {}


def _swap(kept: dict) -> None:
    kept["roster"][0], kept["roster"][5] = kept["roster"][5], kept["roster"][0]


@pytest.mark.parametrize("harmless", [_swap, lambda kept: kept.update(note="kept by the bureau")])
def test_what_plays_no_part_changes_nothing(harmless: Callable[[dict], None]) -> None:
    kept = content()
    harmless(kept)
    assert faults(kept) == {}


@pytest.mark.parametrize(
    ("forge", "first"),
    [
        (lambda kept: kept["randomness"]["sources"].append("lottery:x:1:2"), "sources"),
        (lambda kept: kept["randomness"]["sources"].__setitem__(0, "lottery:pl5:26136:12345"), "sources"),
        (lambda kept: kept["randomness"]["sources"].__setitem__(0, "lottery:pl5:2026136:1,2,3,4,6"), "randomness"),
        (lambda kept: kept["randomness"].update(text="00"), "randomness"),
        (lambda kept: kept["randomness"]["sources"].pop(), "randomness"),
        (lambda kept: kept.update(plan=kept["plan"].replace(":2", ": 2")), "plan text"),
        (lambda kept: kept["roster"].append(["97", "食品", "1"]), "frame_sha256"),
        (lambda kept: kept["inspectors"].pop(), "inspectors_sha256"),
        (lambda kept: kept["conflicts"].append(["执01", "91"]), "conflicts_sha256"),
        (lambda kept: kept["result"].update(commitment="00"), "commitment"),
        (lambda kept: kept["result"].update(seed="00"), "seed"),
        (lambda kept: kept["result"]["selected"].reverse(), "selected"),
        (lambda kept: kept["result"].update(assignment=None), "assignment"),
        (lambda kept: kept["result"]["tickets"][5].update(rank=7), "tickets"),
        (lambda kept: kept["result"]["tickets"][0].update(selected=1), "tickets"),
        (lambda kept: kept["result"]["tickets"].pop(), "tickets"),
        (lambda kept: kept["result"]["tickets"].append({}), "tickets"),
        (lambda kept: kept["result"].pop("tickets"), "tickets"),
        (lambda kept: kept["result"].pop("seed"), "seed"),
        (lambda kept: kept["result"].update(note="x"), "keys"),
        (lambda kept: kept["roster"].append(["98"]), "inputs"),
    ],
)
def test_what_was_forged_is_named_first(forge: Callable[[dict], object], first: str) -> None:
    kept = content()
    forge(kept)
    found = faults(kept)
    assert next(iter(found)) == first, found


def test_the_hash_cannot_be_exchanged() -> None:
    kept = content(bare=True)
    kept["hash"] = "sm3"
    assert {"frame_sm3", "commitment", "seed"} <= faults(kept).keys()


def test_what_was_announced_must_be_what_was_taken() -> None:
    named = {"randomness_events": ["lottery:ssq:2026136", "lottery:fc3d:2026136"]}
    assert "announces “lottery:ssq:2026136”" in faults(content(**named))["announced"]
    assert list(faults(content(bare=True, **named))) == ["announced"]
    assert list(faults(content(bare=True, randomness_events="the lottery"))) == ["announced"]


def test_a_fault_says_what_is_there_and_what_should_be() -> None:
    kept = content()
    selected = kept["result"]["selected"]
    kept["result"]["selected"] = ["99"]
    assert faults(kept)["selected"] == f'the bundle has ["99"], computed is {json.dumps(selected)}'

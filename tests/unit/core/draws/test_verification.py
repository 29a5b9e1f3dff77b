import json
from collections.abc import Callable, Iterator
from functools import reduce
from operator import getitem
from typing import Any

import pytest

from zhicheng.core.draws.bundle import Randomness, bundle, read_bundle
from zhicheng.core.draws.drawing import Inputs, Plan, Table, draw
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.randomness import combined, parse_source
from zhicheng.core.draws.verification import verify
from zhicheng.core.refused import Refused

SOURCES = [parse_source("lottery:pl5:2026136:1,2,3,4,5"), parse_source("lottery:fc3d:2026136:0,7,3")]
ROSTER = [[f"9{number}", "食品", str(number)] for number in range(1, 7)]


def content(algorithm: Algorithm = Algorithm.SHA256, *, bare: bool = False, **plan: object) -> dict:
    """A bundle that is right, as values."""
    tables = [Table("roster", ROSTER), Table("inspectors", [["执01", "9"], ["执02", "9"]]), Table("conflicts", [])]
    inputs = Inputs(*tables, plan=Plan("plan", {"n": {"食品": 2}, "inspectors_per_visit": 1, **plan}))
    randomness = "4f" if bare else combined(SOURCES, algorithm)
    kept = Randomness(randomness, () if bare else SOURCES)
    return json.loads("".join(bundle(inputs, draw(inputs, randomness, algorithm), kept)))


def faults(kept: dict, beforehand: str | None = None) -> dict[str, str]:
    """What does not agree, by the names of the checks, in their order."""
    read = read_bundle(json.dumps(kept).encode(), "draw.json")
    return {check.name: check.fault for check in verify(read, beforehand) if check.fault}


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each text, number, truth value and empty list in a document."""
    if isinstance(value, (dict, list)) and value:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*way, key))
    else:
        yield way


def told_of(kept: dict) -> bool:
    """Whether anything does not agree, or the bundle cannot even be read."""
    try:
        return bool(faults(kept))
    except Refused:
        return True


def forged(kept: dict, way: tuple[Any, ...]) -> dict:
    """The bundle with one leaf exchanged for another of its kind."""
    other = json.loads(json.dumps(kept))
    *before, last = way
    holder = reduce(getitem, before, other)
    was = holder[last]
    if isinstance(was, str):
        holder[last] = f"{was}1"
    else:
        holder[last] = (
            (not was) if isinstance(was, bool) else was + 1 if isinstance(was, int) else [["1", "1", "1"]]
        )
    return other


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


@pytest.mark.parametrize("bare", [True, False])
def test_not_one_leaf_can_be_forged_unnoticed(bare: bool) -> None:
    """Every text, number and truth value of a bundle is exchanged in turn; each time something does not agree."""
    kept = content(bare=bare)
    ways = list(leaves(kept))
    assert len(ways) > 60
    assert not [way for way in ways if not told_of(forged(kept, way))]


def test_a_bundle_that_is_right_passes_every_check_in_turn() -> None:
    read = read_bundle(json.dumps(content()).encode(), "draw.json")
    found = list(verify(read, read.result["commitment"]))
    assert not [check for check in found if check.fault]
    assert [check.name for check in found] == [
        "sources",
        "announced",
        "randomness",
        "plan text",
        "frame_sha256",
        "inspectors_sha256",
        "conflicts_sha256",
        "plan_sha256",
        "commitment",
        "seed",
        "selected",
        "assignment",
        "published beforehand",
        "tickets",
        "keys",
    ]


def test_without_sources_there_is_no_randomness_to_compute() -> None:
    read = read_bundle(json.dumps(content(bare=True)).encode(), "draw.json")
    assert [check.name for check in verify(read)][:3] == ["sources", "announced", "plan text"]


def test_a_bundle_that_was_changed_throughout_is_told_by_what_was_public_before() -> None:
    """It agrees with itself; only the commitment of before does not know it."""
    before = content()["result"]["commitment"]
    again = content(note="a second plan")
    assert faults(again) == {}
    assert faults(content(), f"  {before.upper()}\n") == {}
    assert faults(again, before) == {
        "published beforehand": f'the bundle has "{before}", computed is "{again["result"]["commitment"]}"'
    }


def test_tickets_are_told_by_their_number_from_one() -> None:
    kept = content()
    tickets = kept["result"]["tickets"]
    first, last = tickets[0], tickets[-1]
    kept["result"]["tickets"] = [{**first, "rank": 0}, *tickets[1:]]
    assert faults(kept)["tickets"].startswith("number 1: the bundle has {")
    kept["result"]["tickets"] = tickets[:-1]
    assert faults(kept) == {"tickets": "number 6: missing"}
    kept["result"]["tickets"] = [*tickets, last]
    assert faults(kept) == {"tickets": "number 7 is one too many"}
    for none in ({}, "all", None):
        kept["result"]["tickets"] = none
        assert faults(kept) == {"tickets": "missing"}


def test_what_cannot_be_read_is_the_last_that_is_looked_at() -> None:
    kept = content()
    kept["roster"][0][2] = "?"
    read = read_bundle(json.dumps(kept).encode(), "draw.json")
    assert [check.name for check in verify(read)] == ["sources", "announced", "randomness", "inputs"]
    assert faults(kept)["inputs"].startswith("draw.json, roster, row 2: the size “?” is not a number")


def test_sources_that_cannot_be_read_leave_the_rest_to_be_looked_at() -> None:
    kept = content()
    kept["randomness"]["sources"] = ["weather:1"]
    assert list(faults(kept)) == ["sources"]
    assert faults(kept)["sources"].startswith("“weather:1” is no source of randomness")


def test_sources_of_one_origin_are_no_randomness() -> None:
    kept = content()
    kept["randomness"]["sources"] = ["lottery:pl5:2026136:1,2,3,4,5", "lottery:pl5:2026137:1,2,3,4,5"]
    assert "expected are events of at least two origins" in faults(kept)["randomness"]


@pytest.mark.parametrize(("length", "shown"), [(198, "x" * 198 + '"'), (199, "x" * 198 + "…")])
def test_a_fault_shows_two_hundred_signs(length: int, shown: str) -> None:
    kept = content()
    kept["result"]["seed"] = "x" * length
    assert faults(kept)["seed"].startswith(f'the bundle has "{shown}, computed is')


def test_the_order_of_the_keys_of_a_result_is_looked_at() -> None:
    kept = content()
    kept["result"] = dict(reversed(kept["result"].items()))
    assert list(faults(kept)) == ["keys"]

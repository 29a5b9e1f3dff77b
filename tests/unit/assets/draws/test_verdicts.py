"""What the verifier says of a draw that was changed: where the fault is, and what only follows from it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from unit.assets.draws.asking import ask
from unit.assets.draws.sample import sample, written

Bundle = dict[str, Any]
OUTCOME = {"selected", "assignment", "tickets"}
SEEDED = {"seed", "document", *OUTCOME}


def checks(bundle: Bundle, beforehand: str = "") -> dict[str, dict[str, Any]]:
    """Each line of the verification, by name."""
    found = ask(ask="verify", bundle=written(bundle), beforehand=beforehand)["answer"]
    return {check["name"]: check for check in found}


def named(found: dict[str, dict[str, Any]], state: str) -> set[str]:
    """The lines in a state."""
    return {name for name, check in found.items() if check["state"] == state}


def refusal(bundle: Bundle) -> dict[str, Any]:
    """Why nothing could be computed."""
    found = ask(ask="verify", bundle=written(bundle))
    return {"code": found["refused"], **found["values"]}


def unit_of(bundle: Bundle, *, certain: bool) -> int:
    """The first row of the roster whose unit is drawn with certainty, or is not."""
    chances = {ticket["id"]: ticket["lam"] for ticket in bundle["result"]["tickets"]}
    return next(at for at, row in enumerate(bundle["roster"]) if (chances[row[0]] == "1") is certain)


def test_the_sample_agrees_in_every_line_that_can_be_compared() -> None:
    found = checks(sample())
    assert named(found, "agrees") == found.keys() - {"beforehand"}
    assert found["beforehand"]["note"]["code"] == "compare-beforehand"
    assert found["beforehand"]["state"] == "absent"
    assert sample()["simulated"] is True


def test_the_commitment_of_before_is_compared_whatever_its_case() -> None:
    commitment = sample()["result"]["commitment"]
    assert checks(sample(), f" {commitment.upper()}\n")["beforehand"]["state"] == "agrees"
    assert named(checks(sample(), "00"), "differs") == {"beforehand"}


def test_rows_in_another_order_and_spaces_at_the_ends_change_nothing() -> None:
    bundle = sample()
    bundle["roster"].reverse()
    bundle["conflicts"].reverse()
    assert not named(checks(bundle), "differs")
    bundle["roster"][3][2] = f" {bundle['roster'][3][2]}\u3000"
    assert not named(checks(bundle), "differs")


def test_a_changed_size_is_found_in_its_row() -> None:
    bundle = sample()
    at = unit_of(bundle, certain=False)
    unit, stratum, size = bundle["roster"][at]
    bundle["roster"][at] = [unit, stratum, "0.5"]
    found = checks(bundle)
    assert named(found, "differs") == {"frame"}
    assert named(found, "follows") == {"commitment", *SEEDED}
    assert found["frame"]["note"] == {
        "code": "size-differs", "values": {"row": str(at + 2), "id": unit, "found": "0.5", "expected": size},
    }  # fmt: skip


def test_a_unit_more_and_a_unit_less_are_named() -> None:
    bundle = sample()
    unit, stratum, _ = bundle["roster"][0]
    bundle["roster"].append(["模拟新增", stratum, "3"])
    note = checks(bundle)["frame"]["note"]
    assert note == {"code": "row-without-ticket", "values": {"row": "50", "id": "模拟新增", "stratum": stratum}}
    bundle["roster"] = bundle["roster"][1:-1]
    note = checks(bundle)["frame"]["note"]
    assert note == {"code": "ticket-without-row", "values": {"id": unit, "stratum": stratum}}


def test_a_change_that_no_ticket_tells_of_is_still_a_change() -> None:
    bundle = sample()
    bundle["roster"][0].append("备注")
    found = checks(bundle)
    assert named(found, "differs") == {"frame"}
    assert found["frame"]["note"]["code"] == "row-not-found"


def test_other_randomness_is_to_blame_for_all_that_is_seeded() -> None:
    bundle = sample()
    bundle["randomness"] = {"text": "00ff"}
    found = checks(bundle)
    assert named(found, "differs") == {"announced", "seed"}
    assert found["seed"]["note"]["code"] == "other-randomness"
    assert found["announced"]["note"]["code"] == "announced-bare"
    assert named(found, "follows") == SEEDED - {"seed"}
    assert named(found, "computed") == {"randomness"}


@pytest.mark.parametrize(
    ("sources", "line", "code"),
    [
        (["lottery:fc3d:2026301:4,0,9", "lottery:pl5:2026302:7,1,3,3,8"], "announced", "announced-missing"),
        (["lottery:fc3d:2026301:4,0,9"], "sources", "source-origins"),
        (["lottery:fc3d:2026301:4,0,9", "lottery:fc3d:2026301:1,1,1"], "sources", "source-twice"),
        (["lottery:fc3d:2026301:4,0", "lottery:pl5:2026301:7,1,3,3,8"], "sources", "source-form"),
        (["lottery:fc3d:2026301:4,0,9", "lottery:pl5:2026301:7,1,3,3,8", "lottery:pl3:2026301:1,2,3"],
         "announced", "announced-other"),
    ],
)  # fmt: skip
def test_sources_that_are_not_as_they_should_be(sources: list[str], line: str, code: str) -> None:
    bundle = sample()
    bundle["randomness"]["sources"] = sources
    found = checks(bundle)
    assert line in named(found, "differs")
    assert found[line]["note"]["code"] == code


@pytest.mark.parametrize("events", ["null", '"lottery:fc3d:2026301"', '["lottery:fc3d:2026301"]', '["a", "b"]'])
def test_an_announcement_names_events_of_several_origins(events: str) -> None:
    bundle = sample()
    named_events = json.dumps(json.loads(bundle["plan"])["randomness_events"], separators=(",", ":"))
    bundle["plan"] = bundle["plan"].replace(named_events, events)
    found = checks(bundle)
    assert named(found, "differs") == {"announced", "plan"}
    assert found["announced"]["note"] == {"code": "announced-form", "values": {"needed": "2"}}


def test_another_outcome_of_an_event_gives_other_randomness() -> None:
    bundle = sample()
    bundle["randomness"]["sources"][0] = "lottery:fc3d:2026301:4,0,8"
    assert named(checks(bundle), "differs") == {"randomness"}


def exchange(bundle: Bundle) -> None:
    selected = bundle["result"]["selected"]
    selected[0], selected[1] = selected[1], selected[0]


def send_another(bundle: Bundle) -> None:
    pairs = bundle["result"]["assignment"]
    pairs[next(iter(pairs))] = ["模拟人员甲"]


def move_up(bundle: Bundle) -> None:
    bundle["result"]["tickets"][9]["u_hex"] = "0" * 64


def send_nobody(bundle: Bundle) -> None:
    bundle["result"]["assignment"] = None


def leave_out(bundle: Bundle) -> None:
    del bundle["result"]["tickets"]


@pytest.mark.parametrize(
    ("change", "line", "code"),
    [
        (exchange, "selected", "place-differs"), (send_another, "assignment", "visit-differs"),
        (send_nobody, "assignment", "pairs-possible"), (move_up, "tickets", "ticket-differs"),
        (leave_out, "tickets", "not-published"),
    ],
)  # fmt: skip
def test_a_changed_result_is_found_in_its_line(change: Callable[[Bundle], None], line: str, code: str) -> None:
    bundle = sample()
    change(bundle)
    found = checks(bundle)
    assert named(found, "differs") == {line}
    assert named(found, "follows") == {"document"}
    assert found[line]["note"]["code"] == code


def test_a_plan_stands_in_the_bundle_as_it_is_hashed() -> None:
    bundle = sample()
    bundle["plan"] = json.dumps(json.loads(bundle["plan"]), ensure_ascii=False)
    found = checks(bundle)
    assert named(found, "differs") == {"plan"}
    assert found["plan"]["note"]["code"] == "plan-not-canonical"
    assert found["commitment"]["state"] == "agrees"


def test_whatever_is_added_to_the_result_is_seen() -> None:
    bundle = sample()
    bundle["result"]["note"] = "x"
    assert named(checks(bundle), "differs") == {"document"}


def test_the_hash_is_part_of_the_commitment() -> None:
    bundle = sample() | {"hash": "sm3"}
    found = checks(bundle)
    assert {"frame", "plan", "randomness"} <= named(found, "differs")
    assert len(found["commitment"]["computed"]) == 64


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"format": "zhicheng-draw-2"}, {"code": "no-bundle", "file": "bundle"}),
        ({"hash": "md5"}, {"code": "bundle-part", "part": "hash"}),
        ({"roster": [["a", 1]]}, {"code": "bundle-part", "part": "roster"}),
        ({"plan": {"n": {}}}, {"code": "bundle-part", "part": "plan"}),
        ({"randomness": {}}, {"code": "bundle-part", "part": "randomness.text"}),
        ({"plan": "{}"}, {"code": "plan-key", "key": "n"}),
        ({"plan": '{"n":{}}'}, {"code": "plan-key", "key": "inspectors_per_visit"}),
        ({"plan": '{"n":{"A":1.5},"inspectors_per_visit":1}'},
         {"code": "plan-number", "key": "n.A", "found": "1.5"}),
        ({"inspectors": [["甲", "1"], ["乙", "两"]]}, {"code": "capacity", "row": "3", "id": "乙", "found": "两"}),
        ({"conflicts": [["甲"]]},
         {"code": "short-row", "table": "conflicts", "row": "2", "found": "1", "needed": "2"}),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_refused_by_its_place(change: Bundle, expected: Bundle) -> None:
    assert refusal(sample() | change) == expected


def test_a_size_that_is_none_is_told_with_row_and_unit() -> None:
    bundle = sample()
    bundle["roster"][4][2] = "大"
    expected = {"code": "size", "row": "6", "id": bundle["roster"][4][0], "found": "大"}
    assert refusal(bundle) == expected


def test_a_result_alone_is_known_as_such() -> None:
    assert refusal(sample()["result"])["code"] == "only-result"


def test_files_without_a_result_are_computed_and_not_compared() -> None:
    files = {
        "roster": "id,stratum,size\n1,A,1\n2,A,1\n", "inspectors": "name,visits\n甲,1\n",
        "conflicts": "name,id\n", "plan": '{"n": {"A": 1}, "inspectors_per_visit": 1}', "randomness": "00",
    }  # fmt: skip
    found = {check["name"]: check for check in ask(ask="verify", **files)["answer"]}
    assert not named(found, "differs") | named(found, "agrees") | named(found, "follows")
    assert ask(ask="verify", **files | {"randomness": " "})["refused"] == "no-randomness"
    assert ask(ask="verify", **files, result="{}")["refused"] == "no-result"


def test_randomness_in_capitals_is_the_same() -> None:
    bundle = sample()
    bundle["randomness"]["text"] = bundle["randomness"]["text"].upper()
    assert named(checks(bundle), "differs") == set()

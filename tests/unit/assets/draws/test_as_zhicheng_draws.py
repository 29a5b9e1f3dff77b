"""The browser and `zhicheng draw` are of one mind: the same result with either hash, the same verdict."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from unit.assets.draws.asking import ask_all
from unit.assets.draws.drawn import all_drawn, ordinary
from unit.assets.draws.sample import FILE, sample, written
from zhicheng.core.draws.bundle import Randomness, bundle, read_bundle
from zhicheng.core.draws.doubts import unbound
from zhicheng.core.draws.drawing import Inputs, draw
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.plan import read_plan
from zhicheng.core.draws.publishing import written as published
from zhicheng.core.draws.tables import read_table
from zhicheng.core.draws.verification import verify
from zhicheng.core.refused import Refused

REFUSED = "refused"


def drawn_by_zhicheng(files: dict[str, str], algorithm: Algorithm) -> tuple[str, str]:
    """The result and the bundle; `REFUSED` twice where it is refused."""
    try:
        tables = [read_table(files[name].encode(), name) for name in ("roster", "inspectors", "conflicts")]
        inputs = Inputs(*tables, read_plan(files["plan"].encode(), "plan"))
        found = draw(inputs, files["randomness"].lower(), algorithm)
        return "".join(published(found)), "".join(bundle(inputs, found, Randomness(files["randomness"])))
    except Refused:
        return REFUSED, REFUSED


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_results_and_bundles(algorithm: Algorithm) -> None:
    cases = list(all_drawn(120, seed=len(algorithm)))
    both = [drawn_by_zhicheng(case.question("draw"), algorithm) for case in cases]
    answers = ask_all(case.question("draw", hash=algorithm.value) for case in cases)
    assert [one.get("answer", REFUSED) for one in answers] == [result for result, _ in both]
    bundles = [text for _, text in both if text != REFUSED]
    assert len(bundles) > 100
    for answer in ask_all({"ask": "verify", "bundle": text} for text in bundles):
        assert {check["state"] for check in answer["answer"]} <= {"agrees", "absent", "computed"}


def test_the_script_for_download_redraws_the_sample() -> None:
    done = subprocess.run([sys.executable, FILE.with_name("redraw.py"), FILE], capture_output=True, check=True)
    kept = sample()
    assert done.stdout.decode() == json.dumps(kept["result"], indent=1, ensure_ascii=False)
    assert all(unit.startswith("模拟") for row in kept["roster"] for unit in row[:2]), "a name is not marked"


LEFT_OPEN = {
    "cell-blurred": "does not tell from",
    "cell-parted": "inside a cell",
    "row-repeated": "too; expected is once",
}
"""How the program says what the page calls by a code."""


def left_open(files: dict[str, str]) -> tuple[str, str, int] | None:
    """Code, table and row of the first that the program would not commit to."""
    tables = [read_table(files[name].encode(), name) for name in ("roster", "inspectors", "conflicts")]
    first = next(unbound(Inputs(*tables, read_plan(files["plan"].encode(), "plan"))), None)
    if first is None:
        return None
    code = next(code for code, words in LEFT_OPEN.items() if words in first.message)
    return code, str(first.params["name"]), int(str(first.params["row"]))


def test_what_the_commitment_leaves_open() -> None:
    random = Random(3)
    plain = [ordinary(random) for _ in range(60)]
    parted = [replace(case, roster=f'{case.roster}\n9,食品,1,"x\ty"') for case in plain[:20]]
    twice = [replace(case, inspectors=f"{case.inspectors}\n执01,9") for case in plain[20:40]]
    cases = [*all_drawn(100, seed=3), *plain, *parted, *twice]
    questions = [case.question("open") for case in cases]
    told = []
    for answer in ask_all(questions):
        values = answer["answer"] and answer["answer"]["values"]
        told.append(values and (answer["answer"]["code"], values["table"], int(values["row"])))
    assert told == [left_open(question) for question in questions]
    assert {code for code, *_ in filter(None, told)} == set(LEFT_OPEN)
    assert told.count(None) > 40


def exchange_rows(changed: dict[str, Any], random: Random) -> None:
    random.shuffle(changed[random.choice(("roster", "inspectors", "conflicts"))])


def change_a_cell(changed: dict[str, Any], random: Random) -> None:
    table = changed[random.choice(("roster", "inspectors", "conflicts"))]
    row = random.choice(table)
    row[random.randrange(len(row))] = random.choice(("1", "2", "", "模拟人员甲", "\t", "½"))


def drop_a_row(changed: dict[str, Any], random: Random) -> None:
    table = changed[random.choice(("roster", "inspectors", "conflicts"))]
    del table[random.randrange(len(table))]


def change_the_plan(changed: dict[str, Any], random: Random) -> None:
    plan = json.loads(changed["plan"])
    plan[random.choice(("title", "inspectors_per_visit", "n"))] = random.choice((1, 2, 2.5, {}, None))
    changed["plan"] = json.dumps(plan, separators=(",", ":"), sort_keys=True, ensure_ascii=random.random() < 0.5)


def change_the_randomness(changed: dict[str, Any], random: Random) -> None:
    sources = changed["randomness"]["sources"]
    sources[random.randrange(2)] = random.choice(
        (sources[0], "lottery:pl3:2026301:1,2,3", "lottery:fc3d:2026301:4,0,9")
    )


def forget_the_sources(changed: dict[str, Any], random: Random) -> None:
    changed["randomness"]["sources"] = random.choice(([], None))


def change_the_result(changed: dict[str, Any], random: Random) -> None:
    key = random.choice(list(changed["result"]))
    changed["result"][key] = random.choice((None, changed["result"][key], [], {}, "00"))


def change_a_ticket(changed: dict[str, Any], random: Random) -> None:
    ticket = random.choice(changed["result"]["tickets"])
    ticket[random.choice(list(ticket))] = random.choice((1, "1", True))


def add_a_key(changed: dict[str, Any], random: Random) -> None:
    random.choice((changed, changed["result"]))["further"] = 1


CHANGES: tuple[Callable[[dict[str, Any], Random], None], ...] = (
    exchange_rows, change_a_cell, drop_a_row, change_the_plan, change_the_randomness, forget_the_sources,
    change_the_result, change_a_ticket, add_a_key,
)  # fmt: skip


def test_whatever_was_changed_both_say_whether_all_is_well() -> None:
    random, bundles = Random(11), []
    for number in range(180):
        bundles.append(sample())
        CHANGES[number % len(CHANGES)](bundles[-1], random)
    answers = ask_all({"ask": "verify", "bundle": written(one)} for one in bundles)
    said = ["answer" in one and all(check["state"] != "differs" for check in one["answer"]) for one in answers]
    expected = [
        not any(check.fault for check in verify(read_bundle(written(one).encode(), "draw"))) for one in bundles
    ]
    assert said == expected
    assert 30 < sum(said) < 100

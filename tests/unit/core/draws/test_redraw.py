"""The script for whoever wants to see for themselves gives the same bytes, with nothing of ours loaded."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import zhicheng
from zhicheng.core.draws.bundle import Randomness, bundle
from zhicheng.core.draws.drawing import Inputs, Plan, Table, draw
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.publishing import written

SCRIPT = Path(zhicheng.__file__).parent / "portal" / "static" / "portal" / "redraw.py"


def inputs(seed: int) -> Inputs:
    """A draw of some thirty units, with hardly enough inspectors, and now and then with something odd in it."""
    chance = random.Random(seed)
    units = [f"9{number:02}" for number in range(30)] + [" 张三", "e\u0301"]
    sizes = ["1", "2", "5", "40", "2/3", "0.1", "0", "-1"]
    roster = [[unit, chance.choice(["食品", "工业"]), chance.choice(sizes)] for unit in units]
    staff = [[f"执{number}", chance.choice(["1", "2", "4"])] for number in range(6)]
    if seed % 2:
        staff += [["执0", "3"], ["执7", "-1"]]
    conflicts = [[chance.choice(staff)[0], chance.choice(units)] for _ in range(60)]
    plan = {"n": {"食品": 4, "工业": 3, "无": 2}, "inspectors_per_visit": chance.choice([1, 2, 2, 2]), "注": 1.50}
    return Inputs(
        Table("roster", roster), Table("inspectors", staff), Table("conflicts", conflicts), Plan("plan", plan)
    )


def redrawn(kept: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", str(SCRIPT), str(kept)], capture_output=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout.decode()


def test_it_can_be_read_in_one_piece() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) < 60
    assert "zhicheng." not in SCRIPT.read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", range(8))
def test_it_prints_the_same_bytes(seed: int, tmp_path: Path) -> None:
    algorithm, kept = [*Algorithm][seed % 3 == 2], tmp_path / "draw.json"
    drawn = draw(inputs(seed), f"{seed}F", algorithm)
    kept.write_text("".join(bundle(inputs(seed), drawn, Randomness(f"{seed}F"))), encoding="utf-8")
    assert redrawn(kept) == (0, "".join(written(drawn)))


def test_the_draws_tried_are_of_every_sort() -> None:
    assignments = [draw(inputs(seed), f"{seed}F").assignment for seed in range(8)]
    assert None in assignments
    assert sum(assignment is not None for assignment in assignments) > 2


@pytest.mark.parametrize("n", [{}, {"无": None}, [0], []])
def test_a_plan_that_draws_nobody_prints_the_same_bytes(n: object, tmp_path: Path) -> None:
    nobody = replace(inputs(0), plan=Plan("plan", {"n": n, "inspectors_per_visit": 2}))
    kept, drawn = tmp_path / "draw.json", draw(nobody, "00")
    kept.write_text("".join(bundle(nobody, drawn, Randomness("00"))), encoding="utf-8")
    assert redrawn(kept) == (0, "".join(written(drawn)))


def test_a_forged_bundle_ends_with_1(tmp_path: Path) -> None:
    kept, drawn = tmp_path / "draw.json", draw(inputs(0), "00")
    content = json.loads("".join(bundle(inputs(0), drawn, Randomness("00"))))
    content["result"]["selected"].reverse()
    kept.write_text(json.dumps(content))
    assert redrawn(kept) == (1, "".join(written(drawn)))

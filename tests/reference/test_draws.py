"""The draw is the one that its published definition gives, on the published example and on whatever else there is.

The definition and its example lie in the shared data folder (`oracles/draws`); without it those tests are
skipped, and one result that the definition gave is kept here.
"""

import contextlib
import csv
import io
import json
import runpy
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oracles import oracle, oracle_json
from zhicheng.core.draws.assignment import assign
from zhicheng.core.draws.drawing import draw
from zhicheng.core.draws.inclusion import Family, inclusion_probabilities
from zhicheng.core.draws.inputs import Inputs, read_inputs
from zhicheng.core.draws.publishing import written
from zhicheng.core.refused import Refused

PUBLISHED_ROUND = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"
"""Round 657413 of drand's quicknet, by which the published example was drawn."""
NAMES = ("roster.csv", "plan.json", "inspectors.csv", "conflicts.csv")

ids = st.sampled_from(
    ["a", "b", "A", " a", "a ", "é", "e\u0301", "张三", "10", "9", "c,d", 'q"q', "\u3000x", "𠀀", "ﬀ", ""]
)
strata = st.sampled_from(["s", "t", " s", "食", "u"])
size = st.sampled_from(["1", "2", "3", "5", "8", "0", "1e3", "2/3", "0.1", ".5", "2.", "-1", "1_0", "１２", " 7 "])
bad = st.sampled_from(["", "x", "1/0", "0x1"])
staff = st.sampled_from(["i1", "i2", "i3", "i4", "执", " i1"])
capacity = st.sampled_from(["0", "1", "2", "3", " 2", "10", "-1", "+3"])
count = st.sampled_from([0, 1, 2, 3, 4, 100, True, -1]) | st.sampled_from([None, 1.0, "1"])


def rows(*columns: st.SearchStrategy[str], most: int = 12) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.tuples(*columns).map(list), max_size=most)


@st.composite
def files(draw: st.DrawFn) -> list[bytes]:
    """Four files as people make them, now and then not as they should be."""
    odd = draw(st.integers(0, 9)) == 0
    tables = [
        draw(
            rows(ids, strata, size | bad if odd else size)
            | rows(st.integers(0, 30).map(str), strata, size, most=20)
        ),
        draw(rows(staff, capacity | bad if odd else capacity, most=6)),
        draw(rows(staff, ids)),
    ]
    if odd and draw(st.booleans()):
        draw(st.sampled_from(tables)).append(draw(st.sampled_from([[], ["a"], ["a", "s", "1", "more"]])))
    plan = {
        "n": draw(st.dictionaries(strata, count, max_size=4)),
        "inspectors_per_visit": draw(st.sampled_from([0, 1, 1, 2, 2, 3, -1])),
        **draw(
            st.dictionaries(
                st.sampled_from(["注", "e\u0301"]), st.sampled_from([1.5, None, "é", [1e16]]), max_size=1
            )
        ),
    }
    text = json.dumps(plan, ensure_ascii=draw(st.booleans()))
    roster, inspectors, conflicts = (_csv(table, draw(st.booleans()), draw(st.booleans())) for table in tables)
    return [roster, text.encode(), inspectors, conflicts]


def _csv(table: list[list[str]], mark: bool, windows: bool) -> bytes:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n" if windows else "\n").writerows([["a", "b", "c"], *table])
    return ("\ufeff" if mark else "").encode() + file.getvalue().encode()


@pytest.fixture(scope="module")
def definition() -> dict[str, Any]:
    """What the definition's file defines."""
    return runpy.run_path(str(oracle("draws/verify_draw.py")))


def defined(folder: Path, contents: list[bytes], randomness: str) -> str | None:
    """What the definition prints for these files; None if it ends with a traceback."""
    paths = [folder / name for name in NAMES]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    printed, before = io.StringIO(), sys.argv
    sys.argv = ["verify_draw.py", *map(str, paths), randomness]
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(str(oracle("draws/verify_draw.py")), run_name="__main__")
    except Exception:
        return None
    finally:
        sys.argv = before
    return printed.getvalue()


def found(contents: list[bytes], randomness: str) -> str | None:
    """What we print; None if it is refused."""
    try:
        return "".join(written(draw(read_inputs(*zip(NAMES, contents, strict=True)), randomness)))
    except Refused:
        return None


def example_inputs() -> Inputs:
    folder = oracle("draws/vector_draw")
    return read_inputs(*((name, (folder / name).read_bytes()) for name in NAMES))


def test_the_published_example() -> None:
    text = "".join(written(draw(example_inputs(), PUBLISHED_ROUND)))
    assert json.loads(text) == oracle_json("draws/vector_draw/expected.json")
    assert text == oracle("draws/vector_draw/expected.json").read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # the definition's own
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files(), st.sampled_from(["", "00", "ABCDEF", "not hexadecimal", "İ"]))
def test_any_files_give_what_the_definition_gives(tmp_path: Path, contents: list[bytes], randomness: str) -> None:
    assert found(contents, randomness) == defined(tmp_path, contents, randomness)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_staff_is_assigned_as_the_definition_does(definition: dict[str, Any], data: st.DataObject) -> None:
    visits = [f"v{number}" for number in range(data.draw(st.integers(1, 8)))]
    staff = [f"i{number}" for number in data.draw(st.lists(st.integers(0, 5), max_size=6))]
    capacities = data.draw(st.lists(st.integers(-1, 6), min_size=len(staff), max_size=len(staff)))
    pairs = [(inspector, visit) for inspector in sorted(set(staff)) for visit in visits]
    conflicts = data.draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    per_visit, inspectors = data.draw(st.integers(-1, 3)), list(zip(staff, capacities, strict=True))
    expected = definition["assign"](visits, staff, conflicts, dict(inspectors), per_visit, "s")
    assert assign(visits, inspectors, conflicts, per_visit=per_visit, seed="s") == expected


@pytest.mark.parametrize("number", range(6))
def test_published_inclusion_probabilities(number: int) -> None:
    """Pareto, sequential Poisson and exponential; published to about 1e-6."""
    case = oracle_json("draws/order_sampling_exact_pi.json")["cases"][number]
    found = inclusion_probabilities(case["target"], case["n"], Family(case["kind"]))
    assert found == pytest.approx(case["pi"], abs=1e-7)
    assert found.sum() == pytest.approx(case["n"], abs=1e-12)


def test_one_result_of_the_definition() -> None:
    """Computed by the definition for these files; kept here for where its folder is not."""
    contents = [
        'id,stratum,size\nA,食品,8\nB ,食品,1e0\nC,食品,2/3\n"D,1",工业,0.1\nE,工业,3,branch\nF,无,?\n'.encode(),
        '{"n": {"食品": 2, "工业": 1, "空": 4}, "inspectors_per_visit": 2, "注": 1.50}'.encode(),
        "inspector,max_visits\r\n执01,2\r\n执02, 3\r\ne\u0301,2\r\n".encode("utf-8-sig"),
        "inspector,enterprise\n执01,A\n".encode(),
    ]
    text = found(contents, "4F3C")
    assert text is not None
    assert sha256(text.encode()).hexdigest() == "2f1b3974bfa70d04cf50c69f4ff4ce74008c68c74f05a14127b6cb9d4ac0f38c"

"""The browser's verifier and the definition in Python write the same bytes, or both refuse."""

import contextlib
import io
import runpy
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from oracles import oracle
from unit.assets.draws.asking import ask, ask_all
from unit.assets.draws.drawn import Drawn, all_drawn, ordinary, without_matching

# The script of the definition leaves its plan open.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
REFUSED = "refused"


def defined(drawn: Drawn, folder: Path) -> str:
    """What the definition writes about these files; `REFUSED` where it ends with an error."""
    names = ("roster", "plan", "inspectors", "conflicts")
    for name in names:
        (folder / name).write_bytes(getattr(drawn, name).encode())
    arguments = ["verify_draw", *(str(folder / name) for name in names), drawn.randomness]
    written = io.StringIO()
    script = str(oracle("draws/verify_draw.py"))
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(written):
        patch.setattr(sys, "argv", arguments)
        try:
            runpy.run_path(script, run_name="__main__")
        except (ArithmeticError, ValueError, LookupError, TypeError):
            return REFUSED
    return written.getvalue()


def test_generated_draws(tmp_path: Path) -> None:
    cases = list(all_drawn(240, seed=20261125))
    expected = [defined(case, tmp_path) for case in cases]
    given = ask_all(case.question("draw") for case in cases)
    for case, text, answer in zip(cases, expected, given, strict=True):
        assert answer.get("answer", REFUSED) == text, case
    written = [text for text in expected if text != REFUSED]
    assert len(written) > 200, "hardly anything could be drawn"
    assert len(written) < len(expected), "nothing was refused"
    assert any('"assignment": null' in text for text in written)
    assert any('"assignment": {\n' in text for text in written)


def test_many_units_and_scarce_inspectors(tmp_path: Path) -> None:
    random = Random(5)
    cases = [ordinary(random, units=300, inspectors=14) for _ in range(6)]
    given = ask_all(case.question("draw") for case in cases)
    assert [one["answer"] for one in given] == [defined(case, tmp_path) for case in cases]


def test_visits_that_cannot_be_made(tmp_path: Path) -> None:
    cases = list(map(without_matching, all_drawn(12, seed=3)))
    given = ask_all(case.question("draw") for case in cases)
    assert [one.get("answer", REFUSED) for one in given] == [defined(case, tmp_path) for case in cases]


def test_the_published_example() -> None:
    """Its randomness was not written down with it; with its seed everything that it says comes out."""
    folder = "draws/vector_draw/"
    names = {
        "roster": "roster.csv",
        "inspectors": "inspectors.csv",
        "conflicts": "conflicts.csv",
        "plan": "plan.json",
    }
    files = {part: oracle(folder + name).read_text(encoding="utf-8") for part, name in names.items()}
    result = oracle(folder + "expected.json").read_text(encoding="utf-8")
    checks = ask(ask="verify", **files, result=result, randomness="00")["answer"]
    states = {check["name"]: check["state"] for check in checks}
    assert {states[name] for name in ("frame", "inspectors", "conflicts", "plan", "commitment")} == {"agrees"}
    assert states["seed"] == "differs"
    assert {states[name] for name in ("selected", "assignment", "tickets")} == {"follows"}


def test_sizes_beyond_what_can_be_written_and_strata_without_units(tmp_path: Path) -> None:
    """Huge sizes whose λ is short, one whose λ is not, and a stratum that needs no count since it has no units."""
    rosters = ["a,A,1e5000\nb,A,1e5000\nc,A,3e5000", "a,A,1e-6000\nb,A,2e-6000\nc,A,1", "a,A,1e5000\nb,A,1\nc,A,3"]
    cases = [
        Drawn(f"id,stratum,size\n{rows}\n", "i,m\n执,9\n", "i,e\n", plan, "4f")
        for rows in rosters
        for plan in (f'{{"n": {{"A": {count}, "B": null}}, "inspectors_per_visit": 1}}' for count in (1, 2))
    ]
    cases.append(replace(cases[0], plan='{"n": {"A": null}, "inspectors_per_visit": 1}'))
    given = ask_all(case.question("draw") for case in cases)
    assert [one.get("answer", REFUSED) for one in given] == [defined(case, tmp_path) for case in cases]
    assert [one.get("refused") for one in given] == [
        None, None, "long-chance", None, "long-chance", None, "plan-number",
    ]  # fmt: skip

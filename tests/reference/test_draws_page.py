"""What docs/explanation/draws.md says is what is computed, and the format's page names what there is."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from zhicheng.core.draws.bundle import FORMAT
from zhicheng.core.draws.drand import CHAINS
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.lottery import GAMES
from zhicheng.core.draws.randomness import ANNOUNCED, HEAD, parse_source

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "draws.md").read_text(encoding="utf-8")
FORMAT_PAGE = (ROOT / "docs" / "reference" / "draws.md").read_text(encoding="utf-8")
HOW_TO = (ROOT / "docs" / "how-to" / "hold-a-draw.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plot() -> dict[str, Any]:
    """What the program that draws the page's figure defines."""
    plots = ROOT / "tools" / "plots"
    with pytest.MonkeyPatch.context() as path:
        path.syspath_prepend(str(plots))
        return runpy.run_path(str(plots / "draws.py"))


def single_spaced(text: str) -> str:
    return " ".join(text.split())


def test_its_table_is_computed(plot: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    plot["print_table"](plot["example"]())
    *rows, commitment, _, pareto, sequential, exponential = capsys.readouterr().out.splitlines()
    assert len(rows) == 12
    table = [single_spaced(line) for line in PAGE.splitlines() if line.startswith(("| K0", "| K1"))]
    assert table == [single_spaced(row) for row in rows]
    assert f"`{commitment.split()[1][:8]}…`" in PAGE
    said = [line.rpartition("| ")[2].rstrip(" |") for line in PAGE.splitlines() if "%" in line and line[0] == "|"]
    assert said == [line.rpartition(" most ")[2] for line in (pareto, sequential, exponential)]


def test_its_rules_hold_in_the_example(plot: dict[str, Any]) -> None:
    drawn = plot["example"]()
    barred = {tuple(pair) for pair in plot["CONFLICTS"]}
    visits = [(who, unit) for unit, visitors in drawn.assignment.items() for who in visitors]
    assert len(visits) == 8
    assert not barred & set(visits)
    assert {who for who, unit in visits if unit == "K01"} == {"He", "Gao"}
    assert drawn.strata[0].reserve[:2] == ["K03", "K08"]
    assert sorted(plot["ranking_variables"](drawn.strata[0]).values()) == list(
        plot["ranking_variables"](drawn.strata[0]).values()
    )


def test_the_script_is_as_short_as_the_page_says() -> None:
    script = ROOT / "src" / "zhicheng" / "portal" / "static" / "portal" / "redraw.py"
    lines = len(script.read_text(encoding="utf-8").splitlines())
    assert f"a script of {lines} lines" in single_spaced(PAGE)
    assert lines < 60


def test_the_format_names_what_there_is() -> None:
    texts = [FORMAT, HEAD, f"`{ANNOUNCED}`", *(f"`{game}`" for game in GAMES), *(each.tag for each in Algorithm)]
    texts += [f"{2 * chain.signature_bytes} " for chain in CHAINS.values()] + [f"`{each}`" for each in Algorithm]
    assert [text for text in texts if text not in single_spaced(FORMAT_PAGE)] == []


def test_the_sources_of_the_guide_can_be_read() -> None:
    _, _, source = HOW_TO.partition("--source lottery:")
    numbers = parse_source(f"lottery:{source.split()[0]}")
    assert numbers.event in HOW_TO.split("## 2")[0]
